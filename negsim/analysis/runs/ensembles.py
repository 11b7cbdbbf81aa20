"""Shares over a table of runs, each with its interval."""

import math
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


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
    z = 1.959963984540054
    p = count / of
    centre = (p + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Share(count, of, p, max(0.0, centre - reach), min(1.0, centre + reach))


def played(table: pa.Table) -> pa.Table:
    """Return the runs that did not fail."""
    return table.filter(pc.invert(table["failed"]))


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
