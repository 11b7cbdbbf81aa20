"""Menus: a party's surplus against what it believes all the others make of a package, added up."""

import numpy as np

from negsim.edge.scenarios import load_scenario
from negsim.talks.appraise import appraise
from negsim.talks.menus import add_others, lay_menus


def test_the_others_are_added_up_and_the_party_itself_is_not(begun):
    case, _, desk, _ = next(begun(load_scenario("three-fleets")))
    deal = case.deals[0]
    width = int(case.issues["options"][deal["first"]])
    for party in range(3):
        desk.worths[1, party, deal["first"], :width] = np.arange(width) * 10.0**party
    add_others(desk, case, 0, 1)
    assert desk.theirs[deal["first"], :width].tolist() == (np.arange(width) * 101.0).tolist()


def test_a_menu_falls_for_its_owner_and_stops_at_the_floor(small):
    """Truce and crossing. North: part 0.1233, full 0.4333, open 0.1667; south as north sees it: 0.225, -0.175, 0.5. Best for
    north is full and open, 0.6; then part and open, 0.29, which south likes better. The crossing alone, 0.1667 and 0.5, is
    worse for both; and at a floor of 0.3 only the first is left.
    """
    case, _, desk, behind = small()
    appraise(desk, behind, case, 1)
    lay_menus(desk, case, 1)
    rows = int(desk.stands["points"][0, 1])
    assert np.allclose(desk.menus[1, 0, :rows, :3], [[0.6, 2, 1], [0.29, 1, 1]])
    desk.stands["floor"][0, 1] = desk.menus[1, 0, 1, 0]  # what just reaches the floor is on it
    lay_menus(desk, case, 1)
    assert desk.stands["points"][0, 1] == 2
    desk.stands["floor"][0, 1] = 0.3
    lay_menus(desk, case, 1)
    assert desk.stands["points"][0, 1] == 1


def test_a_menu_is_laid_anew_when_anything_changed(small):
    case, _, desk, behind = small()
    appraise(desk, behind, case, 1)
    lay_menus(desk, case, 1)
    desk.worths[0, 1, 2, 2] = 9.0  # north now believes that south wants a full truce
    lay_menus(desk, case, 1)
    assert desk.stands["points"][0, 1] == 1 and desk.menus[1, 0, 0, 1:3].tolist() == [2.0, 1.0]
