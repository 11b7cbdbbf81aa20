"""The result arrays of a batch of runs: the same columns from either engine."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.core.packages import copy_into
from negsim.core.registry import helper
from negsim.core.state import MOVE, OUTCOME, PURSE, Behind, Case, Desk, Prior
from negsim.talks.beliefs import BELIEF, note_beliefs
from negsim.talks.blame import assign_blame
from negsim.talks.tally import MEASURES, PARTY_RESULT, TRACK_RESULT, tally_distances, tally_party, tally_track


class Results(NamedTuple):
    """What a batch of runs came to, written in place.

    Attributes
    ----------
    positions : array of OUTCOME, shape (run, position)
    tracks : array of TRACK_RESULT, shape (run, track)
    parties : array of PARTY_RESULT, shape (run, party)
    measures : array of MEASURES, shape (run,)
    blame : array of int, shape (run, position, then track; actor)
        Why each party, then each mediator, blocks what was not closed (see `negsim.talks.blame`); 0 if it does not.
    readings : array of int, shape (run, refusal)
        How each refusal was read, whenever it was said: 0 hard, 1 price, 2 posture, 3 given up.
    beliefs : array of BELIEF, shape (run, party, refusal)
        How likely each party held the true reading of another's refusal to be, before and after the talks; 0 for its own, for
        outsiders', and where no log is kept.
    leverage : array of PURSE, shape (run, mediator, party)
        Carrots and sticks left.
    log : array of MOVE, shape (run, move)
        -1 throughout where there was none.
    said : array of int, shape (run, move, issue)
        The package of each offer, -1 elsewhere.
    inputs : array of float, shape (run, input)
        What each run was drawn to be (see `negsim.engine.inputs`); none where that is not kept.
    moves : array of int, shape (run,)
    failed : array of bool, shape (run,)
    """

    positions: Any
    tracks: Any
    parties: Any
    measures: Any
    blame: Any
    readings: Any
    beliefs: Any
    leverage: Any
    log: Any
    said: Any
    inputs: Any
    moves: Any
    failed: Any


def empty_results(prior: Prior, case: Case, runs: int) -> Results:
    """Return room for a number of runs."""
    parties, positions = prior.weights.shape
    return Results(
        np.zeros((runs, positions), OUTCOME),
        np.zeros((runs, len(case.tracks)), TRACK_RESULT),
        np.zeros((runs, parties), PARTY_RESULT),
        np.zeros(runs, MEASURES),
        np.zeros((runs, positions + len(case.tracks), parties + len(case.mediators)), np.int64),
        np.zeros((runs, len(prior.refusals)), np.int64),
        np.zeros((runs, parties, len(prior.refusals) if prior.moves > 0 else 0), BELIEF),
        np.zeros((runs, *case.leverage.shape), PURSE),
        np.full((runs, prior.moves), -1, MOVE),
        np.full((runs, prior.moves, len(case.issues)), -1, np.int64),
        np.zeros((runs, prior.inputs)),
        np.zeros(runs, np.int64),
        np.zeros(runs, np.bool_),
    )


def joined(parts: Sequence[Results]) -> Results:
    """Return the runs of several batches as one."""
    return parts[0] if len(parts) == 1 else Results(*(np.concatenate(arrays) for arrays in zip(*parts)))


@helper
def take_down(results: Results, row: int, prior: Prior, desk: Desk, behind: Behind, case: Case) -> None:
    """Write a finished run into its row."""
    assign_blame(prior, desk, behind, case)
    copy_into(results.blame[row], behind.blame)
    copy_into(results.readings[row], behind.read)
    copy_into(results.inputs[row], behind.inputs)
    note_beliefs(results.beliefs[row], behind, case)
    for j in range(len(behind.positions)):
        results.positions[row, j] = behind.positions[j]
    for track in range(len(behind.tracks)):
        tally_track(behind, case, track, results.tracks[row, track])
    for party in range(len(case.parties)):
        tally_party(behind, case, party, results.parties[row, party])
        for m in range(len(case.mediators)):
            results.leverage[row, m, party] = behind.leverage[m, party]
    tally_distances(desk, behind, case, results.parties[row], results.measures[row])
    for k in range(desk.pen[0]):
        results.log[row, k] = desk.log[k]
        copy_into(results.said[row, k], desk.said[k])
    results.moves[row] = desk.pen[0]
