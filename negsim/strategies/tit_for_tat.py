"""Behaviour-dependent concession: I concede as the other did, measured by what its offers are worth to me."""

from typing import Any

from negsim.core.concession import polynomial, target_at
from negsim.core.dice import uniform
from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.packages import utility
from negsim.core.registry import helper, strategy
from negsim.core.state import View

STAMP, COUNT, TARGET, HISTORY = 0, 1, 2, 3  # moment last heard, offers heard, my last target, then what they were worth to me
LEAST = 1e-6  # worth below which a ratio says nothing


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of what was heard."""
    return HISTORY + turns + 1


@helper
def hear(view: View) -> int:
    """Note what the standing offer is worth to me, over my floor; return how many I have heard this session."""
    moment = view.moment
    if view.memory[STAMP] < 1.0 + view.session:
        view.memory[COUNT], view.memory[TARGET] = 0.0, float(view.menu[0, 0])
    if view.speaker >= 0 and view.memory[STAMP] != moment:
        worth = utility(view.worths[view.me], view.offers[view.speaker])
        view.memory[HISTORY + int(view.memory[COUNT])] = max(0.0, worth - view.floor) if worth > -1e300 else 0.0
        view.memory[COUNT] += 1.0
    view.memory[STAMP] = moment
    return int(view.memory[COUNT])


@helper
def ratio(older: float, newer: float) -> float:
    """Return by what factor the other's concession asks mine to shrink; 1 where it cannot be told."""
    return older / newer if older > LEAST and newer > LEAST else 1.0


@helper
def aim(view: View, target: float) -> float:
    """Keep a target within my range, and remember it."""
    kept = min(float(view.menu[0, 0]), max(view.floor, target))
    view.memory[TARGET] = kept
    return kept


@helper
def relative_target(view: View, heard: int, lag: int) -> float:
    """Return my last target, shrunk by the share the other conceded `lag` steps ago."""
    mine = float(view.memory[TARGET]) - view.floor
    if heard > lag:
        at = HISTORY + heard - 1 - lag
        mine *= ratio(float(view.memory[at]), float(view.memory[at + 1]))
    return view.floor + mine


@strategy("relative_tit_for_tat", traits={"lag": (1.0, 1.0, 20.0)}, memory=slots)
def relative_tit_for_tat(view: View) -> Any:
    """Concede the share that the other conceded, `lag` steps ago, in what its offers are worth to me.

    References
    ----------
    Faratin, Sierra & Jennings (1998), "Negotiation decision functions for autonomous agents", Robotics and Autonomous
    Systems 24 (imitative tactics).
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    heard = hear(view)
    return package_at(view.menu, last_at_least(view.menu, aim(view, relative_target(view, heard, int(view.traits[0])))))


@strategy("random_absolute_tit_for_tat", traits={"lag": (1.0, 1.0, 20.0), "swing": (0.05, 0.0, 1.0)}, memory=slots)
def random_absolute_tit_for_tat(view: View) -> Any:
    """Concede as much as the other conceded, in surplus of mine, give or take a draw of up to `swing` of my range.

    References
    ----------
    Faratin, Sierra & Jennings (1998), as for `relative_tit_for_tat`.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    heard, lag = hear(view), int(view.traits[0])
    target = float(view.memory[TARGET])
    if heard > lag:
        at = HISTORY + heard - 1 - lag
        target -= float(view.memory[at + 1]) - float(view.memory[at])
        span = float(view.menu[0, 0]) - view.floor
        target += (2.0 * uniform(view.dice, 0) - 1.0) * float(view.traits[1]) * span
    return package_at(view.menu, last_at_least(view.menu, aim(view, target)))


@strategy("averaged_tit_for_tat", traits={"window": (3.0, 1.0, 100.0)}, memory=slots)
def averaged_tit_for_tat(view: View) -> Any:
    """Concede the share that the other conceded over the last `window` of its offers.

    References
    ----------
    Faratin, Sierra & Jennings (1998), as for `relative_tit_for_tat`.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    heard, window = hear(view), int(view.traits[0])
    mine = float(view.memory[TARGET]) - view.floor
    if heard > window:
        at = HISTORY + heard - 1
        mine *= ratio(float(view.memory[at - window]), float(view.memory[at]))
    return package_at(view.menu, last_at_least(view.menu, aim(view, view.floor + mine)))


@strategy("hybrid", traits={"beta": (1.0, 0.001, 1000.0), "weight": (0.5, 0.0, 1.0)}, memory=slots)
def hybrid(view: View) -> Any:
    """Weigh what the clock says against what the other's concessions say: `weight` is that of the clock.

    References
    ----------
    Faratin, Sierra & Jennings (1998), section 4.4 (weighted combination of tactics); Keskin, Cakan & Aydogan (2021), "Solver
    agent: towards emotional and opponent-aware agent for human-robot negotiation", AAMAS.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    heard, share = hear(view), float(view.traits[1])
    by_clock = target_at(float(view.menu[0, 0]), view.floor, polynomial(view.elapsed, float(view.traits[0]), 0.0))
    target = share * by_clock + (1.0 - share) * relative_target(view, heard, 1)
    return package_at(view.menu, last_at_least(view.menu, aim(view, target)))
