"""Gains, floors and surpluses of one side, worked by hand on `small.toml`."""

import numpy as np
import pytest

from negsim.core.state import IN_FORCE, TABLED
from negsim.talks.appraise import (
    appraise,
    drift_floor,
    hold_chance,
    hope_of,
    link_gain,
    option_gain,
    side_of,
    spread_of,
    stopped_share,
    truce_floor,
)
from negsim.talks.drift import outlook

NORTH, SOUTH = 0, 1
TO_NORTH, TO_SOUTH, TRUCE, CROSSING = range(4)
ALL, PART, FULL = 2, 1, 2


def gain(game, party, issue, option):
    case, _, _, behind = game
    track = behind.tracks[case.issues["track"][issue]]
    side = side_of(behind, case, party, party, int(case.issues["deal"][issue]))
    return option_gain(side, case, issue, option, float(track["trust"]), float(track["expected"]))


def test_a_swap_counts_as_far_as_it_is_expected_to_be_delivered_both_ways_alike(small):
    """The track weighs 0.3 + 0.1 = 0.4 for north; e = (1 + 1/2) / 3 = 1/2. Receiving: 0.3 * 0.5 * 1 / 0.4; giving: -0.1 * 0.5 / 0.4."""
    game = small()
    assert gain(game, NORTH, TO_NORTH, ALL) == pytest.approx(0.375)
    assert gain(game, NORTH, TO_SOUTH, ALL) == pytest.approx(-0.125)
    assert gain(game, NORTH, TO_NORTH, 0) == 0.0


def test_in_a_staged_swap_what_is_handed_over_costs_in_full(small):
    """Worth 1 - 0.25 with a cost of 0.25 in it: e 0.75 - (1 - e) 0.25 = 0.25 at e = 1/2, times 0.3 / 0.4; nothing at e = 1/4."""
    game = small()
    behind = game[3]
    behind.values[NORTH, TO_NORTH, ALL], behind.costs[NORTH, TO_NORTH, ALL] = 0.75, 0.25
    assert gain(game, NORTH, TO_NORTH, ALL) == pytest.approx(0.25 * 0.75)
    behind.tracks["expected"][0] = 0.25
    assert gain(game, NORTH, TO_NORTH, ALL) == pytest.approx(0.0)


def test_what_is_taken_only_with_another_costs_nothing_where_that_comes_along(small):
    """South takes the crossing only with a full truce: without it the crossing costs it (0 - 0.4) 0.35 / 0.7, with it nothing."""
    says = (
        "actor = 'south', stance = 'conditions-on', options = ['crossing.open'], condition = 'truce.full', made_on = 2025-12-01"
    )
    game = small(f"statements={{s1 = {{{says}, paragraph = 1, paraphrase = 'only'}}}}")
    case, behind = game[0], game[3]
    behind.values[SOUTH, CROSSING, 1] = -0.4
    options = {tuple(case.option_of[2:, o].tolist()): o for o in range(case.issues["options"][TRUCE])}
    assert gain(game, SOUTH, TRUCE, options[0, 1]) == pytest.approx(-0.4 * 0.35 / 0.7)
    assert gain(game, SOUTH, TRUCE, options[2, 1]) == pytest.approx(gain(game, SOUTH, TRUCE, options[2, 0]))
    assert gain(game, NORTH, TRUCE, options[2, 1]) > gain(game, NORTH, TRUCE, options[2, 0])


def test_a_truce_is_worth_what_it_brings_if_it_holds_less_the_loss_if_it_breaks(small):
    """Full: P = 3/4 + 1/4 * 0.5 = 0.875, L = 0.4: (0.875 * 0.8 - 0.125 * 0.4 * 1) * 0.4 / 0.6 = 0.65 * 2/3.

    Part: P = 0.75, h = 0.4: (0.75 * 0.3 - 0.25 * 0.4 * 0.4) * 2/3 = 0.185 * 2/3.
    """
    game = small()
    assert gain(game, NORTH, TRUCE, FULL) == pytest.approx(0.65 * 2 / 3)
    assert gain(game, NORTH, TRUCE, PART) == pytest.approx(0.185 * 2 / 3)
    assert gain(game, SOUTH, TRUCE, FULL) == pytest.approx(-0.875 * 0.4 * 0.5)  # L = 0: (0 - 0.4) P 0.35 / 0.7


