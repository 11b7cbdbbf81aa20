"""Paired differences of arms, by hand."""

import math

import numpy as np
import pyarrow as pa
import pytest

from negsim.analysis.runs.arms import Arm, by_point, compare, difference_of, paired, unpaired, verdict
from negsim.analysis.runs.ensembles import share

Z = 1.959963984540054


def test_pairs_are_counted_by_replicate():
    """Of 100 pairs 30 gain and 10 lose; the interval is Newcombe's, a little wider than that of a mean of differences."""
    base = [False] * 30 + [True] * 10 + [True] * 25 + [False] * 35
    other = [True] * 30 + [False] * 10 + [True] * 25 + [False] * 35
    table = pa.table({"arm": ["a"] * 100 + ["b"] * 100, "agreed.t": base + other})
    first, second = compare(table, ["a", "b"], "agreed.t")
    assert (second.difference, second.gained, second.lost) == (pytest.approx(0.2), 30, 10)
    assert (second.low, second.high) == (paired(25, 30, 10, 35)[1:])
    assert second.low == pytest.approx(0.2 - Z * 0.06, abs=0.01) and second.high == pytest.approx(0.2 + Z * 0.06, abs=0.01)
    assert (first.share.share, second.share.share) == (0.35, 0.55)
    assert (first.low, first.high) == (0.0, 0.0)


def test_a_paired_interval_holds_the_truth_as_often_as_it_says():
    """Small counts: 20 pairs, chances .2 both, .15 gained, .05 lost, .6 neither."""
    rng = np.random.default_rng(3)
    counts = rng.multinomial(20, [0.2, 0.15, 0.05, 0.6], size=2000)
    ends = [paired(*row) for row in counts.tolist()]
    assert sum(low <= 0.1 <= high for _, low, high in ends) / 2000 > 0.94
    assert all(high - low > 0.05 for _, low, high in ends)


def test_a_paired_interval_turns_round_with_its_arms():
    one, other = paired(5, 7, 2, 6), paired(5, 2, 7, 6)
    assert one[0] == -other[0] and one[1] == pytest.approx(-other[2]) and one[2] == pytest.approx(-other[1])


def test_points_are_compared_with_the_first():
    held = [True, False, False, True, True, False]
    table = pa.table({"point": [0, 0, 0, 1, 1, 1], "replicate": [0, 1, 2] * 2, "x": [0.1] * 3 + [0.2] * 3, "agreed.t": held})
    first, second = by_point(table, ["x"], "agreed.t")
    assert (first.values, second.values) == ({"x": 0.1}, {"x": 0.2})
    assert (first.difference.gained, second.difference.gained, second.difference.lost) == (0, 1, 0)
    assert second.difference.difference == pytest.approx(1 / 3)


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


def test_samples_with_draws_of_their_own_are_not_paired():
    """Alike run by run, two samples still are two: the interval is Newcombe's of independent shares."""
    here, there = np.array([1.0] * 56 + [0.0] * 14 + [np.nan]), np.array([1.0] * 48 + [0.0] * 32)
    one = difference_of(here, there, common=False)
    assert one[:4] == (share(56, 70), *unpaired(share(56, 70), share(48, 80)))
    assert one.low == pytest.approx(0.0524, abs=1e-4) and one.high == pytest.approx(0.3339, abs=1e-4)
    assert (one.gained, one.lost) == (0, 0)
