"""Counterfactuals: arms and points of an experiment compared, run by run where they share draws."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
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


def paired(both: int, gained: int, lost: int, neither: int) -> tuple[float, float, float]:
    """Return the difference of two shares over the same draws, with its 95% interval.

    Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based on paired data",
    Statistics in Medicine 17, method 10: right for few runs, and never without width.

    Parameters
    ----------
    both, gained, lost, neither : int
        Runs with the outcome in both, in the second alone, in the first alone, in neither.

    Examples
    --------
    >>> [round(end, 4) for end in paired(36, 2, 12, 0)]  # his table 2 has 12 and 2 the other way round
    [-0.2, -0.3404, -0.0569]
    >>> paired(0, 0, 0, 10)[1] < 0.0 < paired(0, 0, 0, 10)[2]
    True
    """
    n = both + gained + lost + neither
    if n == 0:
        return math.nan, math.nan, math.nan
    after, before = share(both + gained, n), share(both + lost, n)
    product = float(both * neither - gained * lost)
    if product > 0:
        product = max(0.0, product - n / 2.0)  # the continuity correction of his equation
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    phi = product / math.sqrt(margins) if margins else 0.0
    return _between(after, before, phi)


def unpaired(after: Share, before: Share) -> tuple[float, float, float]:
    """Return the difference of two shares, each over draws of its own, with its 95% interval.

    Newcombe 1998, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, method 10.

    Examples
    --------
    >>> [round(end, 4) for end in unpaired(share(56, 70), share(48, 80))]  # his table II, (a)
    [0.2, 0.0524, 0.3339]
    """
    return _between(after, before, 0.0)


def _between(after: Share, before: Share, phi: float) -> tuple[float, float, float]:
    down = _combined(after.share - after.low, before.high - before.share, phi)
    up = _combined(before.share - before.low, after.high - after.share, phi)
    difference = after.share - before.share
    return difference, difference - down, difference + up


def _combined(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(0.0, one * one - 2.0 * phi * one * other + other * other))


class Difference(NamedTuple):
    """A share of runs, and its difference to that elsewhere, with a 95% interval; paired where both have the same draws."""

    share: Share
    difference: float
    low: float
    high: float
    gained: int  # of runs under the same draws, those with the outcome here but not there
    lost: int


def difference_of(flags: Any, base: Any, *, common: bool = True) -> Difference:
    """Compare outcomes, run by run where they share draws; pairs with a run that failed are left out.

    Parameters
    ----------
    flags, base : arrays of float, shape (run,)
        1 where the outcome holds, 0 where it does not, NaN where the run failed.
    common : bool
        Whether both are under the same draws.
    """
    if not common:
        return Difference(share_of(flags), *unpaired(share_of(flags), share_of(base)), 0, 0)
    fine = ~np.isnan(flags) & ~np.isnan(base)
    here, there = flags[fine] == 1.0, base[fine] == 1.0
    counts = [int(np.count_nonzero(one)) for one in (here & there, here & ~there, ~here & there, ~here & ~there)]
    return Difference(share(int(here.sum()), len(here)), *paired(*counts), counts[1], counts[2])


def compare(table: pa.Table, arms: list[str], outcome: str, *, common: bool = True) -> list[Arm]:
    """Compare arms by an outcome, pairing runs by replicate if draws are common; pairs with a failed run are left out."""
    flags = {arm: flags_of(table.filter(pc.equal(table["arm"], arm)), outcome) for arm in arms}
    found = []
    for arm in arms:
        one = difference_of(flags[arm], flags[arms[0]], common=common)
        same = arm == arms[0] and one.share.of > 0
        found.append(Arm(arm, one.share, *((0.0, 0.0, 0.0) if same else one[1:4]), one.gained, one.lost))
    return found


def flags_of(table: pa.Table, outcome: str) -> Any:
    """Return in which runs an outcome holds: 1, 0, or NaN where the run failed."""
    return holds(table, outcome).cast(pa.float64()).to_numpy()


def share_of(flags: Any) -> Share:
    """Return the share of runs with an outcome, of those that did not fail."""
    return share(int(np.nansum(flags)), int((~np.isnan(flags)).sum()))


class Point(NamedTuple):
    """A point of a design, and how it compares with the first one."""

    values: dict[str, Any]
    difference: Difference


def by_point(table: pa.Table, inputs: Sequence[str], outcome: str, *, common: bool = True) -> list[Point]:
    """Compare the points of a design with the first by an outcome, pairing runs by replicate if draws are common.

    Parameters
    ----------
    table : pyarrow.Table
        As a sweep writes it: points have the same replicates, in order.
    inputs : sequence of str
        The varied inputs.
    outcome : str
    common : bool
    """
    flags = flags_of(table, outcome)
    points = table["point"].to_numpy()
    runs = int(np.count_nonzero(points == points[0]))
    rows = table.take(pa.array(range(0, len(points), runs))).select(list(inputs)).to_pylist()
    held = flags.reshape(-1, runs)
    return [Point(values, difference_of(own, held[0], common=common)) for values, own in zip(rows, held)]


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


def between_points(found: Sequence[Point]) -> float:
    """Return the share of the variance of an outcome that lies between the points of a design; NaN where it never varies.

    Examples
    --------
    >>> table = pa.table({"point": [0, 0, 1, 1], "replicate": [0, 1, 0, 1], "agreed.t": [False, False, True, True]})
    >>> between_points(by_point(table, [], "agreed.t"))
    1.0
    """
    means = np.array([point.difference.share.share for point in found])
    over = float(np.nanmean(means))
    return float(np.nanvar(means)) / (over * (1.0 - over)) if 0.0 < over < 1.0 else math.nan
