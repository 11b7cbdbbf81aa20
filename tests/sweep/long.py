"""Ten million runs, watched: `python tests/sweep/long.py [RUNS] [negsim sweep options]` (a quarter of an hour on two cores; on Linux).

Prints the memory of all processes of the sweep at every tenth and while the table is written, the bytes a run on disk, and the rate.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def held(pid):
    """Return the megabytes that a process and those below it hold: proportional where pages are shared."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except OSError:
                continue
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        waiting += parents.get(one, [])
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        except OSError:
            continue
    return total


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as at:
        out = Path(at) / "out"
        command = [sys.executable, "-P", "-m", "negsim", "sweep", "istanbul-2025-06-02", "--runs", str(runs), "--brief", "--yes"]
        began = time.monotonic()
        said = Path(at) / "said"
        process = subprocess.Popen([*command, "--out", str(out), *sys.argv[2:]], stderr=said.open("w"))
        most, seen, text = 0.0, [], ""
        while process.poll() is None:
            time.sleep(2.0)
            most = max(most, held(process.pid))
            text = said.read_text()
            tenths = text.count("%)")
            if tenths > len(seen):
                seen.append(most)
                print(f"{text.strip().splitlines()[-1]}; most memory since the last {most:,.0f} MB", flush=True)
                most = 0.0
        spent = time.monotonic() - began
        table = sum(path.stat().st_size for path in out.glob("*.parquet"))
        parts = sum(path.stat().st_size for path in (out / "parts").iterdir())
        print(f"while the table was written and read: {most:,.0f} MB")
        print(
            f"{runs:,} runs in {spent:,.0f} s, {runs / spent:,.0f}/s; table {table / runs:.1f}, parts {parts / runs:.1f} bytes a run"
        )
        assert process.returncode == 0, text


if __name__ == "__main__":
    main()
