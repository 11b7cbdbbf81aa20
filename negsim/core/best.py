"""A party's packages from best to worst, one at a time, without listing the outcome space.

A best-first heap over additive utilities: options of each issue are ranked, and the successors of a package step down by one
rank on its last changed issue or a later one, so that every package is reached once (Lawler 1972, "A procedure for computing
the k best solutions to discrete optimization problems", Management Science 18).

The heap lives in a flat array, the memory of a strategy: count, ready flag, the ranked options, then the entries.
"""

from typing import Any

import numpy as np

from negsim.core.registry import helper, maker

COUNT, READY, HEAD = 0, 1, 2


@helper
def heap_slots(issues: int, options: int, pops: int) -> int:
    """Return the slots that `pops` packages take; each pop leaves at most `issues` new entries."""
    return HEAD + issues * options + (2 + issues) * (1 + issues * pops)


@helper
def start_heap(slots: Any, worths: Any, sizes: Any) -> None:
    """Rank each issue's options (stable, best first) and put the best package on the heap.

    Parameters
    ----------
    slots : array, shape (slot,)
        Written.
    worths : array, shape (issue, option)
    sizes : array of int, shape (issue,)
    """
    issues, options = worths.shape
    total = 0.0
    for i in range(issues):
        for o in range(sizes[i]):
            at = o
            while at > 0 and worths[i, int(slots[HEAD + i * options + at - 1])] < worths[i, o]:
                slots[HEAD + i * options + at] = slots[HEAD + i * options + at - 1]
                at -= 1
            slots[HEAD + i * options + at] = o
        total += worths[i, int(slots[HEAD + i * options])]
    base = HEAD + issues * options
    slots[base] = total
    for i in range(1 + issues):
        slots[base + 1 + i] = 0.0
    slots[COUNT] = 1.0
    slots[READY] = 1.0


@maker
def next_best(slots: Any, worths: Any, sizes: Any) -> Any:
    """Take the best package left; a first entry of -1 says that none is, or none that no red line excludes.

    An entry is (utility, last changed issue, rank on each issue). Equal utilities come in the order of their ranks.
    """
    issues, options = worths.shape
    base, width = HEAD + issues * options, 2 + issues
    package = np.full(issues, -1, np.int64)
    count = int(slots[COUNT])
    if count == 0 or slots[base] == -np.inf:
        return package
    ranks = np.empty(issues, np.int64)
    last = int(slots[base + 1])
    for i in range(issues):
        ranks[i] = int(slots[base + 2 + i])
        package[i] = int(slots[HEAD + i * options + ranks[i]])
    count -= 1
    if count > 0:
        for c in range(width):
            slots[base + c] = slots[base + count * width + c]
        _sink(slots, base, width, count)
    for i in range(last, issues):
        if ranks[i] + 1 < sizes[i]:
            ranks[i] += 1
            total = 0.0
            for j in range(issues):
                total += worths[j, int(slots[HEAD + j * options + ranks[j]])]
            if total > -np.inf:
                row = base + count * width
                slots[row], slots[row + 1] = total, float(i)
                for j in range(issues):
                    slots[row + 2 + j] = float(ranks[j])
                _rise(slots, base, width, count)
                count += 1
            ranks[i] -= 1
    slots[COUNT] = float(count)
    return package


@helper
def _before(slots: Any, one: int, other: int, width: int) -> bool:
    """Order two entries: the greater utility first, then the lower ranks."""
    if slots[one] != slots[other]:
        return bool(slots[one] > slots[other])
    for c in range(2, width):
        if slots[one + c] != slots[other + c]:
            return bool(slots[one + c] < slots[other + c])
    return False


@helper
def _swap(slots: Any, one: int, other: int, width: int) -> None:
    for c in range(width):
        kept = float(slots[one + c])
        slots[one + c] = slots[other + c]
        slots[other + c] = kept


@helper
def _rise(slots: Any, base: int, width: int, at: int) -> None:
    while at > 0:
        up = (at - 1) // 2
        if not _before(slots, base + at * width, base + up * width, width):
            return
        _swap(slots, base + at * width, base + up * width, width)
        at = up


@helper
def _sink(slots: Any, base: int, width: int, count: int) -> None:
    at = 0
    while True:
        down = 2 * at + 1
        if down >= count:
            return
        if down + 1 < count and _before(slots, base + (down + 1) * width, base + down * width, width):
            down += 1
        if not _before(slots, base + down * width, base + at * width, width):
            return
        _swap(slots, base + down * width, base + at * width, width)
        at = down
