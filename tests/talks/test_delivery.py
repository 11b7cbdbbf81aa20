"""From promise to delivery: when and how much of an exchange arrives, whether a truce holds, and what it does to trust."""

import numpy as np
import pytest

from negsim.core.clock import open_at
from negsim.core.state import DONE, IN_FORCE, OPEN
from negsim.talks.delivery import deal_hold_chance, deliver, draw_deliveries, promise, settle

SWAP, TRUCE = 0, 1


def put(small, agreed, deal, *changes):
    """Return a run in which a deal was ratified on day 5."""
    case, clock, desk, behind = small(*changes)
    behind.course["day"][0] = 5.0
    behind.agreed[:] = agreed
    promise(clock, behind, case, deal)
    return case, clock, desk, behind


def test_an_exchange_is_due_after_its_lag_and_counts_then(small):
    """Ratified on day 5 with a lag of 10 days: nothing on day 14, delivered on day 15."""
    case, clock, desk, behind = put(small, [2, 2, 0, 0], SWAP)
    swap = behind.deals[SWAP]
    assert (swap["status"], swap["due"], swap["delivered"], swap["truce"]) == (IN_FORCE, 15.0, 0.0, 0.0)
    settle(clock, desk, behind, case, 14.0)
    assert swap["status"] == IN_FORCE and behind.tracks["due"][0] == 0.0
    settle(clock, desk, behind, case, 15.0)
    assert swap["status"] == DONE
    assert behind.tracks["due"][0] == 2.0 and behind.tracks["received"][0] == pytest.approx(2 * swap["delivered"])  # two swaps
    settle(clock, desk, behind, case, 99.0)
    assert behind.tracks["due"][0] == 2.0  # once


def delivered(small, replicates, *changes):
    """Return what reached each side of the first swap, over many runs."""
    case, _, _, behind = small(*changes)
    behind.agreed[:] = [2, 0, 0, 0]
    found = []
    for number in range(replicates):
        mine = case._replace(replicate=number)
        draw_deliveries(mine, behind)
        deliver(behind, mine, SWAP)
        found.append((float(behind.positions["to_first"][0]), float(behind.positions["to_second"][0])))
    return np.array(found)


def test_a_swap_is_delivered_whole_in_part_or_not_at_all(small):
    """Dirichlet(2, 1, 1): on average a half of them whole, a quarter in part, evenly, a quarter not; 2,000 draws, three errors 0.034."""
    found = delivered(small, 2000, "tracks.swap.delivery={all=2, part=1, none=1}")[:, 0]
    part = found[(found > 0.0) & (found < 1.0)]
    assert (found == 1.0).mean() == pytest.approx(0.5, abs=0.034) and (found == 0.0).mean() == pytest.approx(0.25, abs=0.03)
    assert part.mean() == pytest.approx(0.5, abs=0.04)


def test_one_side_gets_as_much_as_the_other_unless_the_swap_is_staged(small):
    spot, staged = delivered(small, 60), delivered(small, 60, "issues.to_north.staged=true")
    assert (spot[:, 0] == spot[:, 1]).all()
    assert (staged[:, 0] != staged[:, 1]).any() and (staged[:, 0] == spot[:, 0]).all()


def test_what_is_sure_is_delivered(small):
    assert (delivered(small, 20, "tracks.swap.delivery={all=1, part=1e-9, none=1e-9}") == 1.0).all()
    assert (delivered(small, 20, "tracks.swap.delivery={all=1e-9, part=1e-9, none=1}") == 0.0).all()


def test_what_hands_nothing_over_is_delivered_at_once(small):
    _, _, _, behind = put(small, [0, 0, 0, 1], TRUCE)  # the crossing alone
    assert behind.deals["delivered"][TRUCE] == 1.0 and behind.deals["truce"][TRUCE] == 0.0


def test_a_truce_holds_by_trust_and_where_that_fails_by_guarantee(small):
    """tau = 3 / 4; full has g = 0.5: 0.75 + 0.25 * 0.5 = 0.875; part has none: 0.75."""
    case, _, _, behind = put(small, [0, 0, 2, 0], TRUCE)
    assert deal_hold_chance(behind, case, TRUCE) == pytest.approx(0.875)
    behind.agreed[2] = 1
    assert deal_hold_chance(behind, case, TRUCE) == pytest.approx(0.75)
    behind.agreed[2], case.effects["guarantee"][2, 2] = 2, 1.5
    assert deal_hold_chance(behind, case, TRUCE) == 1.0


def test_truces_break_as_often_as_they_should(small):
    """1 - 0.75 = 0.25 of them break: 100 of 400, give or take three standard deviations, 26."""
    case, clock, desk, behind = put(small, [0, 0, 1, 0], TRUCE)
    broken = 0
    for replicate in range(400):
        promise(clock, behind, case, TRUCE)
        settle(clock, desk, behind, case._replace(replicate=replicate), 6.0)
        broken += behind.deals["status"][TRUCE] == OPEN
    assert broken == pytest.approx(100, abs=26)


def test_a_broken_truce_is_a_promise_broken_and_open_again(small):
    case, clock, desk, behind = put(small, [0, 0, 1, 0], TRUCE)
    behind.tracks["trust"][1] = 0.0
    settle(clock, desk, behind, case, 6.0)
    assert behind.deals["status"][TRUCE] == OPEN and behind.deals["truce_held"][TRUCE] == 0.0
    assert (behind.tracks["kept"][1], behind.tracks["promised"][1]) == (0.0, 1.0)


def test_a_truce_that_holds_is_kept_to_its_end_and_may_be_renewed(small):
    """Part lasts 10 days from day 5: in force on day 14, over on day 15; decided once, whatever becomes of trust."""
    case, clock, desk, behind = put(small, [0, 0, 1, 0], TRUCE)
    truce = behind.deals[TRUCE]
    behind.tracks["trust"][1] = 1.0
    settle(clock, desk, behind, case, 14.0)
    assert (truce["status"], truce["truce_held"], truce["truce_ends"]) == (IN_FORCE, 1.0, 15.0)
    assert behind.tracks["promised"][1] == 0.0
    behind.tracks["trust"][1] = 0.0
    settle(clock._replace(session=1), desk, behind, case, 15.0)
    assert truce["status"] == OPEN
    assert (behind.tracks["kept"][1], behind.tracks["promised"][1]) == (1.0, 1.0)


def test_a_truce_for_good_does_not_run_out(small):
    case, _, desk, behind = put(small, [0, 0, 2, 0], TRUCE, "issues.truce.options.full.days=0")
    behind.tracks["trust"][1] = 1.0
    settle(open_at(0, 0, 6), desk, behind, case, 1e9)
    assert behind.deals["status"][TRUCE] == IN_FORCE
