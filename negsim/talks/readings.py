"""What a refusal means: each option refused is read as hard, price or posture, once a run."""

import math
from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import CUE, READING, between, gamma, normal, uniform
from negsim.core.registry import helper
from negsim.core.state import HARD, POSTURE, PRICE, Case, Prior

ALIKE = 1  # items of the stream of readings that are no hash of an option
CONSENT = 2


@helper
def cue_shares(prior: Prior, case: Case, actor: int, cue: int) -> tuple[float, float]:
    """Draw the probabilities of hard and of price for an actor and a cue; with posture they are Dirichlet."""
    dice = roll(case, actor, CUE, cue)
    hard, k = gamma(float(prior.cues[cue, 0]), dice, 0)
    price, k = gamma(float(prior.cues[cue, 1]), dice, k)
    posture, k = gamma(float(prior.cues[cue, 2]), dice, k)
    total = hard + price + posture
    return hard / total, price / total


@helper
def normal_share(z: float) -> float:
    """Return the standard normal distribution function, to 7.5e-8 (Abramowitz & Stegun 1964, 26.2.17).

    Examples
    --------
    >>> round(normal_share(0.0), 6), round(normal_share(1.959964), 6), round(normal_share(-1.0), 6)
    (0.5, 0.975, 0.158655)
    """
    t = 1.0 / (1.0 + 0.2316419 * abs(z))
    tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail *= math.exp(-0.5 * z * z) / 2.5066282746310002
    return 1.0 - tail if z >= 0.0 else tail


@helper
def read_refusals(prior: Prior, case: Case, actor: int, key: int, readings: Any) -> None:
    """Draw the reading of everything that an actor refuses.

    Options refused in one breath have standard normals with correlation rho, drawn once a run and actor from U(0.5, 1):
    `z = sqrt(rho) z_group + sqrt(1 - rho) z_option`; an option is hard where `Phi(z)` lies below the actor's probability of hard
    for the cue it was refused with, a price in the next part, else posture. A milder option on which an outsider is silent goes
    with its refusal: it withholds consent (price) with a probability drawn once a run from U(0, 1), unless that is a posture.

    Parameters
    ----------
    actor : int
        Index of the actor: parties first, then outsiders.
    key : int
        The actor's stable hash.
    readings : array of int, shape (refusal,)
        Written.
    """
    last, hard, price, rho = -1, 0.0, 0.0, 0.0
    for r in range(len(prior.refusals)):
        refusal = prior.refusals[r]
        if refusal["actor"] != actor:
            continue
        dice = roll(case, key, READING, int(refusal["key"]))
        if refusal["reading"] >= 0:
            readings[r] = refusal["reading"]
        elif refusal["milder"] >= 0:
            share = uniform(roll(case, key, READING, CONSENT), 0)
            withheld = readings[refusal["milder"]] != POSTURE and uniform(dice, 0) < share
            readings[r] = PRICE if withheld else POSTURE
        else:
            if last < 0:
                rho = between(roll(case, key, READING, ALIKE), 0, 0.5, 1.0)
            if refusal["cue"] != last:
                last = int(refusal["cue"])
                hard, price = cue_shares(prior, case, key, last)
            together = normal(roll(case, key, READING, int(refusal["group"])), 1)
            u = normal_share(math.sqrt(rho) * together + math.sqrt(1.0 - rho) * normal(dice, 0))
            readings[r] = HARD if u < hard else (PRICE if u < hard + price else POSTURE)


@helper
def silence_costs(case: Case, party: int, u: float) -> bool:
    """Tell for a uniform u whether a party's silence is a price: with a probability drawn from U(0, 1) once a run."""
    key = int(case.parties["key"][party])
    return u < uniform(roll(case, key, READING, 0), 0)