def test_guarantees_add_up_to_certainty_at_most(small):
    case, _, _, _ = small("issues.truce.options.full.guarantee=0.8")
    assert hold_chance(case, TRUCE, FULL, 0.25) == pytest.approx(0.25 + 0.75 * 0.8)
    assert hold_chance(case, TRUCE, FULL, 1.0) == 1.0
    watched = small("issues.crossing.available_when='truce > 0'", "issues.crossing.options.open.guarantee=0.75")[0]
    both = next(o for o in range(5) if (watched.option_of[2, o], watched.option_of[3, o]) == (FULL, 1))
    assert hold_chance(watched, 2, both, 0.25) == 1.0  # 0.5 + 0.75
    assert stopped_share(case, TRUCE, PART) == 0.4 and stopped_share(case, CROSSING, 1) == 0.0


def test_the_floor_of_a_truce_is_what_fighting_on_would_bring(small):
    """theta 0.2 less a cost of war of 0.05; with hope q = 0.5 at patience 0.9 the present counts (1 - 0.9) / (1 - 0.9 * 0.5)."""
    me = small("parties.north.theta=0.2", "parties.north.war_cost=0.05")[3].parties[NORTH]
    assert truce_floor(me, 0.1) == pytest.approx(0.1 + 0.15)
    assert hope_of(me) == 0.0
    me["hope"], me["hoped_gain"] = 0.5, 0.4
    assert truce_floor(me, 0.1) == pytest.approx(0.1 + 0.1 / 0.55 * 0.15)
    assert hope_of(me) == pytest.approx(0.9 * 0.5 * 0.4 / 0.55)


def test_a_battlefield_that_moved_moves_the_floor_by_what_it_is_worth(small):
    _, _, _, behind = small("parties.north.drift_weight=0.3")
    behind.course["position"][0] = 14.0  # at even odds W(14) - W(10) = 4 / 20
    assert outlook(behind, NORTH) == pytest.approx(0.2)
    assert drift_floor(behind, NORTH) == pytest.approx(0.06) and drift_floor(behind, SOUTH) == 0.0


def test_a_surplus_is_the_gain_less_the_floor_on_the_fighting_stopped(small):
    """South: part brings 0.75 * 0.6 * 0.5 = 0.225 and stops 0.4 of the fighting, at theta = 0.1: 0.225 - 0.4 * 0.1.

    The other side sees the gain, not what talking pays.
    """
    case, _, desk, behind = small("parties.south.theta=0.1")
    appraise(desk, behind, case, 1)
    assert desk.worths[SOUTH, SOUTH, TRUCE, PART] == pytest.approx(0.185)
    assert desk.worths[NORTH, SOUTH, TRUCE, PART] == pytest.approx(0.225)
    assert desk.worths[SOUTH, SOUTH, CROSSING, 1] == pytest.approx(0.5)


def test_hope_of_a_later_deal_is_a_floor_on_all_of_a_deal(small):
    case, _, desk, behind = small("parties.south.hope=0.5", "parties.south.hoped_gain=0.4")
    appraise(desk, behind, case, 1)
    assert desk.stands["floor"][:, 1].tolist() == pytest.approx([0.0, 0.9 * 0.5 * 0.4 / 0.55])


def test_a_red_line_bars_its_owner_and_is_not_seen(small):
    case, _, desk, behind = small()
    behind.barred[SOUTH, TRUCE, PART] = 1
    appraise(desk, behind, case, 1)
    assert desk.worths[SOUTH, SOUTH, TRUCE, PART] == -np.inf
    assert desk.worths[NORTH, SOUTH, TRUCE, PART] == pytest.approx(0.225)
    assert np.isfinite(desk.worths[NORTH, NORTH, TRUCE, PART])


