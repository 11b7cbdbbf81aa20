"""The unit of work: some replicates of some points, played by one worker and returned as one table."""

import itertools
import time
from collections.abc import Sequence
from typing import Literal, NamedTuple

import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.columns import as_table, columns_of, wording
from negsim.engine.inputs import input_names, is_drawn
from negsim.engine.mesa_engine import play_mesa
from negsim.engine.plugins import load_plugins
from negsim.engine.results import Results, empty_results, joined
from negsim.sweeps.design import Point
from negsim.sweeps.tallies import Tally, tally

Engine = Literal["mesa", "batch", "plain"]
POINT, REPLICATE = "point", "replicate"  # columns that order the rows


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
    seeds: dict[int, int]  # of each of their points
    engine: Engine
    drawn: tuple[str, ...] = ()  # columns of what each run was drawn to be; none: rows do without
    sample: int = 1  # rows are kept of every so many replicates, and tallies of all


class Done(NamedTuple):
    """What a worker returns."""

    segments: tuple[Segment, ...]
    table: pa.Table
    errors: dict[tuple[int, int], str]  # (point, replicate) -> traceback
    note: str  # what else is to be said, once
    seconds: float
    played: bool = True  # whether these are results, to be kept
    drawn: bool = False  # whether rows hold what each run was drawn to be
    tallies: dict[int, Tally] | None = None  # of each point, where the table holds a sample of its rows


def play_chunk(job: Job) -> Done:
    """Play a chunk. A run that fails in the batch engine is played again in Mesa, where its traceback is real."""
    load_plugins(job.plugins)
    began = time.perf_counter()
    errors: dict[tuple[int, int], str] = {}
    played: list[tuple[Segment, Results]] = []
    note = ""
    for segment in job.segments:
        results, failed, said = _play(
            job.scenarios[segment.point], job.seeds[segment.point], segment, job.engine, drawn=bool(job.drawn)
        )
        note = note or said
        errors.update({(segment.point, number): text for number, text in failed.items()})
        played.append((segment, results))
    alike = itertools.groupby(played, lambda entry: wording(job.scenarios[entry[0].point]))
    tables = [_table(job, *zip(*group)) for _, group in alike]
    table, tallies = pa.concat_tables(tables), None
    if job.sample > 1:
        table, tallies = _sampled(table, job)
    seconds = time.perf_counter() - began
    return Done(job.segments, table, errors, note, seconds, drawn=bool(job.drawn), tallies=tallies)


def _sampled(table: pa.Table, job: Job) -> tuple[pa.Table, dict[int, Tally]]:
    """Return the rows of every so many replicates, and what is kept of all runs of each point."""
    own = [name for name in table.column_names if name not in ("seed", POINT, REPLICATE, *next(iter(job.inputs.values())))]
    points = table[POINT].to_numpy()
    tallies = {point: tally(table.select(own).filter(pa.array(points == point))) for point in job.inputs}
    kept = table[REPLICATE].to_numpy() % job.sample == 0
    return table.filter(pa.array(kept)), tallies


def play(
    scenario: Scenario, runs: int, seed: int = 0, first: int = 0, engine: Engine = "batch", *, drawn: bool = True
) -> pa.Table:
    """Play replicates of one scenario in this process and return them as a table, one row a run.

    Parameters
    ----------
    scenario : Scenario
    runs : int
    seed : int
        Key of every draw.
    first : int
        Number of the first replicate.
    engine : str
        "batch", "mesa" or "plain".
    drawn : bool
        Whether what each run was drawn to be goes into its row.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> play(load_scenario("istanbul-2025-06-02"), runs=2, engine="mesa").num_rows
    2
    """
    segment = Segment(0, first, runs)
    results, _, _ = _play(scenario, seed, segment, engine, drawn=drawn)
    job = Job((segment,), {0: scenario}, {0: {}}, (), {0: seed}, engine, tuple(input_names(scenario)) if drawn else ())
    return _table(job, (segment,), (results,)).add_column(0, "run", pa.array(range(first, first + runs), pa.int64()))


def dead_chunk(job: Job, reason: str) -> Done:
    """Return rows that stand in for a run whose worker died or did not return."""
    (segment,) = job.segments
    scenario = job.scenarios[segment.point]
    nothing = empty_results(*to_arrays(scenario, job.seeds[segment.point], drawn=bool(job.drawn)), 1)
    nothing.failed[:] = True
    errors = {(segment.point, segment.first): reason}
    return Done(job.segments, _table(job, job.segments, (nothing,)), errors, "", 0.0, played=False, drawn=bool(job.drawn))


def _table(job: Job, segments: Sequence[Segment], results: Sequence[Results]) -> pa.Table:
    """Return the runs of segments worded alike, with what they are known by, and the values of the varied inputs, in front."""
    columns = as_table(columns_of(job.scenarios[segments[0].point], joined(results)))
    inputs = {
        path: [value for s in segments for value in [job.inputs[s.point][path]] * s.runs]
        for path in job.inputs[segments[0].point]
    }
    head = {
        "seed": pa.array([job.seeds[s.point] for s in segments for _ in range(s.runs)], pa.int64()),
        POINT: pa.array([s.point for s in segments for _ in range(s.runs)], pa.int64()),
        REPLICATE: pa.array([number for s in segments for number in range(s.first, s.first + s.runs)], pa.int64()),
        **{path: pa.array(values, _type_of(values)) for path, values in inputs.items()},
    }
    return arranged(pa.table(head | dict(zip(columns.column_names, columns.columns))), job.drawn)


def arranged(table: pa.Table, drawn: Sequence[str]) -> pa.Table:
    """Return a table with these columns of drawn inputs and no others; of what is no input there, with nothing in it."""
    names = table.column_names
    first = next((at for at, name in enumerate(names) if is_drawn(name)), len(names))
    found = {name: table[name] for name in names[:first]}
    for name in drawn:
        kind = pa.string() if name.startswith("reading.") else pa.float32()
        found[name] = table[name] if name in names else pa.nulls(table.num_rows, kind)
    return pa.table(found | {name: table[name] for name in names[first:] if not is_drawn(name)})


def _type_of(values: Sequence[object]) -> pa.DataType:
    """Return the type of a varied input's column: whole and real numbers are of one."""
    if all(isinstance(value, bool) for value in values):
        return pa.bool_()
    return pa.float64() if all(isinstance(value, int | float) for value in values) else pa.string()


def _play(scenario: Scenario, seed: int, segment: Segment, engine: Engine, *, drawn: bool) -> tuple[Results, dict[int, str], str]:
    note = ""
    if engine != "mesa":
        from negsim.engine.batch_engine import play_batch, play_plain
        from negsim.engine.compiler import CannotCompile, cache_trouble

        try:
            results = (play_batch if engine == "batch" else play_plain)(scenario, seed, segment.first, segment.runs, drawn=drawn)
        except CannotCompile as reason:
            note = f"{reason}; played in Mesa instead"
        except SystemExit:  # a rule that ends the program
            note = ""
        else:
            errors = {}
            for row in results.failed.nonzero()[0].tolist():
                number = segment.first + row
                errors[number] = play_mesa(scenario, seed, number, 1)[1].get(number, "it fails compiled, and not in Mesa")
            return results, errors, cache_trouble()
    results, errors = play_mesa(scenario, seed, segment.first, segment.runs, drawn=drawn)
    return results, errors, note
