"""Values of options: a curve over the party's order, and a status quo that its statements put in its place."""

from typing import Any

from negsim.core.dice import CURVE, stream, uniform
from negsim.core.registry import helper
from negsim.core.state import BYSTANDER, GIVES, HARD, POSTURE, PRICE, RECEIVES, Case, Prior
from negsim.talks.readings import read_silence


@helper
def place_values(prior: Prior, case: Case, party: int, readings: Any, curvature: float, values: Any, why: Any) -> bool:
    """Draw a party's value of every option of every scenario issue, scaled to 0..1.

    `v = a + (b - a) (pos / (m - 1))^gamma` over the m options other than the status quo, worst first, with a < b two sorted
    uniforms; `v(0)` is uniform above the options read as price and below those read as posture, demanded, offered or
    accepted.

    Parameters
    ----------
    readings : array of int, shape (statement,)
    curvature : float
        gamma.
    values : array, shape (position, option)
        Written.
    why : array of int, shape (position, option)
        Written: the statement that binds the option below the status quo, -2 for silence, -1 for none.

    Returns
    -------
    bool
        False if the readings leave the status quo of some issue no place.
    """
    for j in range(values.shape[0]):
        size = int(case.positions["options"][j])
        for o in range(size):
            why[j, o] = -1
        if prior.values[party, j, 0] == prior.values[party, j, 0]:
            for o in range(size):
                values[j, o] = prior.values[party, j, o]
            continue
        role = case.roles[party, j]
        if role == BYSTANDER:
            for o in range(size):
                values[j, o] = 0.0
        elif role in (RECEIVES, GIVES):
            for o in range(size):
                amount = (o / (size - 1.0)) ** curvature
                values[j, o] = amount if role == RECEIVES else 1.0 - amount
        elif not _place_plain(prior, case, party, j, size, curvature, readings, values, why):
            return False
    return True


@helper
def _place_plain(
    prior: Prior, case: Case, party: int, j: int, size: int, power: float, readings: Any, values: Any, why: Any
) -> bool:
    """Draw the values of one issue and set its status quo between what is read as price and what is wanted."""
    dice = stream(case.seed, case.replicate, int(case.parties["key"][party]), CURVE, int(case.positions["key"][j]))
    a, b = uniform(dice, 0), uniform(dice, 1)
    if a > b:
        a, b = b, a
    for o in range(1, size):
        share = float(prior.places["rank"][party, j, o]) / (size - 2.0) if size > 2 else 0.0
        values[j, o] = a + (b - a) * share**power
    lower, upper = 0.0, 1.0
    for o in range(1, size):
        if prior.places["wanted"][party, j, o] == 1:
            upper = min(upper, float(values[j, o]))
    if prior.standings["silent"][party, j] == 1:
        silence = read_silence(case, party, j)
        for o in range(1, size):
            if silence == PRICE:
                lower = max(lower, float(values[j, o]))
                why[j, o] = -2
            else:
                upper = min(upper, float(values[j, o]))
    for s in range(len(prior.refusals)):
        name = prior.refusals[s]
        o = int(name["option"])
        if name["position"] != j or name["actor"] != party:
            continue
        if readings[s] == POSTURE:
            upper = min(upper, float(values[j, o]))
        elif readings[s] == PRICE:
            lower = max(lower, float(values[j, o]))
            why[j, o] = s
        elif readings[s] == HARD and why[j, o] == -1:
            why[j, o] = s
    if lower > upper:
        return False
    values[j, 0] = lower + (upper - lower) * uniform(dice, 2)
    _rescale(values, j, size)
    return True


@helper
def _rescale(values: Any, j: int, size: int) -> None:
    """Scale an issue's values so that the worst option is 0 and the best 1."""
    least, most = float(values[j, 0]), float(values[j, 0])
    for o in range(1, size):
        least = min(least, float(values[j, o]))
        most = max(most, float(values[j, o]))
    for o in range(size):
        values[j, o] = (float(values[j, o]) - least) / (most - least) if most > least else 0.0
