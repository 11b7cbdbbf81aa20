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
    if not sight.concerned or sight.turn > 0:
        return 0
    moved = 0
    for kind in range(2):
        for party in range(sight.purse.shape[1]):
            kappa = float(sight.traits[0])
            if sight.traits[3] > 0.0:
                lean = float(sight.traits[1]) if party == 0 else -float(sight.traits[1])
                kappa /= 1.0 + math.exp(-float(sight.traits[3]) * (lean - float(sight.traits[2])))
            pledge = kappa * float(sight.purse[kind, party])
            if pledge > 0.0:
                sight.pledge[kind, party] = pledge
                moved = 1
    return moved
