"""Facilitation: the mediator helps each side understand the other."""

from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator("facilitation", traits={"facilitation": (0.5, 0.0, 1.0)}, acts="opening")
def facilitate(sight: Sight) -> int:
    """Convey how each refusal is meant with probability f, once a run; noise in stated utility becomes s (1 - f).

    References
    ----------
    Bercovitch (1992), in: Mediation in International Relations; Beardsley, Quinn, Biswas & Wilkenfeld (2006),
    "Mediation style and crisis outcomes", Journal of Conflict Resolution 50.
    """
    factor = 1.0 - float(sight.traits[0])
    if sight.clarity[0] == factor:
        return 0
    sight.clarity[0] = factor
    return 1
