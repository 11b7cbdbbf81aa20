"""Concession by the clock: what is offered of a cake in sixteenths at a given time."""

import pytest

from negsim.core.concession import exponential, polynomial
from negsim.strategies.aspiration import ac_aspiration, aspire
from negsim.strategies.time_dependent import concede, concede_exponentially, insist


@pytest.mark.parametrize(
    ("elapsed", "beta", "k", "option"),
    [
        (0.25, 1.0, 0.0, 4),  # alpha = 1/4: a target of 3/4
        (0.25, 2.0, 0.0, 8),  # alpha = (1/4)^(1/2) = 1/2: a Conceder asks for less
        (0.25, 0.5, 0.0, 1),  # alpha = (1/4)^2 = 1/16: a Boulware asks for more
        (0.25, 1.0, 0.5, 10),  # alpha = 1/2 + 1/2 * 1/4 = 5/8
    ],
)
def test_polynomial(see, elapsed, beta, k, option):
    assert concede(see(elapsed=elapsed, traits=(beta, k))).tolist() == [option]


def test_the_target_ends_at_the_floor(see):
    """From 1 to a floor of 1/2: half-way at 3/4, in the end 1/2; between two slices the one above is asked for."""
    assert [concede(see(elapsed=t, traits=(1.0, 0.0), floor=0.5))[0] for t in (0.5, 1.0, 0.95)] == [4, 8, 7]


def test_exponential(see):
    """alpha = exp((1 - t)^beta ln k): k = 1/16 at half-time is 1/4 for beta 1, and (1/16)^(1/4) = 1/2 for beta 2."""
    assert exponential(0.5, 1.0, 1 / 16) == pytest.approx(0.25) and exponential(0.5, 2.0, 1 / 16) == pytest.approx(0.5)
    assert concede_exponentially(see(traits=(1.0, 0.9 / 16))).tolist() == [3]  # alpha = 0.237: a target of 0.763
    assert concede_exponentially(see(traits=(2.0, 0.9 / 16))).tolist() == [7]  # alpha = 0.487: a target of 0.513
    assert concede_exponentially(see(traits=(1.0, 1.0))).tolist() == [16]  # all of it at once


def test_both_curves_start_with_k_and_end_with_everything():
    assert polynomial(0.0, 3.0, 0.2) == pytest.approx(0.2) and polynomial(1.0, 3.0, 0.2) == 1.0
    assert exponential(0.0, 3.0, 0.2) == pytest.approx(0.2) and exponential(1.0, 3.0, 0.2) == 1.0


def test_a_hardliner_insists(see):
    assert insist(see(elapsed=0.99)).tolist() == [0]


def test_nothing_acceptable_is_walking_out(see):
    for rule in (concede, concede_exponentially, insist, aspire):
        assert rule(see(floor=2.0, traits=(1.0, 0.5))).tolist() == [-1]


def test_aspiration_asks_for_its_own_share_whatever_the_other_likes(see):
    """At t = 1/4 of a range from 0 to 1: 3/4; above a floor of 1/2: 1/2 + 3/4 * 1/2 = 7/8."""
    assert aspire(see(elapsed=0.25, traits=(1.0,))).tolist() == [4]
    assert aspire(see(elapsed=0.25, traits=(1.0,), floor=0.5)).tolist() == [2]
    liked = [[2.0] + [0.0] * 16]  # the other would take my best: a menu would offer nothing else
    assert aspire(see(elapsed=0.25, traits=(1.0,), theirs=liked)).tolist() == [4]


def test_aspiration_accepts_what_it_asks_for(see):
    taken = [ac_aspiration(see(elapsed=0.25, traits=(1.0,), heard=[option]), [0]) for option in (3, 4, 5)]
    assert taken == [True, True, False]
