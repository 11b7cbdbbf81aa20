"""Sealed bids of a buyer and a seller who know only their own value: trade at the middle if the bids cross."""

from fractions import Fraction
from typing import NamedTuple

GAP = Fraction(1, 4)  # by which the buyer's value must exceed the seller's cost


class Equilibrium(NamedTuple):
    """What the linear equilibrium brings, values and costs uniform on 0..1."""

    trade: Fraction  # its probability
    gains: Fraction  # expected, of both together
    first_best: Fraction
    efficiency: Fraction


def buyer_bid(value: float) -> float:
    """Return 2v/3 + 1/12, the buyer's bid in the linear equilibrium (Chatterjee & Samuelson 1983, Operations Research 31).

    Examples
    --------
    >>> round(buyer_bid(1.0), 4)
    0.75
    """
    return 2.0 * value / 3.0 + 1.0 / 12.0


def seller_ask(cost: float) -> float:
    """Return 2c/3 + 1/4, the seller's ask in the linear equilibrium."""
    return 2.0 * cost / 3.0 + 0.25


def equilibrium() -> Equilibrium:
    """Return probability of trade and gains: exact integrals over the triangle v >= c + 1/4.

    No mechanism does better (Myerson & Satterthwaite 1983, "Efficient mechanisms for bilateral trading", Journal of Economic
    Theory 29).

    Examples
    --------
    >>> str(equilibrium().trade), str(equilibrium().efficiency)
    ('9/32', '27/32')
    """
    trade = (1 - GAP) ** 2 / 2
    first_best = Fraction(1, 6)
    gains = first_best - (GAP**2 / 2 - GAP**3 / 3)  # int g (1 - g) dg from the gap to 1
    return Equilibrium(trade, gains, first_best, gains / first_best)


def split_price(seller: float, buyer: float) -> float | None:
    """Return the price half way between two reservation prices; None if they leave no room."""
    return (seller + buyer) / 2.0 if seller <= buyer else None
