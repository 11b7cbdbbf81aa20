"""The one place where a run is drawn: readings, values, weights, parameters, beliefs, thresholds and the length of a session."""

from typing import Any

import numpy as np

from negsim.core.clock import open_at, turns_of
from negsim.core.dice import LINK, NOISE, RATIFY, TRAIT, TYPE, between, normal, stream
from negsim.core.parameters import PARAMETERS
from negsim.core.registry import MAX_TRAITS, helper
from negsim.core.state import (
    BARGAIN,
    COURSE,
    MOVE,
    OUTCOME,
    PARTY,
    POINT,
    PURSE,
    RECORD,
    REFUSAL,
    STAND,
    Behind,
    Case,
    Clock,
    Desk,
    Prior,
)
from negsim.talks.delivery import draw_deliveries
from negsim.talks.drift import START
from negsim.talks.readings import read_refusals
from negsim.talks.redlines import bar
from negsim.talks.trust import reckon
from negsim.talks.values import draw_cost, draw_values
from negsim.talks.weights import draw_weights

MOST_POINTS = 16384  # of a menu, and of the frontier over all issues
MOST_ROOM = 65536  # points of a frontier on the way
PRINCIPAL = 0x70726E63  # added to a party's hash: its principal's own streams


@helper
def draw_range(case: Case, actor: int, purpose: int, item: int, span: Any) -> float:
    """Draw a number of an actor from its range, from a stream of its own."""
    return between(stream(case.seed, case.replicate, actor, purpose, item), 0, float(span["low"]), float(span["high"]))


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
    me["asked"] = between(stream(case.seed, case.replicate, key, RATIFY, 0), 0, low, low + width)


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
    """Draw readings, values, weights and red lines of all actors."""
    parties = len(case.parties)
    readings = behind.readings
    for m in range(len(case.mediators)):
        read_refusals(prior, case, parties + m, int(case.mediators["key"][m]), readings)
    for party in range(parties):
        key = int(case.parties["key"][party])
        read_refusals(prior, case, party, key, readings)
        draw_cost(prior, case, party, behind.parties[party])
        draw_values(prior, case, behind, party, readings)
        draw_weights(prior, case, party, key, behind.weights[party], behind.room)
        draw_weights(prior, case, party, (key + PRINCIPAL) & 0xFFFFFFFF, behind.weights[parties + party], behind.room)
    bar(prior, case, readings, behind.barred)


@helper
def draw_beliefs(case: Case, behind: Behind) -> None:
    """Draw the standard normals behind what each side believes of the others' values."""
    keys = case.parties["key"]
    for viewer in range(len(keys)):
        if behind.parties["noise"][viewer] <= 0.0:
            continue
        for owner in range(len(keys)):
            if owner == viewer:
                continue
            actor = (int(keys[viewer]) + 31 * int(keys[owner])) & 0xFFFFFFFF
            for j in range(len(case.positions)):
                dice = stream(case.seed, case.replicate, actor, NOISE, int(case.positions["key"][j]))
                for o in range(case.positions["options"][j]):
                    behind.noise[viewer, owner, j, o] = normal(dice, o)


@helper
def nothing_yet(case: Case, positions: Any) -> None:
    """Set every position to where nothing was agreed nor refused: the status quo, or no option where there is none."""
    for j in range(len(positions)):
        outcome = positions[j]
        quo = case.deals["quo"][case.issues["deal"][case.positions["issue"][j]]]
        nothing = 0 if quo == 1 else -1  # option 0 can be agreed where it is not the status quo
        outcome["at_table"], outcome["ratified"] = nothing, nothing
        outcome["session"], outcome["turn"], outcome["ratified_in"] = -1, -1, -1
        outcome["refused_by"], outcome["bound_by"] = -1, 0
        outcome["to_first"], outcome["to_second"] = 0.0, 0.0


@helper
def clear(case: Case, desk: Desk, behind: Behind) -> None:
    """Take away what an earlier run left, but for menus, zones and frontiers, with what they were found for."""
    for party in range(len(case.parties)):
        for deal in range(len(case.deals)):
            desk.stands["floor"][party, deal], desk.stands["left"][party, deal] = case.floors[party, deal], 0
        for m in range(len(case.mediators)):
            behind.leverage[m, party] = case.leverage[m, party]
    desk.memory[:] = 0.0
    desk.text[:] = -1
    desk.offers[:] = -1
    desk.openings[:] = -1
    desk.clocks[:] = 0.0
    desk.pen[0] = 0
    behind.barred[:] = 0
    behind.values[:] = 0.0
    behind.costs[:] = 0.0
    behind.noise[:] = 0.0
    behind.agreed[:] = 0
    behind.readings[:] = -1
    behind.clarity[:] = 1.0
    for track in range(len(behind.tracks)):
        known = behind.tracks[track]
        known["kept"], known["promised"], known["trust"], known["zone"] = 0.0, 0.0, 0.0, 0.0
        known["received"], known["due"], known["expected"] = 0.0, 0.0, 0.0
    for number in range(len(behind.deals)):
        deal = behind.deals[number]
        deal["status"], deal["zone"], deal["tabled"] = 0, 0, 0
        deal["declined"], deal["decliners"] = 0, 0
        deal["due"], deal["delivered"] = 0.0, 0.0
        deal["truce_ends"], deal["truce"], deal["truce_held"] = 0.0, 0.0, 0.0
    nothing_yet(case, behind.positions)


