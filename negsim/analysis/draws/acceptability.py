"""What holds over the draws of uncertain preferences: ranks of alternatives, the weights that favour each, and expected gains.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998, "SMAA - Stochastic multiobjective
acceptability analysis", European Journal of Operational Research 106; Lahdelma & Salminen 2001, "SMAA-2", Operations
Research 49).
"""

from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.draws.deals import Deal, Table, expected, gains_of, space
from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.space import ROUNDING, frontier_of

MOST_PACKAGES = 12  # candidates that are reported
RANKS = 3


class Candidate(NamedTuple):
    """A package that is fair in some draw, over all of them.

    Attributes
    ----------
    package : tuple of int
    acceptable : Share
        Of draws in which all accept it.
    ranks : list of float
        Share of draws in which it is acceptable and first, second and third among the candidates by the product of surpluses.
    gains : array, shape (party, 3)
        Expected gain over no deal, and the bounds of the middle 95% of draws, each in gains of the track.
    central_weights : array, shape (party, position) or None
        Mean of the drawn weights over the draws in which it is first; None if it never is.
    """

    package: tuple[int, ...]
    acceptable: Share
    ranks: list[float]
    gains: Any
    central_weights: Any


def rank_acceptability(scores: Any) -> Any:
    """Return the share of draws in which each alternative takes each rank; ties go to the one listed first.

    Parameters
    ----------
    scores : array, shape (draw, alternative)
        The greater the better; NaN where an alternative is not to be had, and so has no rank.

    Returns
    -------
    array, shape (alternative, rank)

    Examples
    --------
    >>> rank_acceptability(np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 2.0], [1.0, np.nan]])).tolist()
    [[0.75, 0.25], [0.25, 0.5]]
    """
    draws, alternatives = scores.shape
    order = np.argsort(-np.nan_to_num(scores, nan=-np.inf), axis=1, kind="stable")
    shares = np.zeros((alternatives, alternatives))
    for rank in range(alternatives):
        chosen = order[:, rank]
        known = ~np.isnan(scores[np.arange(draws), chosen])
        shares[:, rank] = np.bincount(chosen[known], minlength=alternatives) / draws
    return shares


def central_weights(weights: Any, scores: Any) -> list[Any]:
    """Return the mean weights of the draws in which each alternative is first; None where it never is.

    Parameters
    ----------
    weights : array, shape (draw, ...)
    scores : array, shape (draw, alternative)

    Examples
    --------
    >>> central_weights(np.array([[0.2], [0.4], [0.9]]), np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))[0].round(3).tolist()
    [0.3]
    """
    filled = np.nan_to_num(scores, nan=-np.inf)
    first = np.where(np.isneginf(filled).all(axis=1), -1, filled.argmax(axis=1))
    return [weights[first == a].mean(axis=0) if (first == a).any() else None for a in range(scores.shape[1])]


def candidates(table: Table, deal: Deal, extra: tuple[tuple[int, ...], ...] = ()) -> list[Candidate]:
    """Return the packages that are the Nash point of some draw, and any extra ones, the most acceptable first.

    No package is left out that is ever first: the candidates are all Nash points of all draws, found without listing packages.
    Only where a frontier has too many points to be listed are there but the extra ones and those found before.
    """
    draws = table.draws
    met: dict[tuple[int, ...], None] = dict.fromkeys(extra)
    for row in range(len(draws.floors)):
        one = space(table, deal, row)
        try:
            frontier = frontier_of(one)
        except ValueError:  # too many points to be listed in this draw, and so in most
            break
        if len(frontier.points):
            met[tuple(frontier.packages[solutions.nash(frontier.points - one.floors)].tolist())] = None
    packages = list(met)
    if not packages:
        return []
    surpluses = np.zeros((len(draws.floors), len(packages), draws.floors.shape[1]))  # (draw, package, party)
    for at, package in enumerate(packages):
        for issue, option in enumerate(package):
            surpluses[:, at] += draws.worths[:, :, deal.lo + issue, option]
    surpluses -= draws.floors[:, None, :, deal.number]
    fine: Any = (surpluses >= -ROUNDING).all(axis=2)
    scores = np.where(fine, np.prod(np.maximum(surpluses, 0.0), axis=2), np.nan)
    ranks = rank_acceptability(scores)
    weights = central_weights(draws.weights, scores)
    found = [
        Candidate(
            package,
            share(int(fine[:, at].sum()), len(fine)),
            ranks[at, :RANKS].tolist(),
            expected(gains_of(table, deal, package)),
            weights[at],
        )
        for at, package in enumerate(packages)
    ]
    found.sort(key=lambda candidate: (-candidate.acceptable.share, candidate.package))
    keep = found[:MOST_PACKAGES]
    return keep + [candidate for candidate in found[MOST_PACKAGES:] if candidate.package in extra]
