"""Which packages all can accept, without listing them."""

from typing import Any

import numpy as np

from negsim.core.registry import maker

SLACK = 1e-9  # of a bound, against rounding: the floor itself is kept exactly
MOST_STEPS = 100_000  # of a search


@maker
def hopes_of(worths: Any, sizes: Any, first: Any) -> Any:
    """Return what each party can hope for at best from each issue and all later ones, shape (party, issue + 1)."""
    parties, issues = worths.shape[0], len(sizes)
    hopes = np.zeros((parties, issues + 1))
    for p in range(parties):
        for i in range(issues - 1, -1, -1):
            best = -np.inf
            for o in range(first[i], sizes[i]):
                best = max(best, float(worths[p, i, o]))
            hopes[p, i] = hopes[p, i + 1] + best
    return hopes


@maker
def all_accept(worths: Any, floors: Any, sizes: Any, first: Any, quo: int) -> int:
    """Tell whether some package gives every party at least its floor: 1 yes, 0 no, -1 not within so many steps.

    Depth first over the issues; a branch is cut as soon as some party's best completion falls below its floor
    (branch and bound; Land & Doig 1960, Econometrica 28).

    Parameters
    ----------
    worths : array, shape (party, issue, option)
    floors : array, shape (party,)
    sizes, first : arrays of int, shape (issue,)
        Options of each issue, and the first one allowed.
    quo : int
        1 if the package of all zeros is no agreement.
    """
    parties, issues = worths.shape[0], len(sizes)
    hopes = hopes_of(worths, sizes, first)
    steps = 0
    sums = np.zeros((parties, issues + 1))
    picks = np.zeros(issues, np.int64)
    for i in range(issues):
        picks[i] = first[i] - 1
    i = 0
    while i >= 0:
        steps += 1
        if steps > MOST_STEPS:
            return -1
        picks[i] += 1
        if picks[i] >= sizes[i]:
            picks[i] = first[i] - 1
            i -= 1
            continue
        possible = True
        for p in range(parties):
            sums[p, i + 1] = sums[p, i] + worths[p, i, picks[i]]
            low = floors[p] if i + 1 == issues else floors[p] - SLACK
            if sums[p, i + 1] == -np.inf or sums[p, i + 1] + hopes[p, i + 1] < low:
                possible = False
                break
        if not possible:
            continue
        if i + 1 < issues:
            i += 1
            continue
        changed = quo == 0
        for k in range(issues):
            changed = changed or picks[k] != 0
        if changed:
            return 1
    return 0
