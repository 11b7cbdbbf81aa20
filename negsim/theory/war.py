"""Bargaining in the shadow of war: the risk-return trade-off, gambler's ruin, and commitment."""

from typing import NamedTuple

from negsim.talks.drift import win_chance


class Demand(NamedTuple):
    """An optimal demand and the chance that it ends in war."""

    demand: float
    war: float


def optimal_demand(win: float, own_cost: float, highest_cost: float) -> Demand:
    """Return A's best take-it-or-leave-it demand if B's cost of war is U(0, highest): x = max(p, p + (cbar - cA)/2), at most 1.

    References
    ----------
    Fearon (1995), "Rationalist explanations for war", International Organization 49.

    Examples
    --------
    >>> optimal_demand(0.5, 0.1, 0.4).war.__round__(4)
    0.375
    """
    if highest_cost <= 0.0:
        return Demand(win, 0.0)
    demand = min(1.0, max(win, win + (highest_cost - own_cost) / 2.0))
    return Demand(demand, min(1.0, max(0.0, (demand - win) / highest_cost)))


def ruin_time(position: float, up: float, steps: float) -> float:
    """Return the expected number of steps until 0 or the end is reached: (k - N W) / (q - p), k (N - k) at one half."""
    if abs(up - 0.5) < 1e-9:
        return position * (steps - position)
    return (position - steps * win_chance(position, up, steps)) / (1.0 - 2.0 * up)


def commitment_fails(delta: float, now: float, later: float, other: float, surplus: float) -> bool:
    """Tell whether shifting power rules out peace: delta M_j(t+1) - M_j(t) > B - sum M(t).

    References
    ----------
    Powell (2006), "War as a commitment problem", International Organization 60.
    """
    return delta * later - now > surplus - (now + other)
