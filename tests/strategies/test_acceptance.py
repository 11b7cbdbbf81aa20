"""When to say yes: offers of a cake in sixteenths, option o worth 1 - o/16 to me."""

import numpy as np

from negsim.strategies.acceptance import ac_combi, ac_const, ac_next, ac_time


def test_next(see):
    """What is as good as my own next offer, option 4, and not below the floor."""
    assert [ac_next(see(heard=[o]), np.array([4])) for o in (3, 4, 5)] == [True, True, False]
    assert [ac_next(see(heard=[o], floor=0.5), np.array([-1])) for o in (8, 9)] == [True, False]  # I would walk out
    assert not ac_next(see(heard=[9], floor=0.5), np.array([12]))


def test_const(see):
    """Half of what lies between a floor of 1/4 and 1: 5/8, whatever I would offer next."""
    taken = [ac_const(see(heard=[o], floor=0.25, condition=(0.5,)), np.array([0])) for o in (5, 6, 7)]
    assert taken == [True, True, False]
    assert [ac_const(see(heard=[o], condition=(1.0,)), np.array([0])) for o in (0, 1)] == [True, False]  # all there is


def test_time(see):
    """Nothing before, and from then on whatever reaches the floor."""
    for elapsed, taken in ((0.74, [False, False]), (0.75, [True, False]), (0.9, [True, False])):
        found = [ac_time(see(heard=[o], floor=0.5, elapsed=elapsed, condition=(0.75,)), np.array([0])) for o in (8, 9)]
        assert found == taken


def combi(see, heard, *, late, floor=0.0):
    """Return what is said to a series of offers while I would offer option 2 next."""
    memory = np.zeros(10)
    views = [see(heard=[o], elapsed=0.9 if late else 0.5, condition=(0.75,), memory=memory, floor=floor) for o in heard]
    return [ac_combi(view, np.array([2])) for view in views]


def test_combi(see):
    """Early only what is as good as my next; late also what is as good as the best heard before."""
    assert combi(see, [10, 8, 2], late=False) == [False, False, True]
    assert combi(see, [10, 8, 9], late=True, floor=0.25) == [True, True, False]
    assert combi(see, [13], late=True, floor=0.25) == [False]
    assert combi(see, [0], late=False, floor=0.25) == [True]


def test_combi_counts_the_best_of_this_session_alone(see):
    memory = np.zeros(10)
    ac_combi(see(heard=[4], elapsed=0.9, condition=(0.75,), memory=memory), np.array([2]))
    assert not ac_combi(see(heard=[8], elapsed=0.9, condition=(0.75,), memory=memory), np.array([2]))
    assert ac_combi(see(heard=[8], elapsed=0.9, condition=(0.75,), memory=memory, session=1), np.array([2]))
