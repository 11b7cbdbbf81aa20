"""Zones: whether a package that changes every core issue is acceptable to all."""

import numpy as np

from negsim.talks.appraise import appraise
from negsim.talks.menus import lay_menus
from negsim.talks.zones import find_zone, note_zones, zone_of

NORTH, SOUTH, TRUCE, CROSSING, DEAL = 0, 1, 2, 3, 1


def laid(small, *changes):
    case, clock, desk, behind = small(*changes)
    appraise(desk, behind, case, DEAL)
    return case, clock._replace(deal=DEAL), desk, behind


def test_a_core_issue_has_to_change(small):
    """Both gain by opening the crossing, 0.1667 and 0.5; without a truce that is no zone of the track."""
    case, _, desk, _ = laid(small)
    assert find_zone(desk, case, DEAL, -1)
    desk.worths[SOUTH, SOUTH, TRUCE, 1:] = -np.inf
    assert not find_zone(desk, case, DEAL, -1)
    everything_counts = laid(small, "tracks.truce.core=['crossing']")
    everything_counts[2].worths[SOUTH, SOUTH, TRUCE, 1:] = -np.inf
    assert find_zone(everything_counts[2], everything_counts[0], DEAL, -1)


def test_what_just_reaches_both_floors_is_acceptable(small):
    """Part and an open crossing are worth 0.1 + 0.2 to north and 0.3 + 0.4 to south."""
    case, _, desk, _ = laid(small)
    desk.worths[NORTH, NORTH, TRUCE:, :3] = [[0.0, 0.125, -9.0], [0.0, 0.25, 0.0]]
    desk.worths[SOUTH, SOUTH, TRUCE:, :3] = [[0.0, 0.5, 0.0], [0.0, 0.25, 0.0]]
    for floors, open_ in (((0.375, 0.75), True), ((0.376, 0.75), False), ((0.375, 0.751), False)):
        desk.stands["floor"][:, DEAL] = floors
        assert find_zone(desk, case, DEAL, -1) == open_


def test_it_is_noted_for_the_deal_that_is_on(small):
    case, clock, desk, behind = laid(small)
    note_zones(clock, desk, behind, case)
    assert behind.deals["zone"].tolist() == [0, 1]


def test_each_side_goes_by_what_it_wants_itself_not_by_what_it_is_believed_to_want(small):
    case, _, desk, _ = laid(small)
    desk.worths[NORTH, SOUTH] = -9.0
    assert find_zone(desk, case, DEAL, -1)


def test_it_is_looked_for_again_once_anything_has_changed(small):
    case, _, desk, behind = laid(small)
    lay_menus(desk, case, DEAL)
    assert zone_of(desk, case, DEAL, -1)
    behind.barred[SOUTH, TRUCE, 1:] = 1
    appraise(desk, behind, case, DEAL)
    lay_menus(desk, case, DEAL)
    assert not zone_of(desk, case, DEAL, -1)


def test_in_a_package_of_all_tracks_each_has_its_own_zone(small):
    """South will have no truce: the package has a zone for the swap, none for the truce."""
    case, clock, desk, behind = small("package=true")
    appraise(desk, behind, case, 0)
    desk.worths[SOUTH, SOUTH, TRUCE, 1:] = -np.inf
    note_zones(clock, desk, behind, case)
    assert behind.tracks["zone"].tolist() == [1.0, 0.0]
