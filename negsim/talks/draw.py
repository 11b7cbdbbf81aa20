"""What a run is drawn from, drawn: parameters, readings, values, weights, and errors in what is seen of stated utilities."""

from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import NOISE, RATIFY, TRAIT, TYPE, between, normal
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior
from negsim.talks.drift import START
from negsim.talks.readings import read_refusals
from negsim.talks.redlines import bar
from negsim.talks.values import draw_cost, draw_values
from negsim.talks.weights import draw_weights

PRINCIPAL = 0x70726E63  # added to a party's hash: its principal's own streams


@helper
def draw_range(case: Case, actor: int, purpose: int, item: int, span: Any) -> float:
    """Draw a number of an actor from its range, from a stream of its own."""
    return between(roll(case, actor, purpose, item), 0, float(span["low"]), float(span["high"]))


@helper
def draw_ranges(case: Case, actor: int, purpose: int, spans: Any, drawn: Any) -> None:
    """Draw each of an actor's numbers from its range."""
    for k in range(len(spans)):
        drawn[k] = draw_range(case, actor, purpose, k, spans[k])


@helper
def draw_party(prior: Prior, case: Case, desk: Desk, behind: Behind, party: int) -> None:
    """Draw a party's parameters and traits, and what its principal asks for."""
    key, me = int(case.parties["key"][party]), behind.parties[party]
    draw_ranges(case, key, TYPE, prior.parameters[party], behind.drawn[party])
    draw_ranges(case, key, TRAIT, prior.traits[party], desk.traits[party])
    desk.talking[party] = me["theta"]
    me["ready"] = me["readiness"]
    low, width = float(me["ratify_low"]), float(me["ratify_width"])
    me["asked"] = between(roll(case, key, RATIFY, 0), 0, low, low + width)


@helper
def draw_course(prior: Prior, case: Case, course: Any) -> None:
    """Draw what holds for the talks as a whole; the front stands where it starts."""
    course["drift_up"] = draw_range(case, 0, TYPE, 0, prior.course[0])
    course["lag_low"] = draw_range(case, 0, TYPE, 1, prior.course[1])
    course["lag_high"] = draw_range(case, 0, TYPE, 2, prior.course[2])
    course["trust_memory"] = draw_range(case, 0, TYPE, 3, prior.course[3])
    course["position"] = START
    course["day"], course["ups"], course["downs"], course["war_over"] = 0.0, 0.0, 0.0, 0.0


@helper
def link_key(case: Case, row: int) -> int:
    """Return a number of a link that stays the same whatever else a scenario holds."""
    link, keys = case.links[row], case.positions["key"]
    key = (int(keys[link["position"]]) + int(link["option"])) & 0xFFFFFFFF
    return (31 * key + int(keys[link["other"]]) + int(link["other_option"])) & 0xFFFFFFFF


@helper
def draw_preferences(prior: Prior, case: Case, behind: Behind) -> None:
    """Draw readings, values, weights and red lines of all actors, as words stand at the stage at hand."""
    behind.barred[:] = 0
    behind.values[:] = 0.0
    behind.costs[:] = 0.0
    parties = len(case.parties)
    readings = behind.read
    for m in range(len(case.mediators)):
        read_refusals(prior, case, parties + m, int(case.mediators["key"][m]), readings)
    for party in range(parties):
        key = int(case.parties["key"][party])
        read_refusals(prior, case, party, key, readings)
        draw_cost(prior, case, party, behind.parties[party])
        draw_values(prior, case, behind, party, readings)
        draw_weights(prior, case, party, key, behind.weights[party], behind.room)
        draw_weights(prior, case, party, (key + PRINCIPAL) & 0xFFFFFFFF, behind.weights[parties + party], behind.room)
    for r in range(len(readings)):
        behind.readings[r] = readings[r] if prior.standing[r] == 1 else -1
    bar(prior, case, behind.readings, behind.barred)


@helper
def draw_errors(case: Case, behind: Behind) -> None:
    """Draw the standard normals behind what each side sees of the others' stated values."""
    keys = case.parties["key"]
    for viewer in range(len(keys)):
        if behind.parties["noise"][viewer] <= 0.0:
            continue
        for owner in range(len(keys)):
            if owner == viewer or case.parties["stated"][owner] == 0:
                continue
            actor = (int(keys[viewer]) + 31 * int(keys[owner])) & 0xFFFFFFFF
            for j in range(len(case.positions)):
                dice = roll(case, actor, NOISE, int(case.positions["key"][j]))
                for o in range(case.positions["options"][j]):
                    behind.noise[viewer, owner, j, o] = normal(dice, o)
