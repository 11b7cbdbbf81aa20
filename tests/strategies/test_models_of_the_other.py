"""Strategies that learn what the other wants: by similarity, by frequency, by Bayes' rule."""

import numpy as np
import pytest

from negsim.strategies.bayesian import FIT, HYPOTHESES, _draw, _weigh, bayesian
from negsim.strategies.frequency import frequency
from negsim.strategies.trade_off import trade_off

MINE = [[1.0, 0.5, 0.0], [1.0, 0.5, 0.0]]  # two issues alike to me: at half-time I ask for 1 of 2
EVEN = [[0.0, 0.5, 1.0], [0.0, 0.5, 1.0]]
FIRST = [[0.0, 1.5, 3.0], [0.0, 0.5, 1.0]]  # the first issue matters to the other three times as much


def test_trade_off_moves_towards_the_last_offer_where_it_matters_most_to_the_other(see):
    """It asked for option 2 of both. Holding 1 I can give it one: the first, whose options spread by 3, not by 1."""
    assert trade_off(see(mine=MINE, theirs=FIRST, heard=[2, 2], traits=(1.0,))).tolist() == [2, 0]
    assert trade_off(see(mine=MINE, theirs=FIRST[::-1], heard=[2, 2], traits=(1.0,))).tolist() == [0, 2]


def test_trade_off_gives_what_was_asked_for_and_no_more(see):
    """It asked for the middle option of the first issue: 0.5 there leaves 1.5; nothing else is similar."""
    assert trade_off(see(mine=MINE, theirs=FIRST, heard=[1, 0], elapsed=0.25, traits=(1.0,))).tolist() == [1, 0]


def frequent(see, heard, **more):
    memory = np.zeros(4000)
    for k, offer in enumerate(heard):
        found = frequency(
            see(mine=MINE, theirs=EVEN, heard=offer, elapsed=0.5 + k / 1000, traits=(1.0, 0.0), memory=memory, **more)
        )
    return found.tolist(), memory


def test_frequency_gives_on_the_issue_on_which_the_other_stays(see):
    """Option 2 of the first issue twice, of the second once: the first weighs 1.1, its option 2 counts 2 of 2."""
    assert frequent(see, [[2, 2], [2, 1]])[0] == [2, 0]
    assert frequent(see, [[2, 2], [1, 2]])[0] == [0, 2]


def test_frequency_counts_each_offer_once(see):
    memory = frequent(see, [[2, 2], [2, 1]])[1]
    view = see(mine=MINE, theirs=EVEN, heard=[2, 1], elapsed=0.501, traits=(1.0, 0.0), memory=memory)
    frequency(view)
    assert memory[1] == 2.0 and memory[2:4].tolist() == pytest.approx([0.1, 0.0])


def test_bayesian_weighs_a_hypothesis_by_how_far_an_offer_is_from_what_it_would_ask(see):
    """At half-time what I believe has it ask for 1/2 (beta 1); it asks for 3/4: -(1/4)^2 / (2 * (1/4)^2) = -1/2."""
    view = see(heard=[12])
    _draw(view, 1)
    _weigh(view, view.offers[1], 0.25, 1.0, 0.0)
    assert view.memory[FIT] == pytest.approx(-0.5)
    assert (view.memory[FIT : FIT + HYPOTHESES] <= 0.0).all()
    _weigh(view, view.offers[1], 0.25, 1.0, 0.5)  # one that stops at 1/2 would ask for 3/4 now: no miss
    assert view.memory[FIT] == pytest.approx(-0.5)


def test_bayesian_hypotheses_concede_late_evenly_and_early_in_turn(see):
    """All about the cake as I believe it: pace beta, beta / 2, 2 beta at t = 1/4 ask for 3/4, 15/16, 1/2; it asks for 3/4."""
    view = see(heard=[12], elapsed=0.25)
    _draw(view, 1)
    first = FIT + HYPOTHESES
    for h in range(3):
        view.memory[first + 17 * h : first + 17 * (h + 1)] = view.memory[first : first + 17]
    _weigh(view, view.offers[1], 0.25, 1.0, 0.0)
    assert view.memory[FIT : FIT + 3].tolist() == pytest.approx([0.0, -((3 / 16) ** 2) / 0.125, -((1 / 4) ** 2) / 0.125])


def test_bayesian_learns_which_issue_matters_to_the_other(see):
    """It keeps asking for option 2 of one issue, and gives on the other: that one is left to it."""
    for held, expected in ((0, [2, 0]), (1, [0, 2])):
        memory = np.zeros(4000)
        for k in range(8):
            offer = [2, 2]
            offer[1 - held] = 2 - min(2, k // 2)
            found = bayesian(
                see(
                    mine=MINE,
                    theirs=EVEN,
                    heard=offer,
                    elapsed=0.5 + k / 1000,
                    traits=(1.0, 0.2, 0.2, 0.0),
                    memory=memory,
                    replicate=4,
                )
            )
        assert found.tolist() == expected


def test_bayesian_starts_from_what_i_believe_and_stops_where_it_said(see):
    """At t = 1/2 with beta 1 what I believe asks for 1/2, one that stops at 1/2 for 3/4: its 3/4 misses the one by 1/4."""
    for reservation, fit in ((0.0, -0.5), (0.5, 0.0)):
        memory = np.zeros(4000)
        bayesian(see(heard=[12], traits=(1.0, 0.25, 1.0, reservation), memory=memory))
        assert memory[FIT] == pytest.approx(fit)
