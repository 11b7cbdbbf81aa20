"""How fair and how good a package is: how far from the frontier and each solution, and what both would rather have had."""

from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.spaces.adjusted_winner import adjusted_winner
from negsim.analysis.spaces.solutions import SOLUTIONS
from negsim.analysis.spaces.space import ROUNDING, Frontier, Space, frontier_of, lowered, surplus, tables

MOST_BETTER = 10  # packages listed that all would rather have


class Fairness(NamedTuple):
    """What can be said of a package.

    Attributes
    ----------
    surplus : array, shape (party,)
    acceptable : bool
        Whether all are at or above their floors, and no red line shuts it out.
    frontier_distance : float
        Euclidean distance of the surpluses to the nearest frontier point; 0 on the frontier.
    distances : dict of str to float
        The same to each solution point.
    left : array, shape (party,)
        The most each party could still gain if no other had to lose.
    better : Frontier
        Up to ten packages that all like at least as well and one better, none of which beats another: what a post-settlement
        settlement would look for (Raiffa 1985, "Post-settlement settlements", Negotiation Journal 1).
    points : array, shape (party,) or None
        Share of its own points (0..1) that each of two parties gets, counted over the options nobody shuts out.
    adjusted_winner : float or None
        The share that Adjusted Winner would give both of two parties.
    """

    surplus: Any
    acceptable: bool
    frontier_distance: float
    distances: dict[str, float]
    left: Any
    better: Frontier
    points: Any
    adjusted_winner: float | None


def fairness(space: Space, package: Any) -> Fairness:
    """Measure a package against what could be agreed.

    Parameters
    ----------
    space : Space
    package : sequence of int
        One option an issue.

    Examples
    --------
    >>> from negsim.analysis.spaces.space import space_of
    >>> space = space_of([[[0.0, 2.0], [0.0, 1.0]], [[1.0, 0.0], [2.0, 0.0]]], [0.0, 0.0])
    >>> found = fairness(space, [0, 1])
    >>> found.better.packages.tolist(), found.left.tolist()
    ([[1, 0]], [1.0, 1.0])
    """
    mine = surplus(space, package)
    gained = mine - space.floors
    frontier = frontier_of(space)
    points = frontier.points - space.floors
    distances = {}
    if len(points) and np.isfinite(mine).all():
        distances = {name: float(np.linalg.norm(points[rule(points)] - gained)) for name, rule in SOLUTIONS.items()}
    better = Frontier(np.zeros((0, len(mine))), np.zeros((0, len(space.sizes)), np.int64))
    left = np.zeros(len(mine))
    if np.isfinite(mine).all():
        found = frontier_of(space._replace(floors=np.maximum(space.floors, mine)))
        beats = (found.points > mine + ROUNDING).any(axis=1)
        better = Frontier(found.points[beats], found.packages[beats])
        if len(better.points):
            left = np.maximum(0.0, better.points.max(axis=0) - mine)
        better = Frontier(better.points[:MOST_BETTER], better.packages[:MOST_BETTER])
    gap = float(np.linalg.norm(points - gained, axis=1).min()) if len(points) and np.isfinite(mine).all() else float("nan")
    empty = space.quo == 1 and not np.any(package)
    acceptable = bool((mine >= lowered(space)).all()) and not empty
    shares, even = _points(space, package) if len(mine) == 2 else (None, None)
    return Fairness(gained, acceptable, gap, distances, left, better, shares, even)


def _points(space: Space, package: Any) -> tuple[Any, float | None]:
    """Return the share of its points that a package gives each of two parties, and the share Adjusted Winner would give both."""
    found, _ = tables(space)
    spans = np.array([table.max(axis=0) - table.min(axis=0) if len(table) else np.zeros(2) for table in found])  # (issue, party)
    totals = spans.sum(axis=0)
    if not (totals > 0).all():
        return None, None
    first, second = ({str(i): float(span) for i, span in enumerate(spans[:, p] / totals[p])} for p in range(2))
    even = min(adjusted_winner(first, second).totals)
    worst = np.array([table.min(axis=0) if len(table) else np.zeros(2) for table in found]).sum(axis=0)
    mine = surplus(space, package)
    return ((mine - worst) / totals if np.isfinite(mine).all() else None), even
