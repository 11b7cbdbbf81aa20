"""The random walker: a null model of a delegation."""

from typing import Any

import numpy as np

from negsim.core.dice import uniform
from negsim.core.menus import no_package, package_at
from negsim.core.packages import is_empty, utility
from negsim.core.registry import strategy
from negsim.core.state import View

TRIES = 64


@strategy("random_walker")
def wander(view: View) -> Any:
    """Offer a package drawn evenly from those at or above my floor; after 64 draws in vain, the best of my menu.

    References
    ----------
    Baarslag, Hindriks, Hendrikx, Dirkzwager & Jonker (2014), "Decoupling negotiating agents to explore the space of negotiation
    strategies", in: Novel Insights in Agent-based Complex Automated Negotiation (the random walker).
    """
    if len(view.menu) == 0:
        return no_package(len(view.sizes))
    package = np.zeros(len(view.sizes), np.int64)
    for attempt in range(TRIES):
        for i in range(len(view.sizes)):
            package[i] = int(uniform(view.dice, attempt * len(view.sizes) + i) * view.sizes[i])
        if utility(view.worths[view.me], package) >= view.floor and not (view.quo == 1 and is_empty(package)):
            return package
    return package_at(view.menu, 0)
