"""Weights from ranks: what a stated order of importance is taken to mean."""

import math

import numpy as np


def rank_order_centroid(n: int) -> list[float]:
    """Return w_i = (1/n) sum_{k>=i} 1/k: the mean of all weights in that order.

    References
    ----------
    Edwards & Barron (1994), "SMARTS and SMARTER", Organizational Behavior and Human Decision Processes 60.

    Examples
    --------
    >>> rank_order_centroid(2)
    [0.75, 0.25]
    """
    return [sum(1.0 / k for k in range(i, n + 1)) / n for i in range(1, n + 1)]


def rank_sum(n: int) -> list[float]:
    """Return w_i = 2 (n + 1 - i) / (n (n + 1)) (Stillwell, Seaver & Edwards 1981).

    Examples
    --------
    >>> rank_sum(3)
    [0.5, 0.3333333333333333, 0.16666666666666666]
    """
    return rank_exponent(n, 1.0)


def rank_reciprocal(n: int) -> list[float]:
    """Return w_i = (1/i) / sum_k 1/k (Stillwell, Seaver & Edwards 1981)."""
    total = sum(1.0 / k for k in range(1, n + 1))
    return [1.0 / i / total for i in range(1, n + 1)]


def rank_exponent(n: int, z: float) -> list[float]:
    """Return w_i = (n + 1 - i)^z / sum_k (n + 1 - k)^z; z = 0 is equal weights, z = 1 the rank sum."""
    raw = [float(n + 1 - i) ** z for i in range(1, n + 1)]
    return [value / sum(raw) for value in raw]


def rank_order_distribution(n: int) -> list[float]:
    """Return the mean of (1, u_(1) > ... > u_(n-1)) scaled to sum 1, the u independent and uniform.

    `E[u_(k) / (1 + sum u)]` is integrated as `int_0^inf E[u_(k) exp(-s (1 + sum u))] ds`, by Gauss and Legendre.

    References
    ----------
    Roberts & Goodwin (2002), "Weight approximations in multi-attribute decision models", Journal of Multi-Criteria Decision
    Analysis 11.

    Examples
    --------
    >>> rank_order_distribution(2)[0].__round__(6) == math.log(2).__round__(6)
    True
    """
    m = n - 1
    nodes, gauss = np.polynomial.legendre.leggauss(200)
    x, wx = (nodes + 1) / 2, gauss / 2
    s, ws = x / (1 - x), wx / (1 - x) ** 2  # (0, 1) to (0, inf)
    whole = -np.expm1(-s) / s
    weights = [float((ws * np.exp(-s) * whole**m).sum())]
    grow = np.exp(-s[:, None] * x)
    below = -np.expm1(-s[:, None] * x) / s[:, None]
    above = whole[:, None] - below
    for k in range(1, m + 1):
        count = math.factorial(m) / (math.factorial(k - 1) * math.factorial(m - k))
        inner = (wx * x * grow * above ** (k - 1) * below ** (m - k)).sum(axis=1)
        weights.append(float(count * (ws * np.exp(-s) * inner).sum()))
    return weights
