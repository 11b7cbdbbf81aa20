"""Kill workers, and whole sweeps, at random moments: `python tests/sweep/kills.py [--dask]` (20 and 20 of them; on Linux).

A worker that is killed must cost nothing: the same command ends with the same bytes and no run marked as failed. A sweep that is
killed is started again until it ends, with the same bytes.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = (sys.executable, "-P", "-m", "negsim", "sweep", "istanbul-2025-06-02", "--engine", "mesa", "--workers", "2")


MORE = []  # options of every sweep


def start(folder, runs):
    command = [*COMMAND, "--brief", "--runs", str(runs), "--out", str(folder), *MORE]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def workers_of(process):
    """Return the process ids of a sweep's workers."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == process.pid and "spawn_main" in (entry / "cmdline").read_text():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def killed_workers(runs, kills, rng):
    """Sweep, killing a worker every now and then; return the table's bytes, how many were killed and what was said."""
    with tempfile.TemporaryDirectory() as at:
        process, done = start(Path(at) / "out", runs), 0
        while process.poll() is None and done < kills:
            time.sleep(rng.uniform(0.5, 6.0))
            for worker in rng.sample(workers := workers_of(process), min(1, len(workers))):
                try:
                    os.kill(worker, signal.SIGKILL)
                    done += 1
                except ProcessLookupError:
                    continue
        _, said = process.communicate()
        return (Path(at) / "out" / "results.parquet").read_bytes() if process.returncode == 0 else b"", done, said


def killed_sweep(runs, kills, rng):
    """Sweep, killing the whole of it so often; return the table's bytes, how many kills there were and what was said at last."""
    with tempfile.TemporaryDirectory() as at:
        done = 0
        while True:
            process = start(Path(at) / "out", runs)
            if done < kills:
                time.sleep(rng.uniform(1.0, 8.0))
                if process.poll() is None:
                    process.kill()
                    done += 1
                    process.communicate()
                    continue
            _, said = process.communicate()
            return (Path(at) / "out" / "results.parquet").read_bytes() if process.returncode == 0 else b"", done, said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=20, help="kills of a worker")
    parser.add_argument("--sweeps", type=int, default=20, help="kills of a sweep")
    parser.add_argument("--runs", type=int, default=3000)
    parser.add_argument("--dask", action="store_true", help="by Dask's workers, on this machine")
    arguments = parser.parse_args()
    MORE.extend(["--dask", "local"] if arguments.dask else [])
    rng, bad = random.Random(7), 0
    with tempfile.TemporaryDirectory() as at:
        whole = start(Path(at) / "out", arguments.runs)
        whole.communicate()
        known = (Path(at) / "out" / "results.parquet").read_bytes()
    for what, kill, kills in (("workers", killed_workers, arguments.workers), ("sweeps", killed_sweep, arguments.sweeps)):
        done = 0
        while done < kills:
            table, times, said = kill(arguments.runs, min(5, kills - done), rng)
            done += times
            said = [line for line in said.splitlines() if " s left" not in line]  # but for how far it is
            same = table == known and not said
            bad += not same
            print(f"{what}: {times:>2} killed, {'the same bytes, no run failed' if same else f'DIFFERENT: {said}'}", flush=True)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
