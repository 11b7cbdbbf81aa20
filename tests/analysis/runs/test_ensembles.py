"""Shares and their intervals, by hand."""

import math

import pyarrow as pa
import pytest

from negsim.analysis.runs.ensembles import blocks, option_shares, played, share


def test_a_wilson_interval_solves_for_the_shares_that_would_not_surprise():
    """Its ends are those p with (x - n p)^2 = z^2 n p (1 - p)."""
    for count, of in ((5, 10), (1, 20), (81, 263)):
        found = share(count, of)
        for end in (found.low, found.high):
            assert (count - of * end) ** 2 == pytest.approx(1.959963984540054**2 * of * end * (1 - end))
    none, all_of = share(0, 10), share(10, 10)
    assert none.low == 0.0 and none.high == pytest.approx(3.8415 / 13.8415, abs=1e-4)  # z^2 / (n + z^2)
    assert all_of.high == pytest.approx(1.0) and all_of.low == pytest.approx(1 - none.high)
    assert math.isnan(share(0, 0).low)


def test_options_that_never_came_about_have_a_share_of_none():
    table = pa.table({"option.x": ["a", "a", "b", "a"]})
    found = option_shares(table, "x", ["a", "b", "c"])
    assert [found[key].share for key in "abc"] == [0.75, 0.25, 0.0]


def test_who_refused_most_often_comes_first():
    table = pa.table({"blocked_by.x": ["n", "s", "s", "", "s"], "bound_by.x": ["floor", "price", "price", "", "floor"]})
    assert blocks(table, "x") == [("s", "price", 2), ("n", "floor", 1), ("s", "floor", 1)]


def test_failed_runs_were_not_played():
    assert played(pa.table({"failed": [False, True, False], "run": [1, 2, 3]}))["run"].to_pylist() == [1, 3]
