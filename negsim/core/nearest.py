"""The package closest to a target of one's own, from above: among all packages, without listing them.

The issues are cut into two halves; a half's packages are sorted by worth once, and each search walks up one half and down the
other (meet in the middle: Horowitz & Sahni 1974, "Computing partitions with applications to the knapsack problem", Journal of
the ACM 21). The halves lie in a strategy's memory: sizes of both, then sums and numbers of each.
"""

from typing import Any

import numpy as np

from negsim.core.packages import utility
from negsim.core.registry import helper, maker

CUT, LEFT, RIGHT, MARK, HALVES = 0, 1, 2, 3, 4  # slots: where the issues are cut (0: not yet), packages of each half, a mark
# of the worths that they were sorted by, then the halves
MOST_HALF = 65_536  # packages of a half; larger spaces are not searched
ROUNDING = 1e-9  # sums of halves are this close to sums from the left


def nearest_slots(issues: int, options: int) -> int:
    """Return the memory that the halves take."""
    return HALVES + 4 * int(min(options ** ((issues + 1) // 2), MOST_HALF))


@helper
def package_into(package: Any, number: int, sizes: Any) -> None:
    """Write the package of a number; the last issue turns fastest."""
    for back in range(len(sizes)):
        i = len(sizes) - 1 - back
        package[i] = number % sizes[i]
        number //= sizes[i]


@maker
def package_numbered(number: int, sizes: Any) -> Any:
    """Return the package of a number; of -1, the one that says there is none.

    Examples
    --------
    >>> package_numbered(5, np.array([3, 4])).tolist()
    [1, 1]
    """
    package = np.full(len(sizes), -1, np.int64)
    if number >= 0:
        package_into(package, number, sizes)
    return package


@helper
def is_ranked(ranking: Any) -> bool:
    """Tell whether a caller gave an order of packages to go by (see `View.ranking`)."""
    return bool(ranking.shape[1] > 0 and ranking[0, 0] >= 0)


@helper
def span(worths: Any, sizes: Any) -> tuple[float, float]:
    """Return the least and the most that a package is worth, red lines apart."""
    low, high = 0.0, 0.0
    for i in range(len(sizes)):
        least, most = np.inf, -np.inf
        for o in range(sizes[i]):
            if worths[i, o] > -np.inf:
                least, most = min(least, float(worths[i, o])), max(most, float(worths[i, o]))
        low, high = low + least, high + most
    return low, high


@maker
def ranked_nearest(worths: Any, sizes: Any, order: Any, first: int, target: float, slack: float) -> Any:
    """Return the first package of a rising order at or above a target, or one below by at most `slack` if that is nearer.

    Parameters
    ----------
    order : array of int, shape (package,)
        Numbers of packages, their worth rising.
    first : int
        Where in the order to begin.
    """
    package = np.zeros(len(sizes), np.int64)
    lo, hi = first, len(order)
    while lo < hi:
        mid = (lo + hi) // 2
        package_into(package, int(order[mid]), sizes)
        if utility(worths, package) >= target:
            hi = mid
        else:
            lo = mid + 1
    if lo == len(order):
        if lo > first:
            package_into(package, int(order[lo - 1]), sizes)
            if utility(worths, package) >= target - slack:
                return package
        return best_package(worths, sizes)
    if lo > first:
        package_into(package, int(order[lo]), sizes)
        above = utility(worths, package)
        package_into(package, int(order[lo - 1]), sizes)
        below = utility(worths, package)
        if below >= target - slack and target - below < above - target:
            at = lo - 1
            while at > first:
                package_into(package, int(order[at - 1]), sizes)
                if utility(worths, package) != below:
                    break
                at -= 1
            return package_numbered(int(order[at]), sizes)
    return package_numbered(int(order[lo]), sizes)


@maker
def best_package(worths: Any, sizes: Any) -> Any:
    """Return the best package; the last option of an issue wins a tie."""
    package = np.zeros(len(sizes), np.int64)
    for i in range(len(sizes)):
        for o in range(1, sizes[i]):
            if worths[i, o] >= worths[i, package[i]]:
                package[i] = o
    return package


@maker
def lay_halves(slots: Any, worths: Any, sizes: Any) -> int:
    """Sort both halves into the slots, unless they lie there for these worths; return 0 if they are too large."""
    mark = 0.0
    for i in range(len(sizes)):
        for o in range(sizes[i]):
            if worths[i, o] > -np.inf:
                mark += (31.0 * i + o + 1.0) * worths[i, o]
    if slots[CUT] > 0.0 and slots[MARK] == mark:
        return 1
    slots[CUT], slots[MARK] = 0.0, mark
    room = (len(slots) - HALVES) // 4
    issues, cut, left = len(sizes), 0, 1
    total = 1.0
    for i in range(issues):
        total *= sizes[i]
    while cut < issues and float(left) * left * sizes[cut] <= total:
        left *= int(sizes[cut])
        cut += 1
    right = 1
    for i in range(cut, issues):
        right *= int(sizes[i])
        if right > room:
            return 0
    if left > room:
        return 0
    lefts = _fill_half(slots[HALVES : HALVES + 2 * room], worths, sizes, 0, cut, room)
    rights = _fill_half(slots[HALVES + 2 * room :], worths, sizes, cut, issues, room)
    slots[CUT], slots[LEFT], slots[RIGHT] = cut + 1.0, float(lefts), float(rights)
    return 1


@maker
def _fill_half(part: Any, worths: Any, sizes: Any, lo: int, hi: int, room: int) -> int:
    """Write sums and numbers of the packages of some issues, rising; return how many no red line shuts out.

    Option by option of each issue, the sums so far are moved and merged with those moved by the options before: all lists rise,
    so nothing has to be sorted. Equal sums come in the order of their numbers.
    """
    sums, numbers = np.zeros(1), np.zeros(1, np.int64)
    for i in range(lo, hi):
        most = len(sums) * sizes[i]
        now, named, other, renamed = np.empty(most), np.empty(most, np.int64), np.empty(most), np.empty(most, np.int64)
        count = 0
        for o in range(sizes[i]):
            worth = worths[i, o]
            if worth == -np.inf:
                continue
            p, q = 0, 0
            for at in range(count + len(sums)):
                moved, number = 0.0, 0
                if q < len(sums):
                    moved, number = sums[q] + worth, numbers[q] * sizes[i] + o
                if p < count and (q == len(sums) or now[p] < moved or (now[p] == moved and named[p] < number)):
                    other[at], renamed[at] = now[p], named[p]
                    p += 1
                else:
                    other[at], renamed[at] = moved, number
                    q += 1
            now, named, other, renamed, count = other, renamed, now, named, count + len(sums)
        sums, numbers = now[:count], named[:count]
    for q in range(len(sums)):
        part[q], part[room + q] = sums[q], float(numbers[q])
    return len(sums)


@maker
def nearest(slots: Any, worths: Any, sizes: Any, floor: float, target: float, slack: float) -> Any:
    """Return the package worth least at or above a target and the floor, or one below by at most `slack` if that is nearer.

    Parameters
    ----------
    slots : array, shape (slot,)
        With the halves laid: see `lay_halves`.

    Returns
    -------
    array of int, shape (issue,)
        The best package of all if none reaches the target.
    """
    room = (len(slots) - HALVES) // 4
    cut, lefts, rights = int(slots[CUT]) - 1, int(slots[LEFT]), int(slots[RIGHT])
    left, right = slots[HALVES : HALVES + room], slots[HALVES + 2 * room : HALVES + 3 * room]
    low = max(floor, target - slack)
    above, below = np.inf, -np.inf
    package, best, under = np.zeros(len(sizes), np.int64), np.zeros(len(sizes), np.int64), np.zeros(len(sizes), np.int64)
    start = rights
    for a in range(lefts):
        while start > 0 and left[a] + right[start - 1] >= low - ROUNDING:
            start -= 1
        for b in range(start, rights):
            if left[a] + right[b] > above + ROUNDING:
                break
            package_into(package[:cut], int(slots[HALVES + room + a]), sizes[:cut])
            package_into(package[cut:], int(slots[HALVES + 3 * room + b]), sizes[cut:])
            worth = utility(worths, package)
            if worth < low:
                continue
            if worth >= target and worth >= floor:
                if worth < above:
                    above = worth
                    best[:] = package
            elif worth > below:
                below = worth
                under[:] = package
    if below >= low and target - below < above - target and above < np.inf:
        return under
    return best if above < np.inf else best_package(worths, sizes)
