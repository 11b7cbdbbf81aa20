"""Trade-offs: hold my own utility, and move towards what the other asked for last."""

from typing import Any

import numpy as np

from negsim.core.concession import polynomial, target_at
from negsim.core.frontier import last_at_least
from negsim.core.menus import menu_of, no_package, package_at
from negsim.core.registry import strategy
from negsim.core.state import View


@strategy("trade_off", traits={"beta": (1.0, 0.001, 1000.0)})
def trade_off(view: View) -> Any:
    """Offer, at or above what the clock says, the package most similar to the others' last ones.

    Similarity is the weighted Hamming distance by what I believe each issue matters to the other: the spread of its options'
    worth. Before the other has spoken, my menu's package is offered.

    References
    ----------
    Faratin, Sierra & Jennings (2002), "Using similarity criteria to make issue trade-offs in automated negotiations",
    Artificial Intelligence 142.
    """
    issues = len(view.sizes)
    if len(view.menu) == 0:
        return no_package(issues)
    target = target_at(float(view.menu[0, 0]), view.floor, polynomial(view.elapsed, float(view.traits[0]), 0.0))
    alike, heard = np.zeros((issues, view.worths.shape[2])), False
    for other in range(len(view.offers)):
        if other == view.me or view.offers[other, 0] < 0:
            continue
        heard = True
        for i in range(issues):
            least, most = np.inf, -np.inf
            for o in range(view.sizes[i]):
                least, most = min(least, float(view.worths[other, i, o])), max(most, float(view.worths[other, i, o]))
            alike[i, view.offers[other, i]] += most - least
    if heard:
        menu = menu_of(view.worths[view.me], alike, view.sizes, view.floor, view.quo)
        if len(menu) > 0 and menu[0, 0] >= target:
            return package_at(menu, last_at_least(menu, target))
    return package_at(view.menu, last_at_least(view.menu, target))
