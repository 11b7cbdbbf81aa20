"""A Bayesian model of the others: hypotheses about their utility, weighed by how well their offers fit them."""

import math
from typing import Any

import numpy as np

from negsim.core.concession import polynomial, target_at
from negsim.core.dice import uniform
from negsim.core.frontier import last_at_least
from negsim.core.menus import menu_of, no_package, package_at
from negsim.core.registry import helper, maker, strategy
from negsim.core.state import View

HYPOTHESES = 24  # about each other party: the first is what I believe at the outset
STAMP, READY, FIT = 0, 1, 2  # moment last heard, whether hypotheses are drawn, then log fit of each and its utilities


def slots(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Return the memory of one set of hypotheses."""
    return FIT + HYPOTHESES * (1 + issues * options)


@maker
def _draw(view: View, other: int) -> int:
    """Draw the hypotheses: weights by broken sticks, each issue's options ordered as I believe, the other way or at random."""
    issues, options = len(view.sizes), view.worths.shape[2]
    draw, spread = 0, 0.0
    for i in range(issues):
        least, most = np.inf, -np.inf
        for o in range(view.sizes[i]):
            least, most = min(least, float(view.worths[other, i, o])), max(most, float(view.worths[other, i, o]))
        spread += most - least
    for h in range(HYPOTHESES):
        total = 0.0
        shares = np.zeros(issues)
        for i in range(issues):
            shares[i] = -math.log(1.0 - uniform(view.dice, 1000 + draw))
            draw += 1
            total += shares[i]
        for i in range(issues):
            shape = uniform(view.dice, 1000 + draw)
            draw += 1
            low, high = np.inf, -np.inf
            for o in range(view.sizes[i]):
                low, high = min(low, float(view.worths[other, i, o])), max(high, float(view.worths[other, i, o]))
            for o in range(view.sizes[i]):
                place = (float(view.worths[other, i, o]) - low) / (high - low) if high > low else 0.0
                if h > 0 and shape > 0.5:
                    place = 1.0 - place if shape > 0.75 else uniform(view.dice, 1000 + draw)
                    draw += 1
                weight = shares[i] / total if h > 0 else (high - low) / max(spread, 1e-300)
                view.memory[FIT + HYPOTHESES + (h * issues + i) * options + o] = weight * place
    return draw


@helper
def _weigh(view: View, offer: Any, spread: float, beta: float, reservation: float) -> None:
    """Add to each hypothesis' fit: -(u_h(o) - T_h(t))^2 / 2 s^2, with T_h = 1 - (1 - r) alpha_h(t).

    Hypotheses concede in one of three ways in turn: alpha_h with half of beta, beta, and twice beta.
    """
    issues, options = len(view.sizes), view.worths.shape[2]
    for h in range(HYPOTHESES):
        pace = beta if h % 3 == 0 else (0.5 * beta if h % 3 == 1 else 2.0 * beta)
        expected = 1.0 - (1.0 - reservation) * polynomial(view.elapsed, pace, 0.0)
        worth, most = 0.0, 0.0
        for i in range(issues):
            base = FIT + HYPOTHESES + (h * issues + i) * options
            best = 0.0
            for o in range(view.sizes[i]):
                best = max(best, float(view.memory[base + o]))
            worth += float(view.memory[base + int(offer[i])])
            most += best
        miss = (worth / most if most > 0.0 else 0.0) - expected
        view.memory[FIT + h] -= miss * miss / (2.0 * spread * spread)


@strategy(
    "bayesian",
    traits={
        "beta": (1.0, 0.001, 1000.0),
        "spread": (0.2, 0.001, 10.0),
        "other_beta": (1.0, 0.001, 1000.0),
        "other_reservation": (0.0, 0.0, 1.0),
    },
    memory=slots,
)
def bayesian(view: View) -> Any:
    """Offer what the other likes best, by Bayes' rule on its offers, at or above my falling target.

    Of several others, it is the next speaker that is modelled.

    References
    ----------
    Hindriks & Tykhonov (2008), "Opponent modelling in automated multi-issue negotiation using Bayesian learning", AAMAS.
    """
    issues, options = len(view.sizes), view.worths.shape[2]
    if len(view.menu) == 0:
        return no_package(issues)
    other = (view.me + 1) % len(view.offers)
    if view.memory[READY] == 0.0:
        view.memory[READY] = 1.0
        _draw(view, other)
    moment = view.moment
    if view.offers[other, 0] >= 0 and view.memory[STAMP] != moment:
        view.memory[STAMP] = moment
        _weigh(view, view.offers[other], float(view.traits[1]), float(view.traits[2]), float(view.traits[3]))
    best = -np.inf
    for h in range(HYPOTHESES):
        best = max(best, float(view.memory[FIT + h]))
    theirs = np.zeros((issues, options))
    for h in range(HYPOTHESES):
        share = math.exp(float(view.memory[FIT + h]) - best)
        for i in range(issues):
            for o in range(view.sizes[i]):
                theirs[i, o] += share * view.memory[FIT + HYPOTHESES + (h * issues + i) * options + o]
    menu = menu_of(view.worths[view.me], theirs, view.sizes, view.floor, view.quo)
    if len(menu) == 0:
        return package_at(view.menu, 0)
    target = target_at(float(menu[0, 0]), view.floor, polynomial(view.elapsed, float(view.traits[0]), 0.0))
    return package_at(menu, last_at_least(menu, target))
