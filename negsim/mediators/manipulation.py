"""Manipulation: the mediator holds out a carrot and shows a stick for what it wants agreed."""

import math

from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator(
    "manipulation",
    traits={
        "credibility": (1.0, 0.0, 1.0),
        "bias": (0.0, -1.0, 1.0),
        "bias_needed": (0.0, -1.0, 1.0),
        "slope": (0.0, 0.0, 10.0),
    },
    acts="opening",
)
def manipulate(sight: Sight) -> int:
    """Pledge what is left of the carrots and sticks on the target, as far as they are believed.

    Adds kappa * carrot to the gain from the target and takes kappa * stick from the floor there. A carrot is spent if the
    target is agreed, a stick if the target is refused. With a slope above 0, counsel moves a side only as far as the
    mediator leans to it: `kappa = credibility * sigmoid(slope (b - b0))`, bias b counted towards the first party.

    References
    ----------
    Beardsley, Quinn, Biswas & Wilkenfeld (2006), "Mediation style and crisis outcomes", Journal of Conflict Resolution 50.
    Kydd (2003), "Which side are you on? Bias, credibility, and mediation", American Journal of Political Science 47.
    """
    if not sight.concerned:
        return 0
    moved = 0
    for party in range(len(sight.leverage)):
        kappa = float(sight.traits[0])
        if sight.traits[3] > 0.0:
            lean = float(sight.traits[1]) if party == 0 else -float(sight.traits[1])
            kappa /= 1.0 + math.exp(-float(sight.traits[3]) * (lean - float(sight.traits[2])))
        purse = sight.leverage[party]
        carrot, stick = kappa * float(purse["carrot"]), kappa * float(purse["stick"])
        if carrot > 0.0:
            purse["carrot_shown"] = carrot
            moved = 1
        if stick > 0.0:
            purse["stick_shown"] = stick
            moved = 1
    return moved
