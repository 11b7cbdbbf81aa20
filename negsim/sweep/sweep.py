"""A sweep from start to end: points, chunks, workers, store."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from negsim.sweep.plan import Plan, manifest_of, point_keys
from negsim.sweep.pool import play_here, play_in_processes
from negsim.sweep.source import CHUNK_RUNS, source_of
from negsim.sweep.store import Store

LIMIT_SECONDS = 600.0


def run_sweep(
    plan: Plan,
    folder: Path,
    workers: int,
    progress: Callable[[int, int], None],
    note: Callable[[str], None] | None = None,
) -> tuple[Store, pa.Table]:
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

    Returns
    -------
    store, table
    """
    keys = point_keys(plan)
    store = Store(folder, manifest_of(plan), keys)
    missing = store.missing(plan.experiment.runs)
    total = len(plan.points) * plan.experiment.runs
    kept = total - sum(segment.runs for segment in missing)
    progress(kept, total)
    with source_of(plan, missing, workers) as (source, said):
        if said and note:
            note(said)
        one_chunk = kept + CHUNK_RUNS[source.engine()] >= total
        alone = not plan.plugins and (workers == 1 or one_chunk)
        played = play_here(source) if alone else play_in_processes(source, workers, LIMIT_SECONDS)
        for done in played:
            store.keep(done)
            if done.note and note:
                note(done.note)
                note = None
            kept += done.table.num_rows
            progress(kept, total)
    return store, store.compact(plan.experiment.runs)
