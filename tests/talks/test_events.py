"""What happens on the calendar moves its number on its day, as often as it should, and within bounds."""

import pytest

from negsim.talks.events import happen


def event(on, parameter, by, probability=1.0):
    return f"talks.events=[{{on = {on}, parameter = '{parameter}', by = {by}, probability = {probability}}}]"


def theta(small, *lines, session=1):
    case, clock, desk, behind = small(*lines)
    happen(clock._replace(session=session - 1), desk, behind, case)
    return float(behind.parties["theta"][1])


def test_it_happens_before_the_next_session_and_no_other(small):
    """Sessions are on 1 and 15 January and 5 February: what happens on the 15th precedes session 1, on the 16th session 2."""
    assert [theta(small, event("2026-01-15", "parties.south.theta", 0.1), session=s) for s in (1, 2)] == [0.1, 0.0]
    assert [theta(small, event("2026-01-16", "parties.south.theta", 0.1), session=s) for s in (1, 2)] == [0.0, 0.1]


def test_a_number_stays_within_its_bounds(small):
    assert theta(small, event("2026-01-15", "parties.south.theta", 5)) == 1.0
    assert theta(small, event("2026-01-15", "parties.south.theta", -5)) == -1.0


def test_it_happens_as_often_as_it_should(small):
    """A probability of 0.25: 75 of 300, give or take three standard deviations, 22."""
    case, clock, desk, behind = small(event("2026-01-15", "parties.south.theta", 0.001, 0.25))
    for replicate in range(300):
        happen(clock, desk, behind, case._replace(replicate=replicate))
    assert behind.parties["theta"][1] == pytest.approx(0.075, abs=0.022)
    assert theta(small, event("2026-01-15", "parties.south.theta", 0.1, 0.0)) == 0.0


def test_on_a_track_it_is_a_promise_kept_or_broken(small):
    case, clock, desk, behind = small(event("2026-01-15", "tracks.truce.trust", 0.25))
    happen(clock, desk, behind, case)
    assert behind.tracks["kept"].tolist() == [0.0, 0.25] and behind.tracks["promised"].tolist() == [0.0, 1.0]


def test_readiness_moves_from_where_it_is_now(small):
    """It was drawn as 1 and has fallen to 0.5: 0.25 less is 0.25, and it does not fall below 0."""
    case, clock, desk, behind = small(event("2026-01-15", "parties.south.readiness", -0.25))
    behind.parties["ready"][1] = 0.5
    happen(clock, desk, behind, case)
    assert behind.parties["ready"].tolist() == [1.0, 0.25]
    happen(clock, desk, behind, case)
    happen(clock, desk, behind, case)
    assert behind.parties["ready"][1] == 0.0
