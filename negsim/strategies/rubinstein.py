"""Rubinstein's equilibrium, played: offer what the other is just willing to take, accept what waiting would not beat."""

from typing import Any

from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.packages import utility
from negsim.core.registry import acceptance, helper, strategy
from negsim.core.state import View

TOLERANCE = 1e-9


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return no memory: what it offers does not depend on what was said."""
    return 1


@helper
def _share(mine: float, other: float) -> float:
    """Return what the proposer keeps, (1 - d2) / (1 - d1 d2)."""
    return (1.0 - other) / (1.0 - mine * other)


@strategy(
    "rubinstein",
    acceptance="ac_rubinstein",
    traits={"delta": (0.9, 0.0, 0.999999), "other_delta": (0.9, 0.0, 0.999999)},
    memory=slots,
)
def rubinstein(view: View) -> Any:
    """Offer to keep (1 - d2) / (1 - d1 d2) of the most I could have, as if the frontier were straight and talks endless.

    References
    ----------
    Rubinstein (1982), "Perfect equilibrium in a bargaining model", Econometrica 50.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    keep = _share(float(view.traits[0]), float(view.traits[1])) * (float(view.menu[0, 0]) - view.floor)
    return package_at(view.menu, last_at_least(view.menu, view.floor + keep - TOLERANCE))


@acceptance("ac_rubinstein", partner="rubinstein")
def ac_rubinstein(view: View, my_next: Any) -> bool:  # noqa: ARG001
    """Accept what is worth at least my own proposal of next turn, discounted.

    A thousandth of my range is overlooked, so that a cake cut in slices can be divided.

    References
    ----------
    Rubinstein (1982), as for `rubinstein`.
    """
    if len(view.menu) == 0:
        return False
    mine, other = float(view.traits[0]), float(view.traits[1])
    wait = mine * _share(mine, other) * (float(view.menu[0, 0]) - view.floor)
    offered = utility(view.worths[view.me], view.offers[view.speaker]) - view.floor
    return bool(offered >= max(0.0, wait - 0.001 * (float(view.menu[0, 0]) - view.floor)))
