"""Counter-based draws: every number is a function of (seed, replicate, actor, purpose, item, k), never of the order of asking.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11).
It is written on integers masked to 32 bits, so that the same lines are right as Python ints and as 64-bit machine ints.
"""

import math
from typing import NamedTuple

from negsim.core.registry import helper

# What a stream is for. Append only: a purpose's number is part of every draw made under it.
(
    TYPE,
    READING,
    CUE,
    CURVE,
    WEIGHT,
    NOISE,
    RATIFY,
    ROUNDS,
    DRIFT,
    DELIVERY,
    BREACH,
    TRAIT,
    OFFER,
    MEDIATE,
    PROTOCOL,
    EVENT,
    LINK,
) = range(17)


class Dice(NamedTuple):
    """One named stream; draw `k` of it is `uniform(dice, k)`."""

    seed: int
    replicate: int
    actor: int
    moment: int


@helper
def stream(seed: int, replicate: int, actor: int, purpose: int, item: int) -> Dice:
    """Name the stream of an actor for a purpose and an item (a statement, an issue, a moment of the talks)."""
    return Dice(seed, replicate, actor, (item * 32 + purpose) & 0xFFFFFFFF)


@helper
def block(dice: Dice, k: int) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of Philox4x32-10 for counter (k, moment, actor, replicate) under the seed as key."""
    m = 0xFFFFFFFF
    c0, c1, c2, c3 = int(k) & m, int(dice.moment) & m, int(dice.actor) & m, int(dice.replicate) & m
    k0, k1 = int(dice.seed) & m, (int(dice.seed) >> 32) & m
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = ((p1 >> 32) & m) ^ c1 ^ k0, p1 & m, ((p0 >> 32) & m) ^ c3 ^ k1, p0 & m
        k0, k1 = (k0 + 0x9E3779B9) & m, (k1 + 0xBB67AE85) & m
    return c0, c1, c2, c3


@helper
def uniform(dice: Dice, k: int) -> float:
    """Draw from U[0, 1) with 53 bits.

    Examples
    --------
    >>> uniform(stream(7, 0, 1, TYPE, 0), 0) == uniform(stream(7, 0, 1, TYPE, 0), 0)
    True
    """
    a, b, _, _ = block(dice, k)
    return ((a >> 5) * 67108864.0 + (b >> 6)) / 9007199254740992.0


@helper
def between(dice: Dice, k: int, lo: float, hi: float) -> float:
    """Draw from U[lo, hi); a range without width is its value, exactly."""
    if hi <= lo:
        return lo
    return lo + (hi - lo) * uniform(dice, k)


@helper
def normal(dice: Dice, k: int) -> float:
    """Draw from N(0, 1) (Box & Muller 1958); one block of four words is one normal."""
    a, b, c, d = block(dice, k)
    u = ((a >> 5) * 67108864.0 + (b >> 6)) / 9007199254740992.0
    v = ((c >> 5) * 67108864.0 + (d >> 6)) / 9007199254740992.0
    return math.sqrt(-2.0 * math.log(1.0 - u)) * math.cos(6.283185307179586 * v)


@helper
def gamma(shape: float, dice: Dice, k: int) -> tuple[float, int]:
    """Draw from Gamma(shape, 1) (Marsaglia & Tsang 2000), from draw k on; return it with the next unused k."""
    s = shape if shape >= 1.0 else shape + 1.0
    d = s - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x, u = normal(dice, k), uniform(dice, k + 1)
        k += 2
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if math.log(1.0 - u) < 0.5 * x * x + d - d * v + d * math.log(v):
                drawn = d * v
                if shape < 1.0:
                    drawn *= (1.0 - uniform(dice, k)) ** (1.0 / shape)
                    k += 1
                return drawn, k
