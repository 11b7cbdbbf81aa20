"""What a sweep would take: time from a few runs played now, disk and memory. Part of the edge."""

import sys
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from negsim.sweeps.chunk import Segment, play_chunk
from negsim.sweeps.plan import Plan
from negsim.sweeps.shards import Shard, of_shard
from negsim.sweeps.source import WORTH_COMPILING, job_of

ASKED = 10_000_000  # runs above which a sweep is asked about
PROBED = 3  # points that are probed
COMPILES = 70.0  # seconds that rules take to compile, on a machine of 2026
COMPILED = 100.0  # times as fast as plain
PROBE_SECONDS = 2.0


class Estimate(NamedTuple):
    """What a sweep would take.

    Attributes
    ----------
    points, runs, total : int
        Of a shard, `total` is its own share.
    seconds : float
    compiling : float
        Seconds of those for compiling, once a machine.
    disk, memory : float
        Bytes: parts and table; of all processes.
    probed, workers : int
        Runs that were played to find out, and how many work at once.
    """

    points: int
    runs: int
    total: int
    seconds: float
    compiling: float
    disk: float
    memory: float
    probed: int
    workers: int


def estimate(plan: Plan, workers: int, shard: Shard | None = None) -> Estimate:
    """Play a few runs of the first, a middle and the last point, and say what all of them would take."""
    from negsim.engine.batch_engine import compiles, is_compiled

    points, runs = len(plan.points), plan.experiment.runs
    total = sum(segment.runs for segment in of_shard([Segment(point, 0, runs) for point in range(points)], shard))
    ready = plan.engine == "mesa" or not compiles() or all(is_compiled(plan.scenarios[at]) for at in _places(points))
    engine = plan.engine if ready else "plain"
    chosen = _places(points)
    size, spent, probed, table = 4, 0.0, 0, pa.table({})
    play_chunk(job_of(plan, [Segment(at, 0, 1) for at in chosen], engine))  # what is loaded once is not counted
    while spent < PROBE_SECONDS and size <= 4096:
        done = play_chunk(job_of(plan, [Segment(at, 0, min(size, runs)) for at in chosen], engine))
        spent, probed, table, size = done.seconds, sum(s.runs for s in done.segments), done.table, size * 4
        if min(size, runs) * len(chosen) <= probed:
            break
    pace = spent / probed
    compiling = 0.0
    if engine == "plain" and compiles() and total >= WORTH_COMPILING * workers:
        compiling, pace = COMPILES, pace / COMPILED
    bytes_a_run = _bytes_of(table) / (max(1, table.num_rows) * plan.sample)
    seconds, disk = compiling + total * pace / workers, 2.0 * total * bytes_a_run
    return Estimate(points, runs, total, seconds, compiling, disk, _memory() * (workers + 1), probed, workers)


def _places(points: int) -> list[int]:
    return sorted({0, points // 2, points - 1})


def _bytes_of(table: pa.Table) -> float:
    """Return what rows take on disk, without what a file has beside them."""

    def size(rows: pa.Table) -> int:
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, write_page_checksum=True)
        return int(sink.getvalue().size)

    return max(0.0, float(size(table) - size(table.slice(0, 0))))


def _memory() -> float:
    """Return the most that this process has held, in bytes; it has just done what a worker does."""
    try:
        import resource
    except ImportError:  # not on Windows
        return 4e8
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(held if sys.platform == "darwin" else held * 1024)
