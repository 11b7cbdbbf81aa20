"""The front: a walk of one step a week, and what each side makes of where it stands."""

import pytest

from negsim.talks.drift import outlook, walk_front


def test_a_side_that_gains_ground_expects_more_and_the_other_as_much_less(small):
    """Belief Beta(10, 10) and two steps up seen: p = 12 / 22, q / p = 10 / 12; W(12) - W(10) with W(k) = (1 - r^k) / (1 - r^20)."""
    _, _, _, behind = small()
    course = behind.course[0]
    course["position"], course["ups"], course["downs"] = 12.0, 2.0, 0.0
    r = 10 / 12
    rise = (r**10 - r**12) / (1 - r**20)
    assert outlook(behind, 0) == pytest.approx(rise) and outlook(behind, 1) == pytest.approx(-rise)
    assert rise == pytest.approx(0.0507, abs=1e-4)


def test_where_the_front_has_not_moved_nothing_has_changed(small):
    _, _, _, behind = small()
    assert outlook(behind, 0) == outlook(behind, 1) == 0.0


def test_each_step_is_counted_as_evidence_and_the_war_ends_at_either_end(small):
    case, _, _, behind = small()
    course = behind.course[0]
    course["drift_up"] = 1.0
    walk_front(behind, case, 0, 3)
    assert (course["position"], course["ups"], course["downs"], course["war_over"]) == (13.0, 3.0, 0.0, 0.0)
    course["drift_up"] = 0.0
    walk_front(behind, case, 1, 12)
    assert (course["position"], course["downs"], course["war_over"]) == (1.0, 12.0, 0.0)
    walk_front(behind, case, 2, 5)
    assert (course["position"], course["war_over"]) == (0.0, 1.0)  # no step beyond the end
    course["position"], course["war_over"], course["drift_up"] = 18.0, 0.0, 1.0
    walk_front(behind, case, 3, 5)
    assert (course["position"], course["war_over"]) == (20.0, 1.0)


def test_steps_up_have_the_chance_drawn(small):
    """400 walks of 3 steps at 0.3: 360 of 1200 up, give or take three standard deviations, 48."""
    case, _, _, behind = small()
    course = behind.course[0]
    course["drift_up"] = 0.3
    for replicate in range(400):
        course["position"] = 10.0
        walk_front(behind, case._replace(replicate=replicate), 0, 3)
    assert course["ups"] == pytest.approx(360, abs=48)
