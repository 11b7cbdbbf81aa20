"""Shares over a table of runs, each with its interval."""

import math
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Z = 1.959963984540054  # two-sided 95% of the standard normal


class Share(NamedTuple):
    """A share of runs with its 95% interval."""

    hits: int
    of: int
    share: float
    low: float
    high: float


class TrackShares(NamedTuple):
    """Where a track's agreement is won or lost."""

    zone: Share
    table_given_zone: Share
    ratified_given_table: Share
    agreed: Share


def share(count: int, of: int) -> Share:
    """Return a share with its Wilson score interval (Wilson 1927, JASA 22); without runs it is NaN.

    Examples
    --------
    >>> found = share(5, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.237, 0.763)
    """
    if of == 0:
        return Share(0, 0, math.nan, math.nan, math.nan)
    return Share(count, of, count / of, *wilson(count / of, of))


def wilson(p: float, n: float) -> tuple[float, float]:
    """Return the 95% score interval of a share p of n runs (Wilson 1927)."""
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return (0.0 if p == 0.0 else max(0.0, centre - reach)), (1.0 if p == 1.0 else min(1.0, centre + reach))


def mean_of(values: Any, *, shares: bool | None = None) -> tuple[float, float, float]:
    """Return the mean of numbers with its 95% interval: the score interval of a share, else that of the normal law.

    Numbers that are not known are left out.

    Parameters
    ----------
    values : array of float
    shares : bool, optional
        Whether they are a yes or no each; if not said, whether all are 0 or 1.

    Examples
    --------
    >>> [round(end, 3) for end in mean_of([1.0, 0.0, 1.0, 0.0])]
    [0.5, 0.15, 0.85]
    """
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) and (shares or (shares is None and np.isin(known, (0.0, 1.0)).all())):
        return float(known.mean()), *wilson(float(known.mean()), len(known))
    return _mean_with(known)


def clustered(flags: pa.ChunkedArray, replicates: pa.ChunkedArray) -> Share:
    """Return a share over runs of which those of one replicate share draws: it is replicates that are independent.

    The score interval for as many runs as would err as much (design effect: Kish 1965, "Survey Sampling"); no more than there
    are, and as many as there are replicates where all are alike.

    Examples
    --------
    >>> twice = clustered(pa.chunked_array([[True, True, False, False]]), pa.chunked_array([[0, 0, 1, 1]]))
    >>> (round(twice.low, 3), round(twice.high, 3)) == tuple(round(end, 3) for end in share(1, 2)[3:])
    True
    """
    fine = flags.is_valid()
    held = flags.filter(fine).cast(pa.float64()).to_numpy()
    if not len(held):
        return share(0, 0)
    p, (_, places) = float(held.mean()), np.unique(replicates.filter(fine).to_numpy(), return_inverse=True)
    sums = np.bincount(places, held - p)
    error = float((sums**2).sum()) / len(held) ** 2
    n = min(float(len(held)), p * (1.0 - p) / error) if 0.0 < p < 1.0 and error > 0.0 else float(len(sums))
    return Share(int(held.sum()), len(held), p, *wilson(p, n))


def means_apart(values: Any, base: Any) -> tuple[float, float, float]:
    """Return the difference of the means of two samples with its 95% interval by the normal law.

    Numbers that are not known are left out.

    Examples
    --------
    >>> [round(end, 3) for end in means_apart([1.0, 3.0], [0.0, 2.0])]
    [1.0, -1.772, 3.772]
    """
    (mean, low, _), (before, least, _) = (_mean_with(np.asarray(one, float)) for one in (values, base))
    reach = math.hypot(mean - low, before - least)
    return mean - before, mean - before - reach, mean - before + reach


def _mean_with(known: Any) -> tuple[float, float, float]:
    """Return the mean of the numbers that are known, with its 95% interval by the normal law."""
    known = known[~np.isnan(known)]
    if not len(known):
        return math.nan, math.nan, math.nan
    mean = float(known.mean())
    reach = Z * float(known.std(ddof=1)) / math.sqrt(len(known)) if len(known) > 1 else math.inf
    return mean, mean - reach, mean + reach


def mean_by(values: Any, replicates: Any, *, shares: bool) -> tuple[float, float, float]:
    """Return the mean of an outcome over runs of which those of one replicate share draws, with its 95% interval.

    Of a share the interval of `clustered`, else that of the means of replicates; numbers that are not known are left out.

    Examples
    --------
    >>> mean_by([0.5, 0.5, 1.5, 1.5], [0, 0, 1, 1], shares=False)[0]
    1.0
    """
    numbers, labels = np.asarray(values, float), np.asarray(replicates)
    known = ~np.isnan(numbers)
    numbers, labels = numbers[known], labels[known]
    if shares:
        return clustered(pa.chunked_array([numbers == 1.0]), pa.chunked_array([labels]))[2:]
    _, places = np.unique(labels, return_inverse=True)
    return _mean_with(np.bincount(places, numbers) / np.bincount(places))


def played(table: pa.Table) -> pa.Table:
    """Return the runs that did not fail."""
    return table.filter(pc.invert(table["failed"])) if pc.any(table["failed"]).as_py() else table


def option_shares(table: pa.Table, issue: str, options: list[str]) -> dict[str, Share]:
    """Return the share of runs that end at each option of an issue."""
    counts = {row["values"]: row["counts"] for row in pc.value_counts(table[f"option.{issue}"]).to_pylist()}
    return {option: share(counts.get(option, 0), table.num_rows) for option in options}


def track_shares(table: pa.Table, track: str) -> TrackShares:
    """Return P(zone), P(table | zone), P(ratified | table) and P(agreed) of a track; zones over the runs in which it is known."""
    known = table[f"zone.{track}"].drop_null()
    zone, at_table, ratified = (
        pc.fill_null(table[f"{name}.{track}"], fill_value=False) for name in ("zone", "table", "ratified")
    )
    both, done = _count(pc.and_(zone, at_table)), _count(pc.and_(at_table, ratified))
    return TrackShares(
        share(_count(zone), len(known)),
        share(both, _count(zone)),
        share(done, _count(at_table)),
        share(done, table.num_rows),
    )


def blocks(table: pa.Table, issue: str) -> list[tuple[str, str, int]]:
    """Return who blocked an issue and what bound them, most frequent first, over runs that left it at the status quo."""
    who, why = f"blocked_by.{issue}", f"bound_by.{issue}"
    counted = table.filter(pc.not_equal(table[who], "")).group_by([who, why]).aggregate([(who, "count")]).to_pylist()
    found = [(row[who], row[why], row[f"{who}_count"]) for row in counted]
    return sorted(found, key=lambda entry: (-entry[2], entry[:2]))


def _count(flags: pa.ChunkedArray) -> int:
    return pc.sum(flags).as_py() or 0
