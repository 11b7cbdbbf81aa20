"""Zeuthen's strategy: whoever stands to lose more by a conflict, relative to its own offer, concedes."""

from typing import Any

from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.nearest import span
from negsim.core.packages import utility
from negsim.core.registry import helper, strategy
from negsim.core.state import View

STAMP, LEVEL = 0, 1  # session, surplus of the row of my menu that I offer


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of where on my menu I stand."""
    return 2


@helper
def risk(own: float, other: float) -> float:
    """Return the risk limit Z = (u(own) - u(other)) / u(own), within 0..1; 1 if the own offer is worth nothing.

    Examples
    --------
    >>> risk(10.0, 4.0), risk(0.0, 4.0)
    (0.6, 1.0)
    """
    if own <= 0.0:
        return 1.0
    return min(1.0, max(0.0, (own - other) / own))


@helper
def least_risk_of_others(view: View, mine: Any) -> float:
    """Return the lowest risk limit among the others that have made an offer, as I believe they value things.

    Their utilities count from the status quo; where there is none, from the worst package, as I do not know their floors.
    """
    least = 2.0
    for other in range(len(view.offers)):
        if other != view.me and view.offers[other, 0] >= 0:
            worths = view.worths[other]
            nothing = 0.0 if view.quo == 1 else span(worths, view.sizes)[0]
            least = min(least, risk(utility(worths, view.offers[other]) - nothing, utility(worths, mine) - nothing))
    return least


@strategy("zeuthen", memory=slots)
def zeuthen(view: View) -> Any:
    """Concede when my risk limit is the lowest, by the least step on my menu that leaves it not lower; else repeat.

    References
    ----------
    Zeuthen (1930), "Problems of Monopoly and Economic Warfare"; Harsanyi (1956), "Approaches to the bargaining problem before
    and after the theory of games", Econometrica 24.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    if view.memory[STAMP] != 1.0 + view.session:
        view.memory[STAMP], view.memory[LEVEL] = 1.0 + view.session, float(view.menu[0, 0])
    row = last_at_least(view.menu, float(view.memory[LEVEL]))
    if view.speaker >= 0:
        offered = utility(view.worths[view.me], view.offers[view.speaker]) - view.floor
        while row + 1 < len(view.menu):
            package = package_at(view.menu, row)
            if risk(float(view.menu[row, 0]) - view.floor, offered) > least_risk_of_others(view, package):
                break
            row += 1
        view.memory[LEVEL] = view.menu[row, 0]
    return package_at(view.menu, row)
