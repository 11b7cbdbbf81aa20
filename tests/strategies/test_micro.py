"""MiCRO: one step for each step of the other."""

import numpy as np

from negsim.strategies.micro import ac_micro, micro


def talk(see, heard, **more):
    memory = np.zeros(4000)
    found = []
    for k, option in enumerate(heard):
        view = see(heard=None if option is None else [option], elapsed=(k + 1) / 20, memory=memory, **more)
        found.append(int(micro(view)[0]))
    return found


def test_a_new_offer_is_answered_by_a_new_one(see):
    assert talk(see, [None, 16, 15, 14]) == [0, 1, 2, 3]


def test_an_offer_heard_before_is_answered_by_one_sent_before(see):
    found = talk(see, [None, 16, 16, 16, 15])
    assert found[:2] == [0, 1] and set(found[2:4]) <= {0, 1} and found[4] == 2


def test_nothing_new_is_offered_below_the_floor(see):
    """Down to a floor of 15/16 there are two packages."""
    found = talk(see, [None, 16, 15, 14, 13], floor=15 / 16)
    assert found[:2] == [0, 1] and set(found[2:]) <= {0, 1}


def answer(see, heard, floor=0.0):
    """Tell what is accepted of a new offer, after my best was sent and another offer came in."""
    memory = np.zeros(4000)
    micro(see(memory=memory, elapsed=0.1, floor=floor))
    view = see(heard=[heard], memory=memory, elapsed=0.2, floor=floor)
    return ac_micro(view, micro(see(heard=[heard], memory=memory.copy(), elapsed=0.2, floor=floor)))


def test_what_is_as_good_as_my_next_offer_is_accepted(see):
    assert [answer(see, heard) for heard in (0, 1, 2)] == [True, True, False]  # my next is option 1
    assert answer(see, 9, floor=0.5) is False


def test_who_is_not_to_concede_accepts_what_is_as_good_as_its_worst_so_far(see):
    """Options 0 and 1 are sent and the other repeats itself: option 1 is taken, option 2 is not."""
    for heard, taken in ((1, True), (2, False)):
        memory = np.zeros(4000)
        for k, said in enumerate((None, heard)):
            micro(see(heard=None if said is None else [said], memory=memory, elapsed=(k + 1) / 20))
        view = see(heard=[heard], memory=memory, elapsed=0.3)
        assert ac_micro(view, np.array([0])) == taken
