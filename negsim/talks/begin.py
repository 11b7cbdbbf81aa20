"""A run laid into its room: what an earlier run left is cleared away, and everything is drawn that holds for the whole of it."""

from typing import Any

import numpy as np

from negsim.core.clock import open_at, turns_of
from negsim.core.dice import LINK, TRAIT
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
from negsim.talks.beliefs import forget
from negsim.talks.delivery import draw_deliveries
from negsim.talks.draw import draw_course, draw_errors, draw_party, draw_preferences, draw_range, draw_ranges, link_key
from negsim.talks.guesses import lay_guesses
from negsim.talks.inputs import note_inputs
from negsim.talks.trust import reckon

MOST_POINTS = 16384  # of a menu, and of the frontier over all issues
MOST_ROOM = 65536  # points of a frontier on the way


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
    desk.fresh[:] = 0
    desk.chosen[0] = 0
    behind.noise[:] = 0.0
    behind.agreed[:] = 0
    behind.readings[:] = -1
    behind.stage[0] = 0
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
        np.full((mediators, issues), -1, np.int64),
        np.zeros((parties, deals, prior.slots)),
        np.zeros((parties, prior.traits.shape[1])),
        np.zeros(parties),
        np.zeros(issues, REFUSAL),
        np.zeros(prior.moves, MOVE),
        np.zeros((prior.moves, issues), np.int64),
        np.zeros(1, np.int64),
        np.zeros(parties, np.int64),
        np.zeros(parties * (parties + 2), np.int64),
        np.zeros((parties * (parties + 2), 2, issues), np.int64),
        np.zeros(1, np.int64),
        np.zeros((3, max(packages)), POINT),
        np.zeros((issues, max(packages[:deals])), np.int64),
        np.zeros((issues, most)),
        np.zeros(issues, np.int64),
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
        np.zeros(len(prior.refusals), np.int64),
        np.zeros(1, np.int64),
        prior.guesses,
        np.zeros((parties, parties, len(prior.guesses.readings))),
        np.zeros((parties, parties), np.int64),
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
        np.zeros(prior.inputs),
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
    if behind.guesses.laid[0] == 0:
        lay_guesses(prior, case, desk, behind)
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
    draw_errors(case, behind)
    forget(behind)
    reckon(behind, case)
    if len(behind.inputs) > 0:
        note_inputs(case, desk, behind)
    return open_at(0, 0, turns_of(case, 0))
