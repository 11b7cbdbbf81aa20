"""Zeuthen: the side with the lower risk limit concedes, just so far that it is not lower any more."""

import numpy as np
import pytest

from negsim.strategies.zeuthen import least_risk_of_others, risk, zeuthen

SQUARED = [(np.arange(17) / 16) ** 2]  # what a slice is worth to the other


def test_risk_is_the_share_lost_by_giving_in():
    assert risk(0.8, 0.2) == pytest.approx(0.75)
    assert risk(0.8, 0.9) == 0.0 and risk(0.8, -0.1) == 1.0 and risk(0.0, 0.5) == 1.0


def test_the_other_risks_what_it_would_lose_by_taking_mine(see):
    """It asks for option 12, worth 9/16 to it; my option 8 is worth 4/16 to it: (9 - 4) / 9."""
    assert least_risk_of_others(see(heard=[12], theirs=SQUARED), np.array([8])) == pytest.approx(5 / 9)


def test_the_least_step_that_turns_the_risks_round(see):
    """It asks for option 12: 4/16 to me, (3/4)^2 = 0.5625 to it. Offering x my risk is 1 - 0.25 / (1 - x), its is
    1 - x^2 / 0.5625; mine is the greater from x^2 (1 - x) > 0.140625 on: at 9/16 it is 0.1384, at 10/16 0.1465.
    """
    memory = np.zeros(4000)
    assert zeuthen(see(theirs=SQUARED, memory=memory)).tolist() == [0]
    assert zeuthen(see(heard=[12], theirs=SQUARED, memory=memory)).tolist() == [10]


def test_who_risks_more_repeats_itself(see):
    """It asks for all: 0 to me, so I risk 1, all there is; it risks (1 - 0) / 1 as well at my best, less once I give."""
    memory = np.zeros(4000)
    assert zeuthen(see(heard=[16], theirs=SQUARED, memory=memory)).tolist() == [1]
    assert zeuthen(see(heard=[16], theirs=SQUARED, memory=memory)).tolist() == [1]


def test_what_the_other_gets_is_counted_from_its_worst_where_there_is_no_status_quo(see):
    """The same utility a unit higher: the same risk, (9 - 4) / 9; from a status quo it would be (25 - 20) / 25."""
    raised = [1.0 + SQUARED[0]]
    assert least_risk_of_others(see(heard=[12], theirs=raised), np.array([8])) == pytest.approx(5 / 9)
    assert least_risk_of_others(see(heard=[12], theirs=raised, quo=1), np.array([8])) == pytest.approx(5 / 25)


def test_each_session_starts_at_the_best_again(see):
    memory = np.zeros(4000)
    for session, expected in ((0, 10), (1, 0)):
        heard = [12] if session == 0 else None
        assert zeuthen(see(heard=heard, theirs=SQUARED, memory=memory, session=session)).tolist() == [expected]


def test_risk_counts_from_the_floor(see):
    """Above a floor of 1/8 its 4/16 brings me 1/8: 1 - 0.125 / (0.875 - x) is more than 1 - x^2 / 0.5625 where x^2 (0.875 - x)
    is more than 0.0703125: at 6/16 it is just that, so both risk the same and I go on; at 7/16 it is 0.0837.
    """
    assert zeuthen(see(heard=[12], theirs=SQUARED, floor=0.125)).tolist() == [7]


def test_a_floor_is_nothing_gained(see):
    """Above a floor of 1/4 its option 12 brings me nothing: my risk is 1, and I give no more than a step."""
    assert zeuthen(see(heard=[12], theirs=SQUARED, floor=0.25)).tolist() == [1]
