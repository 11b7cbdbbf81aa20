"""Damaged and outlandish inputs by the thousand: `python tests/edge/fuzz.py --each 5000`, `--kind scenario`, `--seed 7`.

Whatever it is given, the command line ends with exit code 0, or with 1 or 2 and one line; never with a traceback, and within the time
limit. Each input has a number, and `--only NUMBER` gives that one again.
"""

import argparse
import faulthandler
import functools
import random
import re
import signal
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from running import negsim

from negsim.edge.files import bundled

SECONDS = 20
WORDS = (
    "0", "-1", "1e308", "-1e308", "nan", "inf", "1" + "0" * 310, "1" * 5000, '""', '"\\u0000"', '"\\u001b[2J"', "[]", "[[]]", "{}",
    "true", "[0.9, -0.9]", "[-0.9, -0.9]", "[0, 0]", "[1e-320, 1e-320]", "1e-320", '"a.b"', '"a b"', "[" * 60 + "]" * 60, "1979-01-01",
    '["x", 1, true]', "9223372036854775808", '"' + "x" * 3000 + '"', "0x7f", "[1, 2, 3]", "{ lo = 1, hi = 0 }", "100000000", "-5",
)  # fmt: skip
KINDS = ("scenario", "source", "experiment", "set", "vary", "name", "genius")


def mutated(text, rng):
    """Change a text here and there: values replaced, lines dropped, doubled and swapped, bytes flipped, names broken or mixed up."""
    names = sorted(set(re.findall(r"[a-z]\w{2,}", text)))
    for _ in range(rng.randint(1, 2) if names and rng.random() < 0.4 else 0):
        at, name = rng.choice(list(re.finditer(r"[a-z]\w{2,}", text))), rng.choice(names)
        text = text[: at.start()] + (name if rng.random() < 0.6 else at[0][:-1]) + text[at.end() :]
    lines = text.splitlines()
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        way = rng.randrange(6)
        if way <= 1 and "=" in lines[at]:
            lines[at] = f"{lines[at].partition('=')[0]}= {rng.choice(WORDS)}"
        elif way == 2:
            del lines[at]
        elif way == 3:
            lines.insert(at, rng.choice(lines))
        elif way == 4:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif lines[at]:
            place = rng.randrange(len(lines[at]))
            lines[at] = (
                lines[at][:place] + chr(rng.choice((0, 7, 34, 46, 61, 91, 92, 233, 8364, 128512))) + lines[at][place + 1 :]
            )
        if not lines:
            lines = ["x = 1"]
    return "\n".join(lines)


@functools.cache
def domain():
    """Return the files of a domain of Genius."""
    with tempfile.TemporaryDirectory() as at:
        negsim("convert", "two-issues", Path(at) / "d", "--to", "genius", "--draws", 10)
        return {path.name: path.read_text() for path in (Path(at) / "d").iterdir()}


def paths(rng):
    """Return a path into a scenario, right or nearly."""
    good = (
        "parties.russia.theta", "parties.ukraine.patience", "talks.rounds", "talks.delivery.lag_days", "talks.trust_memory",
        "tracks.ceasefire.trust", "mediators.united_states.carrot.russia", "issues.ceasefire.options.full.days", "readings",
        "statements.s07.reading", "talks.sessions", "parties.russia.strategy", "talks.protocol", "parties.russia.traits.beta",
        "package", "talks.events", "mediators.united_states.style", "parties.russia.utility.reservation", "title", "id",
    )  # fmt: skip
    path = rng.choice(good)
    return path if rng.random() < 0.8 else path[: rng.randrange(len(path))] + rng.choice((".", "..", "=", "\0", "x", ""))


