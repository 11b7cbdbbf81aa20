"""The exact Pareto frontier of any number of additive utilities, merged issue by issue with dominance pruning.

As in `frontier`, which two parties take: dominated sums are dropped after each issue, and so are sums from which some party can
no longer reach its floor. For three parties a staircase over the second and third holds what is undominated so far (Kung, Luccio
& Preparata 1975, "On finding the maxima of a set of vectors", Journal of the ACM 22); for more, points are compared one by one.
"""

from typing import Any

import numpy as np

from negsim.core.registry import helper, maker
from negsim.core.space import SLACK, all_accept, hopes_of

MOST_KEPT = 400_000  # points of a frontier, on the way or at the end
MOST_COMPARED = 400_000_000  # comparisons of points after one issue, for four and more parties


@maker
def pareto(worths: Any, floors: Any, sizes: Any, first: Any, quo: int) -> tuple[Any, Any]:
    """Return the whole frontier, as `pareto_within` does.

    Raises
    ------
    ValueError
        If it has more points than there is room for.
    """
    points, packages, whole = pareto_within(worths, floors, sizes, first, quo)
    if not whole:
        raise ValueError("the Pareto frontier has too many points to be listed")
    return points, packages


@maker
def pareto_within(worths: Any, floors: Any, sizes: Any, first: Any, quo: int) -> tuple[Any, Any, bool]:
    """Return the packages at or above every floor that no other one beats, best for the first party first.

    Parameters
    ----------
    worths : array, shape (party, issue, option)
        Worth of each option; -inf for any party shuts it out.
    floors : array, shape (party,)
        -inf where a party has none.
    sizes, first : arrays of int, shape (issue,)
        Options of each issue, and the first one allowed.
    quo : int
        1 if the package of all zeros is the status quo: no agreement, so it is left out and beats none.

    Returns
    -------
    points : array, shape (point, party)
        No two rows are equal: of packages that are worth the same to all, one is kept.
    packages : array of int, shape (point, issue)
    whole : bool
        False, with no rows, if there are more points than there is room for.
    """
    parties, issues = worths.shape[0], len(sizes)
    hopes = hopes_of(worths, sizes, first)
    kept = 1 - quo
    sums = np.zeros((kept, parties))
    nothing = np.zeros(parties)  # worth of the status quo so far, held apart: sources below 0 step off from it
    apart = quo == 1
    trails = np.zeros((issues, 1), np.int64)
    for i in range(issues):
        wide = np.empty(((kept + 1) * (sizes[i] - first[i]), parties))
        source = np.empty(len(wide), np.int64)
        count = 0
        for o in range(first[i], sizes[i]):
            for q in range(-1 if apart and o > 0 else 0, kept):
                possible = True
                for p in range(parties):
                    wide[count, p] = (nothing[p] if q < 0 else sums[q, p]) + worths[p, i, o]
                    if wide[count, p] == -np.inf or wide[count, p] + hopes[p, i + 1] < floors[p] - SLACK:
                        possible = False
                        break
                if possible:
                    source[count] = -1 - o if q < 0 else q * sizes[i] + o
                    count += 1
        apart = apart and first[i] == 0
        for p in range(parties):
            nothing[p] += worths[p, i, 0]
        order = falling_order(wide, count)
        chosen = np.empty(count, np.int64)
        if parties == 2:
            kept = _undominated_of_two(wide, order, chosen)
        elif parties == 3:
            kept = _undominated_of_three(wide, order, chosen)
        else:
            kept = _undominated(wide, order, chosen)
        if kept > MOST_KEPT or kept < 0:
            return np.empty((0, parties)), np.empty((0, issues), np.int64), False
        sums = np.empty((kept, parties))
        if kept > trails.shape[1]:
            wider = np.zeros((issues, kept), np.int64)
            for done in range(i):
                for q in range(trails.shape[1]):
                    wider[done, q] = trails[done, q]
            trails = wider
        for q in range(kept):
            trails[i, q] = source[chosen[q]]
            for p in range(parties):
                sums[q, p] = wide[chosen[q], p]
    points, packages = _at_or_above(sums, floors, trails, sizes)
    return points, packages, True


