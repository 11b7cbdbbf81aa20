"""Stalling: as long as talking pays more than any deal, ask for what the other will refuse."""

from typing import Any

from negsim.core.concession import polynomial, target_at
from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.packages import best_option, is_empty, utility
from negsim.core.registry import acceptance, helper, maker, strategy
from negsim.core.state import View


@helper
def _stalls(view: View) -> bool:
    """Tell whether talking itself pays more than the best package there is for me."""
    return len(view.menu) == 0 or view.talking > view.menu[0, 0] - view.floor


@maker
def refused(view: View) -> Any:
    """Return my best package among those that I believe some other refuses: my best of all, changed where it hurts most.

    It stays at or above my floor: the other may take what I thought it would not. A first entry of -1 says that I believe the
    others would take anything.
    """
    mine, issues = view.worths[view.me], len(view.sizes)
    package = no_package(issues)
    for i in range(issues):
        package[i] = best_option(mine, i, int(view.sizes[i]), 0)
    for _ in range(issues + 1):
        for other in range(len(view.offers)):
            if other != view.me and utility(view.worths[other], package) < 0.0 and not (view.quo == 1 and is_empty(package)):
                return package
        best, at, to = 0.0, -1, -1
        for i in range(issues):
            for o in range(view.sizes[i]):
                hurt = 0.0
                for other in range(len(view.offers)):
                    if other != view.me:
                        hurt = max(hurt, float(view.worths[other, i, package[i]] - view.worths[other, i, o]))
                kept = utility(mine, package) - mine[i, package[i]] + mine[i, o]
                if hurt > best and kept >= view.floor:
                    best, at, to = hurt, i, o
        if at < 0:
            break
        package[at] = to
    return no_package(issues)


@strategy("stalling", acceptance="ac_stalling", traits={"beta": (1.0, 0.001, 1000.0)})
def stall(view: View) -> Any:
    """Offer only what I believe the other refuses, as long as theta exceeds my best surplus; else concede by the clock.

    References
    ----------
    Richmond (1998), "Devious objectives and the disputants' view of international mediation", Journal of Peace Research 35;
    Beardsley (2011), "The Mediation Dilemma".
    """
    if _stalls(view):
        package = refused(view)
        if package[0] >= 0 or len(view.menu) == 0:
            return package
        return package_at(view.menu, 0)
    target = target_at(float(view.menu[0, 0]), view.floor, polynomial(view.elapsed, float(view.traits[0]), 0.0))
    return package_at(view.menu, last_at_least(view.menu, target))


@acceptance("ac_stalling", insists=True)
def ac_stalling(view: View, my_next: Any) -> bool:
    """Accept nothing as long as talking pays more than any deal; else what is as good as my own next offer.

    References
    ----------
    Richmond (1998), as for `stalling`.
    """
    if _stalls(view):
        return False
    offered = utility(view.worths[view.me], view.offers[view.speaker])
    return bool(offered >= view.floor and (my_next[0] < 0 or offered >= utility(view.worths[view.me], my_next)))
