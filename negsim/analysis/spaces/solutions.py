"""Which point of a frontier is fair, by which standard; how far apart the parties are, and how much there is to gain together.

All take points, shape (point, party): each party's surplus over its floor, none below 0. Every solution here lies on the Pareto
frontier, so the frontier is all they need. They return the row of the solution; ties go to the greater product, then to the
first.
"""

from typing import Any

import numpy as np

TIE = 1e-9  # scores closer than this, relative to the best, are equal


def nash(points: Any, power: Any = None) -> int:
    """Return the point with the greatest product of surpluses, each to the power of its party's bargaining power.

    Parameters
    ----------
    points : array, shape (point, party)
    power : array, shape (party,), optional
        Bargaining power; equal if not given.

    References
    ----------
    Nash (1950), "The bargaining problem", Econometrica 18; Kalai (1977), "Nonsymmetric Nash solutions and replications of
    2-person bargaining", International Journal of Game Theory 6.

    Examples
    --------
    >>> nash(np.array([[4.0, 1.0], [3.0, 3.0], [1.0, 4.0]]))
    1
    """
    return _best(points, _products(points, power))


def egalitarian(points: Any) -> int:
    """Return the point whose worst-off party has most; ties by the second worst-off, and so on (leximin).

    References
    ----------
    Kalai (1977), "Proportional solutions to bargaining situations", Econometrica 45; Imai (1983), "Individual monotonicity and
    lexicographic maxmin solution", Econometrica 51.

    Examples
    --------
    >>> egalitarian(np.array([[4.0, 1.0], [3.0, 2.0], [1.0, 4.0]]))
    1
    """
    ranked = np.sort(points, axis=1)
    left = np.arange(len(points))
    for column in range(points.shape[1]):
        scores = ranked[left, column]
        left = left[scores >= scores.max() - TIE * max(1.0, abs(float(scores.max())))]
    return int(left[0])


def kalai_smorodinsky(points: Any) -> int:
    """Return the point whose worst-off party has the greatest share of the most it could get (max-min, then leximin).

    References
    ----------
    Kalai & Smorodinsky (1975), "Other solutions to Nash's bargaining problem", Econometrica 43; for a finite set of packages
    the lexicographic rule of Imai (1983), Econometrica 51.

    Examples
    --------
    >>> kalai_smorodinsky(np.array([[4.0, 0.0], [3.0, 1.0], [1.0, 1.5], [0.0, 2.0]]))
    1
    """
    return egalitarian(shares(points))


def utilitarian(points: Any) -> int:
    """Return the point with the greatest sum of surpluses.

    Examples
    --------
    >>> utilitarian(np.array([[4.0, 0.0], [3.0, 2.0], [0.0, 4.5]]))
    1
    """
    return _best(points, points.sum(axis=1))


SOLUTIONS = {
    "nash": nash,
    "kalai_smorodinsky": kalai_smorodinsky,
    "egalitarian": egalitarian,
    "utilitarian": utilitarian,
}


def shares(points: Any) -> Any:
    """Return each party's surplus as a share of the most it gets anywhere on the frontier; 1 if it can get none."""
    ideal = points.max(axis=0)
    return np.where(ideal > 0.0, points / np.where(ideal > 0.0, ideal, 1.0), 1.0)


def opposition(points: Any) -> float:
    """Return how far the parties are opposed: the least distance of a point to everybody's best, in shares of that best.

    0 if one package is best for all; at most the root of the number of parties.

    References
    ----------
    Hindriks, Jonker & Tykhonov (2007), "Negotiation dynamics: analysis, concession tactics, and outcomes", IAT.

    Examples
    --------
    >>> opposition(np.array([[1.0, 1.0]]))
    0.0
    """
    return float(np.sqrt(((1.0 - shares(points)) ** 2).sum(axis=1)).min())


def win_win(points: Any) -> float:
    """Return how much more than a split of one cake there is: 0 if shares never sum to over 1, 1 if all can have their best.

    Shares as in `shares`; the greatest sum of them less 1, over the number of parties less 1 (the integrative potential of
    Raiffa 1982, "The Art and Science of Negotiation").

    Examples
    --------
    >>> win_win(np.array([[1.0, 0.0], [0.75, 0.75], [0.0, 1.0]]))
    0.5
    """
    most = float(shares(points).sum(axis=1).max())
    return max(0.0, most - 1.0) / float(points.shape[1] - 1)


def _products(points: Any, power: Any = None) -> Any:
    exponents = np.ones(points.shape[1]) if power is None else np.asarray(power, float)
    return np.prod(np.maximum(points, 0.0) ** exponents, axis=1)


def _best(points: Any, scores: Any) -> int:
    top = float(scores.max())
    tied = np.flatnonzero(scores >= top - TIE * abs(top))
    return int(tied[np.argmax(_products(points[tied]))]) if len(tied) > 1 else int(tied[0])
