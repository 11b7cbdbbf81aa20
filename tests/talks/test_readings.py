"""How rejections and silence are read."""

import numpy as np
import pytest

from negsim.core.state import HARD, POSTURE, PRICE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import rejecting_ids, stable_hash, to_arrays
from negsim.talks.readings import cue_shares, read_rejections, read_silence

RUNS = 400


def read(statement, *changes):
    """Return the shares of hard, price and posture of a statement over many runs."""
    scenario = load_scenario("istanbul-2025-06-02", list(changes))
    prior, case = to_arrays(scenario, 1)
    actor = list(scenario.parties).index(scenario.statements[statement].actor)
    at, key, readings = rejecting_ids(scenario).index(statement), int(case.parties["key"][actor]), np.zeros(9, np.int64)
    counts = np.zeros(3)
    for replicate in range(RUNS):
        read_rejections(prior, case._replace(replicate=replicate), actor, key, 0, readings)
        counts[readings[at]] += 1
    return counts / RUNS


def test_the_stronger_the_words_the_harder_they_are_read():
    """Means of Dirichlet (8,2,1), (5,3,2) and (2,5,3): hard 8/11, 5/10, 2/10; within three standard errors, 0.075."""
    assert read("s13") == pytest.approx([8 / 11, 2 / 11, 1 / 11], abs=0.075)  # a red line
    assert read("s04") == pytest.approx([0.5, 0.3, 0.2], abs=0.075)  # rejects
    assert read("s06") == pytest.approx([0.2, 0.5, 0.3], abs=0.075)  # dismisses


def test_a_reading_that_is_given_is_not_drawn():
    for reading, number in (("hard", HARD), ("price", PRICE), ("posture", POSTURE)):
        assert read("s04", f"statements.s04.reading={reading}")[number] == 1.0


def test_the_chances_of_a_cue_are_drawn_once_a_run_and_actor():
    """Var of a Dirichlet share a / A is m (1 - m) / (A + 1): 0.5 * 0.5 / 11 = 0.0227 for hard of (5,3,2)."""
    prior, case = to_arrays(load_scenario("istanbul-2025-06-02"), 1)
    drawn = np.array([cue_shares(prior, case._replace(replicate=r), stable_hash("russia"), 1) for r in range(RUNS)])
    assert drawn.mean(axis=0) == pytest.approx([0.5, 0.3], abs=0.03)
    assert drawn[:, 0].var() == pytest.approx(0.0227, abs=0.006)
    assert (drawn.sum(axis=1) < 1.0).all()


def test_silence_is_of_a_piece_within_a_run():
    """P(price) = s with s ~ U(0, 1) once a run: one issue 1/2, two issues both E[s^2] = 1/3 (not 1/4)."""
    _, case = to_arrays(load_scenario("istanbul-2025-06-02"), 1)
    read_as = [[read_silence(case._replace(replicate=r), 0, j) == PRICE for j in (0, 1)] for r in range(2 * RUNS)]
    assert np.mean([one for one, _ in read_as]) == pytest.approx(1 / 2, abs=0.05)
    assert np.mean([one and other for one, other in read_as]) == pytest.approx(1 / 3, abs=0.05)
