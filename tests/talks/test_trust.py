"""Trust: `tau = (a + sum l^age kept) / (a + b + sum l^age)`, by hand."""

import pytest

from negsim.talks.trust import fade, reckon, record_delivery, record_promise, record_truce


def test_a_promise_kept_in_part_counts_in_part_and_half_as_much_a_session_later(small):
    """a = b = 1 and l = 0.5; 0.8 of a promise kept: (1 + 0.8) / (2 + 1) = 0.6; one session on (1 + 0.4) / (2 + 0.5) = 0.56."""
    case, _, _, behind = small()
    assert behind.tracks["trust"][0] == 0.5  # nothing promised yet: a / (a + b)
    record_promise(behind, 0, 0.8)
    reckon(behind, case)
    assert behind.tracks["trust"][0] == pytest.approx(0.6)
    fade(behind)
    reckon(behind, case)
    assert behind.tracks["trust"][0] == pytest.approx(0.56)


def test_a_broken_promise_costs_trust_on_its_track_alone(small):
    """Track 1 starts at 3 / (3 + 1) = 0.75; a promise broken there: 3 / (4 + 1) = 0.6."""
    case, _, _, behind = small()
    record_promise(behind, 1, 0.0)
    reckon(behind, case)
    assert behind.tracks["trust"].tolist() == pytest.approx([0.5, 0.6])


def test_a_deal_is_one_promise_on_each_track_that_it_changed_something_on(small):
    case, _, _, behind = small()
    behind.agreed[:] = [2, 1, 0, 0]  # both directions of the swap, nothing on the truce
    record_truce(behind, case, 0, 0.7)
    record_truce(behind, case, 1, 0.7)
    assert behind.tracks["promised"].tolist() == [1.0, 0.0]
    assert behind.tracks["kept"].tolist() == [0.7, 0.0]


def test_a_swap_delivered_counts_apart_from_truces(small):
    """All, part and none once each: (1 + 1/2) / 3; 0.8 of one delivered: (1.5 + 0.8) / 4; one session on, l = 0.5: 1.9 / 3.5."""
    case, _, _, behind = small()
    assert behind.tracks["expected"][0] == 0.5
    record_delivery(behind, 0, 0.8)
    reckon(behind, case)
    assert behind.tracks["expected"][0] == pytest.approx(0.575) and behind.tracks["trust"][0] == 0.5
    fade(behind)
    reckon(behind, case)
    assert behind.tracks["expected"][0] == pytest.approx(1.9 / 3.5)
