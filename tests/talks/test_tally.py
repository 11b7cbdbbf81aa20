"""What a run came to: gains, utilities, tracks, and distances to what was possible."""

import math

import numpy as np
import pytest

from negsim.core.state import IN_FORCE, NO, NOT_KNOWN, YES
from negsim.edge.scenarios import load_scenario
from negsim.talks.tally import (
    MEASURES,
    PARTY_RESULT,
    TRACK_RESULT,
    overall_gain,
    package_gain,
    session_gain,
    tally_distances,
    tally_party,
    tally_track,
)


def one(kind):
    return np.zeros(1, kind)[0]


def test_a_gain_is_counted_from_the_status_quo_in_units_of_all_weights(small):
    """North, all prisoners to it, half to the south, and a full truce: 0.3 * 1 - 0.1 * 0.5 + 0.4 * 0.8 = 0.57 of 1."""
    case, _, _, behind = small()
    behind.positions["ratified"][:] = [2, 1, 2, 0]
    behind.weights[0] *= 2.0
    assert overall_gain(behind, case, 0) == pytest.approx(0.57)
    result = one(PARTY_RESULT)
    tally_party(behind, case, 0, result)  # the status quo is worth 0.1 * 1 + 0.4 * 0.2 + 0.2 * 0.5 = 0.28 to it
    assert (result["gain"], result["utility"]) == (pytest.approx(0.57), pytest.approx(0.85))


def test_without_a_status_quo_it_is_counted_from_the_reservation_value(small):
    """two-issues as a space without status quo: the buyer at (high, soon) has 0.3 * 0 + 0.7 * 1 = 0.7, less its 0.1."""
    two = ["tracks.sale.status_quo=false", "parties.buyer.utility.reservation=0.1"]
    case, behind, _ = sale(two)
    result = one(PARTY_RESULT)
    tally_party(behind, case, 0, result)
    assert result.tolist() == (0.1, 0.0)
    behind.positions["ratified"][:] = [1, 2]
    tally_party(behind, case, 0, result)
    assert result.tolist() == pytest.approx((0.7, 0.6))


def test_a_session_counts_what_was_ratified_in_it(small):
    _, _, _, behind = small()
    behind.positions["ratified"][:], behind.positions["ratified_in"][:] = [2, 1, 2, 0], [0, 0, 1, -1]
    assert [session_gain(behind, 0, s) for s in (0, 1, 2)] == pytest.approx([0.25, 0.32, 0.0])


LINK = "links=[{party = 'north', options = ['truce.full', 'to_north.all'], value = 0.1}]"


def test_a_link_is_in_gains_of_the_track_of_its_first_option(small):
    """0.1 of the truce's 0.6 is 0.06, if both are ratified."""
    case, _, _, behind = small(LINK)
    behind.positions["ratified"][:] = [2, 0, 1, 0]
    assert overall_gain(behind, case, 0) == pytest.approx(0.3 + 0.4 * 0.3)
    behind.positions["ratified"][:] = [2, 0, 2, 0]
    assert overall_gain(behind, case, 0) == pytest.approx(0.3 + 0.4 * 0.8 + 0.06)


def tracked(game, track):
    result = one(TRACK_RESULT)
    tally_track(game[3], game[0], track, result)
    return result


def test_a_track_is_agreed_when_all_its_core_issues_are(small):
    game = small()
    _, _, _, behind = game
    positions = behind.positions
    positions["at_table"][:2], positions["session"][:2], positions["turn"][:2] = [1, 2], [1, 0], [2, 5]
    positions["ratified"][:2], positions["refused_by"][1], positions["bound_by"][1] = [1, 0], 3, 7
    behind.deals["zone"][0], behind.deals["delivered"][0] = 1, 0.75
    found = tracked(game, 0)
    assert (found["zone"], found["table"], found["ratified"], found["agreed"]) == (1, 1, 0, 0)
    assert (found["session"], found["turn"]) == (1, 2)  # of the last core issue: the later session
    assert (found["refused_by"], found["bound_by"]) == (3, 7)
    assert found["delivered"] == pytest.approx(0.375)  # one of two, at 0.75
    positions["ratified"][1] = 2
    assert tracked(game, 0)["agreed"] == 1 and tracked(game, 0)["delivered"] == pytest.approx(0.75)
    positions["at_table"][1] = 0
    found = tracked(game, 0)
    assert (found["table"], found["agreed"], found["session"], found["turn"]) == (0, 0, -1, -1)


def test_only_core_issues_decide_and_a_truce_counts_as_kept_or_not(small):
    game = small()
    _, _, _, behind = game
    behind.positions["at_table"][2:], behind.positions["ratified"][2:] = [1, 0], [1, 0]  # the crossing stays shut
    behind.deals["status"][1], behind.deals["delivered"][1], behind.deals["truce_held"][1] = IN_FORCE, 1.0, 0.0
    found = tracked(game, 1)
    assert (found["agreed"], found["zone"], found["delivered"]) == (1, 0, 0.0)
    behind.deals["truce_held"][1] = 1.0
    assert tracked(game, 1)["delivered"] == 1.0


