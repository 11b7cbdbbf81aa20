"""Ratification: a principal weighs what was agreed on a track as a whole, by its own weights, against what it asks for."""

import pytest

from negsim.core.state import IN_FORCE, OPEN, TABLED
from negsim.talks.ratify import first_to_decline, is_judged, principal_gain, ratify
from negsim.talks.refusals import RATIFICATION

SWAP, TRUCE = 0, 1


def tabled(small, *changes):
    """Return a run in which all prisoners were agreed on in both directions at the table."""
    case, clock, desk, behind = small(*changes)
    behind.agreed[:] = [2, 2, 0, 0]
    behind.deals["status"][SWAP], behind.deals["tabled"][SWAP] = TABLED, 1
    behind.positions["at_table"][:2] = 2
    return case, clock, desk, behind


def test_a_principal_gains_by_its_own_weights(small):
    """North receives 1 and hands over 1, half of which is expected. The delegation weighs 0.3 and 0.1: 0.5 (0.3 - 0.1) / 0.4 =
    0.25; a principal that weighs them the other way round: 0.5 (0.1 - 0.3) / 0.4 = -0.25.
    """
    case, _, _, behind = tabled(small)
    assert principal_gain(behind, case, 0, 0) == pytest.approx(0.25)
    behind.weights[2, :2] = [0.1, 0.3]  # north's principal
    assert principal_gain(behind, case, 0, 0) == pytest.approx(-0.25)
    assert principal_gain(behind, case, 0, 1) == 0.0  # nothing was agreed on the other track


def test_it_counts_in_units_of_what_was_agreed(small):
    """Only what north receives was agreed: 0.5 * 0.3 / 0.3, whatever else is on the track."""
    case, _, _, behind = tabled(small)
    behind.agreed[:] = [2, 0, 0, 0]
    assert principal_gain(behind, case, 0, 0) == pytest.approx(0.5)


def test_it_counts_carrots_and_sticks(small):
    """0.06 in gains of the track, which weighs 0.4, of an agreement that weighs as much: 0.25 + 0.06."""
    case, _, _, behind = tabled(small)
    behind.leverage["counted"][0, 0] = 0.06
    assert principal_gain(behind, case, 0, 0) == pytest.approx(0.31)


def test_swaps_need_no_ratification_unless_it_is_said(small):
    case, clock, desk, behind = tabled(small, "issues.to_north.ratified=false", "issues.to_south.ratified=false")
    assert not is_judged(behind, case, SWAP)
    behind.parties["asked"][:] = 9.0
    ratify(clock, desk, behind, case, 0)
    assert behind.deals["status"][SWAP] == IN_FORCE
    assert is_judged(tabled(small)[3], case._replace(positions=tabled(small)[0].positions), SWAP)


def test_it_asks_for_at_least_so_much(small):
    """South: 0.5 (0.2 - 0.1) / 0.3 = 1/6: it ratifies if it asks for just that, and declines if it asks for more."""
    case, _, _, behind = tabled(small)
    behind.parties["asked"] = [0.1, principal_gain(behind, case, 1, 0)]
    assert first_to_decline(behind, case, 0) == -1
    behind.parties["asked"] = [0.1, 0.17]
    assert first_to_decline(behind, case, 0) == 1
    behind.parties["asked"] = [0.3, 0.17]
    assert first_to_decline(behind, case, 0) == 0


def test_what_is_ratified_is_in_force_and_its_carrot_spent(small):
    case, clock, desk, behind = tabled(small)
    behind.leverage["owed"][0, 0] = 0.1
    ratify(clock._replace(session=2), desk, behind, case, 0)
    assert behind.deals["status"].tolist() == [IN_FORCE, OPEN]
    assert behind.positions["ratified"].tolist() == [2, 2, 0, 0]
    assert behind.positions["ratified_in"].tolist() == [2, 2, -1, -1]
    assert behind.leverage["carrot"].tolist() == [[0.0, 0.2]] and behind.leverage["owed"][0, 0] == 0.0


def test_one_no_undoes_the_whole_and_spends_nothing(small):
    case, clock, desk, behind = tabled(small)
    behind.leverage["owed"][0, 0] = 0.1
    behind.parties["asked"][1] = 0.5
    ratify(clock, desk, behind, case, 0)
    assert behind.deals["status"][SWAP] == OPEN and not behind.positions["ratified"].any()
    assert behind.leverage["carrot"].tolist() == [[0.1, 0.2]] and behind.leverage["owed"][0, 0] == 0.0
    assert behind.positions["refused_by"].tolist() == [3, 3, -1, -1]  # two parties on: south's principal
    assert behind.positions["bound_by"].tolist() == [RATIFICATION, RATIFICATION, 0, 0]


def test_what_a_principal_asks_for_is_drawn_evenly_from_its_range(small):
    """Uniform[0.1, 0.3]: mean 0.2; three standard errors of 60 draws are 0.022."""
    changes = ("parties.north.ratify_low=0.1", "parties.north.ratify_width=0.2")
    asked = [float(small(*changes, seed=seed)[3].parties["asked"][0]) for seed in range(60)]
    assert 0.1 <= min(asked) < 0.12 and 0.28 < max(asked) < 0.3
    assert sum(asked) / 60 == pytest.approx(0.2, abs=0.022)
