"""What each style shows, clears up or proposes."""

import math

import numpy as np
import pytest

from negsim.core.dice import Dice
from negsim.core.state import PURSE, Sight
from negsim.mediators.deadline import set_deadline
from negsim.mediators.facilitation import facilitate
from negsim.mediators.formulation import formulate
from negsim.mediators.manipulation import manipulate


def sight(traits, **changes):
    """Return what a mediator sees: carrots of 0.2 and 0.1 and sticks of 0.4 and 0 left, for a cake in quarters."""
    numbers = np.zeros(8)
    numbers[: len(traits)] = traits
    cake = np.array([[1.0, 0.75, 0.5, 0.25, 0.0]])
    worths = np.zeros((2, 2, 1, 5))
    worths[:, 0], worths[:, 1] = cake, 1.0 - cake
    made = Sight(
        traits=numbers,
        leverage=np.array([(0.2, 0.4, 0.0, 0.0, 0.0, 0.0), (0.1, 0.0, 0.0, 0.0, 0.0, 0.0)], PURSE),
        clarity=np.ones(1),
        text=np.full(1, -1),
        offers=np.full((2, 1), -1),
        worths=worths,
        floors=np.zeros(2),
        sizes=np.array([5]),
        speaker=-1,
        concerned=True,
        quo=0,
        deal=0,
        turn=0,
        session=0,
        elapsed=0.5,
        before=0.4,
        dice=Dice(1, 0, 0, 0),
        word=Dice(1, 0, 0, 0),
    )
    return made._replace(**changes)


def shown(made):
    return made.leverage["carrot_shown"].tolist(), made.leverage["stick_shown"].tolist()


def test_manipulation_holds_out_what_is_believed_of_its_carrots_and_sticks():
    made = sight([0.5])
    assert manipulate(made) == 1
    assert shown(made) == ([0.1, 0.05], [0.2, 0.0])
    assert made.leverage["carrot"].tolist() == [0.2, 0.1]  # nothing is spent by showing it


def test_manipulation_is_believed_by_the_side_it_leans_to():
    """kappa = 0.5 / (1 + exp(-2 (b - 0.25))) with b = 1 for the first party and -1 for the other."""
    made = sight([0.5, 1.0, 0.25, 2.0])
    manipulate(made)
    first, second = 0.5 / (1 + math.exp(-1.5)), 0.5 / (1 + math.exp(2.5))
    assert shown(made)[0] == pytest.approx([0.2 * first, 0.1 * second])


@pytest.mark.parametrize("style", [manipulate, set_deadline])
def test_leverage_is_for_the_deal_of_its_target_and_moves_nothing_where_there_is_none(style):
    assert style(sight([1.0], concerned=False)) == 0
    bare = sight([1.0], leverage=np.zeros(2, PURSE))
    assert style(bare) == 0 and shown(bare) == ([0.0, 0.0], [0.0, 0.0])


def test_before_a_deadline_its_expected_stick_counts():
    """Credibility 0.25 of a stick of 0.4, due in session 2."""
    made = sight([0.25, 2.0], session=1)
    assert set_deadline(made) == 1
    assert shown(made) == ([0.0, 0.0], [0.1, 0.0])


def test_from_the_deadline_on_it_is_real_or_not():
    """Whole in a quarter of 400 runs, give or take three standard deviations, 26; in the others nothing."""
    found = []
    for run in range(400):
        made = sight([0.25, 2.0], session=2, word=Dice(1, run, 0, 0))
        set_deadline(made)
        found.append(float(made.leverage["stick_shown"][0]))
    assert set(found) == {0.0, 0.4} and found.count(0.4) == pytest.approx(100, abs=26)


def test_facilitation_takes_its_share_of_the_noise_away():
    made = sight([0.25])
    assert facilitate(made) == 1 and made.clarity[0] == 0.75
    assert facilitate(made) == 0  # as it was
    assert facilitate(sight([0.0])) == 0


def test_formulation_proposes_the_greatest_product_of_surpluses():
    """Of the cake in quarters: 0.5 * 0.5; above a floor of 0.5 for the first, 0.25 * 0.25 at (0.75, 0.25)."""
    made = sight([0.0, 0.5])
    assert formulate(made) == 0 and made.text.tolist() == [2]
    made = sight([0.0, 0.5], floors=np.array([0.5, 0.0]))
    formulate(made)
    assert made.text.tolist() == [1]
    made = sight([0.0, 0.5], floors=np.array([0.5, 0.5]))  # somebody would be left with nothing
    formulate(made)
    assert made.text.tolist() == [-1]


def test_formulation_speaks_once_at_its_time():
    """At 0.5: between 0.4 and 0.5 it is that moment, not before, and not after."""
    for before, elapsed, text in ((0.3, 0.4, -1), (0.4, 0.5, 2), (0.5, 0.6, -1)):
        made = sight([0.0, 0.5], before=before, elapsed=elapsed)
        formulate(made)
        assert made.text.tolist() == [text]


def test_formulation_misjudges_by_its_noise():
    texts = []
    for run in range(100):
        made = sight([0.5, 0.5], dice=Dice(1, run, 0, 0))
        formulate(made)
        texts.append(int(made.text[0]))
    assert len(set(texts)) > 3
