"""Between turns, deals and sessions: what is written down, spent, and moved, and when."""

import math

import numpy as np
import pytest

from negsim.core import state
from negsim.core.clock import seal, with_offer
from negsim.core.state import DELIVERS, IN_FORCE, OFFERS, OPEN, RATIFIES, STAYS_AWAY, TABLED
from negsim.edge.scenarios import load_scenario
from negsim.talks.advance import (
    adjourn,
    breaks_down,
    close_deal,
    grow_ready,
    is_concerned,
    mediate,
    next_deal,
    pass_time,
    shake_hands,
    sight_of,
    spend_leverage,
    stays_away,
)

NORTH, SOUTH = 0, 1
SWAP, TRUCE = 0, 1
FULL = 2


def test_a_hidden_deadline_falls_only_after_a_whole_round(small):
    case, clock, _, _ = small()
    sure = case._replace(breakdown=1.0)
    assert [breaks_down(clock._replace(turn=turn), sure) for turn in (1, 2, 3, 4)] == [False, True, False, True]
    assert not any(breaks_down(clock._replace(turn=turn), case) for turn in (2, 4))


def test_a_hidden_deadline_falls_as_often_as_it_should(small):
    """At 0.25: 100 of 400, give or take three standard deviations, 26."""
    case, clock, _, _ = small()
    fell = sum(breaks_down(clock._replace(turn=2), case._replace(breakdown=0.25, replicate=r)) for r in range(400))
    assert fell == pytest.approx(100, abs=26)


def shaken(small, package, *changes):
    case, clock, desk, behind = small(*changes)
    desk.offers[SOUTH] = package
    shake_hands(seal(with_offer(clock._replace(turn=3), SOUTH, 2)), desk, behind, case)
    return behind


def test_what_the_last_speaker_offered_is_agreed_at_the_table(small):
    behind = shaken(small, [2, 1, 0, 0])
    assert behind.deals["status"].tolist() == [TABLED, OPEN] and behind.agreed[:2].tolist() == [2, 1]
    assert behind.positions["at_table"].tolist() == [2, 1, 0, 0]
    assert behind.positions["turn"].tolist() == [3, 3, -1, -1] and behind.positions["ratified"].tolist() == [0] * 4


def test_agreeing_to_change_nothing_is_no_agreement(small):
    assert shaken(small, [0, 0, 0, 0]).deals["status"][SWAP] == OPEN
    behind = shaken(small, [0, 0, 0, 0], "tracks.swap.status_quo=false")
    assert behind.deals["status"][SWAP] == TABLED  # where there is no status quo, it is a deal like any other


def leveraged(small, *, tabled, refuser=-1, refused=-1, stick=0.2):
    case, clock, desk, behind = small()
    purses = behind.leverage[0]
    purses["carrot_shown"], purses["stick_shown"] = [0.05, 0.0], [0.15, stick]
    behind.deals["status"][TRUCE], behind.agreed[2] = (TABLED, FULL) if tabled else (OPEN, 0)
    desk.refusals["party"][:], desk.refusals["option"][:] = -1, -1
    desk.refusals["party"][2], desk.refusals["option"][2] = refuser, refused
    spend_leverage(clock._replace(deal=TRUCE), desk, behind, case)
    return purses["owed"].tolist(), purses["stick"].tolist()


def test_a_carrot_is_owed_whole_to_whom_it_was_shown_once_its_target_is_agreed(small):
    assert leveraged(small, tabled=True) == ([0.1, 0.0], [0.3, 0.4])


def test_a_principal_counts_what_was_shown_on_what_was_agreed(small):
    case, clock, desk, behind = small()
    behind.agreed[:], behind.deals["status"][TRUCE] = [0, 0, FULL, 0], TABLED
    behind.leverage["carrot_shown"][0], behind.leverage["stick_shown"][0] = [0.05, 0.0], [0.02, 0.03]
    spend_leverage(clock._replace(deal=TRUCE), desk, behind, case)
    assert behind.leverage["counted"][0].tolist() == pytest.approx([0.07, 0.03])
    behind.agreed[2], behind.leverage["counted"][:] = 1, 0.0
    spend_leverage(clock._replace(deal=TRUCE), desk, behind, case)
    assert not behind.leverage["counted"].any()  # not its target


