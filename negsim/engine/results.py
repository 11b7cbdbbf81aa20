"""The result arrays of a batch of runs: the same columns from either engine."""

from typing import Any, NamedTuple

import numpy as np

from negsim.core.packages import copy_into
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior
from negsim.talks.tally import tally_distances, tally_parties, tally_tracks


class Results(NamedTuple):
    """What a batch of runs came to, written in place.

    Attributes
    ----------
    issues : array of int, shape (run, position, 7)
    tracks : array of int, shape (run, track, 8)
    delivered : array, shape (run, track)
    parties : array, shape (run, party, 2)
        Utility and gain.
    measures : array, shape (run, 2)
        Distance to the Nash point and to the frontier.
    leverage : array, shape (run, mediator, 5, party)
        Carrots and sticks left.
    log : array of int, shape (run, move, 5 + issue)
    moves : array of int, shape (run,)
    failed : array of bool, shape (run,)
    """

    issues: Any
    tracks: Any
    delivered: Any
    parties: Any
    measures: Any
    leverage: Any
    log: Any
    moves: Any
    failed: Any


def empty_results(prior: Prior, case: Case, runs: int) -> Results:
    """Return room for a number of runs."""
    parties, positions = prior.weights.shape
    tracks = len(case.frame.trust)
    return Results(
        np.zeros((runs, positions, 7), np.int64),
        np.zeros((runs, tracks, 8), np.int64),
        np.zeros((runs, tracks)),
        np.zeros((runs, parties, 2)),
        np.zeros((runs, 2)),
        np.zeros((runs, *case.frame.leverage.shape)),
        np.full((runs, prior.moves, 5 + len(case.agenda.sizes)), -1, np.int64),
        np.zeros(runs, np.int64),
        np.zeros(runs, np.bool_),
    )


@helper
def take_down(results: Results, row: int, desk: Desk, behind: Behind, case: Case) -> None:
    """Write a finished run into its row."""
    copy_into(results.issues[row], behind.issues)
    tally_tracks(behind, case, results.tracks[row], results.delivered[row])
    tally_parties(behind, case, results.parties[row])
    tally_distances(behind, case, results.parties[row], results.measures[row])
    copy_into(results.leverage[row], behind.leverage)
    copy_into(results.log[row], desk.log)
    results.moves[row] = desk.pen[0]
