"""Naive tit-for-tat: concede as much as the other's last offer is worth to me."""

from typing import Any

from negsim.core.best import heap_slots, next_best, start_heap
from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.nearest import is_ranked, lay_halves, nearest, nearest_slots, package_numbered, ranked_nearest, span
from negsim.core.packages import is_empty, utility
from negsim.core.registry import acceptance, maker, strategy
from negsim.core.state import View

STAMP, SEEN, HEARD, HEAP = 0, 1, 2, 3  # session, packages gone through, worth of what was heard last, then heap and halves
TEACHING = 2  # rounds after the first in which it goes down its own packages
POPS = 8 * TEACHING


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of the walk down my packages and of the search."""
    return HEAP + heap_slots(issues, options, POPS) + nearest_slots(issues, options)


@maker
def _concession(view: View) -> float:
    """Return how far I concede, as a share of my range; goes two packages further down in the rounds in which it teaches."""
    mine = view.worths[view.me]
    low, high = span(mine, view.sizes)
    heap = view.memory[HEAP:]
    if view.memory[STAMP] != 1.0 + view.session:
        view.memory[STAMP], view.memory[SEEN] = 1.0 + view.session, 0.0
        if not is_ranked(view.ranking):
            start_heap(heap, mine, view.sizes)
    if view.speaker >= 0:
        view.memory[HEARD] = utility(mine, view.offers[view.speaker])
    turn = view.round
    if turn == 0 or high <= low:
        return 0.0
    if turn <= TEACHING:
        worths = [0.0, 0.0]
        for k in range(2):
            worths[k] = low
            seen = int(view.memory[SEEN])
            if is_ranked(view.ranking):
                at = max(0, view.ranking.shape[1] - 1 - seen)
                worths[k] = utility(mine, package_numbered(int(view.ranking[1, at]), view.sizes))
            elif seen < POPS:
                package = next_best(heap, mine, view.sizes)
                if package[0] >= 0:
                    worths[k] = utility(mine, package)
            view.memory[SEEN] = seen + 1.0
        return (worths[0] - worths[1] + 1e-12) / (high - low)
    base = max(low, view.floor)
    if high <= base:
        return 0.0
    return max(0.0, (float(view.memory[HEARD]) - base) * (1.0 / (high - base)))


@strategy("naive_tit_for_tat", acceptance="ac_naive_tit_for_tat", memory=slots)
def naive_tit_for_tat(view: View) -> Any:
    """Offer the least at or above my best less what the other's last offer is worth to me; floors do not bind it.

    As NegMAS plays NaiveTitForTat: the first offer is the best, the next two rounds concede along my own packages. Where there
    is a status quo, and in spaces too large to be searched, offers below the floor are left out.

    References
    ----------
    Mohammad, Greenwald & Nakadai (2021), "NegMAS: a platform for situated negotiations".
    """
    mine = view.worths[view.me]
    low, high = span(mine, view.sizes)
    conceded = _concession(view)
    if not high > -1e300:
        return no_package(len(view.sizes))
    target = low + (1.0 - conceded) * (high - low)
    if is_ranked(view.ranking):
        return ranked_nearest(mine, view.sizes, view.ranking[1], 0, target, 1e-6)
    package = no_package(len(view.sizes))
    halves = view.memory[HEAP + heap_slots(len(view.sizes), mine.shape[1], POPS) :]
    floor = view.floor if view.quo == 1 else low
    if lay_halves(halves, mine, view.sizes) == 1:
        package = nearest(halves, mine, view.sizes, floor, target, 1e-6)
    if package[0] < 0 or (view.quo == 1 and (is_empty(package) or utility(mine, package) < view.floor)):
        return package_at(view.menu, last_at_least(view.menu, target)) if len(view.menu) > 0 else no_package(len(view.sizes))
    return package


@acceptance("ac_naive_tit_for_tat", partner="naive_tit_for_tat")
def ac_naive_tit_for_tat(view: View, my_next: Any) -> bool:  # noqa: ARG001
    """Accept what is worth at least my best less what it is worth to me; the status quo's floor binds.

    References
    ----------
    Mohammad, Greenwald & Nakadai (2021), as for `naive_tit_for_tat`.
    """
    mine = view.worths[view.me]
    low, high = span(mine, view.sizes)
    conceded = _concession(view)
    base = max(low, view.floor)
    offered = utility(mine, view.offers[view.speaker])
    if high <= base:
        return bool(offered >= base)
    if view.quo == 1 and offered < view.floor:
        return False
    return bool((offered - base) / (high - base) >= 1.0 - conceded)
