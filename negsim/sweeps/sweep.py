"""A sweep from start to end: points, chunks, workers, store."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from negsim.sweeps.plan import Plan, manifest_of, point_keys
from negsim.sweeps.pool import play_here, play_in_processes
from negsim.sweeps.source import CHUNK_RUNS, source_of
from negsim.sweeps.store import Store

LIMIT_SECONDS = 600.0


class Finished(NamedTuple):
    """How a sweep ended.

    Attributes
    ----------
    rows : int
        Of the table.
    failures : list of (str, int, str)
        Key of the point, replicate and traceback of each run that failed.
    unplayed : list of str
        Why runs have no result: their worker died, did not return, or ran out of memory. They count as failed in the table, and
        the same sweep plays them again.
    """

    rows: int
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
    """
    keys, runs = point_keys(plan), plan.experiment.runs
    total, said, unplayed = len(plan.points) * runs, set[str](), list[str]()

    def once(text: str) -> None:
        if note and text and text not in said:
            said.add(text)
            note(text)

    with Store(folder, manifest_of(plan), keys, accept_program=accept_code) as store:
        for text in store.said:
            once(text)
        missing = store.missing(runs, failed=retry_failed)
        kept = total - sum(segment.runs for segment in missing)
        progress(kept, total)
        with source_of(plan, missing, workers) as (source, words):
            once(words)
            one_chunk = kept + CHUNK_RUNS[source.engine()] >= total
            alone = not plan.plugins and (workers == 1 or one_chunk)
            for done in play_here(source) if alone else play_in_processes(source, workers, limit_seconds):
                if done.played:
                    store.keep(done)
                else:
                    store.stand_in(done)
                    unplayed.extend(done.errors.values())
                once(done.note)
                kept += done.table.num_rows
                progress(kept, total)
        return Finished(store.compact(runs), store.failures(), unplayed)
