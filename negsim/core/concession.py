"""How far the clock says to concede."""

import math

from negsim.core.registry import helper


@helper
def polynomial(elapsed: float, beta: float, k: float) -> float:
    """Return alpha(t) = k + (1 - k) t^(1/beta) (Faratin, Sierra & Jennings 1998).

    Examples
    --------
    >>> polynomial(0.5, 1.0, 0.0)
    0.5
    """
    power = 1.0 / beta
    return float(k + (1.0 - k) * elapsed**power)


@helper
def exponential(elapsed: float, beta: float, k: float) -> float:
    """Return alpha(t) = exp((1 - t)^beta ln k), k in (0, 1] (Faratin, Sierra & Jennings 1998).

    Examples
    --------
    >>> round(exponential(0.5, 1.0, 0.01), 6)
    0.1
    """
    return math.exp((1.0 - elapsed) ** beta * math.log(k))


@helper
def target_at(top: float, floor: float, alpha: float) -> float:
    """Return the surplus aimed at: all of it at alpha 0, the floor at alpha 1."""
    return top - (top - floor) * alpha