def test_carrots_and_sticks_raise_the_surplus_of_their_target_alone(small):
    """South's surplus of full is -0.175; with a carrot of 0.2 and a stick of 0.05 held out it is 0.075."""
    case, _, desk, behind = small()
    behind.leverage["carrot_shown"][0, SOUTH], behind.leverage["stick_shown"][0, SOUTH] = 0.2, 0.05
    appraise(desk, behind, case, 1)
    assert desk.worths[SOUTH, SOUTH, TRUCE, FULL] == pytest.approx(0.075)
    assert desk.worths[SOUTH, SOUTH, TRUCE, PART] == pytest.approx(0.225)
    assert desk.worths[NORTH, NORTH, TRUCE, FULL] == pytest.approx(0.65 * 2 / 3)


def test_others_values_are_seen_with_noise_within_minus_1_and_1(small):
    """v + s z with s = 0.4: south's 1 for part at z = -0.5 is 0.8, its 0 for full at -4 is -1 at least, its 1 for open at 2 stays 1.

    Full: 0.875 (-1 - 0.4) * 0.5 = -0.6125.
    """
    case, _, desk, behind = small()
    behind.parties["noise"][NORTH] = 0.4
    behind.noise[NORTH, SOUTH, TRUCE] = [0.0, -0.5, -4.0]
    behind.noise[NORTH, SOUTH, CROSSING, 1] = 2.0
    appraise(desk, behind, case, 1)
    assert desk.worths[NORTH, SOUTH, TRUCE, PART] == pytest.approx(0.75 * (0.8 - 0.4) * 0.5)
    assert desk.worths[NORTH, SOUTH, CROSSING, 1] == pytest.approx(0.5)
    assert desk.worths[NORTH, SOUTH, TRUCE, FULL] == pytest.approx(-0.6125)
    assert desk.worths[SOUTH, SOUTH, TRUCE, PART] == pytest.approx(0.225)  # it knows itself


def test_every_mediator_clears_up_a_share_of_what_is_left(small):
    _, _, _, behind = small("mediators.other={style = 'null'}")
    behind.parties["noise"][NORTH], behind.clarity[:] = 0.4, [0.5, 0.25]
    assert spread_of(behind, NORTH) == pytest.approx(0.05)


LINK = "links=[{party = 'north', options = ['to_north.all', 'truce.full'], value = 0.1}]"


def test_a_link_to_another_deal_counts_at_what_stands_there(small):
    """0.1 more for all prisoners once a full truce is agreed or in force; nothing as long as the truce is open."""
    case, _, _, behind = small(LINK)
    assert link_gain(behind, case, behind.links, NORTH, TO_NORTH, ALL) == 0.0
    behind.positions["ratified"][TRUCE], behind.deals["status"][1] = FULL, IN_FORCE
    assert link_gain(behind, case, behind.links, NORTH, TO_NORTH, ALL) == 0.1
    assert (
        link_gain(behind, case, behind.links, NORTH, TO_NORTH, 1)
        == link_gain(behind, case, behind.links, SOUTH, TO_NORTH, ALL)
        == 0.0
    )
    behind.positions["at_table"][TRUCE], behind.deals["status"][1] = PART, TABLED
    assert link_gain(behind, case, behind.links, NORTH, TO_NORTH, ALL) == 0.0  # at the table it is part this time


def test_links_of_one_deal_are_bargained_over_as_one(small):
    case, _, _, behind = small("links=[{party = 'south', options = ['truce.part', 'crossing.open'], value = 0.1}]")
    assert len(case.issues) == 3
    worth = [link_gain(behind, case, behind.links, SOUTH, 2, o) for o in range(case.issues["options"][2])]
    both = [case.option_of[2, o] == PART and case.option_of[3, o] == 1 for o in range(len(worth))]
    assert worth == [0.1 if had else 0.0 for had in both] and sum(both) == 1


def test_a_link_of_the_other_is_seen_whether_or_not_it_is_misread(small):
    """South's part and open together: 0.225 + 0.5 + 0.1."""
    for noise in (0.0, 1e-12):
        case, _, desk, behind = small("links=[{party = 'south', options = ['truce.part', 'crossing.open'], value = 0.1}]")
        behind.parties["noise"][NORTH] = noise
        appraise(desk, behind, case, 1)
        both = next(o for o in range(6) if (case.option_of[2, o], case.option_of[3, o]) == (PART, 1))
        assert desk.worths[NORTH, SOUTH, 2, both] == pytest.approx(0.825)