def sale(changes=()):
    from negsim.engine.arrays import to_arrays
    from negsim.talks.begin import begin, set_up

    prior, case = to_arrays(load_scenario("two-issues", list(changes)), 1)
    desk, behind = set_up(prior, case)
    begin(prior, case, desk, behind)
    return case, behind, desk


def distances(behind, case, desk):
    parties, measures = np.zeros(2, PARTY_RESULT), one(MEASURES)
    for p in range(2):
        tally_party(behind, case, p, parties[p])
    tally_distances(desk, behind, case, parties, measures)
    return parties["gain"].tolist(), float(measures["nash_distance"]), float(measures["pareto_gap"])


def test_distances_to_the_frontier_and_to_the_nash_point():
    """Gains of (price; delivery): buyer high -0.12, middle 0.03, low 0.18; late -0.28, soon 0.42; seller 0.42, 0.07, -0.28; 0.18,
    -0.12. The product is greatest at (high, soon): 0.3 * 0.3. At soon alone, (0.42, -0.12), both would rather add the middle
    price, (0.45, -0.05): a gap of sqrt(0.03^2 + 0.07^2), and sqrt(0.12^2 + 0.42^2) from the Nash point.
    """
    case, behind, desk = sale()
    behind.positions["ratified"][:] = [0, 2]
    gains, nash, gap = distances(behind, case, desk)
    assert gains == pytest.approx([0.42, -0.12])
    assert nash == pytest.approx(math.hypot(0.12, 0.42)) and gap == pytest.approx(math.hypot(0.03, 0.07))
    behind.positions["ratified"][:] = [1, 2]
    assert distances(behind, case, desk) == (pytest.approx([0.3, 0.3]), pytest.approx(0.0), pytest.approx(0.0))


def test_what_a_red_line_excludes_is_not_missed():
    """Without soon the best left for both is the middle price alone, (0.03, 0.07)."""
    case, behind, desk = sale()
    behind.barred[1, 1, 2] = 1
    assert package_gain(behind, case, 1, 1, 2, 1.0) == -math.inf
    _, nash, gap = distances(behind, case, desk)
    assert nash == pytest.approx(math.hypot(0.03, 0.07)) and gap == nash


def test_without_a_status_quo_the_first_option_counts_like_any_other():
    """Both reservations are 0.2. Utilities of the buyer: price 0.12, 0, 0.15, 0.3 and delivery 0.28, 0, 0.7; of the seller 0.28,
    0.7, 0.35, 0 and 0.12, 0.3, 0. At no_deal on both it has 0.4, so 0.2 over. Surpluses at (high, soon) are 0.5 and 0.5, the
    greatest product; at (middle, soon) 0.65 and 0.15; so from (0.2, 0.2) it is 0.3 in both directions.
    """
    reserved = [f"parties.{who}.utility.reservation=0.2" for who in ("buyer", "seller")]
    case, behind, desk = sale(["tracks.sale.status_quo=false", *reserved])
    behind.positions["ratified"][:] = [0, 0]
    gains, nash, gap = distances(behind, case, desk)
    assert gains == pytest.approx([0.2, 0.2]) and nash == pytest.approx(math.hypot(0.3, 0.3))
    assert gap == pytest.approx(nash)


def test_in_a_package_of_all_tracks_a_track_has_the_zone_noted_for_it(small):
    game = small("package=true")
    game[3].tracks["zone"][:] = [1.0, 0.0]
    assert [tracked(game, t)["zone"] for t in (0, 1)] == [1, 0]


def test_a_track_without_core_issues_is_agreed_when_anything_on_it_is(small):
    """Nothing agreed, then one direction of the swap at the table, then ratified; zones are those of any of its deals."""
    case, _, _, behind = small("tracks.swap.core=[]")
    result = one(TRACK_RESULT)
    tally_track(behind, case, 0, result)
    assert (result["zone"], result["table"], result["ratified"], result["agreed"]) == (NO, 0, 0, 0)
    behind.deals["zone"][0] = YES
    behind.positions["at_table"][0], behind.positions["session"][0], behind.positions["turn"][0] = 2, 1, 3
    behind.positions["refused_by"][1] = 1
    tally_track(behind, case, 0, result)
    assert (result["zone"], result["table"], result["ratified"], result["agreed"]) == (YES, 1, 0, 0)
    assert (result["session"], result["turn"], result["refused_by"]) == (1, 3, 1)
    behind.positions["ratified"][0], behind.deals["delivered"][0] = 2, 0.5
    tally_track(behind, case, 0, result)
    assert (result["ratified"], result["agreed"], result["delivered"], result["refused_by"]) == (1, 1, 0.5, -1)


def test_it_has_a_zone_that_is_not_known_where_none_of_its_deals_has_one_for_sure(small):
    case, _, _, behind = small("tracks.swap.core=[]")
    behind.deals["zone"][0] = NOT_KNOWN
    result = one(TRACK_RESULT)
    tally_track(behind, case, 0, result)
    assert result["zone"] == NOT_KNOWN
