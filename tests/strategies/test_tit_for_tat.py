"""Concession for concession, by what the other's offers are worth to me."""

import numpy as np
import pytest

from negsim.strategies.naive_tit_for_tat import ac_naive_tit_for_tat, naive_tit_for_tat
from negsim.strategies.tit_for_tat import (
    averaged_tit_for_tat,
    hear,
    hybrid,
    random_absolute_tit_for_tat,
    relative_tit_for_tat,
)


def answers(see, rule, heard, traits, **more):
    """Return what a rule offers after each of the other's offers, given as options of the cake."""
    memory = np.zeros(4000)
    return [
        int(rule(see(heard=[option], elapsed=(k + 1) / 20, traits=traits, memory=memory, **more))[0])
        for k, option in enumerate(heard)
    ]


def test_relative(see):
    """Offers worth 4/16, 8/16, 16/16: each doubles, so what I ask for is halved: 1, 1/2, 1/4."""
    assert answers(see, relative_tit_for_tat, [12, 8, 0], (1,)) == [0, 8, 12]


def test_relative_answers_a_lag_of_steps_later(see):
    """With lag 2 the step from 4/16 to 8/16 is answered when the next one is heard."""
    assert answers(see, relative_tit_for_tat, [12, 8, 0, 0], (2,)) == [0, 0, 8, 12]


def test_relative_concedes_of_what_lies_above_the_floor(see):
    """Above a floor of 1/2 offers are worth 1/16 and 2/16, half as much is asked of the 1/2 above: 3/4."""
    assert answers(see, relative_tit_for_tat, [7, 6], (1,), floor=0.5) == [0, 4]


def test_who_takes_back_is_asked_for_more_but_not_for_more_than_there_is(see):
    assert answers(see, relative_tit_for_tat, [12, 8, 12, 14], (1,)) == [0, 8, 0, 0]


def test_absolute(see):
    """The other gave 4/16 more, then 8/16 more: I ask for as much less, 12/16, then 4/16."""
    assert answers(see, random_absolute_tit_for_tat, [12, 8, 0], (1, 0.0)) == [0, 4, 12]


def test_absolute_give_or_take_a_draw(see):
    """With swing 1/4 the target lies within 1/4 on either side of 12/16: both are met, and nothing beyond."""
    found = set()
    for moment in range(60):
        memory = np.zeros(4000)
        for k, option in enumerate((12, 8)):
            view = see(heard=[option], elapsed=(k + 1) / 20, traits=(1, 0.25), memory=memory, moment=moment)
            last = int(random_absolute_tit_for_tat(view)[0])
        found.add(last)
    assert min(found) == 0 and 6 <= max(found) <= 8


def test_averaged(see):
    """Over the last two: 4/16 to 16/16 is a fourfold offer, a quarter is asked for; before there are two, all."""
    assert answers(see, averaged_tit_for_tat, [12, 8, 0], (2,)) == [0, 0, 12]


def test_hybrid(see):
    """At t = 0.1 the clock asks for 0.9, the other's doubling for 1/2: 1/4 of the one and 3/4 of the other is 0.6, so 10/16."""
    assert answers(see, hybrid, [12, 8], (1.0, 0.25))[1] == 6
    assert answers(see, hybrid, [12, 8], (1.0, 1.0))[1] == 1  # the clock alone: 0.9, so 15/16
    assert answers(see, hybrid, [12, 8], (1.0, 0.0))[1] == 8


def test_an_offer_is_heard_once_and_a_session_starts_anew(see):
    memory = np.zeros(4000)
    for option, elapsed, session in ((12, 0.1, 0), (8, 0.2, 0), (8, 0.2, 0)):
        heard = hear(see(heard=[option], elapsed=elapsed, session=session, traits=(1,), memory=memory))
    assert heard == 2
    again = see(heard=[12], elapsed=0.1, session=1, traits=(1,), memory=memory)
    assert relative_tit_for_tat(again).tolist() == [0]


@pytest.mark.parametrize(("heard", "offered", "accepted"), [(12, 4, False), (10, 6, False), (8, 8, True), (4, 12, True)])
def test_naive(see, heard, offered, accepted):
    """From round 3 on: what the other's offer is worth to me is what I leave of my best; 4/16 is answered by asking for 12/16.

    It accepts what is worth at least my best less itself: from 8/16 on.
    """
    view = see(heard=[heard], elapsed=4 / 11, turns=20)
    assert naive_tit_for_tat(view).tolist() == [offered]
    assert ac_naive_tit_for_tat(see(heard=[heard], elapsed=4 / 11, turns=20), [0]) == accepted


def test_naive_begins_with_its_best(see):
    assert naive_tit_for_tat(see(elapsed=1 / 11)).tolist() == [0]


def test_naive_teaches_first_by_going_down_its_own_packages(see):
    """In rounds 1 and 2 it concedes the step between its next two packages, a sixteenth, whatever it hears."""
    memory = np.zeros(4000)
    naive_tit_for_tat(see(elapsed=1 / 11, memory=memory))
    assert [naive_tit_for_tat(see(heard=[9], elapsed=(r + 1) / 11, memory=memory)).tolist() for r in (1, 2)] == [[1], [1]]


def test_naive_keeps_to_its_floor_only_where_there_is_a_status_quo(see):
    """Its offer is worth 14/16, above a floor of 1/2 three quarters of what there is: asked for is 1/4."""
    assert naive_tit_for_tat(see(heard=[2], elapsed=4 / 11, floor=0.5)).tolist() == [12]
    assert naive_tit_for_tat(see(heard=[2], elapsed=4 / 11, floor=0.5, quo=1)).tolist() == [8]


def test_naive_goes_down_to_the_least_above_its_floor_whatever_the_other_likes(see):
    """0.6 is better for both than 0.5, and still 0.5 is asked for, as it is nearest to what was conceded."""
    view = see(mine=[[1.0, 0.6, 0.5, 0.0]], theirs=[[0.0, 1.0, 0.2, 1.0]], heard=[0], elapsed=4 / 11, floor=0.5, quo=1)
    assert naive_tit_for_tat(view).tolist() == [2]
