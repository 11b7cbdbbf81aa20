"""The exact Pareto frontier of two additive utilities, merged issue by issue: no list of packages is ever made.

The frontier of a sum of independent issues is the frontier of the sums of their frontiers, so dominated points can be
dropped after each issue (the Minkowski-sum argument behind dynamic programming for multi-objective knapsacks; Nemhauser &
Ullmann 1969, "Discrete dynamic programming and capital allocation", Management Science 15).
"""

from typing import Any

import numpy as np

from negsim.core.registry import helper, maker
from negsim.core.state import POINT


@helper
def merge_issue(mine: Any, theirs: Any, size: int, points: Any, before: int, kept: int) -> tuple[int, int]:
    """Add one issue to a frontier: all sums of a point and an option that no other sum beats for both.

    Parameters
    ----------
    mine, theirs : arrays, shape (option,)
        Worth of each option; -inf in either shuts it out.
    size : int
        Options of the issue.
    points : array of POINT, shape (3, point)
        Row `before` holds the frontier so far, mine falling, theirs rising; the two others are written.
    before, kept : int
        Which row, and how many points are in it.

    Returns
    -------
    now, count : int
        Which row holds the frontier with the issue in it, and how many points. `source` is `point before * size + option`.

    Raises
    ------
    ValueError
        If there are more points than there is room for.
    """
    x, y, source = points["x"], points["y"], points["source"]
    now, spare, count = (before + 1) % 3, (before + 2) % 3, 0
    for o in range(size):
        da, db = float(mine[o]), float(theirs[o])
        if da == -np.inf or db == -np.inf:
            continue
        p, q, out, best = 0, 0, 0, -np.inf
        u, v = x[before, 0] + da, y[before, 0] + db  # a point of the frontier so far, moved by this option
        while p < count or q < kept:  # merged with those moved by others
            if p < count and (q == kept or x[now, p] > u or (x[now, p] == u and y[now, p] >= v)):
                a, b, at = x[now, p], y[now, p], source[now, p]
                p += 1
            else:
                a, b, at = u, v, q * size + o
                q += 1
                if q < kept:
                    u, v = x[before, q] + da, y[before, q] + db
            if b > best:
                if out == points.shape[1]:
                    raise ValueError("a frontier has more points than there is room for")
                x[spare, out], y[spare, out], source[spare, out] = a, b, at
                best = b
                out += 1
        now, spare, count = spare, now, out
    return now, count


@helper
def merge_into(mine: Any, theirs: Any, sizes: Any, points: Any, trails: Any) -> tuple[int, int]:
    """Merge a whole frontier in room set up before.

    Parameters
    ----------
    mine, theirs : arrays, shape (issue, option)
    sizes : array of int, shape (issue,)
    points : array of POINT, shape (3, point)
        Written.
    trails : array of int, shape (issue, point)
        Written: the sources of each issue's points, from which `trace` reads packages. No rows: only points are asked for.

    Returns
    -------
    now, count : int
        Which row of the points holds the frontier, and how many there are: none if an issue has no option left.

    Raises
    ------
    ValueError
        If there are more points on the way than there is room for.
    """
    points["x"][0, 0], points["y"][0, 0] = 0.0, 0.0
    now, kept = 0, 1
    for i in range(len(sizes)):
        now, kept = merge_issue(mine[i], theirs[i], int(sizes[i]), points, now, kept)
        if len(trails) > 0:
            for q in range(kept):
                trails[i, q] = points["source"][now, q]
    return now, kept


@helper
def trace(trails: Any, sizes: Any, point: int, package: Any) -> None:
    """Write the package of a point of a frontier."""
    at = point
    for back in range(len(sizes)):
        i = len(sizes) - 1 - back
        package[i] = trails[i, at] % sizes[i]
        at = trails[i, at] // sizes[i]


@maker
def frontier(mine: Any, theirs: Any, sizes: Any) -> tuple[Any, Any]:
    """Return the packages that no other package beats for both, best for me first.

    Parameters
    ----------
    mine, theirs : arrays, shape (issue, option)
        Worth of each option; -inf in `mine` or `theirs` shuts an option out.
    sizes : array of int, shape (issue,)

    Returns
    -------
    points : array, shape (point, 2)
        Mine falling, theirs rising; no rows if an issue has no option left.
    packages : array of int, shape (point, issue)
    """
    issues = len(sizes)
    room = np.zeros((3, 1), POINT)
    trails = np.zeros((issues, 1), np.int64)
    now, kept = 0, 1
    for i in range(issues):
        size = int(sizes[i])
        if kept * size > room.shape[1]:
            wider = np.empty((3, kept * size), POINT)
            for q in range(kept):
                wider[now, q] = room[now, q]
            room = wider
        now, kept = merge_issue(mine[i], theirs[i], size, room, now, kept)
        if kept > trails.shape[1]:
            longer = np.zeros((issues, kept), np.int64)
            for done in range(i):
                for q in range(trails.shape[1]):
                    longer[done, q] = trails[done, q]
            trails = longer
        for q in range(kept):
            trails[i, q] = room["source"][now, q]
    points, packages = np.empty((kept, 2)), np.empty((kept, issues), np.int64)
    for q in range(kept):
        points[q, 0], points[q, 1] = room["x"][now, q], room["y"][now, q]
        trace(trails, sizes, q, packages[q])
    return points, packages


@helper
def last_at_least(points: Any, target: float) -> int:
    """Return the last row whose first column is at least the target (rows fall); row 0 if none is."""
    lo, hi = 0, len(points)
    while hi - lo > 1:
        mid = (lo + hi) // 2
        if points[mid, 0] >= target:
            lo = mid
        else:
            hi = mid
    return lo
