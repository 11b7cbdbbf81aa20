"""What is off the table: what is read as hard, what is worse than that for its owner, and consent withheld."""

from pathlib import Path

import numpy as np
import pytest

from negsim.core.state import GIVEN_UP, HARD, POSTURE, PRICE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.layout import lay_out
from negsim.talks.redlines import bar

UKRAINE, RUSSIA = 0, 1
SMALL = Path(__file__).parents[1] / "small.toml"


def barred(issue, scenario="istanbul-2025-06-02-article", changes=(), **readings):
    """Return what is barred on an issue, (party, option of the compound), the options of its compound, and what is refused."""
    scenario = load_scenario(scenario, list(changes))
    prior, case = to_arrays(scenario, 1)
    refusals = scenario.refusals()
    read = np.array([readings.get(one.statements[0], POSTURE) if one.milder_than < 0 else POSTURE for one in refusals])
    found = np.zeros((len(case.parties), len(case.issues), case.option_of.shape[1]), np.int64)
    bar(prior, case, read, found)
    layout = lay_out(scenario)
    c = next(c for c, compound in enumerate(layout.compounds) if issue in compound)
    return found[:, c], layout.packages[c], [one.option for one in refusals]


def test_a_red_line_bars_the_option_and_what_is_worse_for_its_owner_alone():
    """Russia ranks full, partial, local. A no to partial (s04 moved there) bars full as well, and leaves local open."""
    found, packages, options = barred("ceasefire", changes=["statements.s04.options=['ceasefire.partial']"], s04=HARD)
    for option, (extent, _) in enumerate(packages):
        assert found[RUSSIA, option] == (1 + options.index("ceasefire.partial") if extent in (2, 3) else 0)
    assert not found[UKRAINE].any()


@pytest.mark.parametrize("reading", [PRICE, POSTURE, GIVEN_UP])
def test_only_a_hard_reading_is_a_red_line(reading):
    assert not barred("ceasefire", s04=reading)[0].any()


@pytest.mark.parametrize(("reading", "withheld"), [(HARD, True), (PRICE, True), (POSTURE, False)])
def test_consent_is_withheld_from_everybody_by_any_no_that_is_meant(reading, withheld):
    """European states reject lifting sanctions (s14), which takes their consent."""
    found, _, options = barred("sanctions", s14=reading)
    mark = -(1 + len(options) - 1 - options[::-1].index("sanctions.lifted")) if withheld else 0
    assert found[:, 2].tolist() == [mark, mark] and not found[:, :2].any()


def test_consent_to_a_milder_option_is_withheld_by_itself():
    scenario = load_scenario("istanbul-2025-06-02-article")
    prior, case = to_arrays(scenario, 1)
    read = np.array([PRICE if one.milder_than >= 0 else POSTURE for one in scenario.refusals()])
    found = np.zeros((2, len(case.issues), case.option_of.shape[1]), np.int64)
    bar(prior, case, read, found)
    sanctions = lay_out(scenario).positions.index("sanctions")
    c = int(case.positions["issue"][sanctions])
    assert (found[:, c, 1] < 0).all() and not found[:, c, 2].any()


def test_a_no_of_an_outsider_whose_consent_is_not_needed_bars_nothing():
    assert not barred("army", s14=HARD)[0].any()


def test_a_condition_bars_what_comes_without_it():
    """Russia refuses a full ceasefire but with one of its two terms (r36): full is barred unless one comes along."""
    found, packages, _ = barred("ceasefire", "istanbul-2025-06-02", r36=HARD)
    open_ones = {packages[o] for o in np.flatnonzero(found[RUSSIA] == 0).tolist()}
    assert {package for package in packages if package[0] != 3} <= open_ones
    assert sorted(package for package in open_ones if package[0] == 3) == [(3, 2), (3, 3)]


def test_who_takes_an_option_only_with_another_takes_nothing_worse_without_it_either():
    """The union takes 4% only with a guarantee (w07), and is silent on 2%, which its order puts below: barred without one, too."""
    found, packages, _ = barred("wage", "wage-dispute", w07=HARD)
    open_ones = {packages[o] for o in np.flatnonzero(found[0] == 0).tolist()}
    assert all((package in open_ones) == (package[0] in (0, 3) or package[1] == 1) for package in packages)
    assert not found[1].any()


def test_but_what_its_words_want_stays_open():
    """The union of fleets takes a tight quota only with joint inspectors (f05), and a loose one as it is (f06)."""
    found, packages, _ = barred("quota", "three-fleets", f05=HARD)
    shut = {packages[o] for o in np.flatnonzero(found[2]).tolist()}
    assert shut == {package for package in packages if package[0] == 2 and package[1] != 2}


def test_a_size_refused_bars_that_size_alone(begun):
    """Sizes have no order: who will not swap all may swap a half."""
    for actor in ("north", "south"):
        says = f"actor = '{actor}', stance = 'rejects', options = ['to_south.all'], made_on = 2025-12-01"
        statement = f"statements={{s1 = {{{says}, paragraph = 1, paraphrase = 'no', reading = 'hard'}}}}"
        scenario = load_scenario(SMALL, [statement])
        *_, behind = next(begun(scenario))
        assert behind.barred[list(scenario.parties).index(actor), 1].tolist() == [0, 0, 1]
