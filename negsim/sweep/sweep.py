"""A sweep from start to end: points, chunks, workers, store."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

import negsim
from negsim.domain.scenario import Scenario
from negsim.engine.outcome import digest
from negsim.sweep.chunk import Engine, Job, Segment
from negsim.sweep.design import Experiment, Point
from negsim.sweep.pool import play_here, play_in_processes
from negsim.sweep.store import Store

CHUNK_RUNS = {"batch": 5000, "mesa": 100}  # about a second's work
LIMIT_SECONDS = 600.0


class Plan(NamedTuple):
    """A sweep before it is run: every point's scenario is built and checked."""

    experiment: Experiment
    points: list[Point]
    scenarios: list[Scenario]
    changes: list[list[str]]  # of each point to the scenario
    plugins: tuple[str, ...]
    engine: Engine
    command: str


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return what a sweep is; `identity` is what must not change for it to be resumed."""
    base = plan.scenarios[0] if not plan.experiment.vary else None
    return {
        "identity": {
            "scenario": plan.experiment.scenario,
            "digest": hashlib.sha256(json.dumps([plan.experiment.changes, _unvaried(plan)], sort_keys=True).encode()).hexdigest()[
                :16
            ],
            "seed": plan.experiment.seed,
            "version": negsim.__version__,
            "inputs": list(plan.experiment.vary),
        },
        "scenario": (base or plan.scenarios[0]).model_dump(mode="json"),
        "digests": sorted({digest(scenario) for scenario in plan.scenarios}),
        "experiment": plan.experiment.model_dump(mode="json"),
        "changes": plan.changes,
        "points": len(plan.points),
        "runs": plan.experiment.runs,
        "seed": plan.experiment.seed,
        "engine": plan.engine,
        "version": negsim.__version__,
        "versions": _versions(),
        "command": plan.command,
    }


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
        Called with what else is to be said, once.

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
    jobs = [
        Job(
            tuple(chunk),
            {segment.point: plan.scenarios[segment.point] for segment in chunk},
            {segment.point: plan.points[segment.point] for segment in chunk},
            plan.plugins,
            plan.experiment.seed,
            plan.engine,
        )
        for chunk in chunks(missing, CHUNK_RUNS[plan.engine], workers)
    ]
    alone = not plan.plugins and (workers == 1 or len(jobs) == 1)
    played = play_here(jobs) if alone else play_in_processes(jobs, workers, LIMIT_SECONDS)
    for done in played:
        store.keep(done)
        if done.note and note:
            note(done.note)
            note = None
        kept += done.table.num_rows
        progress(kept, total)
    return store, store.compact(plan.experiment.runs)


def chunks(segments: list[Segment], most: int, workers: int) -> list[list[Segment]]:
    """Cut segments into chunks of at most `most` runs, and small enough that every worker gets some."""
    total = sum(segment.runs for segment in segments)
    size = max(1, min(most, -(-total // workers) if total >= 2000 * workers else total))
    result: list[list[Segment]] = []
    room = 0
    for point, first, runs in segments:
        at, left = first, runs
        while left:
            if room == 0:
                result.append([])
                room = size
            part = min(left, room)
            result[-1].append(Segment(point, at, part))
            at, left, room = at + part, left - part, room - part
    return result


def _unvaried(plan: Plan) -> Any:
    """Return the first point's scenario without the values that vary."""
    dump = plan.scenarios[0].model_dump(mode="json")
    for path in plan.experiment.vary:
        at: Any = dump
        *way, last = path.split(".")
        for name in way:
            at = next((row for row in at if row.get("id") == name), {}) if isinstance(at, list) else at.get(name, {})
        if isinstance(at, dict):
            at.pop(last, None)
    return dump


def point_keys(plan: Plan) -> list[str]:
    """Return a key a point, of all that decides its runs: inputs, scenario, and the files that register rules.

    Raises
    ------
    ValueError
        If a point occurs twice.
    """
    rules = hashlib.sha256(b"".join(Path(plugin).read_bytes() for plugin in plan.plugins)).hexdigest() if plan.plugins else ""
    keys = [
        hashlib.sha256(json.dumps([point, digest(scenario), rules], sort_keys=True).encode()).hexdigest()[:16]
        for point, scenario in zip(plan.points, plan.scenarios)
    ]
    seen: set[str] = set()
    for key, point in zip(keys, plan.points):
        if key in seen:
            raise ValueError(f"the point {point} occurs twice in the design; leave one out")
        seen.add(key)
    return keys


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import version

    return {"python": platform.python_version()} | {
        name: version(name) for name in ("mesa", "numba", "numpy", "pyarrow", "pydantic")
    }
