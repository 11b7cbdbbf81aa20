"""Weights of issues: uniform on the simplex that the stated ranks leave open."""

import math
from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import WEIGHT, uniform
from negsim.core.registry import helper
from negsim.core.state import Case, Prior


@helper
def draw_weights(prior: Prior, case: Case, party: int, actor: int, weights: Any, room: Any) -> None:
    """Draw one actor's weights under a party's tiers.

    Dirichlet(1, ..., 1), sorted, dealt out by tier, in random order inside a tier: the SMAA view of ordinal weights, whose
    centroid is the rank-order-centroid weight (Barron & Barrett 1996; Lahdelma, Hokkanen & Salminen 1998). A swap between others
    has none.

    Parameters
    ----------
    party : int
        Whose tiers apply.
    actor : int
        Stable hash of who weighs: the delegation or its principal.
    weights : array, shape (position,)
        Written; those that are ranked sum to 1.
    room : array, shape (3, position)
        Room to work in.
    """
    n = len(weights)
    sizes, order, ranked = room[0], room[1], room[2]
    count, total = 0, 0.0
    for j in range(n):
        weights[j] = 0.0
        if prior.weights[party, j] == prior.weights[party, j]:
            weights[j] = prior.weights[party, j]
            continue
        position = case.positions[j]
        if position["first"] >= 0 and position["first"] != party and position["second"] != party:
            continue
        dice = roll(case, actor, WEIGHT, int(case.positions["key"][j]))
        drawn = -math.log(1.0 - uniform(dice, 0))
        order[j] = float(prior.tiers[party, j]) + uniform(dice, 1)
        total += drawn
        at, spot = count, count
        while at > 0 and sizes[at - 1] < drawn:
            sizes[at] = sizes[at - 1]
            at -= 1
        sizes[at] = drawn
        while spot > 0 and order[int(ranked[spot - 1])] > order[j]:
            ranked[spot] = ranked[spot - 1]
            spot -= 1
        ranked[spot] = j
        count += 1
    for r in range(count):
        weights[int(ranked[r])] = float(sizes[r]) / total
