"""The exact Pareto frontier of two additive utilities, merged issue by issue: no list of packages is ever made.

The frontier of a sum of independent issues is the frontier of the sums of their frontiers, so dominated points can be
dropped after each issue (the Minkowski-sum argument behind dynamic programming for multi-objective knapsacks; Nemhauser &
Ullmann 1969, "Discrete dynamic programming and capital allocation", Management Science 15).
"""

from typing import Any

import numpy as np

from negsim.core.registry import helper, maker


@maker
def frontier(mine: Any, theirs: Any, sizes: Any, first: Any) -> tuple[Any, Any]:
    """Return the packages that no other package beats for both, best for me first.

    Parameters
    ----------
    mine, theirs : arrays, shape (issue, option)
        Worth of each option; -inf in `mine` or `theirs` shuts an option out.
    sizes : array of int, shape (issue,)
    first : array of int, shape (issue,)
        First option allowed on each issue (1 asks for a change, 0 allows the status quo).

    Returns
    -------
    points : array, shape (point, 2)
        Mine falling, theirs rising; no rows if an issue has no option left.
    packages : array of int, shape (point, issue)
    """
    issues = len(sizes)
    kept = 1
    a, b = np.zeros(1), np.zeros(1)
    # Where each kept point came from, issue after issue: trails[i][q] = parent * size + option.
    trails = np.zeros((issues, 1), np.int64)
    for i in range(issues):
        size = int(sizes[i])
        room = kept * size
        x, y, src = np.empty(room), np.empty(room), np.empty(room, np.int64)
        x2, y2, src2 = np.empty(room), np.empty(room), np.empty(room, np.int64)
        count = 0
        for o in range(int(first[i]), size):
            da, db = float(mine[i, o]), float(theirs[i, o])
            if da == -np.inf or db == -np.inf:
                continue
            p, q, out, best = 0, 0, 0, -np.inf
            while p < count or q < kept:
                old = q == kept
                if p < count and q < kept:
                    xq = a[q] + da
                    old = x[p] > xq or (x[p] == xq and y[p] >= b[q] + db)
                if old:
                    u, v, w = x[p], y[p], src[p]
                    p += 1
                else:
                    u, v, w = a[q] + da, b[q] + db, q * size + o
                    q += 1
                if v > best:
                    x2[out], y2[out], src2[out] = u, v, w
                    best = v
                    out += 1
            x, x2, y, y2, src, src2, count = x2, x, y2, y, src2, src, out
        if count > trails.shape[1]:
            wider = np.zeros((issues, count), np.int64)
            for done in range(i):
                for q in range(trails.shape[1]):
                    wider[done, q] = trails[done, q]
            trails = wider
        for q in range(count):
            trails[i, q] = src[q]
        a, b, kept = x, y, count
    points, packages = np.empty((kept, 2)), np.empty((kept, issues), np.int64)
    for q in range(kept):
        points[q, 0], points[q, 1] = a[q], b[q]
        at = q
        for back in range(issues):
            i = issues - 1 - back
            packages[q, i] = trails[i, at] % sizes[i]
            at = trails[i, at] // sizes[i]
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
