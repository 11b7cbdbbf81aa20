"""What a rejection means: each rejecting statement is read as hard, price or posture, once a run."""

from typing import Any

from negsim.core.dice import CUE, READING, gamma, stream, uniform
from negsim.core.registry import helper
from negsim.core.state import HARD, POSTURE, PRICE, Case, Prior


@helper
def cue_shares(prior: Prior, case: Case, actor: int, cue: int) -> tuple[float, float]:
    """Draw the probabilities of hard and of price for an actor and a cue; with posture they are Dirichlet."""
    dice = stream(case.seed, case.replicate, actor, CUE, cue)
    hard, k = gamma(float(prior.cues[cue, 0]), dice, 0)
    price, k = gamma(float(prior.cues[cue, 1]), dice, k)
    posture, k = gamma(float(prior.cues[cue, 2]), dice, k)
    total = hard + price + posture
    return hard / total, price / total


@helper
def read_rejections(prior: Prior, case: Case, actor: int, key: int, attempt: int, readings: Any) -> None:
    """Draw the reading of each statement by which an actor rejects something.

    Parameters
    ----------
    actor : int
        Index of the actor: parties first, then outsiders.
    key : int
        The actor's stable hash.
    attempt : int
        Number of the try: an inconsistent set of readings is drawn again.
    readings : array of int, shape (statement,)
        Written.
    """
    last, hard, price = -1, 0.0, 0.0
    for s in range(len(prior.rejections)):
        statement = prior.rejections[s]
        if statement["actor"] != actor:
            continue
        if statement["reading"] >= 0:
            readings[s] = statement["reading"]
            continue
        cue = int(statement["cue"])
        if cue != last:
            hard, price = cue_shares(prior, case, key, cue)
            last = cue
        u = uniform(stream(case.seed, case.replicate, key, READING, int(statement["key"])), attempt)
        readings[s] = HARD if u < hard else (PRICE if u < hard + price else POSTURE)


@helper
def read_silence(case: Case, party: int, position: int) -> int:
    """Read a party's silence on an issue: price with a probability drawn from U(0, 1) once a run, else posture."""
    key = int(case.parties["key"][party])
    share = uniform(stream(case.seed, case.replicate, key, READING, 0), 0)
    u = uniform(stream(case.seed, case.replicate, key, READING, int(case.positions["key"][position])), 0)
    return PRICE if u < share else POSTURE
