"""What is off the table: what is read as hard, what is worse than that for its owner, and consent withheld."""

from pathlib import Path

import numpy as np
import pytest

from negsim.core.state import HARD, POSTURE, PRICE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import rejecting_ids, to_arrays
from negsim.engine.layout import lay_out
from negsim.talks.redlines import bar

UKRAINE, RUSSIA = 0, 1
SMALL = Path(__file__).parents[1] / "small.toml"


def barred(issue, scenario="istanbul-2025-06-02", changes=(), **readings):
    """Return what is barred on an issue, (party, option of the compound), and the options of its compound."""
    scenario = load_scenario(scenario, list(changes))
    prior, case = to_arrays(scenario, 1)
    read = np.full(len(prior.rejections), POSTURE)
    for key, reading in readings.items():
        read[rejecting_ids(scenario).index(key)] = reading
    found = np.zeros((len(case.parties), len(case.issues), case.option_of.shape[1]), np.int64)
    bar(prior, case, read, found)
    layout = lay_out(scenario)
    c = next(c for c, compound in enumerate(layout.compounds) if issue in compound)
    return found[:, c], layout.packages[c], rejecting_ids(scenario)


def test_a_red_line_bars_the_option_and_what_is_worse_for_its_owner_alone():
    """Russia ranks full, partial, local. A no to partial (s04 moved there) bars full as well, and leaves local open."""
    found, packages, ids = barred("ceasefire", changes=["statements.s04.options=['ceasefire.partial']"], s04=HARD)
    for option, (extent, _) in enumerate(packages):
        assert found[RUSSIA, option] == (1 + ids.index("s04") if extent in (2, 3) else 0)
    assert not found[UKRAINE].any()


@pytest.mark.parametrize("reading", [PRICE, POSTURE])
def test_only_a_hard_reading_is_a_red_line(reading):
    assert not barred("ceasefire", s04=reading)[0].any()


@pytest.mark.parametrize(("reading", "withheld"), [(HARD, True), (PRICE, True), (POSTURE, False)])
def test_consent_is_withheld_from_everybody_by_any_no_that_is_meant(reading, withheld):
    """European states reject lifting sanctions (s14), which takes their consent; easing they did not speak of."""
    found, _, ids = barred("sanctions", s14=reading)
    mark = -(1 + ids.index("s14")) if withheld else 0
    assert found[:, 2].tolist() == [mark, mark] and not found[:, :2].any()


def test_a_no_of_an_outsider_whose_consent_is_not_needed_bars_nothing():
    assert not barred("army", s14=HARD)[0].any()


def test_a_condition_bars_what_comes_without_it():
    """Russia refuses a full ceasefire but with its terms (r08): full is barred unless they come along."""
    found, packages, _ = barred("ceasefire", "istanbul-2025-06-02-both", r08=HARD)
    open_ones = {packages[o] for o in np.flatnonzero(found[RUSSIA] == 0).tolist()}
    assert {package for package in packages if package[0] != 3} <= open_ones
    assert [package for package in open_ones if package[0] == 3] == [(3, 3)]


def test_to_who_hands_over_more_is_worse(begun):
    """North refuses to hand over half: then all as well. South, who receives, refuses half: what is worse than that is none."""
    for actor, expected in (("north", [0, 1, 1]), ("south", [0, 1, 0])):
        says = f"actor = '{actor}', stance = 'rejects', options = ['to_south.half'], made_on = 2025-12-01"
        statement = f"statements={{s1 = {{{says}, paragraph = 1, paraphrase = 'no', reading = 'hard'}}}}"
        scenario = load_scenario(SMALL, [statement])
        *_, behind = next(begun(scenario))
        assert behind.barred[list(scenario.parties).index(actor), 1].tolist() == expected
