"""How many packages all can accept, and packages drawn evenly from among them, without listing the outcome space.

Two parties: the issues are cut into two halves, and pairs of half packages that together reach both floors are counted by
sweeping over one party's sums with a tree of the other's (meet in the middle: Horowitz & Sahni 1974, "Computing partitions with
applications to the knapsack problem", Journal of the ACM 21; Fenwick 1994, "A new data structure for cumulative frequency
tables", Software: Practice and Experience 24). More parties: depth first over the issues; a branch that some party cannot
accept is cut, one that all accept whatever follows is counted at once. Spaces too large for either are estimated, and said to be.
"""

import functools
import math
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.ensembles import share as interval
from negsim.analysis.spaces.space import Space, lowered, surplus, tables
from negsim.core.registry import maker
from negsim.engine.compiler import native

MOST_HALF = 4_000_000  # packages of a half
MOST_STEPS = 100_000_000  # of a search
MOST_NUMBERED = 2**62  # packages that a search can number
TRIES = 250_000  # packages drawn where it has to be estimated


class Count(NamedTuple):
    """Packages acceptable to all (the status quo is none): their number and share, exact or within an interval of 95%."""

    number: float
    share: float
    exact: bool
    low: float
    high: float


def count(space: Space) -> Count:
    """Count the packages that all parties can accept.

    Examples
    --------
    >>> from negsim.analysis.spaces.space import space_of
    >>> count(space_of([[[0.0, 1.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]], [1.0, 1.0])).number
    2
    """
    number = _Counted(space).number
    if number is None:
        kept = int(_acceptable(space, _drawn(space, np.random.default_rng(0), TRIES)).sum())
        found = interval(kept, TRIES)
        return Count(found.share * space.outcomes, found.share, exact=False, low=found.low, high=found.high)
    share = number / space.outcomes
    return Count(number, share, exact=True, low=share, high=share)


def sample(space: Space, draws: int, seed: int = 0) -> Any:
    """Draw packages evenly from those acceptable to all, with replacement.

    Returns
    -------
    array of int, shape (draw, issue)
        No rows if none is acceptable; fewer than asked for if they are too rare to be met in a space too large to be counted.
    """
    rng = np.random.default_rng(seed)
    counted = _Counted(space)
    if counted.number is not None:
        return counted.packages(rng.integers(0, counted.number, draws) if counted.number else np.zeros(0, np.int64))
    tried = _drawn(space, rng, TRIES)
    return tried[_acceptable(space, tried)][:draws]


