"""The unit of work: some replicates of some points, played by one worker and returned as one table."""

import time
from typing import Literal, NamedTuple

import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.columns import as_table, columns_of
from negsim.engine.mesa_engine import play_mesa
from negsim.engine.plugins import load_plugins
from negsim.engine.results import empty_results
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
        table, failed, said = _play(scenario, job.seed, segment, job.engine)
        note = note or said
        errors.update({(segment.point, number): text for number, text in failed.items()})
        tables.append(_headed(table, job, segment))
    return Done(job.segments, pa.concat_tables(tables), errors, note, time.perf_counter() - began)


def play(scenario: Scenario, runs: int, seed: int = 0, first: int = 0, engine: Engine = "batch") -> pa.Table:
    """Play replicates of one scenario in this process and return them as a table, one row a run.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> play(load_scenario("istanbul-2025-06-02"), runs=2, engine="mesa").num_rows
    2
    """
    table, _, _ = _play(scenario, seed, Segment(0, first, runs), engine)
    table = table.add_column(0, "run", pa.array(range(first, first + runs), pa.int64()))
    return table.add_column(1, "seed", pa.array([seed] * runs, pa.int64()))


def dead_chunk(job: Job, reason: str) -> Done:
    """Return a chunk of one run as failed, for a worker that died or did not return."""
    (segment,) = job.segments
    scenario = job.scenarios[segment.point]
    nothing = empty_results(*to_arrays(scenario, job.seed), 1)
    nothing.failed[:] = True
    table = as_table(columns_of(scenario, nothing))
    return Done(job.segments, _headed(table, job, segment), {(segment.point, segment.first): reason}, "", 0.0)


def _headed(table: pa.Table, job: Job, segment: Segment) -> pa.Table:
    """Return a table of a segment's runs with what they are known by, and the values of the varied inputs, in front."""
    head = {
        POINT: pa.array([segment.point] * segment.runs, pa.int64()),
        REPLICATE: pa.array(range(segment.first, segment.first + segment.runs), pa.int64()),
        "seed": pa.array([job.seed] * segment.runs, pa.int64()),
        **{path: pa.array([value] * segment.runs, _type_of(value)) for path, value in job.inputs[segment.point].items()},
    }
    return pa.table(head | dict(zip(table.column_names, table.columns)))


def _type_of(value: object) -> pa.DataType:
    """Return the type of a varied input's column: whole and real numbers are of one."""
    if isinstance(value, bool):
        return pa.bool_()
    return pa.float64() if isinstance(value, int | float) else pa.string()


def _play(scenario: Scenario, seed: int, segment: Segment, engine: Engine) -> tuple[pa.Table, dict[int, str], str]:
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
            return as_table(columns_of(scenario, results)), errors, note
    results, errors = play_mesa(scenario, seed, segment.first, segment.runs)
    return as_table(columns_of(scenario, results)), errors, note
