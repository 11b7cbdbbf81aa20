"""Runs over an ensemble: each run under one combination of what no source says, and some of its draws taken from its partner."""

import concurrent.futures
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.arms import flags_of
from negsim.analysis.runs.expression import parse
from negsim.domain.ensemble import Choice
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import kernel
from negsim.engine.cast import cast
from negsim.engine.columns import as_table, columns_of, vocabulary
from negsim.engine.results import Results, empty_results

Make = Callable[[Sequence[str]], Scenario]
"""From changes, written `path=value`, to a scenario; raises a ValueError if they make none."""
Advance = Callable[[int, int], None]


class Asked(NamedTuple):
    """Runs that are asked for.

    Attributes
    ----------
    members : array of int, shape (run, choice)
        Which value of each open choice each run is played under.
    numbers : array of int, shape (run,)
        Their replicates.
    taken : array of TAKEN, shape (stream,), optional
        Draws that are those of their partners.
    """

    members: Any
    numbers: Any
    taken: Any = None


def combinations(choices: dict[str, list[Choice]], most: int, seed: int) -> Any:
    """Return combinations of open choices as places in their lists, shape (member, choice): all, or so many drawn at random.

    Examples
    --------
    >>> combinations({"a": [1, 2], "b": ["x"]}, 10, 0).tolist()
    [[0, 0], [1, 0]]
    """
    sizes = [len(values) for values in choices.values()]
    total = math.prod(sizes)
    every = np.array(list(itertools.product(*map(range, sizes))), np.int64).reshape(total, len(sizes))
    if total <= most:
        return every
    return every[np.sort(np.random.default_rng([seed, 1]).choice(total, most, replace=False))]


def changes_of(choices: dict[str, list[Choice]], member: Sequence[int]) -> list[str]:
    """Return a combination of open choices as changes to a scenario."""
    return [f"{path}={_written(values[at])}" for (path, values), at in zip(choices.items(), member)]


def _written(value: Choice) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else repr(value)


def play_members(
    make: Make, asked: Sequence[Asked], outcomes: Sequence[str], seed: int, workers: int = 1, advance: Advance | None = None
) -> list[Any]:
    """Play runs over an ensemble.

    Parameters
    ----------
    make : callable
    asked : sequence of Asked
    outcomes : sequence of str
        Expressions on columns of the results, as `agreed.ceasefire`.
    seed : int
    workers : int
        Threads: compiled runs let go of the interpreter.
    advance : callable, optional
        Called with the combinations that are done and their number.

    Returns
    -------
    list of array, shape (outcome, run)
        Of each that was asked: whether each outcome holds, 1 or 0; NaN where a run failed.

    Raises
    ------
    ValueError
        If a combination makes no scenario, or one of other issues or words.
    """
    base = make(())
    choices = base.open_choices()
    room = to_arrays(base, seed)
    orders = [np.lexsort((np.arange(len(one.members)), *one.members.T)) for one in asked]
    results = [empty_results(*room, len(one.numbers)) for one in asked]
    tasks: dict[tuple[int, ...], list[tuple[int, int, int]]] = {}
    for number, (one, order) in enumerate(zip(asked, orders)):
        sorted_members = one.members[order]
        for member, first, after in _stretches(sorted_members):
            tasks.setdefault(member, []).append((number, first, after))
    plays = {}
    for member in tasks:  # compiled one after the other, played side by side
        scenario = make(changes_of(choices, member))
        check_alike(scenario, base, ", ".join(changes_of(choices, member)))
        prior, case = to_arrays(scenario, seed)
        plays[member] = kernel(prior, case, cast(scenario)), case.taken

    def play(member: tuple[int, ...]) -> None:
        run, none_taken = plays[member]
        for number, first, after in tasks[member]:
            taken = none_taken if asked[number].taken is None else asked[number].taken
            rows = np.ascontiguousarray(asked[number].numbers[orders[number][first:after]])
            run(rows, Results(*(array[first:after] for array in results[number])), taken)

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for done, _ in enumerate(pool.map(play, tasks), start=1):
            if advance is not None:
                advance(done, len(tasks))
    found = []
    for order, result in zip(orders, results):
        flags = outcome_flags(base, result, outcomes)
        back = np.empty_like(flags)
        back[:, order] = flags
        found.append(back)
    return found


def check_alike(scenario: Scenario, base: Scenario, change: str) -> None:
    """Refuse a choice that changes more than rules and numbers: then runs of two members could not be told in one table.

    Raises
    ------
    ValueError
    """
    if vocabulary(scenario) != vocabulary(base):
        raise ValueError(f"{change} changes what is bargained over or said; leave it out of the ensemble")


def outcome_flags(scenario: Scenario, results: Results, outcomes: Sequence[str]) -> Any:
    """Return in which runs each outcome holds, shape (outcome, run): 1, 0, or NaN where a run failed."""
    wanted = {parse(text)[0] for text in outcomes} | {"failed"}
    table = as_table({name: column for name, column in columns_of(scenario, results).items() if name in wanted})
    return np.array([flags_of(table, text) for text in outcomes])


def _stretches(members: Any) -> list[tuple[tuple[int, ...], int, int]]:
    """Return each combination with the rows it has, of rows in its order."""
    if not len(members):
        return []
    breaks = np.flatnonzero((members[1:] != members[:-1]).any(axis=1)) + 1
    firsts = [0, *breaks.tolist()]
    return [
        (tuple(members[first].tolist()), first, after)
        for first, after in zip(firsts, [*breaks.tolist(), len(members)], strict=True)
    ]
