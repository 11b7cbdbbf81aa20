"""What each side makes of the current deal: gains, floors, surpluses as known and as believed, menus, and the zone."""

from typing import Any

import numpy as np

from negsim.core.frontier import frontier
from negsim.core.menus import menu_of
from negsim.core.packages import copy_into
from negsim.core.pareto import can_agree
from negsim.core.registry import helper, maker
from negsim.core.state import (
    AT_TABLE,
    BREACH_LOSS,
    CARROT,
    CORE,
    COUNT,
    DRIFT_WEIGHT,
    GUARANTEES,
    HELD_OUT,
    HOPE,
    HOPED_GAIN,
    IN_TRACK,
    ISSUE_DEAL,
    MEMBER,
    NOISE,
    OPEN,
    OWED,
    PATIENCE,
    RATIFIED,
    RECEIVES,
    STATUS,
    STICK,
    STOPS,
    TABLED,
    THETA,
    TRACK,
    WAR_COST,
    Agenda,
    Behind,
    Case,
    Clock,
    Desk,
)
from negsim.talks.drift import outlook
from negsim.talks.trust import issue_trust


@helper
def track_weight(weights: Any, case: Case, track: int) -> float:
    """Add an actor's weights of the scenario issues of a track; of all if it is -1."""
    total = 0.0
    for j in range(len(weights)):
        if track < 0 or case.frame.positions[j, IN_TRACK] == track:
            total += weights[j]
    return float(total)


@helper
def option_gain(
    values: Any,
    weights: Any,
    total: float,
    roles: Any,
    loss: float,
    trust: float,
    quo: int,
    case: Case,
    issue: int,
    o: int,
) -> float:
    """Return the gain over the status quo, in units of the track, that an option of an issue brings a side.

    A truce is worth `v(0) + P (v(x) - v(0)) - (1 - P) L h(x)` with `P = tau + (1 - tau) g`; what is received in an exchange is
    worth its expected delivery, tau.

    Parameters
    ----------
    values : array, shape (position, option)
    weights : array, shape (position,)
    total : float
        Weight of the track, the unit; a gain of a track without weight is 0.
    roles : array of int, shape (position,)
    loss : float
        L, the loss if the other side breaks the truce, in 0..0.5.
    trust : float
        tau of the track.
    """
    frame = case.frame
    if total <= 0.0:
        return 0.0
    guarantee = 0.0
    for j in range(frame.parts[issue], frame.parts[issue + 1]):
        guarantee += frame.effects[j, frame.option_of[j, o], GUARANTEES]
    holds = trust + (1.0 - trust) * min(1.0, float(guarantee))
    gain = 0.0
    for j in range(frame.parts[issue], frame.parts[issue + 1]):
        option = int(frame.option_of[j, o])
        rise = float(values[j, option])
        if quo == 1:
            rise -= float(values[j, 0])
        if roles[j] == RECEIVES:
            rise *= trust
        stopped = float(frame.effects[j, option, STOPS])
        if stopped > 0.0:
            rise = holds * rise - (1.0 - holds) * loss * stopped
        gain += float(weights[j]) * rise
    return gain / total


@helper
def standing(behind: Behind, case: Case, j: int) -> int:
    """Return the option at which a scenario issue stands: agreed at the table this session, in force, or the status quo."""
    status = behind.deals[case.frame.issues[case.frame.positions[j, MEMBER], ISSUE_DEAL], STATUS]
    if status == TABLED:
        return int(behind.issues[j, AT_TABLE])
    return 0 if status == OPEN else int(behind.issues[j, RATIFIED])


@helper
def link_gain(behind: Behind, case: Case, party: int, issue: int, o: int) -> float:
    """Return what links of an option bring a party: to others of the same compound, or to what stands agreed elsewhere."""
    gain = 0.0
    for row in range(len(behind.links)):
        if case.frame.links[row, 0] != party:
            continue
        here, held = 0, 0
        for end in range(2):
            j, option = int(case.frame.links[row, 1 + 2 * end]), int(case.frame.links[row, 2 + 2 * end])
            if case.frame.positions[j, MEMBER] == issue:
                here += 1
                held += 1 if case.frame.option_of[j, o] == option else 0
            else:
                held += 1 if standing(behind, case, j) == option else 0
        if here > 0 and held == 2:
            gain += float(behind.links[row])
    return gain


@helper
def stopped_share(case: Case, issue: int, o: int) -> float:
    """Return h, the share of the fighting that an option of an issue stops."""
    total = 0.0
    for j in range(case.frame.parts[issue], case.frame.parts[issue + 1]):
        total += case.frame.effects[j, case.frame.option_of[j, o], STOPS]
    return float(total)


