"""Scores and standings of a tournament, by hand."""

import pytest

from negsim.analysis.runs.tournament import Match, scores, seated, standings
from negsim.edge.scenarios import load_scenario

MATCHES = [
    Match("d", "x", "x", (0.4, 0.2), 1.0, 5, 0),
    Match("d", "x", "y", (0.8, 0.1), 0.5, 5, 0),
    Match("d", "y", "x", (0.2, 0.4), 1.0, 5, 0),
    Match("d", "y", "y", (0.0, 0.0), 0.0, 5, 0),
]


def test_a_score_is_a_share_of_the_most_anybody_made_in_that_seat():
    """The most in the first seat is 0.8, in the second 0.4."""
    found = scores(MATCHES)
    assert [(s.strategy, s.against) for s in found[:4]] == [("x", "x"), ("x", "x"), ("x", "y"), ("y", "x")]
    assert [s.share for s in found] == pytest.approx([0.5, 0.5, 1.0, 0.25, 0.25, 1.0, 0.0, 0.0])
    assert [s.agreed for s in found] == [1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 0.0, 0.0]


def test_standings_are_means_over_both_seats_the_best_first():
    """x: (0.5 + 0.5 + 1 + 1) / 4 = 0.75, y: (0.25 + 0.25 + 0 + 0) / 4 = 0.125; those x met made (0.5 + 0.5 + 0.25 + 0.25) / 4."""
    first, second = standings(scores(MATCHES))
    assert (first.strategy, second.strategy) == ("x", "y")
    assert (first.score, second.score) == (pytest.approx(0.75), pytest.approx(0.125))
    assert (first.others, second.others) == (pytest.approx(0.375), pytest.approx(0.5))
    assert first.agreed == pytest.approx(0.875)


def test_a_match_of_failed_runs_alone_has_no_score():
    assert scores([MATCHES[0], Match("d", "x", "y", (9.0, 9.0), 1.0, 0, 5)])[0].share == 1.0


def test_each_sits_down_with_its_own_acceptance_and_traits():
    found = seated(load_scenario("two-issues"), ["micro", "zeuthen"])
    assert [side.strategy for side in found.parties.values()] == ["micro", "zeuthen"]
    assert all(side.traits == {} and side.acceptance == "" for side in found.parties.values())
