"""Aspiration: the clock sets how much of my own range I ask for; what the others might like does not enter."""

from typing import Any

from negsim.core.concession import polynomial
from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.nearest import is_ranked, lay_halves, nearest, nearest_slots, package_numbered, ranked_nearest, span
from negsim.core.packages import is_empty, utility
from negsim.core.registry import acceptance, helper, maker, strategy
from negsim.core.state import View

TOLERANCE, NEAR = 1e-4, 1e-6  # the target is lowered by the first; a package below it by less than the second is met


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of the search."""
    return nearest_slots(issues, options)


@helper
def _bounds(view: View) -> tuple[float, float]:
    """Return what I ask for now and the most there is."""
    low, high = span(view.worths[view.me], view.sizes)
    low = max(low, view.floor)
    asked = low + (1.0 - polynomial(view.elapsed, float(view.traits[0]), 0.0)) * (high - low) - TOLERANCE
    return min(max(asked, low), high), high


@maker
def _rational(view: View, order: Any) -> int:
    """Return where in an order the packages at or above my floor begin."""
    lo, hi = 0, len(order)
    while lo < hi:
        mid = (lo + hi) // 2
        if utility(view.worths[view.me], package_numbered(int(order[mid]), view.sizes)) >= view.floor:
            hi = mid
        else:
            lo = mid + 1
    return lo


@strategy("aspiration", acceptance="ac_aspiration", traits={"beta": (1.0, 0.001, 1000.0)}, memory=slots)
def aspire(view: View) -> Any:
    """Offer what is worth to me what the clock says, or the least above it: beta < 1 Boulware, 1 linear, > 1 Conceder.

    As the time-based negotiators of NegMAS play it (Boulware is beta 0.25 there, Conceder 4). In a space whose halves are
    too large to be sorted, the package of my menu at or above the target is offered.

    References
    ----------
    Faratin, Sierra & Jennings (1998), Robotics and Autonomous Systems 24; Mohammad, Greenwald & Nakadai (2021), "NegMAS: a
    platform for situated negotiations".
    """
    mine = view.worths[view.me]
    target, high = _bounds(view)
    if not high >= view.floor or (view.quo == 1 and len(view.menu) == 0):
        return no_package(len(view.sizes))
    if is_ranked(view.ranking):
        order = view.ranking[0]
        return ranked_nearest(mine, view.sizes, order, _rational(view, order), target, NEAR)
    package = no_package(len(view.sizes))
    if lay_halves(view.memory, mine, view.sizes) == 1:
        package = nearest(view.memory, mine, view.sizes, view.floor, target, NEAR)
    if package[0] < 0 or (view.quo == 1 and is_empty(package)):
        return package_at(view.menu, last_at_least(view.menu, target)) if len(view.menu) > 0 else no_package(len(view.sizes))
    return package


@acceptance("ac_aspiration", partner="aspiration")
def ac_aspiration(view: View, my_next: Any) -> bool:  # noqa: ARG001
    """Accept what is worth to me what the clock says; takes the trait `beta` of the strategy `aspiration`.

    References
    ----------
    Mohammad, Greenwald & Nakadai (2021), as for `aspiration`.
    """
    target, high = _bounds(view)
    offered = utility(view.worths[view.me], view.offers[view.speaker])
    return bool(offered >= view.floor and target <= offered <= high)