@helper
def floor_of(types: Any, drift: float, stopped: float) -> float:
    """Return the part of the floor that grows with the fighting stopped.

    `r = h phi + [(1 - delta) h (theta - c) + delta q G] / [1 - delta (1 - q)]`; this is all but the last term of the bracket.
    """
    wait = 1.0 - float(types[PATIENCE]) * (1.0 - float(types[HOPE]))
    now = (1.0 - float(types[PATIENCE])) / wait
    return stopped * (drift + now * (float(types[THETA]) - float(types[WAR_COST])))


@helper
def hope_of(types: Any) -> float:
    """Return the constant part of the floor: what a later deal is expected to bring."""
    wait = 1.0 - float(types[PATIENCE]) * (1.0 - float(types[HOPE]))
    return float(types[PATIENCE]) * float(types[HOPE]) * float(types[HOPED_GAIN]) / wait


@helper
def drift_floor(behind: Behind, party: int) -> float:
    """Return phi: how far the battlefield has moved a party's prospects since the talks began."""
    types = behind.types[party]
    if types[DRIFT_WEIGHT] == 0.0:
        return 0.0
    return float(types[DRIFT_WEIGHT]) * outlook(behind, party)


@helper
def spread_of(behind: Behind, viewer: int) -> float:
    """Return the noise in what a party believes of the others' values, after what mediators have cleared up."""
    spread = float(behind.types[viewer, NOISE])
    for m in range(len(behind.traits)):
        spread *= float(behind.traits[m, behind.traits.shape[1] - 1])
    return spread


@helper
def see(behind: Behind, case: Case, viewer: int, owner: int, deal: int, spread: float) -> None:
    """Write an owner's values as a viewer sees them, `v + s z` clipped to 0..1, on a deal's issues.

    They go into the last entry of `behind.values`.
    """
    frame = case.frame
    for j in range(frame.parts[case.agenda.bounds[deal]], frame.parts[case.agenda.bounds[deal + 1]]):
        for o in range(frame.positions[j, COUNT]):
            value = float(behind.values[owner, j, o]) + spread * float(behind.noise[viewer, owner, j, o])
            behind.values[len(behind.values) - 1, j, o] = min(1.0, max(0.0, value))


