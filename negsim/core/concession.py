"""How far the clock says to concede."""

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
def target_at(top: float, floor: float, alpha: float) -> float:
    """Return the surplus aimed at: all of it at alpha 0, the floor at alpha 1."""
    return top - (top - floor) * alpha
