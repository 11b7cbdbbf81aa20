"""Bargaining over a convex set: a frontier of straight pieces, every mixture of packages to be had."""

import math
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Problem(NamedTuple):
    """A bargaining problem: frontier vertices from the first party's least to its most, and the disagreement point."""

    frontier: list[Point]
    disagreement: Point = (0.0, 0.0)


def nash(problem: Problem, power: Point = (1.0, 1.0)) -> Point:
    """Return the point that maximises (u1 - d1)^a (u2 - d2)^b.

    References
    ----------
    Nash (1950), "The bargaining problem", Econometrica 18; Kalai (1977), International Journal of Game Theory 6 (powers).

    Raises
    ------
    ValueError
        If no point gives both more than the disagreement point.

    Examples
    --------
    >>> nash(Problem([(0.0, 50.0), (100.0, 0.0)]))
    (50.0, 25.0)
    """
    best, chosen = -math.inf, None
    for (x0, y0), (x1, y1) in pairwise(problem.frontier):
        gx, gy, dx, dy = x0 - problem.disagreement[0], y0 - problem.disagreement[1], x1 - x0, y1 - y0
        at = {0.0, 1.0}
        if dx * dy != 0.0:  # a dx (gy + t dy) + b dy (gx + t dx) = 0
            at.add(min(1.0, max(0.0, -(power[0] * dx * gy + power[1] * dy * gx) / ((power[0] + power[1]) * dx * dy))))
        for t in sorted(at):
            first, second = gx + t * dx, gy + t * dy
            if first >= 0.0 and second >= 0.0:
                score = first ** power[0] * second ** power[1]
                if score > best:
                    best, chosen = score, (x0 + t * dx, y0 + t * dy)
    if chosen is None:
        raise ValueError("no ZOPA: nothing gives both more than disagreement")
    return chosen


def ideal(problem: Problem) -> Point:
    """Return the most each party could get while the other has its disagreement payoff."""
    d1, d2 = problem.disagreement
    points = [point for piece in pairwise(problem.frontier) for point in _within(piece, d1, d2)]
    if not points:
        raise ValueError("no ZOPA: nothing gives both more than disagreement")
    return max(x for x, _ in points), max(y for _, y in points)


def kalai_smorodinsky(problem: Problem) -> Point:
    """Return the best point on the line from disagreement to the ideal point.

    References
    ----------
    Kalai & Smorodinsky (1975), "Other solutions to Nash's bargaining problem", Econometrica 43.

    Examples
    --------
    >>> kalai_smorodinsky(Problem([(0.0, 1.0), (0.75, 0.75), (1.0, 0.0)]))
    (0.75, 0.75)
    """
    best = ideal(problem)
    return _along(problem, best[0] - problem.disagreement[0], best[1] - problem.disagreement[1])


def egalitarian(problem: Problem) -> Point:
    """Return the best point at which both gain the same.

    References
    ----------
    Kalai (1977), "Proportional solutions to bargaining situations", Econometrica 45.
    """
    return _along(problem, 1.0, 1.0)


def _along(problem: Problem, dx: float, dy: float) -> Point:
    """Return the farthest point of the comprehensive hull along a direction."""
    reach = 0.0
    d1, d2 = problem.disagreement
    hull = [(min(d1, problem.frontier[0][0]), problem.frontier[0][1]), *problem.frontier]
    hull.append((problem.frontier[-1][0], min(d2, problem.frontier[-1][1])))
    for (x0, y0), (x1, y1) in pairwise(hull):
        turn = dx * (y1 - y0) - dy * (x1 - x0)
        if turn != 0.0:
            t = (dy * (x0 - d1) - dx * (y0 - d2)) / turn
            if -1e-12 <= t <= 1.0 + 1e-12:
                reach = max(reach, (x0 + t * (x1 - x0) - d1) / dx if dx > dy else (y0 + t * (y1 - y0) - d2) / dy)
    if reach == 0.0:
        raise ValueError("no ZOPA: nothing gives both more than disagreement")
    return d1 + reach * dx, d2 + reach * dy


def _within(piece: tuple[Point, Point], d1: float, d2: float) -> list[Point]:
    """Return the ends of what is left of a piece above the disagreement point."""
    (x0, y0), (x1, y1) = piece
    low, high = 0.0, 1.0
    for start, step, least in ((x0, x1 - x0, d1), (y0, y1 - y0, d2)):
        if step > 0.0:
            low = max(low, (least - start) / step)
        elif step < 0.0:
            high = min(high, (least - start) / step)
        elif start < least:
            return []
    return [(x0 + t * (x1 - x0), y0 + t * (y1 - y0)) for t in (low, high)] if low <= high else []
