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
def see(behind: Behind, case: Case, viewer: int, owner: int, deal: int) -> None:
    """Write an owner's values as a viewer sees them, `v + s z` clipped to 0..1, on a deal's issues.

    They go into the last entry of `behind.values`.
    """
    spread = float(behind.types[viewer, NOISE])
    for m in range(len(behind.traits)):
        spread *= float(behind.traits[m, behind.traits.shape[1] - 1])
    frame = case.frame
    for j in range(frame.parts[case.agenda.bounds[deal]], frame.parts[case.agenda.bounds[deal + 1]]):
        for o in range(frame.positions[j, COUNT]):
            value = float(behind.values[owner, j, o])
            if spread > 0.0:
                value = min(1.0, max(0.0, value + spread * float(behind.noise[viewer, owner, j, o])))
            behind.values[len(behind.values) - 1, j, o] = value


@helper
def appraise(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Write every side's surplus on the issues of a deal, its own exactly and the others' as it believes, and its floor."""
    parties = len(case.agenda.actors)
    frame = case.frame
    lo, hi = int(case.agenda.bounds[deal]), int(case.agenda.bounds[deal + 1])
    quo, track = int(case.agenda.quo[deal]), int(frame.deals[deal, TRACK])
    for owner in range(parties):
        weights, types = behind.weights[owner], behind.types[owner]
        total = track_weight(weights, case, track) if quo == 1 else 1.0
        drift, loss = drift_floor(behind, owner), float(types[BREACH_LOSS])
        for viewer in range(parties):
            values = behind.values[owner]
            if viewer != owner:
                see(behind, case, viewer, owner, deal)
                values = behind.values[parties]
            for c in range(lo, hi):
                trust = issue_trust(behind, case, c)
                for o in range(case.agenda.sizes[c]):
                    worth = option_gain(values, weights, total, frame.roles[owner], loss, trust, quo, case, c, o)
                    worth += link_gain(behind, case, owner, c, o)
                    if viewer == owner:
                        if behind.barred[owner, c, o] != 0:
                            worth = -np.inf
                        else:
                            worth -= floor_of(types, drift, stopped_share(case, c, o))
                            for m in range(len(behind.leverage)):
                                if frame.targets[m, c, o] == 1:
                                    worth += float(behind.leverage[m, HELD_OUT + CARROT, owner])
                                    worth += float(behind.leverage[m, HELD_OUT + STICK, owner])
                    desk.worths[viewer, owner, c, o] = worth
        if quo == 1:
            desk.floors[owner, deal] = hope_of(types)


@maker
def lay_menus(desk: Desk, agenda: Agenda, deal: int) -> int:
    """Lay the menus of a deal anew; return the points of all.

    Raises
    ------
    ValueError
        If a frontier has more points than there is room for.
    """
    parties = len(agenda.actors)
    lo, hi = int(agenda.bounds[deal]), int(agenda.bounds[deal + 1])
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
        if len(menu) > desk.menus.shape[1]:
            raise ValueError("a party's frontier has more points than there is room for")
        for q in range(len(menu)):
            for i in range(1 + hi - lo):
                desk.menus[party, q, i] = menu[q, i]
        desk.points[party] = len(menu)
        points += len(menu)
    return points


@maker
def has_zone(desk: Desk, case: Case, deal: int, track: int) -> bool:
    """Tell whether some package that changes the deal's core issues is acceptable to all.

    Parameters
    ----------
    track : int
        Only core issues of this track have to change; -1: all.
    """
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
            desk.offers[party, c] = 0
        for column in range(3):
            desk.refusals[c, column] = -1
    behind.leverage[:, HELD_OUT:OWED] = 0.0
    appraise(desk, behind, case, clock.deal)
