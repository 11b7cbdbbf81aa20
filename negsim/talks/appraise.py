"""What each side makes of the current deal: gains, floors, and surpluses as known and as believed."""

from typing import Any, NamedTuple

import numpy as np

from negsim.core.registry import helper
from negsim.core.state import OPEN, TABLED, Behind, Case, Clock, Desk
from negsim.talks.beliefs import believed_gain
from negsim.talks.drift import outlook
from negsim.talks.redlines import is_lifted


class Side(NamedTuple):
    """What a party, or its principal, weighs an option by."""

    party: int
    values: Any  # (position, option)
    costs: Any  # (position, option) what is handed over in a staged swap
    weights: Any  # (position,)
    unit: float  # what its gains are counted in: its weight of the track, or 1 where utility is stated
    loss: float  # L, if the other side breaks a truce


@helper
def track_weight(weights: Any, case: Case, track: int) -> float:
    """Add an actor's weights of the scenario issues of a track; of all if it is -1."""
    total = 0.0
    for j in range(len(weights)):
        if track < 0 or case.positions["track"][j] == track:
            total += weights[j]
    return float(total)


@helper
def side_of(behind: Behind, case: Case, party: int, weigher: int, deal: int) -> Side:
    """Return what a party goes by in a deal, with the weights of a weigher: itself, or its principal (so many parties on)."""
    weights = behind.weights[weigher]
    unit = track_weight(weights, case, int(case.deals["track"][deal])) if case.deals["quo"][deal] == 1 else 1.0
    return Side(party, behind.values[party], behind.costs[party], weights, unit, float(behind.parties["breach_loss"][party]))


@helper
def option_gain(side: Side, case: Case, issue: int, o: int, trust: float, expected: float) -> float:
    """Return the gain over the status quo, in units of the track, that an option of an issue brings a side.

    A truce is worth `v(0) + P (v(x) - v(0)) - (1 - P) L h(x)` with `P = tau + (1 - tau) g`. A swap is worth `e (v(x) - v(0))`, e
    being the share expected to be delivered, both ways alike; a staged one costs what is handed over in full, `1 - e` of it for
    nothing. A gain of a track without weight is 0.

    Parameters
    ----------
    trust : float
        tau, that a truce holds.
    expected : float
        e, of a swap's delivery.
    """
    if side.unit <= 0.0:
        return 0.0
    at, stops = case.issues[issue], case.effects["stops"]
    quo = case.deals["quo"][at["deal"]]
    gain = 0.0
    for j in range(at["first"], at["after"]):
        option = int(case.option_of[j, o])
        rise = float(side.values[j, option])
        if quo == 1:
            rise -= float(side.values[j, 0])
        if rise < 0.0 and len(case.lifts) > 0 and is_lifted(case, side.party, j, option, o):
            rise = 0.0
        if case.positions["first"][j] >= 0:
            rise = expected * rise - (1.0 - expected) * float(side.costs[j, option])
        stopped = float(stops[j, option])
        if stopped > 0.0:
            holds = hold_chance(case, issue, o, trust)
            rise = holds * rise - (1.0 - holds) * side.loss * stopped
        gain += float(side.weights[j]) * rise
    return gain / side.unit


@helper
def hold_chance(case: Case, issue: int, o: int, trust: float) -> float:
    """Return the probability P = tau + (1 - tau) g that a truce with an option of an issue holds."""
    guarantee = 0.0
    for j in range(case.issues["first"][issue], case.issues["after"][issue]):
        guarantee += case.effects["guarantee"][j, case.option_of[j, o]]
    return trust + (1.0 - trust) * min(1.0, float(guarantee))


@helper
def issue_trust(behind: Behind, case: Case, issue: int) -> float:
    """Return tau of the track that an issue belongs to."""
    return float(behind.tracks["trust"][case.issues["track"][issue]])


@helper
def issue_delivery(behind: Behind, case: Case, issue: int) -> float:
    """Return the share of a swap that is expected to be delivered on the track that an issue belongs to."""
    return float(behind.tracks["expected"][case.issues["track"][issue]])


