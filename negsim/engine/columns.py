"""The columns of a table of runs: each one, in order, with its type and what it says.

To add one, write it into the list of what it is told of: an issue, a track, a party or the run.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from negsim.core.state import NOT_KNOWN, YES
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import READINGS
from negsim.engine.inputs import every_input, input_names
from negsim.engine.layout import Layout, lay_out
from negsim.engine.outcome import blockers, option_text
from negsim.engine.results import Results

TYPES = {
    "word": "string",
    "flag": "bool",
    "count": "int64",
    "number": "double",
    "drawn": "float",
}  # kinds of columns, as Arrow types


FIRST = {
    "run": "number of the row, from 0: point * runs a point + replicate",
    "seed": "key of every draw",
    "point": "number of the point in the design, from 0",
    "replicate": "number of the run under the seed: the same draws at every point; negsim run --replicate plays it again",
    "PATH": "a varied input, under its path in the scenario",
}
OUTPUTS = {
    "option.ISSUE": "option ratified; the status quo where nothing was",
    "closed_in.ISSUE": "session in which it was ratified, from 0; nothing where it was not",
    "blocked_by.ISSUE": "every party that alone could have closed it, '; ' between; ' + ' between those that could only together",
    "bound_by.ISSUE": "what of each of them held it back, with the statement",
    "received.ISSUE.PARTY": "of a swap, share of what it was promised that reached a side",
    "zone.TRACK": "whether its core issues ever had a zone of agreement; nothing where that would take too long to tell",
    "table.TRACK": "whether they were agreed at the table",
    "ratified.TRACK": "whether principals ratified them",
    "agreed.TRACK": "whether its core issues were agreed and ratified",
    "delivered.TRACK": "mean share that was delivered of what its swaps promised",
    "session.TRACK": "session in which it was agreed at the table, from 0",
    "turn.TRACK": "turn of that session",
    "blocked_by.TRACK": "as of an issue, over its core; blocked_by.track.TRACK where an issue has the same id",
    "utility.PARTY": "utility at the end, as its weights have it",
    "gain.PARTY": "gain over the status quo, in gains of a track",
    "nash_distance": "distance to the Nash point, in gains",
    "pareto_gap": "distance to the Pareto frontier, in gains",
    "failed": "whether a rule raised an error; then there is nothing in any other column",
}
"""What each column says that is not drawn (see `negsim.engine.inputs` for those), by its name in general."""


class Column(NamedTuple):
    """One column, a value a run.

    Attributes
    ----------
    kind : str
        "word", "flag", "count", "number" or "drawn" (a number to seven digits).
    values : array, shape (run,)
        Of words, their codes.
    word_of : callable, optional
        Puts a code into a word.
    missing : array of bool, shape (run,), optional
        Where there is no value although the run did not fail.
    """

    kind: str
    values: Any
    word_of: Callable[[int], str] | None = None
    missing: Any = False


def columns_of(scenario: Scenario, results: Results) -> dict[str, Column]:
    """Return a batch of runs as columns, as in `results.parquet`. A failed run has nothing in any of them but `failed`."""
    failed = results.failed
    found = {
        name: column._replace(missing=column.missing | failed | _not_a_number(column.values))
        for name, column in _every(scenario, results)
    }
    return {**found, "failed": Column("flag", failed, missing=np.zeros_like(failed))}


def wording(scenario: Scenario) -> tuple[Any, ...]:
    """Return all that columns draw on of a scenario: runs of two that agree in it can be put into one table at once."""
    return (*vocabulary(scenario), tuple(input_names(scenario)))


def vocabulary(scenario: Scenario) -> tuple[Any, ...]:
    """Return all that outcomes are put into words by: results of two scenarios that agree in it can be read alike."""
    return (
        tuple((key, issue.track, *issue.swap, *issue.option_ids()) for key, issue in scenario.issues.items()),
        tuple(lay_out(scenario).positions),
        tuple((key, track.status_quo) for key, track in scenario.tracks.items()),
        tuple(scenario.parties),
        tuple(scenario.mediators),
        tuple(refusal.statements[0] for refusal in scenario.refusals()),
    )


def _every(scenario: Scenario, results: Results) -> Iterator[tuple[str, Column]]:
    layout = lay_out(scenario)
    positions = layout.positions
    if results.inputs.shape[1]:
        yield from input_columns(scenario, layout, results.inputs).items()
    for key in scenario.issues:  # in the order of the file, however issues are tied together for bargaining
        j = positions.index(key)
        for name, column in issue_columns(scenario, key, results.positions[:, j]).items():
            yield f"{name}.{key}", column
        for name, column in blame_columns(scenario, results.blame[:, j]).items():
            yield f"{name}.{key}", column
        for name, column in swap_columns(scenario, key, results.positions[:, j]).items():
            yield f"received.{key}.{name}", column
    for t, key in enumerate(scenario.tracks):
        for name, column in track_columns(results.tracks[:, t]).items():
            yield f"{name}.{key}", column
        yield blocked_column(scenario, key), blame_columns(scenario, results.blame[:, len(positions) + t])["blocked_by"]
    for name in PARTY_COLUMNS:
        for p, key in enumerate(scenario.parties):
            yield f"{name}.{key}", Column("number", results.parties[name][:, p])
    for name in RUN_COLUMNS:
        yield name, Column("number", results.measures[name])


PARTY_COLUMNS = ("utility", "gain")
RUN_COLUMNS = ("nash_distance", "pareto_gap")


def input_columns(scenario: Scenario, layout: Layout, drawn: Any) -> dict[str, Column]:
    """Return what each run was drawn to be.

    Parameters
    ----------
    drawn : array of float, shape (run, input)
    """
    places = {name: at for at, name in enumerate(every_input(scenario, layout)) if name}
    found = {}
    for name in input_names(scenario):
        values = drawn[:, places[name]]
        is_reading = name.startswith("reading.")
        found[name] = Column("word", values.astype(np.int64), READINGS.__getitem__) if is_reading else Column("drawn", values)
    return found


def issue_columns(scenario: Scenario, key: str, ended: Any) -> dict[str, Column]:
    """Return what is told of an issue: the option ratified, and in which session, from 0.

    Parameters
    ----------
    ended : array of OUTCOME, shape (run,)
    """
    ids = scenario.issues[key].option_ids()
    return {
        "option": Column("word", ended["ratified"], lambda code: option_text(ids, code)),
        "closed_in": Column("count", ended["ratified_in"], missing=ended["ratified_in"] < 0),
    }


def blame_columns(scenario: Scenario, codes: Any) -> dict[str, Column]:
    """Return who blocks what was not closed, and what binds each of them.

    Parameters
    ----------
    codes : array of int, shape (run, actor)
    """
    kinds, places = np.unique(codes, axis=0, return_inverse=True)
    told = [blockers(scenario, kind) for kind in kinds.tolist()]
    return {
        "blocked_by": Column("word", places.reshape(-1), lambda code: told[code][0]),
        "bound_by": Column("word", places.reshape(-1), lambda code: told[code][1]),
    }


def blocked_column(scenario: Scenario, track: str) -> str:
    """Return the column of who blocks a track; an issue of the same id keeps the plain one."""
    return f"blocked_by.track.{track}" if track in scenario.issues else f"blocked_by.{track}"


def swap_columns(scenario: Scenario, key: str, ended: Any) -> dict[str, Column]:
    """Return, for each side of a swap, the share that reached it of what it was promised; nothing where nothing was.

    Parameters
    ----------
    ended : array of OUTCOME, shape (run,)
    """
    found = {}
    for party, name in zip(scenario.issues[key].swap, ("to_first", "to_second")):
        promised = np.array([option.received(party) > 0.0 for option in scenario.issues[key].options])
        agreed = np.maximum(ended["ratified"], 0)
        found[party] = Column("number", ended[name], missing=~promised[agreed])
    return found


def track_columns(ended: Any) -> dict[str, Column]:
    """Return what is told of a track, over its core issues.

    Parameters
    ----------
    ended : array of TRACK_RESULT, shape (run,)
    """
    return {
        "zone": Column("flag", ended["zone"] == YES, missing=ended["zone"] == NOT_KNOWN),
        **{name: Column("flag", ended[name] == 1) for name in ("table", "ratified", "agreed")},
        "delivered": Column("number", ended["delivered"]),
        **{name: Column("count", ended[name], missing=ended[name] < 0) for name in ("session", "turn")},
    }


def as_table(columns: dict[str, Column]) -> Any:
    """Return columns as an Arrow table whose types depend on their kinds alone, so that all parts of a sweep agree."""
    import pyarrow as pa

    arrays = {}
    for name, (kind, values, word_of, missing) in columns.items():
        if word_of is None:
            held = values.astype(np.float32) if kind == "drawn" else values
            arrays[name] = pa.array(held, TYPES[kind], mask=missing)
        else:
            codes, places = np.unique(values, return_inverse=True)
            words = pa.array([word_of(code) for code in codes.tolist()], TYPES[kind])
            arrays[name] = words.take(pa.array(places, mask=missing))
    return pa.table(arrays)


def _not_a_number(values: Any) -> Any:
    return np.isnan(values) if values.dtype.kind == "f" else False
