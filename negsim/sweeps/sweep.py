"""A sweep from start to end: points, chunks, workers, store."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from negsim.sweeps.chunk import Done, Segment
from negsim.sweeps.plan import Plan, manifest_of, point_keys
from negsim.sweeps.pool import Crew, play_by, play_here, processes
from negsim.sweeps.shards import Shard, of_shard
from negsim.sweeps.source import HERE_RUNS, source_of
from negsim.sweeps.store import Store

LIMIT_SECONDS = 600.0


class Finished(NamedTuple):
    """How a sweep ended.

    Attributes
    ----------
    rows, runs : int
        Of the table; replicates a point in the end.
    failures : list of (str, int, str)
        Key of the point, replicate and traceback of each run that failed.
    unplayed : list of str
        Why runs have no result: their worker died, did not return, or ran out of memory. They count as failed in the table, and
        the same sweep plays them again.
    """

    rows: int
    runs: int
    failures: list[tuple[str, int, str]]
    unplayed: list[str]


def run_sweep(
    plan: Plan,
    folder: Path,
    workers: int,
    progress: Callable[[int, int], None],
    note: Callable[[str], None] | None = None,
    *,
    limit_seconds: float = LIMIT_SECONDS,
    retry_failed: bool = False,
    accept_code: bool = False,
    dask: str = "",
    shard: Shard | None = None,
    enough: Callable[[], bool] | None = None,
) -> Finished:
    """Run what is still missing of a sweep and write its table.

    Parameters
    ----------
    plan : Plan
    folder : Path
        Where it is kept; what is there of the same sweep is not run again.
    workers : int
    progress : callable
        Called with runs kept and runs in all whenever a chunk is kept.
    note : callable
        Called with what else is to be said.
    limit_seconds : float
        A chunk that takes longer is taken for one that does not return.
    retry_failed : bool
        Whether runs that failed are played again.
    accept_code : bool
        Whether a sweep that another program began may be gone on with.
    dask : str
        Where Dask's scheduler is, or "local"; nothing for processes of this machine.
    shard : Shard, optional
        Which part of the runs to play; then no table is written, and `merge` joins the parts.
    enough : callable, optional
        Asked after the table is written whether the replicates suffice; if not they are doubled, up to the experiment's `most`.
    """
    plan = plan if plan.keys else plan._replace(keys=tuple(point_keys(plan)))
    said, unplayed = set[str](), list[str]()

    def once(text: str) -> None:
        if note and text and text not in said:
            said.add(text)
            note(text)

    with contextlib.ExitStack() as held:
        store = held.enter_context(Store(folder, manifest_of(plan), list(plan.keys), accept_program=accept_code))
        for text in store.said:
            once(text)
        crew = held.enter_context(_crew(workers, dask))
        runs = plan.experiment.runs

        def kept(done: Done) -> None:
            if done.played:
                store.keep(done)
            else:
                store.stand_in(done)
                unplayed.extend(done.errors.values())
            once(done.note)

        while True:
            missing = of_shard(store.missing(runs, failed=retry_failed), shard)
            whole = [Segment(point, 0, runs) for point in range(len(plan.points))]
            total = sum(segment.runs for segment in of_shard(whole, shard))
            _play(plan, missing, total, crew, limit_seconds, kept, progress, once)
            if shard is not None:
                return Finished(store.leave(runs, shard), runs, store.failures(), unplayed)
            rows = store.compact(runs)
            if enough is None or runs >= plan.experiment.most or unplayed or enough():
                return Finished(rows, runs, store.failures(), unplayed)
            runs = min(2 * runs, plan.experiment.most)


def _play(
    plan: Plan,
    missing: list[Segment],
    total: int,
    crew: Crew,
    limit_seconds: float,
    keep: Callable[[Done], None],
    progress: Callable[[int, int], None],
    say: Callable[[str], None],
) -> None:
    """Play what is missing and keep it, chunk by chunk."""
    left = sum(segment.runs for segment in missing)
    progress(total - left, total)
    with source_of(plan, missing, crew.workers) as (source, words):
        say(words)
        few = left <= HERE_RUNS[source.engine()]
        alone = not plan.plugins and crew.local and (crew.workers == 1 or few)
        for done in play_here(source) if alone else play_by(crew, source, limit_seconds):
            keep(done)
            left -= sum(segment.runs for segment in done.segments)
            progress(total - left, total)


@contextlib.contextmanager
def _crew(workers: int, dask: str) -> Iterator[Crew]:
    """Yield those who play: processes of this machine, or those of Dask."""
    if not dask:
        yield processes(workers)
        return
    from negsim.sweeps.dask import crew_on

    with crew_on(dask, workers) as crew:
        yield crew