def input_of(kind, number, folder):
    """Return the arguments that an input is given to the command line by; its files are written."""
    rng = random.Random(f"{kind} {number}")
    at = folder / f"{kind}.toml"
    if kind in ("scenario", "source", "experiment"):
        place = {"scenario": "scenarios", "source": "seeds", "experiment": "experiments"}[kind]
        files = [path for path in sorted(bundled(place).glob("*.toml")) if path.stat().st_size < 30_000]
        at.write_text(mutated(rng.choice(files).read_text(), rng), encoding="utf-8", errors="replace")
        if kind == "scenario" and number % 10 == 0:
            return "run", at, "--seed", "1"
        return "check", at
    if kind == "set":
        value = rng.choice(WORDS) if rng.random() < 0.6 else rng.choice((f"{rng.uniform(-1, 1):.3f}", f"[0, {rng.random():.3f}]"))
        return "run", "istanbul-2025-06-02", "--set", f"{paths(rng)}={value}"
    if kind == "vary":
        words = (*WORDS, *(f"{rng.random():.2f}" for _ in range(30)))
        values = ",".join(rng.choice(words) for _ in range(rng.randint(1, 3)))
        counts = ("1", "3", "3", "3", "0", "1000000000", "x")
        spans = (values, f"{rng.choice(words)}:{rng.choice(words)}:{rng.choice(counts)}")
        runs = rng.choice(("1", "1", "1", "0", "-1", "100000000", "1000000000000"))
        return (
            "sweep", "istanbul-2025-06-02", "--vary", f"{paths(rng)}={rng.choice(spans)}", "--runs", runs, "--points", rng.choice(("1", "2")),
            "--design", rng.choice(("grid", "random", "")), "--out", folder / "out", "--dry-run",
        )  # fmt: skip
    if kind == "name":
        name = "".join(rng.choice("a.b/\\\0\n~*-é😀 " + chr(27)) for _ in range(rng.randint(0, 12))) * rng.choice((1, 1, 1, 400))
        return rng.choice(
            (("check", name), ("run", name), ("plot", name), ("score", name), ("analyze", name), ("sweep", name, "--out", name))
        )
    place = folder / "domain"
    place.mkdir(exist_ok=True)
    changed = rng.choice(sorted(domain()))
    for name, text in domain().items():
        text = mutated(text.replace("><", ">\n<"), rng) if name == changed else text
        (place / name).write_text(text, encoding="utf-8", errors="replace")
    return rng.choice(("check", "run")), place


class TooLong(BaseException):
    pass


def tried(kind, number, folder):
    """Give an input to the command line; return what came of it in a word or two."""

    def stop(*_):
        raise TooLong

    arguments = input_of(kind, number, folder)
    if any("\0" in str(argument) for argument in arguments):  # no shell can say that; a file can
        arguments = tuple(str(argument).replace("\0", "") for argument in arguments)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        done = negsim(*arguments, code=None)
    except TooLong:
        return "HANGS"
    except BaseException as error:
        return f"TRACEBACK {type(error).__name__} at {traceback.extract_tb(error.__traceback__)[-1][:2]}"
    finally:
        signal.alarm(0)
    if done.returncode == 0:
        return "fine" if not any(word in done.stdout for word in ("nan%", "Infinity")) else "NONSENSE"
    lines = done.stderr.strip().splitlines()
    if done.returncode not in (1, 2) or not lines or not all(line.startswith("negsim: ") for line in lines):
        return f"A BAD END {done.returncode}"
    return "one line" if len(lines) == 1 or arguments[0] == "check" else "A BAD END: several lines"


def fuzz(kind, numbers):
    found, examples = Counter(), {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as at:
            end = tried(kind, number, Path(at))
        found[end] += 1
        examples.setdefault(end, number)
    return {f"{end} (first: {examples[end]})" if end[0].isupper() else end: count for end, count in found.most_common()}


def main():
    faulthandler.enable()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=5000, help="inputs of each kind")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--from", type=int, default=0, dest="first", help="number of the first")
    parser.add_argument("--only", type=int, help="show one input and what is said of it")
    arguments = parser.parse_args()
    kinds = [arguments.kind] if arguments.kind else KINDS
    if arguments.only is not None:
        with tempfile.TemporaryDirectory() as at:
            print(*input_of(kinds[0], arguments.only, Path(at)))
            print(negsim(*input_of(kinds[0], arguments.only, Path(at)), code=None))
        return 0
    bad = 0
    for kind in kinds:
        for end, count in fuzz(kind, range(arguments.first, arguments.first + arguments.each)).items():
            bad += end[0].isupper()
            print(f"{kind:<12} {count:>5}  {end}", flush=True)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