@helper
def where_it_stands(behind: Behind, case: Case, j: int) -> int:
    """Return the option at which a position stands: agreed at the table this session, in force, or the status quo."""
    status = behind.deals["status"][case.issues["deal"][case.positions["issue"][j]]]
    if status == TABLED:
        return int(behind.positions["at_table"][j])
    return 0 if status == OPEN else int(behind.positions["ratified"][j])


@helper
def has_option(behind: Behind, case: Case, issue: int, o: int, j: int, option: int) -> bool:
    """Tell whether a position would be at an option with an option of an issue, or is there already if it is part of another."""
    if case.positions["issue"][j] == issue:
        return bool(case.option_of[j, o] == option)
    return where_it_stands(behind, case, j) == option


@helper
def link_gain(behind: Behind, case: Case, links: Any, party: int, issue: int, o: int) -> float:
    """Return what links of an option bring a party: to others of the same compound, or to what stands agreed elsewhere.

    Parameters
    ----------
    links : array, shape (link,)
        What each is worth, drawn or as expected.
    """
    gain = 0.0
    for row in range(len(links)):
        link = case.links[row]
        if link["party"] != party:
            continue
        j, k = int(link["position"]), int(link["other"])
        if case.positions["issue"][j] != issue and case.positions["issue"][k] != issue:
            continue
        if has_option(behind, case, issue, o, j, int(link["option"])) and has_option(
            behind, case, issue, o, k, int(link["other_option"])
        ):
            gain += float(links[row])
    return gain


@helper
def stopped_share(case: Case, issue: int, o: int) -> float:
    """Return h, the share of the fighting that an option of an issue stops."""
    total, stops = 0.0, case.effects["stops"]
    for j in range(case.issues["first"][issue], case.issues["after"][issue]):
        total += stops[j, case.option_of[j, o]]
    return float(total)


@helper
def truce_floor(me: Any, drift: float) -> float:
    """Return the part of the floor that goes with the fighting stopped, for all of it (h = 1).

    `r = h phi + [(1 - delta) h (theta - c) + delta q G] / [1 - delta (1 - q)]`; this is r at h = 1 without the term in G (see
    `hope_of`).

    Parameters
    ----------
    me : PARTY
    drift : float
        phi.
    """
    wait = 1.0 - float(me["patience"]) * (1.0 - float(me["hope"]))
    now = (1.0 - float(me["patience"])) / wait
    return drift + now * (float(me["theta"]) - float(me["war_cost"]))


@helper
def hope_of(me: Any) -> float:
    """Return the constant part of the floor: what a later deal is expected to bring."""
    wait = 1.0 - float(me["patience"]) * (1.0 - float(me["hope"]))
    return float(me["patience"]) * float(me["hope"]) * float(me["hoped_gain"]) / wait


@helper
def drift_floor(behind: Behind, party: int) -> float:
    """Return phi: how far the battlefield has moved a party's prospects since the talks began."""
    weight = float(behind.parties["drift_weight"][party])
    return weight * outlook(behind, party) if weight != 0.0 else 0.0


@helper
def spread_of(behind: Behind, viewer: int) -> float:
    """Return the noise in what a party believes of the others' values, after what mediators have cleared up."""
    spread = float(behind.parties["noise"][viewer])
    for m in range(len(behind.clarity)):
        spread *= float(behind.clarity[m])
    return spread


@helper
def see(behind: Behind, case: Case, viewer: int, owner: int, deal: int, spread: float) -> None:
    """Write an owner's values as a viewer sees them, `v + s z` clipped to -1..1, on a deal's issues.

    They go into the last entry of `behind.values`.
    """
    room = len(behind.values) - 1
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            for o in range(case.positions["options"][j]):
                value = float(behind.values[owner, j, o]) + spread * float(behind.noise[viewer, owner, j, o])
                behind.values[room, j, o] = min(1.0, max(-1.0, value))