@helper
def appraise(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Write every side's surplus on the issues of a deal, its own exactly and the others' as it believes, and its floor."""
    parties = len(case.agenda.actors)
    quo, track = int(case.agenda.quo[deal]), int(case.frame.deals[deal, TRACK])
    for owner in range(parties):
        total = track_weight(behind.weights[owner], case, track) if quo == 1 else 1.0
        _appraise_own(desk, behind, case, deal, owner, total)
        for viewer in range(parties):
            spread = spread_of(behind, viewer)
            if viewer != owner and spread > 0.0:
                see(behind, case, viewer, owner, deal, spread)
                _appraise_seen(desk, behind, case, deal, owner, total, viewer)
        if quo == 1:
            desk.floors[owner, deal] = hope_of(behind.types[owner])


@helper
def _appraise_own(desk: Desk, behind: Behind, case: Case, deal: int, owner: int, total: float) -> None:
    """Write a party's own surplus, and its gains as who sees them without noise would have them."""
    frame, quo = case.frame, int(case.agenda.quo[deal])
    values, weights, types, roles = behind.values[owner], behind.weights[owner], behind.types[owner], frame.roles[owner]
    drift, loss = drift_floor(behind, owner), float(types[BREACH_LOSS])
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        trust = issue_trust(behind, case, c)
        for o in range(case.agenda.sizes[c]):
            worth = option_gain(values, weights, total, roles, loss, trust, quo, case, c, o)
            worth += link_gain(behind, case, owner, c, o)
            for viewer in range(len(desk.worths)):
                desk.worths[viewer, owner, c, o] = worth
            if behind.barred[owner, c, o] != 0:
                worth = -np.inf
            else:
                worth -= floor_of(types, drift, stopped_share(case, c, o))
                for m in range(len(behind.leverage)):
                    if frame.targets[m, c, o] == 1:
                        worth += float(behind.leverage[m, HELD_OUT + CARROT, owner])
                        worth += float(behind.leverage[m, HELD_OUT + STICK, owner])
            desk.worths[owner, owner, c, o] = worth


@helper
def _appraise_seen(desk: Desk, behind: Behind, case: Case, deal: int, owner: int, total: float, viewer: int) -> None:
    """Write a party's gains as another believes them to be; what it sees lies in the last entry of `behind.values`."""
    values, weights, roles = behind.values[len(behind.values) - 1], behind.weights[owner], case.frame.roles[owner]
    quo, loss = int(case.agenda.quo[deal]), float(behind.types[owner, BREACH_LOSS])
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        trust = issue_trust(behind, case, c)
        for o in range(case.agenda.sizes[c]):
            worth = option_gain(values, weights, total, roles, loss, trust, quo, case, c, o)
            desk.worths[viewer, owner, c, o] = worth + link_gain(behind, case, owner, c, o)


@helper
def is_laid(desk: Desk, agenda: Agenda, deal: int) -> bool:
    """Tell whether the menus of a deal were laid for these very worths and floors."""
    parties = len(agenda.actors)
    for party in range(parties):
        if desk.laid_floors[party, deal] != desk.floors[party, deal]:
            return False
        for other in range(parties):
            for c in range(agenda.bounds[deal], agenda.bounds[deal + 1]):
                for o in range(agenda.sizes[c]):
                    if desk.laid[party, other, c, o] != desk.worths[party, other, c, o]:
                        return False
    return True


@maker
def lay_menus(desk: Desk, agenda: Agenda, deal: int) -> int:
    """Lay the menus of a deal anew, unless they lie there already; return the points of all.

    Raises
    ------
    ValueError
        If a frontier has more points than there is room for.
    """
    parties = len(agenda.actors)
    lo, hi = int(agenda.bounds[deal]), int(agenda.bounds[deal + 1])
    if is_laid(desk, agenda, deal):
        return 0
    sizes = agenda.sizes[lo:hi]
    points = 0
    for party in range(parties):
        theirs = np.zeros((hi - lo, desk.worths.shape[3]))
        for other in range(parties):
            if other != party:
                for c in range(hi - lo):
                    for o in range(sizes[c]):
                        theirs[c, o] += desk.worths[party, other, lo + c, o]
        menu = menu_of(desk.worths[party, party, lo:hi], theirs, sizes, float(desk.floors[party, deal]), int(agenda.quo[deal]))
        if len(menu) > desk.menus.shape[2]:
            raise ValueError("a party's frontier has more points than there is room for")
        for q in range(len(menu)):
            for i in range(1 + hi - lo):
                desk.menus[deal, party, q, i] = menu[q, i]
        desk.points[deal, party] = len(menu)
        points += len(menu)
        desk.laid_floors[party, deal] = desk.floors[party, deal]
        for other in range(parties):
            copy_into(desk.laid[party, other, lo:hi], desk.worths[party, other, lo:hi])
    desk.zones[deal] = -1
    return points


@helper
def has_zone(desk: Desk, case: Case, deal: int, track: int) -> bool:
    """Tell whether some package that changes the deal's core issues is acceptable to all; the menus are laid.

    Parameters
    ----------
    track : int
        Only core issues of this track have to change; -1: all.
    """
    if desk.zones[deal, 1 + track] < 0:
        desk.zones[deal, 1 + track] = 1 if _find_zone(desk, case, deal, track) else 0
    return bool(desk.zones[deal, 1 + track] == 1)


@maker
def _find_zone(desk: Desk, case: Case, deal: int, track: int) -> bool:
    agenda, frame = case.agenda, case.frame
    parties = len(agenda.actors)
    lo, hi = int(agenda.bounds[deal]), int(agenda.bounds[deal + 1])
    worths = np.empty((parties, hi - lo, desk.worths.shape[3]))
    for party in range(parties):
        copy_into(worths[party], desk.worths[party, party, lo:hi])
    core = False
    for j in range(frame.parts[lo], frame.parts[hi]):
        if agenda.quo[deal] == 0 or frame.positions[j, CORE] == 0 or (track >= 0 and frame.positions[j, IN_TRACK] != track):
            continue
        core = True
        for o in range(agenda.sizes[frame.positions[j, MEMBER]]):
            if frame.option_of[j, o] == 0:
                worths[0, frame.positions[j, MEMBER] - lo, o] = -np.inf
    sizes, first = agenda.sizes[lo:hi], np.zeros(hi - lo, np.int64)
    quo = 0 if core else int(agenda.quo[deal])
    if parties == 2 and quo == 0:
        points, _ = frontier(worths[0], worths[1], sizes, first)
        for q in range(len(points)):
            if points[q, 0] >= desk.floors[0, deal] and points[q, 1] >= desk.floors[1, deal]:
                return True
        return False
    return can_agree(worths, desk.floors[:, deal], sizes, first, quo)


@helper
def open_deal(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Clear the table for a deal: no offers, no refusals, no pledges; then appraise it."""
    for c in range(case.agenda.bounds[clock.deal], case.agenda.bounds[clock.deal + 1]):
        for party in range(len(case.agenda.actors)):
            desk.offers[party, c] = -1
        for column in range(3):
            desk.refusals[c, column] = -1
    behind.leverage[:, HELD_OUT:OWED] = 0.0
    appraise(desk, behind, case, clock.deal)
