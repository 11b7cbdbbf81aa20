"""Paired differences of arms, by hand."""

import math

import pyarrow as pa
import pytest

from negsim.analysis.runs.arms import Arm, compare, verdict
from negsim.analysis.runs.ensembles import share

Z = 1.959963984540054


def test_the_interval_is_that_of_a_mean_of_paired_differences():
    """Of 100 pairs 30 gain and 10 lose: mean 0.2, variance 0.4 - 0.04 = 0.36, so 0.2 -+ 1.96 * 0.6 / 10."""
    base = [False] * 30 + [True] * 10 + [True] * 25 + [False] * 35
    other = [True] * 30 + [False] * 10 + [True] * 25 + [False] * 35
    table = pa.table({"arm": ["a"] * 100 + ["b"] * 100, "agreed.t": base + other})
    first, second = compare(table, ["a", "b"], "agreed.t")
    assert (second.difference, second.gained, second.lost) == (pytest.approx(0.2), 30, 10)
    assert (second.low, second.high) == (pytest.approx(0.2 - Z * 0.06), pytest.approx(0.2 + Z * 0.06))
    assert (first.share.share, second.share.share) == (0.35, 0.55)
    assert (first.low, first.high) == (0.0, 0.0)


def test_a_pair_with_a_failed_run_is_left_out():
    table = pa.table({"arm": ["a"] * 3 + ["b"] * 3, "agreed.t": [None, False, True, True, None, True]})
    _, second = compare(table, ["a", "b"], "agreed.t")
    assert second.share.of == 1 and second.difference == 0.0
    nothing = pa.table({"arm": ["a", "b"], "agreed.t": pa.array([None, True])})
    assert math.isnan(compare(nothing, ["a", "b"], "agreed.t")[1].difference)


def arm(low, high):
    return Arm("b", share(1, 2), (low + high) / 2, low, high, 0, 0)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.1, 0.3, {"up": "as expected", "down": "against", "not up": "against", "not down": "holds", "open": "up"}),
        (-0.3, -0.1, {"up": "against", "down": "as expected", "not up": "holds", "not down": "against", "open": "down"}),
        (-0.1, 0.3, {"up": "no effect", "down": "no effect", "not up": "holds", "not down": "holds", "open": "no effect"}),
        (0.0, 0.3, {"up": "no effect", "not up": "holds", "open": "no effect"}),
    ],
)
def test_a_verdict_takes_an_interval_on_one_side_of_none(low, high, words):
    assert {expected: verdict(arm(low, high), expected) for expected in words} == words
