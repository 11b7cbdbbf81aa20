"""What the parties want in each of many draws: surpluses and floors as their runs begin with them, and what shut options out."""

from typing import Any, NamedTuple

import numpy as np

from negsim.core.cases import replicate_of
from negsim.core.clock import open_at
from negsim.core.packages import copy_into
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Clock, Desk, Prior
from negsim.talks.advance import set_table


class Draws(NamedTuple):
    """Preferences, one row a draw, written in place.

    Attributes
    ----------
    worths, free : arrays, shape (draw, party, issue, option)
        Each party's own surplus at the first session, mediators' pledges included; -inf where a red line or a withheld
        consent shuts an option out, and as it would be if nothing did.
    floors : array, shape (draw, party, deal)
        Surplus below which a party does not go.
    readings : array of int, shape (draw, refusal)
        How each refusal is read: 0 hard, 1 price, 2 posture, 3 a red line given up.
    why : array of int, shape (draw, party, position, option)
        Refusal that puts an option below the status quo; -1 none, -2 silence.
    weights : array, shape (draw, party, position)
    values : array, shape (draw, party, position, option)
    failed : array of bool, shape (draw,)
    """

    worths: Any
    free: Any
    floors: Any
    readings: Any
    why: Any
    weights: Any
    values: Any
    failed: Any


def empty_draws(prior: Prior, case: Case, runs: int) -> Draws:
    """Make room for a number of draws."""
    parties, positions, options = prior.values.shape
    issues, most, deals = len(case.issues), case.option_of.shape[1], len(case.deals)
    return Draws(
        np.full((runs, parties, issues, most), -np.inf),
        np.full((runs, parties, issues, most), -np.inf),
        np.zeros((runs, parties, deals)),
        np.zeros((runs, len(prior.refusals)), np.int64),
        np.zeros((runs, parties, positions, options), np.int64),
        np.zeros((runs, parties, positions)),
        np.zeros((runs, parties, positions, options)),
        np.zeros(runs, np.bool_),
    )


@helper
def _lay_open(clock: Clock, desk: Desk, behind: Behind, case: Case, mediators: Any, worths: Any) -> None:
    """Write every party's own surplus on all deals."""
    for deal in range(len(behind.deals)):
        set_table(open_at(0, deal, clock.turns), desk, behind, case, mediators)
    desk.text[:] = -1
    for party in range(worths.shape[0]):
        for c in range(worths.shape[1]):
            for o in range(case.issues["options"][c]):
                worths[party, c, o] = desk.worths[party, party, c, o]


@helper
def _draw_one(prior: Prior, case: Case, desk: Desk, behind: Behind, begins: Any, mediators: Any, draws: Draws, row: int) -> None:
    clock = begins(prior, case, desk, behind)
    _lay_open(clock, desk, behind, case, mediators, draws.worths[row])
    for party in range(draws.floors.shape[1]):
        for deal in range(draws.floors.shape[2]):
            draws.floors[row, party, deal] = desk.stands["floor"][party, deal]
    copy_into(draws.readings[row], behind.readings)
    copy_into(draws.why[row], behind.why)
    parties = draws.weights.shape[1]
    copy_into(draws.weights[row], behind.weights[:parties])
    copy_into(draws.values[row], behind.values[:parties])
    behind.barred[:] = 0
    _lay_open(clock, desk, behind, case, mediators, draws.free[row])


def draw_runs(
    prior: Prior, case: Case, desk: Desk, behind: Behind, first: int, begins: Any, mediators: Any, draws: Draws
) -> None:
    """Draw replicates `first`, `first + 1`, ...; one whose preferences cannot be drawn is marked and passed over."""
    for row in range(len(draws.failed)):
        try:
            _draw_one(prior, replicate_of(case, first + row), desk, behind, begins, mediators, draws, row)
        except Exception:
            draws.failed[row] = True
