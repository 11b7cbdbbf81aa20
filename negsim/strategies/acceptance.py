"""Acceptance conditions: when to say yes, apart from what to offer."""

from typing import Any

from negsim.core.packages import utility
from negsim.core.registry import acceptance
from negsim.core.state import View


@acceptance("ac_next")
def ac_next(view: View, my_next: Any) -> bool:
    """Accept what is at least as good as my own next offer, and not below my floor.

    References
    ----------
    Baarslag, Hindriks & Jonker (2013), "Acceptance conditions in automated negotiation", in: Complex Automated Negotiations.
    """
    mine = view.worths[view.me]
    offered = utility(mine, view.offers[view.speaker])
    if offered < view.floor:
        return False
    return bool(my_next[0] < 0 or offered >= utility(mine, my_next))
