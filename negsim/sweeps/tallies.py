"""What is kept of runs whose rows are not: counts of words and flags, exact sums of numbers, in any order the same."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNIT = 2.0**-40  # numbers are summed as whole multiples of this, so that no order of adding changes a bit
FITS = 2.0**62
Tally = dict[str, dict[str, Any]]
"""Of each column: counts by value; or of numbers how many, their sum, that of their squares (in units), least and greatest."""


def tally(table: pa.Table) -> Tally:
    """Return what is kept of some runs.

    Examples
    --------
    >>> tally(pa.table({"a": ["x", "y", "x"], "b": [0.5, None, 1.0]}))["a"]
    {'counts': {'x': 2, 'y': 1}}
    """
    return {name: _of(table[name]) for name in table.column_names}


def _of(column: pa.ChunkedArray) -> dict[str, Any]:
    if pa.types.is_string(column.type) or pa.types.is_boolean(column.type) or pa.types.is_null(column.type):
        counts = {_word(row["values"]): row["counts"] for row in pc.value_counts(column).to_pylist()}
        return {"counts": dict(sorted(counts.items()))}
    numbers = column.drop_null().cast(pa.float64()).to_numpy()
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return {"n": 0, "sum": 0, "square": 0}
    ends = {"lo": float(numbers.min()), "hi": float(numbers.max())}
    return {"n": len(numbers), "sum": _summed(numbers), "square": _summed(numbers * numbers), **ends}


def _summed(numbers: Any) -> int:
    """Return the sum of numbers in units, exactly: in machine words where that is sure to fit."""
    whole = np.rint(numbers / UNIT)
    if float(np.abs(whole).max()) * len(whole) < FITS:
        return int(whole.astype(np.int64).sum())
    return sum(map(int, whole.tolist()))


def _word(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def added(tallies: Iterable[Mapping[str, Any]]) -> Tally:
    """Return what is kept of all runs together.

    Examples
    --------
    >>> one, other = tally(pa.table({"b": [0.5]})), tally(pa.table({"b": [1.5, 2.5]}))
    >>> added([one, other]) == tally(pa.table({"b": [2.5, 0.5, 1.5]}))
    True
    """
    total: Tally = {}
    for one in tallies:
        for name, entry in one.items():
            known = total.setdefault(name, {})
            for key, value in entry.items():
                if key == "counts":
                    counts = known.setdefault("counts", {})
                    for word, count in value.items():
                        counts[word] = counts.get(word, 0) + count
                elif key in ("lo", "hi"):
                    known[key] = (min if key == "lo" else max)(known.get(key, value), value)
                else:
                    known[key] = known.get(key, 0) + value
    return total


def as_table(points: Iterable[tuple[int, Tally]]) -> pa.Table:
    """Return the tallies of points as a table: a row a point, column and value; of numbers mean, deviation and ends."""
    rows = []
    for point, one in points:
        for name, entry in sorted(one.items()):
            row: dict[str, Any] = {"point": point, "column": name, "value": None, "count": None}
            if "counts" in entry:
                rows += [{**row, "value": word, "count": count} for word, count in sorted(entry["counts"].items())]
                continue
            n = entry["n"]
            mean = entry["sum"] * UNIT / n if n else None
            spread = (entry["square"] * n - entry["sum"] ** 2 * UNIT) * UNIT / (n * n) if n else None
            deviation = None if spread is None else max(0.0, spread) ** 0.5
            rows.append({**row, "count": n, "mean": mean, "sd": deviation, "lo": entry.get("lo"), "hi": entry.get("hi")})
    kinds = {"point": pa.int64(), "column": pa.string(), "value": pa.string(), "count": pa.int64()}
    numbers = dict.fromkeys(("mean", "sd", "lo", "hi"), pa.float64())
    return pa.Table.from_pylist(rows, pa.schema({**kinds, **numbers}))
