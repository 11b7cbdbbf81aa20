"""Rubinstein's game: two parties take turns to propose a division of a cake that shrinks."""


def proposer_share(delta_proposer: float, delta_responder: float) -> float:
    """Return x = (1 - d2) / (1 - d1 d2), what the first proposer keeps in the only subgame-perfect equilibrium.

    References
    ----------
    Rubinstein (1982), "Perfect equilibrium in a bargaining model", Econometrica 50.

    Raises
    ------
    ValueError
        If a discount factor lies outside 0..1, or both are 1.

    Examples
    --------
    >>> round(proposer_share(0.9, 0.9), 4)
    0.5263
    """
    if not (0.0 <= delta_proposer <= 1.0 and 0.0 <= delta_responder <= 1.0) or delta_proposer * delta_responder == 1.0:
        raise ValueError("discount factors lie in 0..1, and not both are 1")
    return (1.0 - delta_responder) / (1.0 - delta_proposer * delta_responder)


def finite_share(delta: float, rounds: int) -> float:
    """Return what the first proposer keeps if there are so many rounds: the last takes all, v_t = 1 - d v_{t+1}.

    References
    ----------
    Stahl (1972), "Bargaining Theory".

    Examples
    --------
    >>> round(finite_share(0.9, 3), 2)
    0.91
    """
    share = 1.0
    for _ in range(rounds - 1):
        share = 1.0 - delta * share
    return share


def outside_option_share(delta: float, outside: float) -> float:
    """Return what the responder gets with an outside option: the option matters only if it beats the game (deal-me-out).

    References
    ----------
    Binmore, Shaked & Sutton (1989), "An outside option experiment", Quarterly Journal of Economics 104.

    Examples
    --------
    >>> outside_option_share(0.9, 0.6)
    0.6
    """
    return max(delta / (1.0 + delta), outside)


def fixed_cost_share(cost_proposer: float, cost_responder: float) -> float:
    """Return what the first proposer keeps if each round costs a fixed sum; at equal costs, the least it can be sure of.

    References
    ----------
    Rubinstein (1982), as for `proposer_share`.
    """
    if cost_proposer < cost_responder:
        return 1.0
    return cost_responder if cost_proposer > cost_responder else cost_proposer


def limit_share(rate_first: float, rate_second: float) -> float:
    """Return the first party's share as rounds get short, d_i = exp(-r_i D): r2 / (r1 + r2), an asymmetric Nash solution.

    References
    ----------
    Binmore, Rubinstein & Wolinsky (1986), "The Nash bargaining solution in economic modelling", RAND Journal of Economics 17.

    Examples
    --------
    >>> import math
    >>> short = proposer_share(math.exp(-0.1 * 1e-6), math.exp(-0.2 * 1e-6))
    >>> abs(short - limit_share(0.1, 0.2)) < 1e-6
    True
    """
    return rate_second / (rate_first + rate_second)
