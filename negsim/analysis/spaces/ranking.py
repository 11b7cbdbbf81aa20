"""The best packages for a side, or for all together, among those that everybody accepts: branch and bound, no listing."""

from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.spaces.space import Space, lowered
from negsim.core.registry import maker
from negsim.core.space import hopes_of
from negsim.engine.compiler import native

MOST_STEPS = 100_000_000  # of the search


class Ranking(NamedTuple):
    """Packages from the best down: values (package,), packages (package, issue); whether the search was finished."""

    values: Any
    packages: Any
    complete: bool


def best_for(space: Space, party: int, k: int) -> Ranking:
    """Return the k best packages for a party among those acceptable to all.

    Examples
    --------
    >>> from negsim.analysis.spaces.space import space_of
    >>> space = space_of([[[0.0, 1.0, 2.0]], [[2.0, 1.0, 0.0]]], [0.0, 1.0])
    >>> best_for(space, 0, 2).packages.tolist()
    [[1], [0]]
    """
    return _ranked(space, space.worths[party], k)


def best_for_all(space: Space, k: int) -> Ranking:
    """Return the k packages with the greatest joint surplus among those acceptable to all."""
    return _ranked(space, np.where(np.isfinite(space.worths).all(axis=0), space.worths.sum(axis=0), -np.inf), k)


def _ranked(space: Space, objective: Any, k: int) -> Ranking:
    found = native(search)(space.worths, lowered(space), np.ascontiguousarray(objective), space.sizes, space.first, space.quo, k)
    values, packages, kept, complete = found
    return Ranking(values[:kept], packages[:kept], bool(complete))


@maker
def search(worths: Any, floors: Any, objective: Any, sizes: Any, first: Any, quo: int, k: int) -> tuple[Any, Any, int, bool]:
    """Search depth first, the most promising option of each issue first; cut what cannot be among the k best, or is refused.

    References
    ----------
    Land & Doig (1960), "An automatic method of solving discrete programming problems", Econometrica 28.
    """
    parties, issues = worths.shape[0], len(sizes)
    hopes = hopes_of(worths, sizes, first)
    worth = np.zeros((1, issues, worths.shape[2]))
    order = np.zeros((issues, worths.shape[2]), np.int64)
    for i in range(issues):
        for o in range(first[i], sizes[i]):
            worth[0, i, o] = objective[i, o]
            at = o - first[i]
            while at > 0 and objective[i, order[i, at - 1]] < objective[i, o]:
                order[i, at] = order[i, at - 1]
                at -= 1
            order[i, at] = o
    hope = hopes_of(worth, sizes, first)
    values, packages, kept = np.full(k, -np.inf), np.zeros((k, issues), np.int64), 0
    sums, mine = np.zeros((parties, issues + 1)), np.zeros(issues + 1)
    picks = np.full(issues, -1, np.int64)
    steps, i = 0, 0
    while i >= 0:
        steps += 1
        if steps > MOST_STEPS:
            return values, packages, kept, False
        picks[i] += 1
        if picks[i] >= sizes[i] - first[i]:
            picks[i] = -1
            i -= 1
            continue
        option = order[i, picks[i]]
        mine[i + 1] = mine[i] + objective[i, option]
        if mine[i + 1] == -np.inf or (kept == k and mine[i + 1] + hope[0, i + 1] <= values[k - 1]):
            picks[i] = -1  # later options are no better
            i -= 1
            continue
        possible = True
        for p in range(parties):
            sums[p, i + 1] = sums[p, i] + worths[p, i, option]
            if sums[p, i + 1] == -np.inf or sums[p, i + 1] + hopes[p, i + 1] < floors[p]:
                possible = False
                break
        if not possible:
            continue
        if i + 1 < issues:
            i += 1
            continue
        changed = quo == 0
        for j in range(issues):
            changed = changed or order[j, picks[j]] != 0
        if not changed:
            continue
        at = min(kept, k - 1)
        while at > 0 and values[at - 1] < mine[issues]:
            values[at] = values[at - 1]
            packages[at] = packages[at - 1]
            at -= 1
        values[at] = mine[issues]
        for j in range(issues):
            packages[at, j] = order[j, picks[j]]
        kept = min(k, kept + 1)
    return values, packages, kept, True
