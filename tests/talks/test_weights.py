"""Weights: on the simplex, in the order that the stated ranks leave open."""

import numpy as np
import pytest

from negsim.engine.arrays import to_arrays
from negsim.talks.weights import draw_weights

RUNS = 300


@pytest.fixture(scope="module")
def drawn(istanbul):
    """Ukraine's weights over many runs, as (weights, prior, case)."""
    prior, case = to_arrays(istanbul, 1)
    n = len(case.positions)
    found, room = np.zeros((RUNS, n)), np.zeros((3, n))
    for replicate in range(RUNS):
        draw_weights(prior, case._replace(replicate=replicate), 0, int(case.parties["key"][0]), found[replicate], room)
    return found, prior, case


def test_they_are_positive_and_sum_to_one(drawn):
    own = drawn[0]
    assert (own > 0.0).all() and own.sum(axis=1) == pytest.approx(1.0)


def test_no_issue_of_a_lower_tier_outweighs_one_of_a_higher(drawn):
    found, prior, _ = drawn
    tier = prior.tiers[0]
    assert set(tier) == {0, 1}
    for high, low in ((0, 1),):
        above = [j for j in range(len(tier)) if tier[j] == high]
        below = [j for j in range(len(tier)) if tier[j] == low]
        assert (found[:, above].min(axis=1) >= found[:, below].max(axis=1)).all()


def test_sorted_they_are_on_average_rank_order_centroids(drawn):
    """w_1 = (1 + 1/2 + ... + 1/n) / n, w_n = 1 / n^2."""
    own = np.sort(drawn[0], axis=1)[:, ::-1]
    n = own.shape[1]
    assert own[:, 0].mean() == pytest.approx(sum(1 / k for k in range(1, n + 1)) / n, abs=0.02)
    assert own[:, -1].mean() == pytest.approx(1 / n**2, abs=0.002)


def test_inside_a_tier_each_order_is_as_likely(drawn):
    found, prior, _ = drawn
    alike = np.flatnonzero(prior.tiers[0] == 0)
    first = np.bincount(found[:, alike].argmax(axis=1), minlength=len(alike)) / RUNS
    assert first == pytest.approx(1 / len(alike), abs=0.08)
