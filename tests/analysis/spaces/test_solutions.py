"""Which point is fair: small frontiers on which the standards part ways."""

import numpy as np
import pytest

from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.adjusted_winner import adjusted_winner
from negsim.analysis.spaces.fairness import fairness
from negsim.analysis.spaces.space import space_of

POINTS = np.array([[10.0, 0.0], [8.0, 1.5], [5.0, 2.5], [3.0, 3.0], [0.0, 3.5]])


def test_each_standard_has_its_own_point():
    """Products 0, 12, 12.5, 9, 0; sums 10, 9.5, 7.5, 6, 3.5; least 0, 1.5, 2.5, 3, 0; shares of (10, 3.5): least 0, 0.43, 0.5,
    0.3, 0.
    """
    assert solutions.nash(POINTS) == 2
    assert solutions.utilitarian(POINTS) == 0
    assert solutions.egalitarian(POINTS) == 3
    assert solutions.kalai_smorodinsky(POINTS) == 2


def test_power_weighs_in_the_nash_product():
    """x^3 y: 768 at (8, 1.5) over 312.5; x y^3: 81 at (3, 3) over 78.1."""
    assert solutions.nash(POINTS, [3, 1]) == 1 and solutions.nash(POINTS, [1, 3]) == 3


def test_ties_of_the_worst_off_go_by_the_next():
    assert solutions.egalitarian(np.array([[1.0, 2.0], [3.0, 1.0], [1.0, 1.0]])) == 1
    assert solutions.utilitarian(np.array([[4.0, 0.0], [2.0, 2.0]])) == 1  # equal sums: the greater product


def test_opposition_and_what_there_is_to_gain_together():
    """Shares (1, 0), (0.8, 0.43), (0.5, 0.71), (0.3, 0.86), (0, 1): nearest to (1, 1) is the third, greatest sum 1.23."""
    assert solutions.opposition(POINTS) == pytest.approx(np.hypot(0.5, 1 - 2.5 / 3.5))
    assert solutions.win_win(POINTS) == pytest.approx(0.8 + 1.5 / 3.5 - 1)
    assert solutions.win_win(np.array([[1.0, 0.0], [0.0, 1.0]])) == 0.0
    three = np.array([[1.0, 1.0, 0.5]])
    assert solutions.win_win(three * [1, 1, 2]) == 1.0  # all have their best: (3 - 1) / 2


def test_adjusted_winner_hands_over_what_costs_least():
    """A wins 60 + 25, B 60: the issue on which their points are closest, 25 to 20, is divided: 85 - 25 s = 60 + 20 s, s = 5/9."""
    found = adjusted_winner({"x": 60, "y": 25, "z": 15}, {"x": 20, "y": 20, "z": 60})
    assert found.split == "y" and found.transfers == [("y", pytest.approx(5 / 9))]
    assert found.totals == (pytest.approx(85 - 125 / 9), pytest.approx(85 - 125 / 9))
    assert found.to_first == {"x": 1.0, "y": pytest.approx(4 / 9), "z": 0.0}


def test_a_package_is_measured_against_what_could_be_had():
    """Two issues; (0, 0) gives 2 and 2, and of the frontier (3, 3) at (1, 1), (4, 0) and (0, 4) it is nearest to the first."""
    space = space_of([[[1.0, 3.0, 4.0], [1.0, 0.0, -4.0]], [[1.0, 1.0, -4.0], [1.0, 2.0, 4.0]]], [0.0, 1.0])
    found = fairness(space, [0, 0])
    assert found.surplus.tolist() == [2.0, 1.0] and found.acceptable
    assert found.left.tolist() == [2.0, 1.0]
    assert found.frontier_distance == pytest.approx(np.hypot(1.0, 1.0))
    assert not fairness(space, [2, 0]).acceptable
