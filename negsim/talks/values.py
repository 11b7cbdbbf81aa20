"""Values of options: what each is worth to a party over the status quo, from what its words come to on it."""

import math
from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import CURVE, TYPE, between, uniform
from negsim.core.parameters import PARAMETERS
from negsim.core.registry import helper
from negsim.core.state import (
    GIVEN_UP,
    HARD,
    NOBODY_ALONE,
    OWN_DOING,
    POSTURE,
    REFUSES,
    SILENT,
    WANTS,
    Behind,
    Case,
    Prior,
)
from negsim.talks.readings import silence_costs
from negsim.talks.redlines import is_conditional

HANDOVER_COST = list(PARAMETERS).index("handover_cost")
NONE, SILENCE, CONCESSION = -1, -2, -3  # what binds a value, beside the number of a refusal


@helper
def draw_values(prior: Prior, case: Case, behind: Behind, party: int, readings: Any) -> None:
    """Draw what every option of every scenario issue is worth to a party over the status quo, on the issue's scale of -1..1.

    The option that its words want most is 1. Nothing else is scaled to it: a price has degrees. Utilities that are stated
    outright are taken as they are.

    Parameters
    ----------
    behind : Behind
        `values`, `costs` and `why` are written: `why` is the refusal that binds an option, SILENCE, CONCESSION, or NONE.
    readings : array of int, shape (refusal,)
    """
    values, why = behind.values[party], behind.why[party]
    for j in range(values.shape[0]):
        position = case.positions[j]
        for o in range(position["options"]):
            why[j, o], values[j, o] = NONE, 0.0
        if prior.values[party, j, 0] == prior.values[party, j, 0]:
            for o in range(position["options"]):
                values[j, o] = prior.values[party, j, o]
        elif position["first"] >= 0:
            if position["first"] == party or position["second"] == party:
                place_swap(prior, case, behind, party, j, readings)
        else:
            place_words(prior, case, party, j, readings, values, why)
            place_silence(prior, case, party, j, values, why)


@helper
def sizes_of(case: Case, party: int, j: int, o: int) -> tuple[float, float]:
    """Return what a party receives and what it hands over with an option of a swap, as shares of all."""
    first, second = int(case.positions["first"][j]), int(case.positions["second"][j])
    other = second if party == first else first
    return float(case.received[party, j, o]), float(case.received[other, j, o])


@helper
def swap_worth(received: float, given: float, a: float, b: float, c: float) -> tuple[float, float]:
    """Return what a swap is worth to a side whose other side delivers, `r^a - c g^b`, and the cost in it.

    Examples
    --------
    >>> swap_worth(1.0, 1.0, 0.5, 2.0, 0.25), swap_worth(0.25, 0.25, 0.5, 2.0, 1.0), swap_worth(0.0, 0.5, 0.5, 2.0, 1.0)
    ((0.75, 0.25), (0.4375, 0.0625), (-0.25, 0.25))
    """
    benefit = received**a if received > 0.0 else 0.0
    cost = c * given**b if given > 0.0 else 0.0
    return benefit - cost, cost


@helper
def place_swap(prior: Prior, case: Case, behind: Behind, party: int, j: int, readings: Any) -> None:
    """Draw the values of the sizes of a swap: what is received, less the cost of handing over.

    A size that its words refuse is worth no more than the refusal leaves it, unless that is a posture. In a swap at one time
    what one side does not deliver the other keeps, so that the whole of it is scaled by expected delivery (Axelrod 1984, "The
    Evolution of Cooperation"; Morrow 2001, "The institutional features of the prisoners of war treaties", International
    Organization 55); in a staged one the cost is borne in any case, and is noted apart.
    """
    me, words = behind.parties[party], prior.places[party, j]
    for o in range(1, case.positions["options"][j]):
        received, given = sizes_of(case, party, j, o)
        worth, cost = swap_worth(received, given, float(me["benefit_curve"]), float(me["cost_curve"]), float(me["handover_cost"]))
        r = int(words["refusal"][o])
        if words["stance"][o] == REFUSES and readings[r] != POSTURE:
            worth = min(worth, refused_worth(int(readings[r]), NOBODY_ALONE, uniform(option_dice(prior, case, party, j, o), 0)))
            behind.why[party, j, o] = r
        behind.values[party, j, o] = worth
        behind.costs[party, j, o] = cost if case.positions["staged"][j] == 1 else 0.0


@helper
def draw_cost(prior: Prior, case: Case, party: int, me: Any) -> None:
    """Draw what handing over costs a party in all its swaps, c, within what its own proposals reveal.

    Who demands or offers a size likes none of the others better: of the menu `s^a - c s^b` is largest at the largest size that it
    proposes (revealed preference; Samuelson 1938, "A note on the pure theory of consumer's behaviour", Economica 5).
    """
    cost = prior.parameters[party, HANDOVER_COST]
    low, high = float(cost["low"]), float(cost["high"])
    if low == high:
        return
    for j in range(len(case.positions)):
        if case.positions["first"][j] == party or case.positions["second"][j] == party:
            least, most = revealed_cost(prior, case, party, j, float(me["benefit_curve"]), float(me["cost_curve"]))
            low, high = max(low, least), min(high, most)
    dice = roll(case, int(case.parties["key"][party]), TYPE, HANDOVER_COST)
    me["handover_cost"] = between(dice, 0, min(low, high), high)


