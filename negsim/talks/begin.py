"""The one place where a run is drawn: readings, values, weights, types, beliefs, thresholds and the length of a session."""

import numpy as np

from negsim.core.dice import LINK, RATIFY, ROUNDS, TRAIT, TYPE, between, normal, stream, uniform
from negsim.core.dice import NOISE as NOISE_STREAM
from negsim.core.packages import copy_into
from negsim.core.registry import helper
from negsim.core.state import (
    AT_TABLE,
    COUNT,
    COURSE,
    COURSE_DRAWN,
    ISSUE_DEAL,
    KEY,
    MEMBER,
    NOISE,
    POSITION,
    RATIFIED,
    RATIFIED_IN,
    RATIFY_LOW,
    RATIFY_WIDTH,
    READINESS,
    READY,
    REFUSED_BY,
    SESSION,
    THETA,
    THRESHOLD,
    TURN,
    Behind,
    Case,
    Clock,
    Desk,
    Prior,
)
from negsim.talks.drift import START
from negsim.talks.readings import read_rejections
from negsim.talks.redlines import bar
from negsim.talks.trust import reckon
from negsim.talks.values import place_values
from negsim.talks.weights import draw_weights

TRIES = 100
MOST_POINTS = 16384  # of a frontier
PRINCIPAL = 0x70726E63  # added to a party's hash: its principal's own streams


@helper
def draw_ranges(case: Case, actor: int, purpose: int, ranges, drawn) -> None:  # type: ignore[no-untyped-def]
    """Draw each of an actor's numbers from its range, each from a stream of its own."""
    for k in range(len(ranges)):
        dice = stream(case.agenda.seed, case.agenda.replicate, actor, purpose, k)
        drawn[k] = between(dice, 0, float(ranges[k, 0]), float(ranges[k, 1]))


@helper
def link_key(case: Case, row: int) -> int:
    """Return a number of a link that stays the same whatever else a scenario holds."""
    key = 0
    for end in range(2):
        j, option = int(case.frame.links[row, 1 + 2 * end]), int(case.frame.links[row, 2 + 2 * end])
        key = (31 * key + int(case.frame.positions[j, KEY]) + option) & 0xFFFFFFFF
    return key


@helper
def draw_preferences(prior: Prior, case: Case, behind: Behind) -> None:
    """Draw readings, values, weights and red lines of all actors.

    Raises
    ------
    ValueError
        If no reading of a party's statements leaves the status quo a place after 100 tries.
    """
    parties = len(case.agenda.actors)
    readings = behind.readings
    for m in range(len(case.frame.helpers)):
        read_rejections(prior, case, parties + m, int(case.frame.helpers[m]), 0, readings)
    for party in range(parties):
        key = int(case.agenda.actors[party])
        placed, attempt = False, 0
        while not placed:
            if attempt == TRIES:
                raise ValueError("no reading of a party's statements leaves the status quo a place in its order")
            read_rejections(prior, case, party, key, attempt, readings)
            placed = place_values(prior, case, party, readings, behind.types[party], behind.values[party], behind.why[party])
            attempt += 1
        draw_weights(prior, case, party, key, behind.weights[party], behind.room)
        draw_weights(prior, case, party, (key + PRINCIPAL) & 0xFFFFFFFF, behind.weights[parties + party], behind.room)
    bar(prior, case, readings, behind.barred)


@helper
def draw_beliefs(case: Case, behind: Behind) -> None:
    """Draw the standard normals behind what each side believes of the others' values."""
    parties = len(case.agenda.actors)
    options = behind.values.shape[2]
    for viewer in range(parties):
        if behind.types[viewer, NOISE] <= 0.0:
            continue
        for owner in range(parties):
            if owner == viewer:
                continue
            actor = (int(case.agenda.actors[viewer]) + 31 * int(case.agenda.actors[owner])) & 0xFFFFFFFF
            for j in range(behind.values.shape[1]):
                dice = stream(
                    case.agenda.seed,
                    case.agenda.replicate,
                    actor,
                    NOISE_STREAM,
                    int(case.frame.positions[j, KEY]),
                )
                for o in range(min(options, case.frame.positions[j, COUNT])):
                    behind.noise[viewer, owner, j, o] = normal(dice, o)