class _Counted:
    """The acceptable packages in a fixed order, so that each has a number."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.tables, self.options = tables(space)
        sizes = [len(options) for options in self.options]
        self.floors = lowered(space)
        self.number: int | None
        self.halves: tuple[Any, Any] | None = None
        # The status quo is no agreement, but would be counted.
        nothing = surplus(space, space.first)
        self.quo = space.quo == 1 and not space.first.any() and bool((nothing >= self.floors).all())
        if 0 in sizes:
            self.number = 0
        elif len(space.floors) == 2:
            cut = min(range(len(sizes) + 1), key=lambda at: math.prod(sizes[:at]) + math.prod(sizes[at:]))
            if max(math.prod(sizes[:cut]), math.prod(sizes[cut:])) > MOST_HALF:
                self.number = None
                return
            self.halves = _sums(self.tables[:cut]), _sums(self.tables[cut:])
            self.pairs = _pairs(*self.halves, self.floors)
            self.number = int(self.pairs.sum()) - self.quo
        elif math.prod(sizes) >= MOST_NUMBERED:
            self.number = None
        else:
            total = self._search(np.zeros(0, np.int64))[0]
            self.number = None if total < 0 else total - self.quo

    def packages(self, numbers: Any) -> Any:
        """Return the packages of some numbers, shape (number, issue)."""
        if len(numbers) == 0:
            return np.zeros((0, len(self.options)), np.int64)
        numbers = numbers + self.quo  # the status quo comes first
        if self.halves is None:
            order = np.argsort(numbers, kind="stable")
            picks = np.empty((len(numbers), len(self.options)), np.int64)
            picks[order] = self._search(numbers[order])[1]
        else:
            left, right = self.halves
            ends = np.cumsum(self.pairs)
            at = np.searchsorted(ends, numbers, side="right")
            rows = []
            for q, number in zip(at, numbers):
                fits = np.flatnonzero((-right <= left[q] - self.floors).all(axis=1))  # as in `_pairs`, to the last bit
                rows.append(q * len(right) + fits[number - (ends[q] - self.pairs[q])])
            picks = np.stack(np.unravel_index(rows, [len(options) for options in self.options]), axis=1)
        return np.stack([options[picks[:, issue]] for issue, options in enumerate(self.options)], axis=1)

    def _search(self, wanted: Any) -> tuple[int, Any]:
        sizes = np.array([len(options) for options in self.options])
        worths = np.zeros((len(self.space.floors), len(sizes), max(sizes)))
        for issue, table in enumerate(self.tables):
            worths[:, issue, : len(table)] = table.T
        return native(search)(worths, self.floors, sizes, wanted)  # type: ignore[no-any-return]


def _sums(issues: list[Any]) -> Any:
    """Return what every package of some issues is worth to each party, shape (package, party); the last issue turns fastest."""
    return functools.reduce(
        lambda sums, table: (sums[:, None, :] + table[None, :, :]).reshape(-1, sums.shape[1]), issues, np.zeros((1, 2))
    )


def _pairs(left: Any, right: Any, floors: Any) -> Any:
    """Return how many right halves go with each left one."""
    by_left = np.argsort(left[:, 0], kind="stable")
    by_right = np.argsort(-right[:, 0], kind="stable")
    by_other = np.argsort(-right[:, 1], kind="stable")
    rank = np.empty(len(right), np.int64)
    rank[by_other] = np.arange(1, len(right) + 1)
    reach = np.searchsorted(-right[by_other, 1], left[:, 1] - floors[1], side="right")
    enough = np.searchsorted(-right[by_right, 0], left[:, 0] - floors[0], side="right")
    return native(sweep)(by_left, enough, rank[by_right], reach)


@maker
def sweep(by_left: Any, enough: Any, ranks: Any, reach: Any) -> Any:
    """Count, for each left half, the right halves good enough for both.

    Parameters
    ----------
    by_left : array of int, shape (left,)
        The left halves from worst to best for the first party: each can do with more right ones than the one before.
    enough : array of int, shape (left,)
        How many right halves, from the best down, are good enough for the first party.
    ranks : array of int, shape (right,)
        Rank in the second party's eyes, from 1, of the right halves from the first party's best down.
    reach : array of int, shape (left,)
        Ranks that are good enough for the second party.
    """
    tree = np.zeros(len(ranks) + 1, np.int64)
    pairs = np.zeros(len(by_left), np.int64)
    entered = 0
    for at in by_left:
        while entered < enough[at]:
            k = ranks[entered]
            while k <= len(ranks):
                tree[k] += 1
                k += k & -k
            entered += 1
        k = reach[at]
        while k > 0:
            pairs[at] += tree[k]
            k -= k & -k
    return pairs


@maker
def search(worths: Any, floors: Any, sizes: Any, wanted: Any) -> tuple[int, Any]:
    """Count the packages that give every party its floor, and write down those whose numbers are wanted.

    Parameters
    ----------
    worths : array, shape (party, issue, option)
    floors : array, shape (party,)
    sizes : array of int, shape (issue,)
    wanted : array of int, shape (number,)
        In rising order.

    Returns
    -------
    total : int
        -1 if the search takes too long.
    packages : array of int, shape (number, issue)
    """
    parties, issues = worths.shape[0], len(sizes)
    best, worst, follow = np.zeros((parties, issues + 1)), np.zeros((parties, issues + 1)), np.ones(issues + 1, np.int64)
    for i in range(issues - 1, -1, -1):
        follow[i] = follow[i + 1] * sizes[i]
        for p in range(parties):
            best[p, i] = best[p, i + 1] + worths[p, i, : sizes[i]].max()
            worst[p, i] = worst[p, i + 1] + worths[p, i, : sizes[i]].min()
    sums = np.zeros((parties, issues + 1))
    picks = np.full(issues, -1, np.int64)
    packages = np.zeros((len(wanted), issues), np.int64)
    total, written, steps, i = 0, 0, 0, 0
    while i >= 0:
        steps += 1
        if steps > MOST_STEPS:
            return -1, packages
        picks[i] += 1
        if picks[i] >= sizes[i]:
            picks[i] = -1
            i -= 1
            continue
        possible, sure = True, True
        for p in range(parties):
            sums[p, i + 1] = sums[p, i] + worths[p, i, picks[i]]
            if not sums[p, i + 1] + best[p, i + 1] >= floors[p]:
                possible = False
                break
            sure = sure and sums[p, i + 1] + worst[p, i + 1] >= floors[p]
        if not possible:
            continue
        if not sure:
            i += 1
            continue
        while written < len(wanted) and wanted[written] < total + follow[i + 1]:
            rest = wanted[written] - total
            for j in range(issues - 1, i, -1):
                packages[written, j] = rest % sizes[j]
                rest //= sizes[j]
            for j in range(i + 1):
                packages[written, j] = picks[j]
            written += 1
        total += follow[i + 1]
    return total, packages


def _drawn(space: Space, rng: Any, draws: int) -> Any:
    return np.stack([rng.integers(lo, hi, draws) for lo, hi in zip(space.first, space.sizes)], axis=1)


def _acceptable(space: Space, packages: Any) -> Any:
    total = np.zeros((len(packages), len(space.floors)))
    for issue in range(packages.shape[1]):
        total += space.worths[:, issue, packages[:, issue]].T
    fine: Any = (total >= lowered(space)).all(axis=1)
    return fine & packages.any(axis=1) if space.quo == 1 else fine
