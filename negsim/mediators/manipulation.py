"""Manipulation: the mediator holds out a carrot and shows a stick for what it wants agreed."""

from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator("manipulation", traits={"credibility": 1.0})
def manipulate(sight: Sight) -> int:
    """Pledge what is left of the carrots and sticks on the target, as far as they are believed.

    Adds kappa * carrot to the gain from the target and takes kappa * stick from the floor there. A carrot is spent if the
    target is agreed, a stick if the target is refused.

    References
    ----------
    Beardsley, Quinn, Biswas & Wilkenfeld (2006), "Mediation style and crisis outcomes", Journal of Conflict Resolution 50.
    """
    if not sight.concerned or sight.turn > 0:
        return 0
    moved = 0
    for kind in range(2):
        for party in range(sight.purse.shape[1]):
            pledge = float(sight.traits[0]) * float(sight.purse[kind, party])
            if pledge > 0.0:
                sight.pledge[kind, party] = pledge
                moved = 1
    return moved
