"""Stop a sweep at every step it takes on the disk, in every way, and see what the same command makes of what is left.

`python tests/sweep/crashes.py` takes every step; `--every 10` each tenth. A step is an open, write, flush, sync, rename, removal, new
folder, or a statement of the ledger. In three situations (fresh, extended, resumed after a lost part) the n-th step kills the
process, meets a disk that is full from then on, or runs out of memory. What is read in between must be a whole table or one line,
and the same sweep again must end in the same bytes.
"""

import argparse
import errno
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

from negsim import load_scenario
from negsim.engine.outcome import digest
from negsim.sweeps.design import Experiment, points_of
from negsim.sweeps.plan import Plan
from negsim.sweeps.reading import read_results
from negsim.sweeps.store import StoreError
from negsim.sweeps.sweep import run_sweep

WAYS = ("killed", "disk full", "out of memory")
SITUATIONS = ("fresh", "extended", "resumed")
KILLED, ONE_LINE, FINISHED, TRACEBACK = 9, 2, 0, 1


def planned(runs):
    vary = {"parties.buyer.theta": [0.0, 0.1]}
    experiment = Experiment(scenario="two-issues", vary=vary, runs=runs, seed=3)
    points = points_of(experiment)
    scenarios = [load_scenario("two-issues", [f"{k}={v}" for k, v in point.items()]) for point in points]
    return Plan(experiment, points, scenarios, [digest(s) for s in scenarios], [[] for _ in points], (), "mesa", "test")


def sweep(folder, runs):
    return run_sweep(planned(runs), folder, 1, lambda done, total: None)


class Steps:
    """Counts the steps on the disk under a folder, and fails from the n-th on as it is told."""

    def __init__(self, folder, at, way):
        self.folder, self.at, self.way, self.taken = str(folder), at, way, 0

    def step(self, *, writes=True):
        self.taken += 1
        if self.at is None or self.taken < self.at:
            return
        if self.way == "killed":
            os._exit(KILLED)
        if self.way == "out of memory" and self.taken == self.at:
            raise MemoryError
        if self.way == "disk full" and writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def patch(self):
        steps, opened, replaced, removed, made, synced = self, Path.open, Path.replace, Path.unlink, Path.mkdir, os.fsync
        connect = sqlite3.connect

        class File:
            def __init__(self, file):
                self._file = file

            def __getattr__(self, name):
                return getattr(self._file, name)

            def __enter__(self):
                return self

            def __exit__(self, *_):
                self._file.close()

            def write(self, data):
                steps.step()
                return self._file.write(data)

            def flush(self):
                steps.step()
                return self._file.flush()

        class Ledger(sqlite3.Connection):
            def _step(self):
                try:
                    steps.step()
                except OSError:
                    raise sqlite3.OperationalError("database or disk is full") from None

            def executescript(self, *args):
                self._step()
                return super().executescript(*args)

            def executemany(self, *args):
                self._step()
                return super().executemany(*args)

            def __exit__(self, *args):
                self._step()
                return super().__exit__(*args)

        def open_(path, mode="r", *args, **kwargs):
            if not str(path).startswith(steps.folder) or mode[0] == "r":
                return opened(path, mode, *args, **kwargs)
            steps.step()
            return File(opened(path, mode, *args, **kwargs))

        def counted(function, *, writes=True):
            def call(path, *args, **kwargs):
                if str(path).startswith(steps.folder):
                    steps.step(writes=writes)
                return function(path, *args, **kwargs)

            return call

        def sync(handle):
            steps.step()
            return synced(handle)

        Path.open, Path.replace, Path.mkdir = open_, counted(replaced), counted(made)
        Path.unlink, os.fsync = counted(removed, writes=False), sync
        sqlite3.connect = lambda *args, **kwargs: connect(*args, **kwargs, factory=Ledger)


def in_child(function):
    """Run a function in a process of its own and return how that ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        function()
    except (StoreError, MemoryError):  # what the command line says in one line
        os._exit(ONE_LINE)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(TRACEBACK)
    os._exit(FINISHED)


def prepared(situation, folder):
    """Leave a folder as it is before the sweep that will be stopped; return how many runs that has."""
    if situation == "fresh":
        return 4
    in_child(lambda: sweep(folder, 2 if situation == "extended" else 4))
    if situation == "resumed":
        next((folder / "parts").iterdir()).unlink()
    return 4


def stopped(situation, way, at, folder):
    """Stop one sweep and run it again; return what happened, in words."""
    runs = prepared(situation, folder)

    def run():
        Steps(folder, at, way).patch()
        sweep(folder, runs)

    code = in_child(run)
    if code == TRACEBACK:
        return "traceback"
    between = "a whole table"
    try:
        table, manifest = read_results(folder)
        if table.num_rows != manifest["points"] * manifest["runs"] or table["failed"].to_pylist() != [False] * table.num_rows:
            between = "a wrong table"
    except StoreError:
        between = "one line"
    if in_child(lambda: sweep(folder, runs)) != FINISHED:
        return "refused afterwards"
    return f"{between}, then the same bytes" if folder.joinpath("results.parquet").read_bytes() == reference() else "other bytes"


REFERENCE = []


def reference():
    if not REFERENCE:
        with tempfile.TemporaryDirectory() as at:
            in_child(lambda: sweep(Path(at) / "out", 4))
            REFERENCE.append((Path(at) / "out" / "results.parquet").read_bytes())
    return REFERENCE[0]


def steps_of(situation, folder):
    """Return how many steps a sweep takes that nothing stops."""
    runs = prepared(situation, folder)
    read, write = os.pipe()

    def run():
        steps = Steps(folder, None, "")
        steps.patch()
        sweep(folder, runs)
        os.write(write, str(steps.taken).encode())

    assert in_child(run) == FINISHED
    os.close(write)
    with os.fdopen(read) as told:
        return int(told.read())


def crash(every=1, start=1):
    """Return for each situation and way how often what happened."""
    found = {}
    for situation in SITUATIONS:
        with tempfile.TemporaryDirectory() as at:
            count = steps_of(situation, Path(at) / "out")
        for way in WAYS:
            ends = Counter()
            for step in range(start, count + 1, every):
                folder = Path(tempfile.mkdtemp())
                ends[stopped(situation, way, step, folder / "out")] += 1
                shutil.rmtree(folder)
            found[situation, way] = ends
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    found = crash(parser.parse_args().every)
    for (situation, way), ends in found.items():
        for end, count in sorted(ends.items()):
            print(f"{situation:<10} {way:<14} {count:>4}  {end}")
    return any("then the same bytes" not in end for ends in found.values() for end in ends)


if __name__ == "__main__":
    sys.exit(main())
