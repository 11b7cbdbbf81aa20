"""Put one fault at a time into a copy of the package and see whether the tests named for it notice.

Run as a command: `python tests/mutation/check.py`, with `--only WORD` for the faults whose file or words hold a word, `--list` to
see them. The faults are in `faults.toml` beside it. Prints a line for each and the share caught by folder; fewer than nine in ten
of those that are not known to survive is exit code 1. Nothing is compiled: rules are plain Python.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEEDED = ("negsim", "scenarios", "seeds", "experiments", "docs", "tests", "pyproject.toml")
LIMIT_SECONDS = 120
LEAST = 0.9


class Fault(NamedTuple):
    """A slip in one place of a file of the package, and the tests that should notice."""

    file: str
    old: str
    new: str
    words: str
    tests: list[str]
    survives: str = ""  # why none can notice, or need not

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]


def faults(only: str) -> list[Fault]:
    found = [Fault(**entry) for entry in tomllib.loads((HERE / "faults.toml").read_text())["fault"]]
    for fault in found:
        times = (ROOT / "negsim" / fault.file).read_text().count(fault.old)
        if times != 1:
            raise SystemExit(f"{fault.file}: {fault.words}: the text to replace occurs {times} times")
    return [fault for fault in found if only in fault.file or only in fault.words]


def copied(to: Path) -> None:
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, to / name)


def tested(copy: Path, tests: list[str]) -> subprocess.CompletedProcess | None:
    """Run tests on a copy; None if they do not end. No bytecode is kept: it would outlive a fault made within a second."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None


def is_caught(copy: Path, fault: Fault) -> bool:
    """Tell whether tests fail with the fault in; the copy is left as it was."""
    path = copy / "negsim" / fault.file
    whole = path.read_text()
    path.write_text(whole.replace(fault.old, fault.new))
    done = tested(copy, fault.tests)
    path.write_text(whole)
    if done is not None and done.returncode > 1:
        raise SystemExit(f"{fault.file}: {fault.words}: the tests do not run\n{done.stdout}{done.stderr}")
    return done is None or done.returncode == 1


def table(found: list[tuple[Fault, bool]]) -> float:
    """Print the share caught by folder; return that of all. Faults known to survive are not counted."""
    counted = [(fault, caught) for fault, caught in found if not fault.survives]
    for folder in dict.fromkeys(fault.folder for fault, _ in counted):
        mine = [caught for fault, caught in counted if fault.folder == folder]
        print(f"{folder:20} {sum(mine):4} of {len(mine):3}")
    hits = sum(caught for _, caught in counted)
    print(
        f"caught {hits} of {len(counted)}, {100 * hits / max(1, len(counted)):.1f}%; {len(found) - len(counted)} known to survive"
    )
    return hits / max(1, len(counted))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    chosen = faults(arguments.only)
    if arguments.list:
        print(*(f"{fault.file}: {fault.words}" for fault in chosen), sep="\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copied(copy)
        before = tested(copy, sorted({test for fault in chosen for test in fault.tests}))
        if before is None or before.returncode:
            raise SystemExit(f"the tests fail without any fault\n{before.stdout if before else ''}")
        found = []
        for fault in chosen:
            began = time.perf_counter()
            found.append((fault, is_caught(copy, fault)))
            how = f"caught in {time.perf_counter() - began:.1f} s" if found[-1][1] else "SURVIVED"
            print(f"{how:16} {fault.file}: {fault.words}{f' ({fault.survives})' if fault.survives else ''}", flush=True)
    return 0 if table(found) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