def set_up(prior: Prior, case: Case) -> tuple[Desk, Behind]:
    """Make room for a run; `begin` fills it, again and again."""
    parties, positions, options = prior.values.shape
    issues, deals = len(case.issues), len(case.deals)
    mediators, tracks = len(case.mediators), len(case.tracks)
    most = case.option_of.shape[1]
    packages = [_product(case.issues["options"][deal["first"] : deal["after"]].tolist(), MOST_ROOM) for deal in case.deals]
    if parties == 2:
        packages.append(_product(case.issues["options"].tolist(), MOST_ROOM))  # the frontier over all issues
    menu = min(MOST_POINTS, max(packages[:deals]))
    desk = Desk(
        np.zeros((parties, parties, issues, most)),
        np.zeros((parties, issues, most)),
        np.zeros((parties, deals), STAND),
        np.zeros((deals, parties, menu, 1 + issues)),
        prior.rankings,
        np.full((parties, parties, issues, most), np.nan),
        np.full((deals, 1 + tracks), -1, np.int64),
        np.zeros((parties, issues), np.int64),
        np.full((parties, issues), -1, np.int64),
        np.zeros(deals),
        np.full(issues, -1, np.int64),
        np.zeros((parties, deals, prior.slots)),
        np.zeros((parties, prior.traits.shape[1])),
        np.zeros(parties),
        np.zeros(issues, REFUSAL),
        np.zeros(prior.moves, MOVE),
        np.zeros((prior.moves, issues), np.int64),
        np.zeros(1, np.int64),
        np.zeros((3, max(packages)), POINT),
        np.zeros((issues, max(packages[:deals])), np.int64),
        np.zeros((issues, most)),
        np.zeros(issues, np.int64),
    )
    drawn = np.zeros((parties, len(PARTY.names or ())))  # one memory, by name and by number: PARTY has only real numbers
    behind = Behind(
        drawn.view(PARTY)[:, 0],
        drawn[:, : len(PARAMETERS)],
        np.zeros((parties + 1, positions, options)),
        np.zeros((parties, positions, options)),
        np.zeros((2 * parties, positions)),
        np.zeros((parties, positions, options), np.int64),
        np.zeros((parties, issues, most), np.int64),
        np.zeros((parties, parties, positions, options)),
        np.zeros(len(prior.refusals), np.int64),
        np.zeros(len(prior.links)),
        np.zeros(1, COURSE),
        np.zeros(tracks, RECORD),
        np.zeros(deals, BARGAIN),
        np.zeros(positions, OUTCOME),
        np.zeros((len(prior.refusals), parties, issues, most), np.int64),
        np.zeros(1, np.int64),
        np.zeros((positions + tracks, parties + mediators), np.int64),
        np.zeros(issues, np.int64),
        np.zeros(issues, np.int64),
        np.zeros((mediators, parties), PURSE),
        np.zeros((mediators, MAX_TRAITS)),
        np.zeros(mediators),
        np.zeros((3, positions)),
        np.zeros((2, issues, most)),
        np.zeros((MOST_POINTS if parties == 2 else 0, 2)),
        np.full(1, -1, np.int64),
    )
    return desk, behind


def _product(numbers: list[int], most: int) -> int:
    product = 1
    for number in numbers:
        product = min(most, product * number)
    return product


def begin(prior: Prior, case: Case, desk: Desk, behind: Behind) -> Clock:
    """Draw a run into the room set up for it.

    Parameters
    ----------
    prior : Prior
        What it is drawn from.
    case : Case
        The scenario's structure, with seed and replicate.
    desk, behind
        Written; nothing of an earlier run remains but menus, zones and frontiers, with what they were found for.

    Returns
    -------
    clock
        The talks before their first turn.
    """
    clear(case, desk, behind)
    for party in range(len(case.parties)):
        draw_party(prior, case, desk, behind, party)
    for m in range(len(case.mediators)):
        draw_ranges(case, int(case.mediators["key"][m]), TRAIT, prior.helps[m], behind.traits[m])
    draw_course(prior, case, behind.course[0])
    draw_deliveries(case, behind)
    for row in range(len(prior.links)):
        actor = int(case.parties["key"][case.links["party"][row]])
        behind.links[row] = draw_range(case, actor, LINK, link_key(case, row), prior.links[row])
    draw_preferences(prior, case, behind)
    draw_beliefs(case, behind)
    reckon(behind, case)
    return open_at(0, 0, turns_of(case, 0))
