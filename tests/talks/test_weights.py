"""Weights: on the simplex, in the order that the stated ranks leave open."""

import numpy as np
import pytest

from negsim.engine.arrays import to_arrays
from negsim.engine.layout import lay_out
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


def ranked(istanbul):
    """Return the positions that are weighed by rank: all but what Ukraine hands over in an exchange."""
    return [j for j, key in enumerate(lay_out(istanbul).positions) if not key.endswith("_to_russia")]


def test_they_are_positive_and_sum_to_one(drawn, istanbul):
    own = drawn[0][:, ranked(istanbul)]
    assert (own > 0.0).all() and own.sum(axis=1) == pytest.approx(1.0)


def test_no_issue_of_a_lower_tier_outweighs_one_of_a_higher(drawn, istanbul):
    found, prior, _ = drawn
    tier = prior.standings["tier"][0]
    assert set(tier) == {0, 1, 2}
    for high, low in ((0, 1), (1, 2)):
        above = [j for j in ranked(istanbul) if tier[j] == high]
        below = [j for j in ranked(istanbul) if tier[j] == low]
        assert (found[:, above].min(axis=1) >= found[:, below].max(axis=1)).all()


def test_sorted_they_are_on_average_rank_order_centroids(drawn, istanbul):
    """w_1 = (1 + 1/2 + ... + 1/n) / n, w_n = 1 / n^2."""
    own = np.sort(drawn[0][:, ranked(istanbul)], axis=1)[:, ::-1]
    n = own.shape[1]
    assert own[:, 0].mean() == pytest.approx(sum(1 / k for k in range(1, n + 1)) / n, abs=0.02)
    assert own[:, -1].mean() == pytest.approx(1 / n**2, abs=0.002)


def test_inside_a_tier_each_order_is_as_likely(drawn, istanbul):
    found, prior, _ = drawn
    alike = [j for j in ranked(istanbul) if prior.standings["tier"][0, j] == 2]
    first = np.bincount(found[:, alike].argmax(axis=1), minlength=len(alike)) / RUNS
    assert first == pytest.approx(1 / len(alike), abs=0.12)


def test_handing_over_costs_a_share_of_what_receiving_brings(drawn, istanbul):
    """Uniform on 0..0.5 of the weight of the other direction: mean 0.25, three standard errors 0.025."""
    names = lay_out(istanbul).positions
    give, take = names.index("young_to_russia"), names.index("young_to_ukraine")
    shares = drawn[0][:, give] / drawn[0][:, take]
    assert shares.min() >= 0.0 and shares.max() <= 0.5 and shares.mean() == pytest.approx(0.25, abs=0.025)
