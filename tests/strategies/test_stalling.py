"""Stalling and wandering: offers that are not meant, and offers that mean nothing."""

import numpy as np
import pytest

from negsim.strategies.random_walker import wander
from negsim.strategies.stalling import ac_stalling, refused, stall

THEIRS = [np.arange(17) / 16 - 0.5]  # it refuses what leaves it less than half


def test_as_long_as_talking_pays_more_than_any_deal_only_what_is_refused_is_offered(see):
    """My best is worth 1, to it -1/2: refused. Talking that pays 1.1 stalls, 1 does not."""
    assert stall(see(theirs=THEIRS, talking=1.1, traits=(1.0,))).tolist() == [0]
    assert stall(see(theirs=THEIRS, talking=1.0, traits=(1.0,))).tolist() == [8]  # by the clock
    assert stall(see(theirs=THEIRS, talking=0.6, floor=0.5, traits=(1.0,))).tolist() == [0]  # my surplus is 0.5 at most


def test_who_stalls_accepts_nothing(see):
    assert not ac_stalling(see(theirs=THEIRS, talking=1.1, heard=[0]), np.array([0]))
    assert ac_stalling(see(theirs=THEIRS, talking=1.0, heard=[4]), np.array([4]))
    assert not ac_stalling(see(theirs=THEIRS, talking=1.0, heard=[5]), np.array([4]))
    assert not ac_stalling(see(theirs=THEIRS, talking=0.0, heard=[9], floor=0.5), np.array([12]))


def test_what_it_likes_is_changed_where_it_hurts_most(see):
    """It likes my best of both issues, 0.2 + 0.4. Taking back the second hurts it by 0.9, the first by 0.5: the second goes."""
    mine, theirs = [[1.0, 0.9], [1.0, 0.9]], [[0.2, -0.3], [0.4, -0.5]]
    assert refused(see(mine=mine, theirs=theirs)).tolist() == [0, 1]
    assert refused(see(mine=mine, theirs=[[0.2, 0.1], [0.4, 0.3]])).tolist()[0] == -1  # it would take anything


def test_wandering_is_even_among_what_is_acceptable(see):
    """Nine slices of at least half: each a ninth of 900 draws, give or take three standard deviations, 28."""
    found = [int(wander(see(floor=0.5, replicate=r))[0]) for r in range(900)]
    counts = np.bincount(found, minlength=17)
    assert counts[9:].sum() == 0 and counts[:9].tolist() == pytest.approx([100] * 9, abs=30)


def test_not_even_what_is_refused_is_offered_below_the_floor(see):
    """Both like my best. Any change leaves me 1.9: at a floor of 1.95 there is nothing to be refused."""
    mine, theirs = [[1.0, 0.9], [1.0, 0.9]], [[0.2, -0.3], [0.4, -0.5]]
    assert refused(see(mine=mine, theirs=theirs, floor=1.95)).tolist()[0] == -1
    assert refused(see(mine=mine, theirs=theirs, floor=1.85)).tolist() == [0, 1]


def test_who_stalls_and_cannot_be_refused_asks_for_its_best(see):
    """It would take anything: my best then; where nothing reaches my floor, I leave."""
    likes = [np.arange(17) / 16]
    assert stall(see(theirs=likes, talking=1.1, traits=(1.0,))).tolist() == [0]
    assert stall(see(theirs=likes, talking=1.1, floor=2.0, traits=(1.0,))).tolist() == [-1]
