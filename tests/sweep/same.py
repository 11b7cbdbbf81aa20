"""The same bytes, whoever plays: `python tests/sweep/same.py` (some minutes).

Sweeps an ensemble and a design from the command line with 1, 2 and 4 workers, with Dask, in three shards that are joined, and grown
from a smaller one, each in a folder of its own; `results.parquet` must be the same file each time.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

SUBJECTS = {
    "an ensemble, compiled": (["istanbul-2025-06-02", "--runs", "50000", "--no-inputs"], ["--runs", "20000"]),
    "a design, in Mesa": (
        ["wage-dispute", "--vary", "parties.union.theta=0:0.2", "--vary", "statements.w04.reading=hard,posture", "--design", "saltelli",
         "--points", "16", "--runs", "20", "--engine", "mesa", "--own-draws"],
        ["--points", "8", "--runs", "12"],
    ),
}  # fmt: skip
WAYS = {
    "1 worker": ["--workers", "1"],
    "2 workers": ["--workers", "2"],
    "4 workers": ["--workers", "4"],
    "Dask, 2 workers": ["--dask", "local", "--workers", "2"],
}


def negsim(*words):
    done = subprocess.run([sys.executable, "-P", "-m", "negsim", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as at:
        for number, (name, (words, smaller)) in enumerate(SUBJECTS.items()):
            folder = Path(at) / str(number)
            for way, options in WAYS.items():
                negsim("sweep", *words, "--brief", *options, "--out", folder / way)
            for shard in (1, 2, 3):
                negsim("sweep", *words, "--brief", "--shard", f"{shard}/3", "--out", folder / f"shard{shard}")
            negsim("merge", *(folder / f"shard{shard}" for shard in (1, 2, 3)), "--out", folder / "3 shards joined")
            negsim("sweep", *words, *smaller, "--brief", "--out", folder / "extended")
            negsim("sweep", *words, "--brief", "--out", folder / "extended")
            digests = {}
            for way in (*WAYS, "3 shards joined", "extended"):
                data = (folder / way / "results.parquet").read_bytes()
                digests[way] = hashlib.sha256(data).hexdigest()[:16]
                print(f"{name}, {way}: {len(data):,} bytes, {digests[way]}", flush=True)
            bad += len(set(digests.values())) > 1
    print("the same bytes each time" if not bad else "DIFFERENT")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
