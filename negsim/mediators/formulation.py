"""Formulation: the mediator puts a text of its own to the parties."""

import numpy as np

from negsim.core.dice import normal
from negsim.core.pareto import pareto
from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator("formulation", traits={"noise": (0.1, 0.0, 10.0), "when": (0.5, 0.0, 1.0)})
def formulate(sight: Sight) -> int:
    """Propose once, at relative time `when`, the package that maximises the product of surpluses on noisy estimates.

    Estimates are each side's surplus per option plus `noise` times a standard normal; packages that leave somebody nothing are
    no candidates, and if there is no other, there is no text. Parties accept it by their own acceptance conditions; it is
    agreed if all do.

    References
    ----------
    Nash (1950), Econometrica 18 (the product); Beardsley, Quinn, Biswas & Wilkenfeld (2006), "Mediation style and crisis
    outcomes", Journal of Conflict Resolution 50 (the style).
    """
    if not sight.before < sight.traits[1] <= sight.elapsed:
        return 0
    parties, issues = sight.worths.shape[0], len(sight.sizes)
    worths = np.empty((parties, issues, sight.worths.shape[3]))
    draw = 0
    for party in range(parties):
        for i in range(issues):
            for o in range(sight.sizes[i]):
                # A status quo needs no estimate: its surplus is known to be none.
                known = sight.traits[0] == 0.0 or (sight.quo == 1 and o == 0)
                error = 0.0 if known else float(sight.traits[0]) * normal(sight.dice, draw)
                worths[party, i, o] = sight.worths[party, party, i, o] + error
                draw += 1
    points, packages = pareto(worths, sight.floors, sight.sizes, np.zeros(issues, np.int64), sight.quo)
    best, row = 0.0, -1
    for q in range(len(points)):
        product = 1.0
        for party in range(parties):
            product *= points[q, party] - sight.floors[party]
        if product > best:
            best, row = product, q
    if row >= 0:
        for i in range(issues):
            sight.text[i] = packages[row, i]
    return 0
