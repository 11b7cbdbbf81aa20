"""Flip bytes in what a sweep left, and start several at once: `python tests/sweep/damage.py`.

Each flipped byte, in a part, the ledger, the manifest or the table, must end in the same table or in one line, for who reads it and
for who runs the same sweep again; and so must two and three sweeps of one folder, whichever is first.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from sweep.crashes import sweep

from negsim.sweeps.reading import read_results
from negsim.sweeps.store import StoreError

PLACES = ("parts", "ledger.sqlite", "manifest.json", "results.parquet")
COMMAND = (sys.executable, "-P", "-m", "negsim", "sweep", "two-issues", "--runs", "40", "--engine", "mesa", "--workers", "1")


def flip(path, rng):
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def damaged(place, whole, number):
    """Flip one byte of a copy of a folder; return what a reader and the same sweep make of it, in words."""
    rng = random.Random(f"{place} {number}")
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at) / "out"
        shutil.copytree(whole, folder)
        files = sorted((folder / "parts").iterdir()) if place == "parts" else [folder / place]
        flip(rng.choice(files), rng)
        known = (whole / "results.parquet").read_bytes()
        table = read_results(whole)[0]
        try:
            read = "read right" if read_results(folder)[0].equals(table) else "READ WRONG"
        except StoreError as error:
            read = "one line" if str(folder) in str(error) and "\n" not in str(error) else "A BAD LINE"
        except Exception as error:
            read = f"TRACEBACK {type(error).__name__}"
        try:
            sweep(folder, 4)
            again = "the same bytes" if (folder / "results.parquet").read_bytes() == known else "OTHER BYTES"
        except StoreError as error:
            again = "one line" if str(folder) in str(error) and "\n" not in str(error) else "A BAD LINE"
        except Exception as error:
            again = f"TRACEBACK {type(error).__name__}"
        return f"{read}, then {again}"


def flipped(times):
    """Return for each place how often what happened."""
    with tempfile.TemporaryDirectory() as at:
        whole = Path(at) / "out"
        sweep(whole, 2)
        sweep(whole, 4)
        return {place: Counter(damaged(place, whole, number) for number in range(times)) for place in PLACES}


def at_once(count):
    """Start so many sweeps of one folder at once, and one more when they are done; return how each ended, and whether the table is right."""
    with tempfile.TemporaryDirectory() as at:
        alone, shared = Path(at) / "alone", Path(at) / "shared"
        subprocess.run([*COMMAND, "--out", alone], capture_output=True, check=True)
        started = [
            subprocess.Popen([*COMMAND, "--out", shared], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        ends = Counter()
        for process in started:
            _, said = process.communicate()
            ends["finished" if process.returncode == 0 else "one line" if said.count("\n") == 1 else said] += 1
        same = (alone / "results.parquet").read_bytes() == (shared / "results.parquet").read_bytes()
        return f"{', '.join(f'{n} {end}' for end, n in sorted(ends.items()))}: {'the same bytes' if same else 'OTHER BYTES'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=100, help="bytes in each place")
    parser.add_argument("--times", type=int, default=5, help="how often sweeps are started at once")
    arguments = parser.parse_args()
    lines = [f"{place:<16} {n:>4}  {end}" for place, ends in flipped(arguments.flips).items() for end, n in ends.most_common()]
    together = Counter(at_once(count) for count in (2, 3) for _ in range(arguments.times))
    lines += [f"{'at once':<16} {n:>4}  {end}" for end, n in sorted(together.items())]
    print("\n".join(lines))
    return any(word.isupper() and len(word) > 1 for line in lines for word in line.split())


if __name__ == "__main__":
    sys.exit(main())
