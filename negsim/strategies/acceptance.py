"""Acceptance conditions: when to say yes, apart from what to offer."""

from typing import Any

from negsim.core.packages import utility
from negsim.core.registry import MAX_TRAITS, acceptance
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


@acceptance("ac_const", traits={"share": (0.5, 0.0, 1.0)})
def ac_const(view: View, my_next: Any) -> bool:  # noqa: ARG001
    """Accept what gives me at least a fixed share of the most I could have over my floor.

    References
    ----------
    Baarslag, Hindriks & Jonker (2013), as for `ac_next`.
    """
    offered = utility(view.worths[view.me], view.offers[view.speaker])
    most = view.menu[0, 0] if len(view.menu) > 0 else view.floor
    return bool(offered >= view.floor + float(view.traits[MAX_TRAITS]) * (most - view.floor))


@acceptance("ac_time", traits={"after": (0.9, 0.0, 1.0)})
def ac_time(view: View, my_next: Any) -> bool:  # noqa: ARG001
    """Accept whatever is not below my floor once a share of the time has passed, and nothing before.

    References
    ----------
    Baarslag, Hindriks & Jonker (2013), as for `ac_next`.
    """
    offered = utility(view.worths[view.me], view.offers[view.speaker])
    return bool(view.elapsed >= view.traits[MAX_TRAITS] and offered >= view.floor)


@acceptance("ac_combi", traits={"after": (0.9, 0.0, 1.0)})
def ac_combi(view: View, my_next: Any) -> bool:
    """Accept as `ac_next` does; late, also what is as good as the best offer heard this session.

    References
    ----------
    Baarslag, Hindriks & Jonker (2013), as for `ac_next`: AC_combi(T, MAX).
    """
    session, best = len(view.memory) - 2, len(view.memory) - 1  # the notes of an acceptance condition
    offered = utility(view.worths[view.me], view.offers[view.speaker])
    if view.memory[session] != 1.0 + view.session:
        view.memory[session], view.memory[best] = 1.0 + view.session, view.floor
    heard = float(view.memory[best])
    view.memory[best] = max(heard, offered)
    if offered < view.floor:
        return False
    if my_next[0] < 0 or offered >= utility(view.worths[view.me], my_next):
        return True
    return bool(view.elapsed >= view.traits[MAX_TRAITS] and offered >= heard)