@helper
def revealed_cost(prior: Prior, case: Case, party: int, j: int, a: float, b: float) -> tuple[float, float]:
    """Return between what lies c if the largest size that a party proposes of a swap is the best for it, gifts apart."""
    best, least, most = 0.0, 0.0, math.inf
    for o in range(1, case.positions["options"][j]):
        received, given = sizes_of(case, party, j, o)
        if prior.places["proposed"][party, j, o] > 0 and received == given:
            best = max(best, received)
    if best == 0.0:
        return least, most
    most = best ** (a - b)  # better than none
    for o in range(1, case.positions["options"][j]):
        received, given = sizes_of(case, party, j, o)
        if received == given and received != best:
            even = (best**a - received**a) / (best**b - received**b)
            least, most = (max(least, even), most) if received > best else (least, min(most, even))
    return least, most


@helper
def option_dice(prior: Prior, case: Case, party: int, j: int, o: int) -> Any:
    """Return the stream of a party's value of an option: the same whatever other options there are."""
    key = int(prior.places["key"][party, j, o])
    return roll(case, int(case.parties["key"][party]), CURVE, key)


@helper
def place_words(prior: Prior, case: Case, party: int, j: int, readings: Any, values: Any, why: Any) -> None:
    """Draw the values of the options of an issue that a party speaks of, from the best in its order down.

    Of those it wants, the best is 1 and the others are as many sorted uniforms; what it concedes or refuses is worth what
    `refused_worth` says. Nothing is worth more than what the order puts above it, the status quo included where it has a place.
    """
    me, ladder = prior.places[party, j], prior.ladders[party, j]
    others = -1
    for o in range(1, len(me)):
        if me["stance"][o] == WANTS:
            others += 1
    level, cap, first = 1.0, 2.0, True
    for place in range(len(ladder) - 1, -1, -1):
        o = int(ladder[place])
        if o < 0 or (o > 0 and me["stance"][o] == SILENT):
            continue
        if o == 0:
            cap = min(cap, 0.0)
            continue
        u = uniform(option_dice(prior, case, party, j, o), 0)
        if me["stance"][o] == WANTS:
            if not first:
                level *= u ** (1.0 / others)
                others -= 1
            first = False
            values[j, o] = level
        elif me["stance"][o] == REFUSES:
            r = int(me["refusal"][o])
            values[j, o] = min(cap, refused_worth(int(readings[r]), int(me["alone"][o]), u))
            why[j, o] = r if values[j, o] < 0.0 else NONE
        else:
            values[j, o] = min(cap, -0.5 * u)
            why[j, o] = CONCESSION
        if not is_conditional(case, party, j, o):
            cap = min(cap, float(values[j, o]))


@helper
def refused_worth(reading: int, alone: int, u: float) -> float:
    """Return what an option is worth over the status quo to who refuses it, for a uniform u.

    Hard, or a red line given up: a loss of U(0.5, 1). Price: U(0, 1). Posture: a loss of U(0, 0.25) if somebody could bring the
    option about alone, for a refusal misstates how much, not the sign (Fearon 1995, "Rationalist explanations for war",
    International Organization 49); what takes two may be wanted by who says no: a gain of U(0, 0.5).

    Examples
    --------
    >>> refused_worth(HARD, NOBODY_ALONE, 0.5), refused_worth(POSTURE, NOBODY_ALONE, 0.5), refused_worth(POSTURE, OWN_DOING, 0.5)
    (-0.75, 0.25, -0.125)
    """
    if reading in (HARD, GIVEN_UP):
        return -0.5 - 0.5 * u
    if reading == POSTURE:
        return 0.5 * u if alone == NOBODY_ALONE else -0.25 * u
    return -u


@helper
def place_silence(prior: Prior, case: Case, party: int, j: int, values: Any, why: Any) -> None:
    """Draw the values of the options of an issue on which a party is silent, from the worst in its order up.

    One between two that have a place lies uniformly between them; so does one on the way from the status quo to what is wanted.
    Any other costs U(0, 1): surely if the party could bring it about alone, for then it would have, had it gained; else with a
    probability drawn once a run from U(0, 1). It never gains but on the way: no gain without a wish. One below an option that is
    taken only with another is worth less than that without it.
    """
    me, ladder = prior.places[party, j], prior.ladders[party, j]
    lower, is_above = 0.0, False
    for place in range(len(ladder)):
        o = int(ladder[place])
        if o < 0:
            continue
        if o == 0 or me["stance"][o] != SILENT:
            lower, is_above = (0.0 if o == 0 else float(values[j, o])), True
            continue
        upper, is_below, wanted = place_above(prior, case, party, j, place, values)
        dice = option_dice(prior, case, party, j, o)
        u = uniform(dice, 0)
        if wanted and not is_above:
            lower, is_above = 0.0, True
        own = me["alone"][o] == OWN_DOING
        if is_below and is_conditional(case, party, j, o):  # without the condition no better than what is tied to it
            values[j, o] = upper - (1.0 + upper) * u
            why[j, o] = SILENCE
            continue
        if is_above and is_below:
            value = lower + (upper - lower) * u
        elif own or silence_costs(case, party, uniform(dice, 1)):
            value = -u
        else:
            value = 0.0
        if is_below:
            value = min(value, upper)
        if is_above:
            value = max(value, lower)
        if own:
            value = min(value, 0.0)
        values[j, o] = value
        why[j, o] = SILENCE if value < 0.0 else NONE
        lower, is_above = value, True


@helper
def place_above(prior: Prior, case: Case, party: int, j: int, place: int, values: Any) -> tuple[float, bool, bool]:
    """Return the value of the next option with one above a place in a party's order, if there is one, and if it is wanted."""
    me, ladder = prior.places[party, j], prior.ladders[party, j]
    for higher in range(place + 1, len(ladder)):
        o = int(ladder[higher])
        if o == 0:
            return 0.0, True, False
        tied = is_conditional(case, party, j, o) and not is_conditional(case, party, j, int(ladder[place]))
        if o > 0 and me["stance"][o] != SILENT and not tied:
            return float(values[j, o]), True, bool(me["stance"][o] == WANTS)
    return 0.0, False, False