def test_a_stick_is_used_on_who_refused_the_target_and_on_nobody_else(small):
    assert leveraged(small, tabled=False, refuser=SOUTH, refused=FULL) == ([0.0, 0.0], [0.3, 0.0])
    assert leveraged(small, tabled=False, refuser=SOUTH, refused=1) == ([0.0, 0.0], [0.3, 0.4])  # not the target
    assert leveraged(small, tabled=False) == ([0.0, 0.0], [0.3, 0.4])
    assert leveraged(small, tabled=False, refuser=SOUTH, refused=FULL, stick=0.0)[1] == [0.3, 0.4]  # none was shown
    assert leveraged(small, tabled=True, refuser=SOUTH, refused=FULL)[1] == [0.3, 0.4]  # it came round


def test_a_mediator_is_concerned_by_the_deal_of_its_target(small):
    case, *_ = small()
    assert [is_concerned(case, 0, deal) for deal in (SWAP, TRUCE)] == [False, True]


def test_mediators_act_when_their_style_can_and_say_whether_they_changed_anything(small):
    case, clock, desk, behind = small()
    asked = []
    for acts, turns in (("NEVER", []), ("AT_OPENING", [0]), ("EVERY_TURN", [0, 1, 2])):
        case.mediators["acts"][0] = getattr(state, acts)
        moved = [mediate(clock._replace(turn=t), desk, behind, case, (lambda s: asked.append(s.turn) or 1,)) for t in (0, 1, 2)]
        assert asked == turns and moved == [int(t in turns) for t in (0, 1, 2)]
        asked.clear()


def test_a_mediator_sees_the_deal_and_its_time(small):
    """Turn 2 of 6: (2 + 1) / 7 has passed, and 2 / 7 had a turn before."""
    case, clock, desk, behind = small()
    sight = sight_of(clock._replace(deal=TRUCE, turn=2), desk, behind, case, 0)
    assert (sight.elapsed, sight.before) == (3 / 7, 2 / 7)
    assert sight.sizes.tolist() == [3, 2] and sight.concerned and sight.worths.shape == (2, 2, 2, 3)


def test_readiness_follows_how_a_session_went_against_what_was_hoped_for(small):
    """North hoped for 0.1 and gained 0.3 of 1: at a rate of 0.5 its readiness rises by 0.1; south's has no rate."""
    _, clock, _, behind = small("parties.north.readiness_rate=0.5", "parties.north.hoped_gain=0.1")
    behind.parties["ready"][:] = 0.5
    behind.positions["ratified"][0], behind.positions["ratified_in"][0] = 2, 0
    grow_ready(clock, behind)
    assert behind.parties["ready"].tolist() == pytest.approx([0.6, 0.5])
    grow_ready(clock._replace(session=1), behind)  # nothing was ratified in this one: 0.5 * (0 - 0.1)
    assert behind.parties["ready"].tolist() == pytest.approx([0.55, 0.5])
    behind.parties["readiness_rate"][NORTH] = 10.0
    grow_ready(clock, behind)
    assert behind.parties["ready"][NORTH] == 1.0


def test_who_is_less_ready_than_its_threshold_stays_away(small):
    _, clock, desk, behind = small("parties.south.readiness=0.4", "parties.south.readiness_threshold=0.4")
    assert not stays_away(clock, desk, behind)
    behind.parties["ready"][SOUTH] = 0.39
    assert stays_away(clock, desk, behind)


def passed(small, session, *changes):
    case, clock, desk, behind = small("talks.drift.up=1", *changes)
    behind.course["day"][0] = float(case.days[session])
    behind.agreed[:] = [1, 0, 0, 0]
    behind.deals["status"][SWAP], behind.deals["due"][SWAP] = IN_FORCE, 65.0
    behind.tracks["all"][0], behind.tracks["part"][0] = 1.0, 0.0
    for name in ("kept", "promised", "received", "due"):
        behind.tracks[name][:] = 1.0
    pass_time(clock._replace(session=session), desk, behind, case)
    return behind


