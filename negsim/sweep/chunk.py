"""The unit of work: some replicates of some points, played by one worker and returned as one table."""

import time
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.engine.mesa_engine import play_mesa
from negsim.engine.outcome import columns_of
from negsim.engine.plugins import load_plugins
from negsim.sweep.design import Point

Engine = Literal["mesa", "batch", "plain"]
POINT, REPLICATE = "_point", "_replicate"  # columns that order the rows and are dropped at the end


class Segment(NamedTuple):
    """Consecutive replicates of one point."""

    point: int
    first: int
    runs: int


class Job(NamedTuple):
    """What a worker is handed: its segments, the scenario of each of their points, and the files that register rules."""

    segments: tuple[Segment, ...]
    scenarios: dict[int, Scenario]
    inputs: dict[int, Point]
    plugins: tuple[str, ...]
    seed: int
    engine: Engine


class Done(NamedTuple):
    """What a worker returns."""

    segments: tuple[Segment, ...]
    table: pa.Table
    errors: dict[tuple[int, int], str]  # (point, replicate) -> traceback
    note: str  # what else is to be said, once
    seconds: float


def play_chunk(job: Job) -> Done:
    """Play a chunk. A run that fails in the batch engine is played again in Mesa, where its traceback is real."""
    load_plugins(job.plugins)
    began = time.perf_counter()
    tables, errors, note = [], {}, ""
    for segment in job.segments:
        scenario = job.scenarios[segment.point]
        columns, failed, said = _play(scenario, job.seed, segment, job.engine)
        note = note or said
        errors.update({(segment.point, number): text for number, text in failed.items()})
        head: dict[str, list[Any]] = {
            POINT: [segment.point] * segment.runs,
            REPLICATE: list(range(segment.first, segment.first + segment.runs)),
            "seed": [job.seed] * segment.runs,
            **{path: [value] * segment.runs for path, value in job.inputs[segment.point].items()},
        }
        tables.append(to_table({**head, **columns}))
    return Done(job.segments, pa.concat_tables(tables), errors, note, time.perf_counter() - began)


def play(scenario: Scenario, runs: int, seed: int = 0, first: int = 0, engine: Engine = "batch") -> pa.Table:
    """Play replicates of one scenario in this process and return them as a table, one row a run.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> play(load_scenario("istanbul-2025-06-02"), runs=2, engine="mesa").num_rows
    2
    """
    columns, _, _ = _play(scenario, seed, Segment(0, first, runs), engine)
    return to_table({"run": list(range(first, first + runs)), "seed": [seed] * runs, **columns})


def dead_chunk(job: Job, reason: str) -> Done:
    """Return a chunk of one run as failed, for a worker that died or did not return."""
    (segment,) = job.segments
    scenario = job.scenarios[segment.point]
    results, _ = play_mesa(scenario, job.seed, 0, 0)
    names = columns_of(scenario, results)
    columns: dict[str, list[Any]] = {name: [True if name == "failed" else None] for name in names}
    head: dict[str, list[Any]] = {
        POINT: [segment.point],
        REPLICATE: [segment.first],
        "seed": [job.seed],
        **{path: [value] for path, value in job.inputs[segment.point].items()},
    }
    return Done(job.segments, to_table({**head, **columns}), {(segment.point, segment.first): reason}, "", 0.0)


def to_table(columns: dict[str, list[Any]]) -> pa.Table:
    """Return columns as a table whose types depend on their names alone, so that all parts of a sweep agree."""
    arrays = {name: pa.array(values, type=_type_of(name, values)) for name, values in columns.items()}
    return pa.table(arrays)


def _type_of(name: str, values: list[Any]) -> pa.DataType:
    head = name.partition(".")[0]
    if name in (POINT, REPLICATE, "seed", "run") or head in ("session", "turn"):
        return pa.int64()
    if name == "failed" or head in ("zone", "table", "ratified", "agreed"):
        return pa.bool_()
    if head in ("option", "refused_by", "bound_by"):
        return pa.string()
    if head in ("utility", "gain", "delivered") or name in ("nash_distance", "pareto_gap"):
        return pa.float64()
    if all(isinstance(value, bool) for value in values):
        return pa.bool_()
    return pa.float64() if all(isinstance(value, int | float) for value in values) else pa.string()


def _play(scenario: Scenario, seed: int, segment: Segment, engine: Engine) -> tuple[dict[str, list[Any]], dict[int, str], str]:
    note = ""
    if engine != "mesa":
        from negsim.engine.batch_engine import play_batch, play_plain
        from negsim.engine.compiler import CannotCompile

        try:
            results = (play_batch if engine == "batch" else play_plain)(scenario, seed, segment.first, segment.runs)
        except CannotCompile as reason:
            note = f"{reason}; played in Mesa instead"
        else:
            errors = {}
            for row in results.failed.nonzero()[0].tolist():
                errors.update(play_mesa(scenario, seed, segment.first + row, 1)[1])
            return columns_of(scenario, results), errors, note
    results, errors = play_mesa(scenario, seed, segment.first, segment.runs)
    return columns_of(scenario, results), errors, note
