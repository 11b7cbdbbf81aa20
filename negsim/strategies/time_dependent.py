"""Time-dependent concession: the target falls with the clock, the offer is the best for the others at or above it."""

from typing import Any

from negsim.core.concession import exponential, polynomial, target_at
from negsim.core.frontier import last_at_least
from negsim.core.menus import no_package, package_at
from negsim.core.registry import strategy
from negsim.core.state import View


@strategy("time_dependent", traits={"beta": (1.0, 0.001, 1000.0), "k": (0.0, 0.0, 1.0)})
def concede(view: View) -> Any:
    """Concede by the clock: beta < 1 Boulware, 1 linear, > 1 Conceder; k is conceded at the start.

    References
    ----------
    Faratin, Sierra & Jennings (1998), "Negotiation decision functions for autonomous agents", Robotics and Autonomous
    Systems 24:159-182.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    target = target_at(
        float(view.menu[0, 0]),
        view.floor,
        polynomial(view.elapsed, float(view.traits[0]), float(view.traits[1])),
    )
    return package_at(view.menu, last_at_least(view.menu, target))


@strategy("exponential", traits={"beta": (1.0, 0.001, 1000.0), "k": (0.01, 1e-9, 1.0)})
def concede_exponentially(view: View) -> Any:
    """Concede by the clock, exponentially: alpha = exp((1-t)^beta ln k); k is conceded at the start.

    References
    ----------
    Faratin, Sierra & Jennings (1998), as for `time_dependent`.
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    alpha = exponential(view.elapsed, float(view.traits[0]), float(view.traits[1]))
    return package_at(view.menu, last_at_least(view.menu, target_at(float(view.menu[0, 0]), view.floor, alpha)))


@strategy("hardheaded")
def insist(view: View) -> Any:
    """Insist on the best package of my menu, to the end (the hardliner).

    References
    ----------
    Hindriks, Jonker & Tykhonov (2007), "Negotiation dynamics: analysis, concession tactics, and outcomes", IAT.
    """
    return package_at(view.menu, 0) if len(view.menu) > 0 else no_package(len(view.sizes))


strategy(
    "boulware", traits={"beta": (0.2, 0.001, 1000.0), "k": (0.0, 0.0, 1.0)}, summary="Concede late: time-dependent with beta 0.2"
)(concede)
strategy(
    "linear", traits={"beta": (1.0, 0.001, 1000.0), "k": (0.0, 0.0, 1.0)}, summary="Concede evenly: time-dependent with beta 1"
)(concede)
strategy(
    "conceder", traits={"beta": (5.0, 0.001, 1000.0), "k": (0.0, 0.0, 1.0)}, summary="Concede early: time-dependent with beta 5"
)(concede)
