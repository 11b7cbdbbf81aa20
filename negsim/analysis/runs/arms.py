"""Counterfactuals: arms of an experiment compared run by run, under the same draws."""

import math
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.runs.expression import holds


class Arm(NamedTuple):
    """An arm's share of runs with the outcome, and its paired difference to the first arm with a 95% interval."""

    name: str
    share: Share
    difference: float
    low: float
    high: float
    gained: int  # runs with the outcome here but not in the first arm
    lost: int


def compare(table: pa.Table, arms: list[str], outcome: str) -> list[Arm]:
    """Compare arms by an outcome, pairing runs by replicate; pairs with a failed run are left out.

    The interval is that of a mean of paired differences (normal approximation).
    """
    flags = {arm: holds(table.filter(pc.equal(table["arm"], arm)), outcome).to_pylist() for arm in arms}
    first = flags[arms[0]]
    found = []
    for arm in arms:
        pairs = [(a, b) for a, b in zip(first, flags[arm]) if a is not None and b is not None]
        n = len(pairs)
        gained, lost = sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs)
        mean = (gained - lost) / n if n else math.nan
        spread = math.sqrt(max(0.0, (gained + lost) / n - mean * mean) / n) if n else math.nan
        reach = 1.959963984540054 * spread
        found.append(Arm(arm, share(sum(b for _, b in pairs), n), mean, mean - reach, mean + reach, gained, lost))
    return found


def verdict(arm: Arm, expected: str) -> str:
    """Say whether a difference bears out the direction written down: as expected, no effect, or against it."""
    up, down = arm.low > 0.0, arm.high < 0.0
    if expected == "open":
        return "up" if up else "down" if down else "no effect"
    if expected in ("not up", "not down"):
        against = up if expected == "not up" else down
        return "against" if against else "holds"
    if (up and expected == "up") or (down and expected == "down"):
        return "as expected"
    return "against" if up or down else "no effect"