def test_the_front_moves_a_step_a_week_until_the_next_session(small):
    """Days 0, 14 and 35: two weeks, then three; after the last session it stands still."""
    assert [float(passed(small, s).course["ups"][0]) for s in (0, 1, 2)] == [2.0, 3.0, 0.0]
    assert [float(passed(small, s).course["day"][0]) for s in (0, 1)] == [14.0, 35.0]


def test_deliveries_count_up_to_the_horizon_after_the_last_session(small):
    """35 + 30 days: what is due on day 65 comes just in time, and not by day 35."""
    assert [float(passed(small, s).deals["delivered"][SWAP]) for s in (1, 2)] == [0.0, 1.0]
    assert passed(small, 2, "talks.horizon_days=29").deals["delivered"][SWAP] == 0.0


def test_older_promises_fade_before_new_ones_count(small):
    """l = 0.5: the old one counts 0.5 of 0.5; a whole delivery comes on top: (1.5 + 0.5 + 1) / (3 + 0.5 + 1) is expected of the next."""
    assert passed(small, 1).tracks["trust"].tolist() == pytest.approx([1.5 / 2.5, 3.5 / 4.5])
    assert passed(small, 1).tracks["expected"][0] == pytest.approx(2.0 / 3.5)
    assert passed(small, 2).tracks["expected"][0] == pytest.approx(3.0 / 4.5)


def test_what_happens_before_a_session_happens_as_its_day_comes(small):
    event = "talks.events=[{on = 2026-02-05, parameter = 'parties.south.theta', by = 0.1}]"
    assert [float(passed(small, s, event).parties["theta"][SOUTH]) for s in (0, 1)] == [0.0, 0.1]


def test_a_session_goes_on_to_the_next_deal_that_is_open(small):
    _, _, _, behind = small()
    assert [next_deal(behind, after) for after in (0, 1, 2)] == [0, 1, 2]
    behind.deals["status"][:] = [IN_FORCE, OPEN]
    assert next_deal(behind, 0) == 1


def test_a_track_is_ratified_when_it_is_done_and_the_talks_go_on(small):
    """The swap is agreed and its track ends with it: ratified before the truce opens."""
    case, clock, desk, behind = small()
    desk.offers[SOUTH, :2] = [2, 2]
    desk.refusals["party"][:] = -1
    later = close_deal(seal(with_offer(clock, SOUTH, 2)), None, desk, behind, case)
    assert behind.positions["ratified"].tolist() == [2, 2, 0, 0]
    assert (later.session, later.deal, later.turn) == (0, TRUCE, 0)
    after = close_deal(later._replace(turn=6), None, desk, behind, case)
    assert (after.session, after.deal) == (1, TRUCE) and behind.course["day"][0] == 14.0


def test_the_talks_end_after_their_last_session_or_with_the_war(small):
    case, clock, desk, behind = small()
    assert adjourn(clock._replace(session=2), None, desk, behind, case).over
    case, clock, desk, behind = small()
    behind.course["position"][0], behind.course["drift_up"][0] = 19.0, 1.0
    assert adjourn(clock, None, desk, behind, case).over


def test_who_stays_away_leaves_the_next_session_to_nobody(small):
    case, clock, desk, behind = small("parties.south.readiness_threshold=0.5")
    behind.parties["ready"][SOUTH] = 0.4
    assert adjourn(clock, None, desk, behind, case) == clock._replace(session=3, speaker=-1, over=True)


def test_a_logged_session_reads_in_order(begun):
    """Whatever was ratified was offered before, and delivered after it."""
    from negsim.engine.mesa_engine import play_mesa

    results, errors = play_mesa(load_scenario("istanbul-2025"), 3, 0, 12, traced=True)
    assert not errors
    for log in results.log:
        seen = {OFFERS: {}, RATIFIES: {}, DELIVERS: {}}
        for row, line in enumerate(log):
            if int(line["move"]) in seen:
                seen[int(line["move"])].setdefault(int(line["deal"]), row)
        for deal, row in seen[RATIFIES].items():
            assert seen[OFFERS][deal] < row < seen[DELIVERS].get(deal, math.inf)
    assert (results.log["move"] != STAYS_AWAY).all() and np.isfinite(results.parties["gain"]).all()
