"""What decided it: the shares of groups of draws in the variance of an outcome, by pick-freeze on the dice.

Of a pair of independent runs, a group of draws is taken from the partner and all else kept. How far that carries the outcome over
to the partner's is the group's first-order share (Sobol' 1993; estimator of Saltelli & others 2010, "Variance based sensitivity
analysis of model output", Computer Physics Communications 181, on centred outcomes); how often it changes the outcome is its
total share, all that it takes part in (Jansen 1999, "Analysis of variance designs for model output", ibid. 117).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.runs.members import Advance, Asked, Make, play_members
from negsim.core.cases import PARTNER
from negsim.domain.ensemble import WORDS, Choice
from negsim.engine.groups import Group, groups_of, reading_groups

STRATEGIES, RULES = "strategies", "rules"
RESAMPLED = 1000


class Interval(NamedTuple):
    """A number with its 95% interval."""

    value: float
    low: float
    high: float


class Part(NamedTuple):
    """The part of a group of draws in what decided an outcome.

    Attributes
    ----------
    id, words : str
    statements : tuple of str
        Those that it reads.
    first : Interval
        Share of the variance that would be gone if it alone were known.
    total : Interval
        Share that would be left if all but it were known.
    """

    id: str
    words: str
    statements: tuple[str, ...]
    first: Interval
    total: Interval


class Decided(NamedTuple):
    """What decided an outcome.

    Attributes
    ----------
    outcome : str
    share : Share
        Of runs with it, over the ensemble.
    groups : list of Part
        Those that all draws fall into, the largest total first; none where the outcome never varies.
    readings : list of Part
        Those that the draws of readings fall into, likewise.
    """

    outcome: str
    share: Share
    groups: list[Part]
    readings: list[Part]


def what_decided(
    make: Make, outcomes: Sequence[str], pairs: int, seed: int, workers: int = 1, advance: Advance | None = None
) -> list[Decided]:
    """Find what decided some outcomes, over all that is drawn and all that the ensemble leaves open.

    Parameters
    ----------
    make : callable
        From changes to a scenario.
    outcomes : sequence of str
        Expressions on columns of the results.
    pairs : int
        Pairs of runs.
    seed : int
    workers : int
        Threads.
    advance : callable, optional

    Returns
    -------
    list of Decided
        One an outcome. Intervals are percentiles of pairs resampled.
    """
    scenario = make(())
    choices = scenario.open_choices()
    rng = np.random.default_rng([seed, 2])
    mine, theirs = (_drawn(choices, pairs, rng) for _ in range(2))
    numbers = np.arange(pairs)
    whole = groups_of(scenario)
    leaves = reading_groups(scenario)
    asked = [Asked(mine, numbers), Asked(theirs, numbers + PARTNER)]
    asked += [Asked(mine, numbers, group.streams) for group in (*whole, *leaves)]
    opened = [group for group in _open_groups(choices) if group.streams.any()]
    asked += [Asked(np.where(group.streams, theirs, mine), numbers) for group in opened]
    flags = play_members(make, asked, outcomes, seed, workers, advance)
    groups = [*whole, *leaves, *opened]
    found = []
    for k, outcome in enumerate(outcomes):
        one, other = flags[0][k], flags[1][k]
        fine = ~np.isnan([one, other, *(mixed[k] for mixed in flags[2:])]).any(axis=0)
        both = np.concatenate([one[fine], other[fine]])
        shares = variance_shares(one[fine], other[fine], np.array([mixed[k][fine] for mixed in flags[2:]]), seed)
        parts = [Part(group.id, group.words, group.statements, *of) for group, of in zip(groups, shares)]
        least, most = len(whole), len(whole) + len(leaves)
        by_total = sorted([*parts[:least], *parts[most:]], key=lambda part: -part.total.value)
        readings = sorted(parts[least:most], key=lambda part: -part.total.value)
        found.append(Decided(outcome, share(int(both.sum()), len(both)), by_total, readings))
    return found


def _drawn(choices: dict[str, list[Choice]], pairs: int, rng: Any) -> Any:
    """Draw a combination of open choices for each run, shape (run, choice)."""
    columns = [rng.integers(len(values), size=pairs) for values in choices.values()]
    return np.array(columns, np.int64).reshape(len(columns), pairs).T


def _open_groups(choices: dict[str, list[Choice]]) -> list[Group]:
    """Return what the ensemble leaves open in groups; their streams say which choices are of them."""
    is_open = [(path, path.endswith(".strategy"), len(values) > 1) for path, values in choices.items()]
    rules = ", ".join(WORDS.get(path, path) for path, strategic, several in is_open if several and not strategic)
    return [
        Group(STRATEGIES, "which strategies the sides follow", (), np.array([one and many for _, one, many in is_open], bool)),
        Group(RULES, f"what is assumed otherwise ({rules})", (), np.array([many and not one for _, one, many in is_open], bool)),
    ]


def variance_shares(one: Any, other: Any, mixed: Any, seed: int) -> list[tuple[Interval, Interval]]:
    """Return first-order and total shares in the variance of an outcome.

    Parameters
    ----------
    one, other : arrays, shape (pair,)
        The outcome of each run, and of its partner.
    mixed : array, shape (group, pair)
        The outcome of each run with a group of its draws taken from its partner.
    seed : int
        Key of the resampling.

    Returns
    -------
    list of (Interval, Interval)
        First-order and total share of each group; none where the outcome never varies.
    """
    both = np.concatenate([one, other])
    if not len(one) or both.std() == 0.0:
        return []
    centred = other - both.mean()
    products = centred * (mixed - one)
    squares = 0.5 * (mixed - one) ** 2
    rng = np.random.default_rng([seed, 3])
    counts = rng.multinomial(len(one), np.full(len(one), 1.0 / len(one)), size=RESAMPLED)
    means, squared = counts @ (one + other) / (2 * len(one)), counts @ (one**2 + other**2) / (2 * len(one))
    variances = squared - means**2
    counts, variances = counts[variances > 1e-12], variances[variances > 1e-12]  # a resample in which nothing varies says nothing
    changed = np.count_nonzero(mixed != one, axis=1)
    found = []
    for product, square, hits in zip(products, squares, changed.tolist()):
        first = _interval(product, counts, variances, both.var())
        total = _interval(square, counts, variances, both.var())
        if hits < 5:  # too few changes to resample: the score interval of how often there is one (of a yes or no)
            least, most = (0.5 * end / both.var() for end in share(hits, len(one))[3:])
            total = Interval(total.value, least, max(most, total.high))
            first = Interval(first.value, min(first.low, -most), max(first.high, most))
        found.append((first, total))
    return found


def _interval(terms: Any, counts: Any, variances: Any, variance: float) -> Interval:
    resampled = (counts @ terms) / len(terms) / variances
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Interval(float(terms.mean() / variance), float(low), float(high))
