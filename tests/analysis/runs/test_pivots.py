"""What is pivotal: paired moves, and the two sides of even odds."""

import numpy as np

from negsim.analysis.runs.arms import paired
from negsim.analysis.runs.pivots import Lever, _move, _promising, levers
from negsim.edge.scenarios import load_scenario

LEVER = Lever("parties.a.theta", "a", "theta", "0", ("0", "0.2"), (0.0, 0.2), "", ())


def moved(base, flags, lever=LEVER, value="0.2"):
    return _move(((lever,), (value,)), np.array(base, float), np.array(flags, float))


def test_a_paired_difference_and_its_interval():
    """40 pairs: 12 gained, 4 lost, none with it in both."""
    found = moved([0] * 12 + [1] * 4 + [0] * 24, [1] * 12 + [0] * 4 + [0] * 24)
    assert (found.difference, found.low, found.high) == paired(0, 12, 4, 24)


def test_an_interval_has_width_even_where_all_pairs_are_alike():
    found = moved([0] * 30, [1] * 30)
    assert found.difference == 1.0 and found.low < 0.9 < found.high
    same = moved([1] * 30, [1] * 30)
    assert same.difference == 0.0 and same.low < 0.0 < same.high


def test_failed_runs_count_in_neither():
    found = moved([0, 0, np.nan, 1], [1, np.nan, 1, 1])
    assert found.difference == 0.5 and found.share.of == 3


def test_what_flips_becomes_likely_beyond_doubt():
    """8 of 10 is 0.49..0.94, 80 of 100 is 0.71..0.87."""
    assert not moved([0] * 10, [1] * 8 + [0] * 2).flips
    assert moved([0] * 100, [1] * 80 + [0] * 20).flips
    assert moved([1] * 100, [1] * 20 + [0] * 80).flips
    assert not moved([1] * 60 + [0] * 40, [1] * 80 + [0] * 20).flips  # it was likely before


def test_pairs_are_tried_of_what_moves_it_towards_the_other_side(istanbul):
    up = moved([0] * 50, [1] * 30 + [0] * 20)
    down = moved([1] * 50, [1] * 20 + [0] * 30, LEVER._replace(path="other"))
    unsure = moved([0] * 50, [1] * 1 + [0] * 49, LEVER._replace(path="third"))
    reading = next(lever for lever in levers(istanbul) if lever.path == "statements.r36.reading")
    idle = moved([0] * 50, [0] * 50, reading, "posture")
    assert _promising([up, down, unsure, idle], rare=True) == [up, idle]
    assert _promising([up, down, unsure, idle], rare=False) == [down]


def test_a_lever_is_written_as_the_file_has_it(istanbul):
    found = {lever.path: lever for lever in levers(istanbul)}
    assert found["parties.russia.theta"].change("0.1") == "parties.russia.theta=0.1"
    assert found["statements.r36.reading"].change("hard") == 'statements.r36.reading="hard"'
    assert found["tracks.ceasefire.trust"].change("0.9") == "tracks.ceasefire.trust=[0.9e1, 0.1e1]"
    delivery = found["tracks.humanitarian.delivery"].change("0.9")
    assert delivery == "tracks.humanitarian.delivery={all=0.9e1, part=1e-9, none=0.1e1}"
    assert load_scenario("istanbul-2025-06-02", [delivery]).tracks["humanitarian"].delivery.all == 9.0
    assert "tracks.humanitarian.trust" not in found and "tracks.political.trust" not in found  # no truce there
    assert found["talks.rounds"].change("12") == "talks.rounds=[12, 12]"
    assert found["parties.russia.theta"].statements == ("s18",) and found["parties.russia.theta"].now == "0 to 0.2"
