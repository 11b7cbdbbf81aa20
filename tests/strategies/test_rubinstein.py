"""Rubinstein: the proposer keeps (1 - d2) / (1 - d1 d2)."""

import pytest

from negsim.strategies.rubinstein import ac_rubinstein, rubinstein

TRAITS = (0.5, 0.75)  # mine, the other's


def test_the_more_patient_the_other_the_less_is_kept(see):
    """(1 - 0.75) / (1 - 0.375) = 0.4, so 7/16; the other way round (1 - 0.5) / 0.625 = 0.8, so 13/16."""
    assert rubinstein(see(traits=TRAITS)).tolist() == [9]
    assert rubinstein(see(traits=TRAITS[::-1])).tolist() == [3]


def test_it_is_kept_of_what_lies_above_the_floor(see):
    """0.5 + 0.4 * 0.5 = 0.7, so 12/16."""
    assert rubinstein(see(traits=TRAITS, floor=0.5)).tolist() == [4]


@pytest.mark.parametrize(("heard", "accepted"), [(11, True), (12, True), (13, False)])
def test_what_waiting_would_not_beat_is_accepted(see, heard, accepted):
    """My own 0.4 a turn later is worth 0.5 * 0.4 = 0.2: 4/16 and more is taken, 3/16 is not."""
    assert ac_rubinstein(see(traits=TRAITS, heard=[heard]), [9]) == accepted


@pytest.mark.parametrize(("heard", "accepted"), [(6, True), (7, False)])
def test_waiting_is_for_what_lies_above_the_floor(see, heard, accepted):
    """Above a floor of 1/2 waiting is worth 0.2 * 1/2 = 0.1: 2/16 above it is taken, 1/16 is not."""
    assert ac_rubinstein(see(traits=TRAITS, heard=[heard], floor=0.5), [4]) == accepted


def test_a_thousandth_of_the_range_is_overlooked(see):
    """With 0.8 and 0.8 waiting is worth 0.8 * 0.2 / 0.36 = 0.4444; 7/16 is 0.4375, too little, and 0.4436 is enough."""
    for worth, accepted in ((0.4375, False), (0.4436, True)):
        assert (
            ac_rubinstein(see(mine=[[1.0, worth, 0.0]], theirs=[[0.0, 0.5, 1.0]], traits=(0.8, 0.8), heard=[1]), [0]) == accepted
        )
