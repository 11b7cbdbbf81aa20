"""MiCRO: concede one step for each step of the other."""

from typing import Any

import numpy as np

from negsim.core.best import heap_slots, next_best, start_heap
from negsim.core.dice import uniform
from negsim.core.menus import no_package
from negsim.core.nearest import is_ranked, package_numbered
from negsim.core.packages import is_empty, utility
from negsim.core.registry import acceptance, helper, maker, strategy
from negsim.core.state import View

STAMP, SENT, RECEIVED, LISTS = 0, 1, 2, 3  # then the packages sent, the packages received, the heap


def slots(issues: int, options: int, turns: int) -> int:
    """Return the memory that MiCRO takes: two lists of packages and a heap of its next best ones."""
    return LISTS + 2 * turns * issues + heap_slots(issues, options, turns + 2)


@helper
def listed(memory: Any, start: int, count: int, package: Any) -> bool:
    """Tell whether a package is among the first so many of a list in memory."""
    for row in range(count):
        same = True
        for i in range(len(package)):
            if memory[start + row * len(package) + i] != package[i]:
                same = False
                break
        if same:
            return True
    return False


@helper
def _add(memory: Any, counter: int, start: int, package: Any) -> None:
    count = int(memory[counter])
    for i in range(len(package)):
        memory[start + count * len(package) + i] = float(package[i])
    memory[counter] = count + 1.0


@helper
def _listen(view: View) -> None:
    """Start anew with each session, and note the standing offer if it is new."""
    issues = len(view.sizes)
    if view.memory[STAMP] != 1.0 + view.session:
        view.memory[STAMP] = 1.0 + view.session
        view.memory[SENT], view.memory[RECEIVED] = 0.0, 0.0
        start_heap(view.memory[LISTS + 2 * view.turns * issues :], view.worths[view.me], view.sizes)
    start = LISTS + view.turns * issues
    for other in range(len(view.offers)):
        heard = view.offers[other]
        if other != view.me and heard[0] >= 0 and not listed(view.memory, start, int(view.memory[RECEIVED]), heard):
            _add(view.memory, RECEIVED, start, heard)


@maker
def _next(view: View, mine: Any, sent: int) -> Any:
    """Return my best package not sent yet; it is off the list then."""
    if is_ranked(view.ranking):
        return package_numbered(int(view.ranking[0, view.ranking.shape[1] - 1 - sent]), view.sizes)
    heap = view.memory[LISTS + 2 * view.turns * len(view.sizes) :]
    package = next_best(heap, mine, view.sizes)
    if package[0] >= 0 and view.quo == 1 and is_empty(package):
        package = next_best(heap, mine, view.sizes)
    return package


@strategy("micro", acceptance="ac_micro", memory=slots)
def micro(view: View) -> Any:
    """Offer own packages from the best down, a new one whenever as many have come in; else repeat one at random.

    References
    ----------
    de Jonge (2022), "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI.
    """
    _listen(view)
    issues = len(view.sizes)
    mine = view.worths[view.me]
    sent = int(view.memory[SENT])
    if sent <= int(view.memory[RECEIVED]):
        package = _next(view, mine, sent)
        if package[0] >= 0 and utility(mine, package) >= view.floor:
            _add(view.memory, SENT, LISTS, package)
            return package
    if sent == 0:
        return no_package(issues)
    again = np.empty(issues, np.int64)
    row = int(uniform(view.dice, 0) * sent)
    for i in range(issues):
        again[i] = int(view.memory[LISTS + row * issues + i])
    return again


@acceptance("ac_micro", partner="micro")
def ac_micro(view: View, my_next: Any) -> bool:
    """Accept what is as good as my next new offer, or, if I am not to concede now, as the worst I have sent.

    References
    ----------
    de Jonge (2022), as for `micro`.
    """
    _listen(view)
    issues = len(view.sizes)
    mine = view.worths[view.me]
    offered = utility(mine, view.offers[view.speaker])
    if offered < view.floor:
        return False
    sent = int(view.memory[SENT])
    if sent <= int(view.memory[RECEIVED]):
        if my_next[0] < 0 or listed(view.memory, LISTS, sent, my_next):
            return True  # nothing new is left above my floor
        return bool(offered >= utility(mine, my_next))
    worst = np.empty(issues, np.int64)
    for i in range(issues):
        worst[i] = int(view.memory[LISTS + (sent - 1) * issues + i])
    return bool(offered >= utility(mine, worst))
