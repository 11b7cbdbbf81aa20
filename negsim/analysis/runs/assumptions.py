"""How far an outcome hangs on what is assumed: its range over all that the ensemble leaves open."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from negsim.analysis.runs.arms import share_of
from negsim.analysis.runs.ensembles import Share
from negsim.analysis.runs.members import Advance, Asked, Make, changes_of, combinations, play_members

MOST_PLAYED = 64  # combinations


class Assumed(NamedTuple):
    """An outcome's range over an ensemble.

    Attributes
    ----------
    outcome : str
    members, of : int
        Combinations played, and how many there are.
    least, most : Share
        Its smallest and largest share of runs.
    least_at, most_at : list of str
        The combinations that have them, as changes to the scenario.
    """

    outcome: str
    members: int
    of: int
    least: Share
    most: Share
    least_at: list[str]
    most_at: list[str]


def over_ensemble(
    make: Make, outcomes: Sequence[str], runs: int, seed: int, workers: int = 1, advance: Advance | None = None
) -> list[Assumed]:
    """Return the range of some outcomes over combinations of what the ensemble leaves open, under the same draws; of at most 64.

    Parameters
    ----------
    make : callable
        From changes to a scenario.
    outcomes : sequence of str
        Expressions on columns of the results.
    runs : int
        Of each combination.
    seed : int
    workers : int
        Threads.
    advance : callable, optional
    """
    choices = make(()).open_choices()
    total = math.prod(len(values) for values in choices.values())
    members = combinations(choices, MOST_PLAYED, seed)
    asked = [Asked(np.repeat(members, runs, axis=0), np.tile(np.arange(runs), len(members)))]
    (flags,) = play_members(make, asked, outcomes, seed, workers, advance)
    found = []
    for outcome, held in zip(outcomes, flags):
        shares = [share_of(row) for row in held.reshape(len(members), runs)]
        known = [at for at, one in enumerate(shares) if one.of] or [0]
        least, most = min(known, key=lambda at: shares[at].share), max(known, key=lambda at: shares[at].share)
        ends = [changes_of(choices, members[at].tolist()) for at in (least, most)]
        found.append(Assumed(outcome, len(members), total, shares[least], shares[most], *ends))
    return found