@maker
def can_agree(worths: Any, floors: Any, sizes: Any, first: Any, quo: int) -> bool:
    """Tell whether some package gives every party at least its floor, by a short search or else by the whole frontier.

    Raises
    ------
    ValueError
        If the frontier has more points than there is room for.
    """
    found = all_accept(worths, floors, sizes, first, quo)
    if found >= 0:
        return found == 1
    return len(pareto(worths, floors, sizes, first, quo)[0]) > 0


@maker
def _at_or_above(sums: Any, floors: Any, trails: Any, sizes: Any) -> tuple[Any, Any]:
    """Return the points that reach every floor, with the packages that their trails lead back to."""
    issues = len(sizes)
    fine = np.empty(len(sums), np.int64)
    rows = 0
    for q in range(len(sums)):
        possible = True
        for p in range(len(floors)):
            possible = possible and sums[q, p] >= floors[p]
        if possible:
            fine[rows] = q
            rows += 1
    points, packages = np.empty((rows, len(floors))), np.zeros((rows, issues), np.int64)
    for row in range(rows):
        at = fine[row]
        for p in range(len(floors)):
            points[row, p] = sums[at, p]
        for back in range(issues):
            i = issues - 1 - back
            if trails[i, at] < 0:
                packages[row, i] = -1 - trails[i, at]
                break
            packages[row, i] = trails[i, at] % sizes[i]
            at = trails[i, at] // sizes[i]
    return points, packages


@maker
def falling_order(rows: Any, count: int) -> Any:
    """Return the order of the first `count` rows from the lexicographically greatest down (merge sort, stable)."""
    order, other = np.arange(count), np.empty(count, np.int64)
    width = 1
    while width < count:
        for lo in range(0, count, 2 * width):
            mid, hi = min(lo + width, count), min(lo + 2 * width, count)
            a, b = lo, mid
            for at in range(lo, hi):
                if b >= hi or (a < mid and not _greater(rows, order[b], order[a])):
                    other[at] = order[a]
                    a += 1
                else:
                    other[at] = order[b]
                    b += 1
        order, other = other, order
        width *= 2
    return order


@helper
def _greater(rows: Any, one: int, other: int) -> bool:
    for c in range(rows.shape[1]):
        if rows[one, c] != rows[other, c]:
            return bool(rows[one, c] > rows[other, c])
    return False


@helper
def _undominated_of_two(rows: Any, order: Any, chosen: Any) -> int:
    """Choose the rows that none before them dominates: those whose second column rises."""
    kept, best = 0, -np.inf
    for at in range(len(order)):
        if rows[order[at], 1] > best:
            best = rows[order[at], 1]
            chosen[kept] = order[at]
            kept += 1
    return kept


@maker
def _undominated_of_three(rows: Any, order: Any, chosen: Any) -> int:
    """Choose the rows that none before them dominates; `steps` rise in the second column and fall in the third."""
    ys, zs = np.empty(len(order) + 1), np.empty(len(order) + 1)
    steps, kept = 0, 0
    for at in range(len(order)):
        y, z = rows[order[at], 1], rows[order[at], 2]
        lo, hi = 0, steps  # first step with at least this y
        while lo < hi:
            mid = (lo + hi) // 2
            if ys[mid] >= y:
                hi = mid
            else:
                lo = mid + 1
        if lo < steps and zs[lo] >= z:
            continue
        chosen[kept] = order[at]
        kept += 1
        low = lo  # steps from here to lo are covered by the new one
        while low > 0 and zs[low - 1] <= z:
            low -= 1
        if lo < steps and ys[lo] == y:
            lo += 1
        shift = low + 1 - lo
        if shift > 0:
            for s in range(steps - 1, lo - 1, -1):
                ys[s + 1], zs[s + 1] = ys[s], zs[s]
        elif shift < 0:
            for s in range(lo, steps):
                ys[s + shift], zs[s + shift] = ys[s], zs[s]
        ys[low], zs[low] = y, z
        steps += shift
    return kept


@helper
def _undominated(rows: Any, order: Any, chosen: Any) -> int:
    """Choose the rows that none before them dominates, one by one; -1 if that would take too long."""
    kept, compared = 0, 0
    for at in range(len(order)):
        row = order[at]
        beaten = False
        for k in range(kept):
            beaten = True
            for p in range(1, rows.shape[1]):
                if rows[chosen[k], p] < rows[row, p]:
                    beaten = False
                    break
            if beaten:
                break
        compared += kept
        if not beaten:
            chosen[kept] = row
            kept += 1
        if compared > MOST_COMPARED:
            return -1
    return kept
