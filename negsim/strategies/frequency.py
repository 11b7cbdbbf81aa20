"""A frequency model of the others: what they ask for often, and do not move from, matters to them."""

from typing import Any

import numpy as np

from negsim.core.concession import polynomial, target_at
from negsim.core.frontier import last_at_least
from negsim.core.menus import menu_of, no_package, package_at
from negsim.core.registry import helper, strategy
from negsim.core.state import View

STAMP, HEARD, WEIGHTS = 0, 1, 2  # then a weight an issue, the last package heard, the counts


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of the model: weights, the last package heard, a count an option."""
    return WEIGHTS + 2 * issues + issues * options


@helper
def _learn(view: View) -> None:
    """Count the options of the standing offer once; an issue on which it repeats the last one gains weight."""
    issues, options = len(view.sizes), view.worths.shape[2]
    stamp = view.moment
    if view.speaker < 0 or view.memory[STAMP] == stamp:
        return
    view.memory[STAMP] = stamp
    for i in range(issues):
        option = int(view.offers[view.speaker, i])
        if view.memory[HEARD] > 0.0 and view.memory[WEIGHTS + issues + i] == option:
            view.memory[WEIGHTS + i] += 0.1
        view.memory[WEIGHTS + issues + i] = option
        view.memory[WEIGHTS + 2 * issues + i * options + option] += 1.0
    view.memory[HEARD] += 1.0


@strategy("frequency", traits={"beta": (1.0, 0.001, 1000.0), "k": (0.0, 0.0, 1.0)}, memory=slots)
def frequency(view: View) -> Any:
    """Offer what the others seem to like best, by the frequency of their offers, at or above my falling target.

    References
    ----------
    van Krimpen, Looije & Hajizadeh (2013), "HardHeaded", in: Complex Automated Negotiations (weights and counts).
    """
    _learn(view)
    issues, options = len(view.sizes), view.worths.shape[2]
    theirs = np.zeros((issues, options))
    for i in range(issues):
        most = 1.0
        for o in range(view.sizes[i]):
            most = max(most, float(view.memory[WEIGHTS + 2 * issues + i * options + o]))
        for o in range(view.sizes[i]):
            count = float(view.memory[WEIGHTS + 2 * issues + i * options + o])
            theirs[i, o] = (1.0 + float(view.memory[WEIGHTS + i])) * count / most
    menu = menu_of(view.worths[view.me], theirs, view.sizes, view.floor, view.quo)
    if len(menu) == 0:
        return no_package(issues)
    alpha = polynomial(view.elapsed, float(view.traits[0]), float(view.traits[1]))
    return package_at(menu, last_at_least(menu, target_at(float(menu[0, 0]), view.floor, alpha)))
