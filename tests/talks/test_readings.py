"""How refusals and silence are read."""

import numpy as np
import pytest

from negsim.core.state import GIVEN_UP, HARD, POSTURE, PRICE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import stable_hash, to_arrays
from negsim.talks.readings import cue_shares, normal_share, read_refusals, silence_costs

RUNS = 400
NAME = "istanbul-2025-06-02-article"


def drawn(actor, *changes):
    """Return the readings of an actor's refusals over many runs, by option."""
    scenario = load_scenario(NAME, list(changes))
    prior, case = to_arrays(scenario, 1)
    number = [*scenario.parties, *scenario.mediators].index(actor)
    refusals = scenario.refusals()
    found = np.full((RUNS, len(refusals)), -1)
    for replicate in range(RUNS):
        read_refusals(prior, case._replace(replicate=replicate), number, stable_hash(actor), found[replicate])
    return {one.option: found[:, r] for r, one in enumerate(refusals) if one.actor == actor}


def shares(read):
    return [np.mean(read == reading) for reading in (HARD, PRICE, POSTURE)]


def test_the_stronger_the_words_the_harder_they_are_read():
    """Means of Dirichlet (8,2,1), (5,3,2) and (2,5,3): hard 8/11, 5/10, 2/10; within three standard errors, 0.075."""
    ukraine = drawn("ukraine")
    assert shares(ukraine["territory.withdrawal"]) == pytest.approx([8 / 11, 2 / 11, 1 / 11], abs=0.075)  # a red line
    assert shares(drawn("russia")["ceasefire.full"]) == pytest.approx([0.5, 0.3, 0.2], abs=0.075)  # rejects
    assert shares(ukraine["ceasefire.local"]) == pytest.approx([0.2, 0.5, 0.3], abs=0.075)  # dismisses


def test_a_reading_that_is_given_is_not_drawn():
    for reading, number in (("hard", HARD), ("price", PRICE), ("posture", POSTURE), ("given_up", GIVEN_UP)):
        assert (drawn("russia", f"statements.s04.reading={reading}")["ceasefire.full"] == number).all()


def test_the_normal_distribution_function():
    assert [round(normal_share(z), 5) for z in (-1.959964, -1.0, 0.0, 1.0, 2.575829)] == [0.025, 0.15866, 0.5, 0.84134, 0.995]


def test_what_is_refused_in_one_breath_is_read_together_but_not_as_one():
    """Correlated by 0.5 to 1: two of the six terms mostly agree, more than apart (P = sum of squares, about 0.57), not always."""
    ukraine = drawn("ukraine")
    together = np.mean(ukraine["territory.withdrawal"] == ukraine["crimea.recognised"])
    apart = np.mean(ukraine["territory.withdrawal"] == ukraine["ceasefire.local"])
    assert 0.72 < together < 0.97 and apart < 0.5


def test_an_outsider_withholds_consent_to_a_milder_option_half_the_time_unless_its_no_is_a_posture():
    europe = drawn("european_states")
    lifted, eased = europe["sanctions.lifted"], europe["sanctions.eased"]
    assert (eased[lifted == POSTURE] == POSTURE).all() and (lifted == POSTURE).any()
    assert np.mean(eased[lifted != POSTURE] == PRICE) == pytest.approx(0.5, abs=0.08)
    assert not (eased == HARD).any()


def test_the_chances_of_a_cue_are_drawn_once_a_run_and_actor():
    """Var of a Dirichlet share a / A is m (1 - m) / (A + 1): 0.5 * 0.5 / 11 = 0.0227 for hard of (5,3,2)."""
    prior, case = to_arrays(load_scenario(NAME), 1)
    found = np.array([cue_shares(prior, case._replace(replicate=r), stable_hash("russia"), 1) for r in range(RUNS)])
    assert found.mean(axis=0) == pytest.approx([0.5, 0.3], abs=0.03)
    assert found[:, 0].var() == pytest.approx(0.0227, abs=0.006)
    assert (found.sum(axis=1) < 1.0).all()


def test_silence_is_of_a_piece_within_a_run():
    """It costs where u lies below a share drawn once a run from U(0, 1): with u = 0.3 in 0.7 of runs, and then with 0.2 as well."""
    _, case = to_arrays(load_scenario(NAME), 1)
    costs = np.array([[silence_costs(case._replace(replicate=r), 0, u) for u in (0.2, 0.3)] for r in range(RUNS)])
    assert costs.mean(axis=0) == pytest.approx([0.8, 0.7], abs=0.07)
    assert (costs[:, 0] >= costs[:, 1]).all()