def set_up(prior: Prior, case: Case) -> tuple[Desk, Behind]:
    """Make room for a run; `begin` fills it, again and again."""
    parties, positions, options = prior.values.shape
    issues, deals = len(case.agenda.sizes), len(case.agenda.deal_keys)
    mediators, tracks = len(case.frame.helpers), len(case.frame.trust)
    most = case.frame.option_of.shape[1]
    points = 1
    for deal in range(deals):
        packages = 1
        for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
            packages = min(MOST_POINTS, packages * int(case.agenda.sizes[c]))
        points = max(points, packages)
    desk = Desk(
        np.zeros((parties, parties, issues, most)),
        np.zeros((parties, deals)),
        np.zeros((deals, parties, points, 1 + issues)),
        np.zeros((deals, parties), np.int64),
        prior.rankings,
        np.full((parties, parties, issues, most), np.nan),
        np.zeros((parties, deals)),
        np.full((deals, 1 + tracks), -1, np.int64),
        np.zeros((parties, issues), np.int64),
        np.full(issues, -1, np.int64),
        np.zeros((parties, deals, prior.slots)),
        np.zeros((parties, prior.traits.shape[1])),
        np.zeros(parties),
        np.zeros((issues, 3), np.int64),
        np.zeros((prior.moves, 5 + issues), np.int64),
        np.zeros(1, np.int64),
    )
    behind = Behind(
        np.zeros((parties + 1, positions, options)),
        np.zeros((2 * parties, positions)),
        np.zeros((parties, issues, most), np.int64),
        np.zeros((parties, positions, options), np.int64),
        np.zeros((parties, parties, positions, options)),
        np.zeros((parties, prior.types.shape[1])),
        np.zeros((parties, 2)),
        np.zeros(COURSE),
        np.zeros((tracks, 4)),
        np.zeros((mediators, 5, parties)),
        np.zeros((mediators, prior.helps.shape[1] + 1)),
        np.zeros((deals, 3), np.int64),
        np.zeros((deals, 6)),
        np.zeros((positions, 7), np.int64),
        np.zeros(issues, np.int64),
        np.zeros(len(prior.rejections), np.int64),
        np.zeros(len(prior.links)),
        np.zeros((3, positions)),
        np.zeros((2, issues, most)),
        np.zeros((MOST_POINTS if parties == 2 else 0, 2)),
        np.full(1, -1, np.int64),
    )
    return desk, behind


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
    parties, mediators = len(case.agenda.actors), len(case.frame.helpers)
    copy_into(desk.floors, case.frame.floors)
    desk.memory[:] = 0.0
    desk.log[:] = -1
    desk.text[:] = -1
    desk.pen[0] = 0
    behind.barred[:] = 0
    behind.values[:] = 0.0
    behind.noise[:] = 0.0
    behind.course[:] = 0.0
    behind.trust[:] = 0.0
    copy_into(behind.leverage, case.frame.leverage)
    behind.deals[:] = 0
    behind.promises[:] = 0.0
    behind.issues[:] = 0
    behind.agreed[:] = 0
    behind.readings[:] = -1
    for party in range(parties):
        key = int(case.agenda.actors[party])
        draw_ranges(case, key, TYPE, prior.types[party], behind.types[party])
        draw_ranges(case, key, TRAIT, prior.traits[party], desk.traits[party])
        desk.talking[party] = behind.types[party, THETA]
        behind.sides[party, READY] = behind.types[party, READINESS]
        low, width = float(behind.types[party, RATIFY_LOW]), float(behind.types[party, RATIFY_WIDTH])
        dice = stream(case.agenda.seed, case.agenda.replicate, key, RATIFY, 0)
        behind.sides[party, THRESHOLD] = between(dice, 0, low, low + width)
    for m in range(mediators):
        draw_ranges(case, int(case.frame.helpers[m]), TRAIT, prior.helps[m], behind.traits[m])
        behind.traits[m, len(prior.helps[m])] = 1.0
    draw_ranges(case, 0, TYPE, prior.course, behind.course[:COURSE_DRAWN])
    behind.course[POSITION] = START
    for row in range(len(prior.links)):
        link = case.frame.links[row]
        dice = stream(case.agenda.seed, case.agenda.replicate, int(case.agenda.actors[link[0]]), LINK, link_key(case, row))
        behind.links[row] = between(dice, 0, float(prior.links[row, 0]), float(prior.links[row, 1]))
    draw_preferences(prior, case, behind)
    draw_beliefs(case, behind)
    reckon(behind, case)
    for j in range(len(behind.issues)):
        behind.issues[j, SESSION], behind.issues[j, TURN], behind.issues[j, REFUSED_BY] = -1, -1, -1
        behind.issues[j, RATIFIED_IN] = -1
        if case.agenda.quo[case.frame.issues[case.frame.positions[j, MEMBER], ISSUE_DEAL]] == 0:
            behind.issues[j, AT_TABLE], behind.issues[j, RATIFIED] = -1, -1  # option 0 can be agreed here
    rounds = int(prior.rounds[0])
    if prior.rounds[1] > prior.rounds[0]:
        dice = stream(case.agenda.seed, case.agenda.replicate, 0, ROUNDS, 0)
        rounds += int(uniform(dice, 0) * (int(prior.rounds[1]) - int(prior.rounds[0]) + 1))
    return Clock(0, 0, 0, rounds * parties, -1, 0, False, False)  # noqa: FBT003
