"""Shares over runs, and how they move between arms."""

import itertools
from typing import Any

import numpy as np
import pyarrow.compute as pc

from negsim.validity.cases import chance, flags, measure


@measure
def share(entry: Any, variants: Any) -> Any:
    return chance(entry, variants[0])


@measure
def spread(entry: Any, variants: Any) -> Any:
    found = [chance(entry, one) for one in variants]
    return None if None in found else max(found) - min(found)


@measure
def relative_move(entry: Any, variants: Any) -> Any:
    before, after = (chance(entry, one) for one in variants)
    if before == after:
        return 0.0
    return abs(after / before - 1.0) if before > 0 else 1.0


@measure
def least_rise(entry: Any, variants: Any) -> Any:
    found = [chance(entry, one) for one in variants]
    return min(after - before for before, after in itertools.pairwise(found))


@measure
def whole_rise(entry: Any, variants: Any) -> Any:
    found = [chance(entry, one) for one in variants]
    return found[-1] - found[0]


@measure
def least_over_first(entry: Any, variants: Any) -> Any:
    first, *others = (chance(entry, one) for one in variants)
    return min(others) - first


@measure
def rise_at_most(entry: Any, variants: Any) -> Any:
    """Return the upper end of the 95% interval of the paired difference."""
    before, after = (flags(one, entry["outcome"]).astype(float) for one in variants)
    moved = after - before
    return moved.mean() + 1.96 * moved.std() / len(moved) ** 0.5


@measure
def largest_rise_of_a_table(entry: Any, variants: Any) -> Any:
    before, after = variants
    return max(flags(after, f"table.{key}").mean() - flags(before, f"table.{key}").mean() for key in before.scenario.tracks)


@measure
def largest_move_of_a_track(entry: Any, variants: Any) -> Any:
    if len(variants[0].scenario.parties) > 2:
        return None  # more than two can be listed in many ways
    before, after = variants
    return max(
        abs(flags(after, f"agreed.{key}").mean() - flags(before, f"agreed.{key}").mean()) for key in before.scenario.tracks
    )


@measure
def largest_move_of_blame(entry: Any, variants: Any) -> Any:
    before, largest = variants[0], 0.0
    for key in before.scenario.issues:
        told = [np.array(one.table[f"blocked_by.{key}"].to_pylist(), object) for one in variants]
        for name in {*told[0], *told[1]} - {None, ""}:
            largest = max(largest, abs((told[0] == name).mean() - (told[1] == name).mean()))
    return largest


@measure
def runs_that_differ(entry: Any, variants: Any) -> Any:
    before, after = variants
    issues = [key for key, issue in before.scenario.issues.items() if issue.track == entry["track"]]
    same = [pc.equal(before.table[f"option.{key}"], after.table[f"option.{key}"]).to_numpy() for key in issues]
    return 1.0 - np.all(same, axis=0).mean()