@helper
def appraise(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Write what every side makes of a deal: its own surplus, the others' gains as it believes them, and its floor.

    What is coded from words is believed as the words have it, and as the talks have taught; stated utility is seen with noise.
    """
    parties = len(case.parties)
    for owner in range(parties):
        side = side_of(behind, case, owner, owner, deal)
        appraise_own(desk, behind, case, deal, owner, side)
        for viewer in range(parties):
            spread = spread_of(behind, viewer)
            if viewer == owner:
                continue
            if case.parties["stated"][owner] == 0:
                appraise_believed(desk, behind, case, deal, owner, viewer)
            elif spread > 0.0:
                see(behind, case, viewer, owner, deal, spread)
                seen = Side(owner, behind.values[len(behind.values) - 1], side.costs, side.weights, side.unit, side.loss)
                appraise_seen(desk, behind, case, deal, owner, seen, viewer)
        if case.deals["quo"][deal] == 1:
            desk.stands["floor"][owner, deal] = hope_of(behind.parties[owner])


@helper
def pledged(behind: Behind, case: Case, owner: int, issue: int, o: int, worth: float) -> float:
    """Return a worth with what mediators hold out on the option added: carrots, and the sticks that refusing would bring."""
    for m in range(len(behind.leverage)):
        if case.targets[m, issue, o] == 1:
            worth += float(behind.leverage["carrot_shown"][m, owner])
            worth += float(behind.leverage["stick_shown"][m, owner])
    return worth


@helper
def appraise_own(desk: Desk, behind: Behind, case: Case, deal: int, owner: int, side: Side) -> None:
    """Write a party's own surplus, and its true gain for the others; who does not know it has that written over."""
    floor = truce_floor(behind.parties[owner], drift_floor(behind, owner))
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        trust, expected = issue_trust(behind, case, c), issue_delivery(behind, case, c)
        for o in range(case.issues["options"][c]):
            gain = option_gain(side, case, c, o, trust, expected) + link_gain(behind, case, behind.links, owner, c, o)
            for viewer in range(len(desk.worths)):
                desk.worths[viewer, owner, c, o] = gain
            surplus = pledged(behind, case, owner, c, o, gain - stopped_share(case, c, o) * floor)
            desk.free[owner, c, o] = surplus
            desk.worths[owner, owner, c, o] = surplus if behind.barred[owner, c, o] == 0 else -np.inf


@helper
def appraise_seen(desk: Desk, behind: Behind, case: Case, deal: int, owner: int, seen: Side, viewer: int) -> None:
    """Write an owner's gains as a viewer sees them."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        trust, expected = issue_trust(behind, case, c), issue_delivery(behind, case, c)
        for o in range(case.issues["options"][c]):
            desk.worths[viewer, owner, c, o] = option_gain(seen, case, c, o, trust, expected) + link_gain(
                behind, case, behind.links, owner, c, o
            )


@helper
def appraise_believed(desk: Desk, behind: Behind, case: Case, deal: int, owner: int, viewer: int) -> None:
    """Write the gains that a viewer expects an owner to have."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        trust, expected = issue_trust(behind, case, c), issue_delivery(behind, case, c)
        for o in range(case.issues["options"][c]):
            desk.worths[viewer, owner, c, o] = believed_gain(behind, viewer, owner, c, o, expected, trust) + link_gain(
                behind, case, behind.guesses.links, owner, c, o
            )


@helper
def open_deal(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Clear the table for a deal: no offers, no refusals, no pledges; then appraise it."""
    for c in range(case.deals["first"][clock.deal], case.deals["after"][clock.deal]):
        for party in range(len(case.parties)):
            desk.openings[party, c] = desk.offers[party, c]  # its last position, if it has one
            desk.offers[party, c] = -1
        for m in range(len(desk.text)):
            desk.text[m, c] = -1
        refusal = desk.refusals[c]
        refusal["party"], refusal["option"], refusal["was"] = -1, -1, -1
    withdraw_pledges(behind)
    behind.deals["decliners"][clock.deal] = 0
    appraise(desk, behind, case, clock.deal)


@helper
def withdraw_pledges(behind: Behind) -> None:
    """Take back what mediators hold out."""
    for m in range(behind.leverage.shape[0]):
        for party in range(behind.leverage.shape[1]):
            purse = behind.leverage[m, party]
            purse["carrot_shown"], purse["stick_shown"] = 0.0, 0.0
