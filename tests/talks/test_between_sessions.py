"""Drift, trust, delivery and ratification."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.core.state import BREAKS, OFFERS, PARTY, RATIFIES, STAYS_AWAY
from negsim.edge.scenarios import load_scenario
from negsim.engine.layout import lay_out
from negsim.engine.mesa_engine import Talks, play_mesa
from negsim.talks.appraise import hope_of, truce_floor
from negsim.talks.drift import win_chance


def test_gamblers_ruin():
    assert win_chance(10.0, 0.5, 20.0) == 0.5
    assert win_chance(0.0, 0.55, 20.0) == 0.0
    assert win_chance(20.0, 0.55, 20.0) == pytest.approx(1.0)
    ratio = 0.45 / 0.55
    assert win_chance(7.0, 0.55, 20.0) == pytest.approx((1 - ratio**7) / (1 - ratio**20))


@given(st.floats(0.42, 0.58), st.integers(0, 19))
def test_being_further_ahead_never_hurts(up, position):
    assert win_chance(float(position + 1), up, 20.0) >= win_chance(float(position), up, 20.0)
    assert win_chance(float(position), up, 20.0) == pytest.approx(1 - win_chance(float(20 - position), 1 - up, 20.0), abs=1e-9)


def types(**values):
    drawn = np.zeros(1, PARTY)
    for name, value in {"patience": 0.9, **values}.items():
        drawn[name] = value
    return drawn[0]


@given(st.floats(0.0, 0.2), st.floats(0.0, 1.0), st.floats(0.8, 0.99))
def test_floor_without_hope_is_the_plain_form_for_any_patience(theta, stopped, patience):
    assert stopped * truce_floor(types(theta=theta, patience=patience), 0.05) == pytest.approx(stopped * (0.05 + theta))
    assert hope_of(types(theta=theta, patience=patience)) == 0.0


def test_floor_with_hope_of_a_later_deal():
    drawn = types(theta=0.1, hope=0.5, hoped_gain=0.4)
    expected = (0.1 * 1.0 * 0.1 + 0.9 * 0.5 * 0.4) / (1 - 0.9 * 0.5)
    assert truce_floor(drawn, 0.0) + hope_of(drawn) == pytest.approx(expected)


def test_trust_follows_what_was_kept(repeated):
    """tau = (a + sum l^age kept) / (a + b + sum l^age), and the same of swaps, recomputed from what was delivered."""
    seen = 0
    for number in range(40):
        talks = Talks(repeated, seed=3, replicate=number)
        talks.play()
        for known in talks.behind.tracks:
            assert 0 <= known["kept"] <= known["promised"] + 1e-12 and 0 <= known["received"] <= known["due"] + 1e-12
            seen += known["promised"] + known["due"] > 0
        swaps, truces = talks.behind.tracks[0], talks.behind.tracks[1]
        assert swaps["expected"] == pytest.approx((3.5 + swaps["received"]) / (5 + swaps["due"]))
        assert truces["trust"] == pytest.approx((1 + truces["kept"]) / (4 + truces["promised"]))
    assert seen > 5


def test_an_agreed_exchange_leaves_the_table(repeated):
    results, errors = play_mesa(repeated, 3, 0, 40, traced=True)
    assert not errors
    again = 0
    for log in results.log:
        closed = set()
        for line in log:
            if line["move"] == RATIFIES and line["deal"] < 2:
                closed.add(int(line["deal"]))
            if line["move"] == OFFERS and line["deal"] in closed:
                again += 1
    assert again == 0


def test_a_principal_that_asks_for_everything_ratifies_nothing():
    scenario = load_scenario("istanbul-2025-06-02", ["parties.russia.ratify_low=1", "parties.russia.ratify_width=0.5"])
    results, _ = play_mesa(scenario, 1, 0, 60)
    assert results.tracks["table"].any()  # agreed at the table
    layout = lay_out(scenario)
    judged = [j for j, key in enumerate(layout.positions) if not scenario.issues[key].swap]
    assert not results.positions["ratified"][:, judged].any() and results.positions["at_table"][:, judged].any()
    assert results.positions["ratified"].any()  # swaps need none


def test_the_war_can_end_on_the_battlefield():
    dates = [f"{2026 + k // 12}-{k % 12 + 1:02d}-01" for k in range(60)]
    scenario = load_scenario("istanbul-2025", [f"talks.sessions=[{', '.join(dates)}]", "talks.drift.up=0.95", "talks.events=[]"])
    talks = Talks(scenario, seed=1)
    talks.play()
    assert talks.behind.course["war_over"][0] == 1.0
    assert talks.behind.course["day"][0] < 365


def test_staying_away_when_not_ready():
    scenario = load_scenario(
        "istanbul-2025",
        [
            "parties.russia.readiness=0.5",
            "parties.russia.readiness_rate=1",
            "parties.russia.hoped_gain=0.9",
            "parties.russia.readiness_threshold=0.4",
        ],
    )
    results, _ = play_mesa(scenario, 1, 0, 5, traced=True)
    assert (results.log["move"] == STAYS_AWAY).any()
    sessions = results.log["session"][results.log["move"] == OFFERS]
    assert sessions.max() == 0  # nobody offers anything after the first session


def played(name, changes, runs=80, seed=2):
    results, errors = play_mesa(load_scenario(name, changes), seed, 0, runs, traced=True)
    assert not errors
    return results


def test_who_is_not_ready_misses_the_first_session_too():
    changes = ["parties.russia.readiness=0.2", "parties.russia.readiness_threshold=0.6"]
    log = played("istanbul-2025-06-02", changes, runs=3).log
    assert (log["move"][:, 0] == STAYS_AWAY).all() and not (log["move"] == OFFERS).any()


def test_a_carrot_is_spent_only_on_what_is_ratified():
    changes = [
        "mediators.united_states.carrot={ukraine = 0.3, russia = 0.3}",
        "statements.r36.reading=posture",
        "mediators.united_states.traits.credibility=0.5",
    ]
    found = played("istanbul-2025-06-02", changes, runs=60)
    ceasefire = lay_out(load_scenario("istanbul-2025-06-02")).positions.index("ceasefire")
    full = found.positions["ratified"][:, ceasefire] == 3
    tabled = found.positions["at_table"][:, ceasefire] == 3
    spent = 0.3 - found.leverage["carrot"][:, 1, 0]
    assert tabled.sum() >= full.sum() > 0
    assert (np.round(spent, 12) == np.where(full, 0.3, 0.0)).all()
    assert set(np.round(spent, 12)) == {0.0, 0.3}  # whole, however little of it was believed


def test_a_truce_for_good_can_be_broken():
    changes = ["issues.ceasefire.options.full.days=0", "statements.r36.reading=posture", "tracks.ceasefire.trust=[0.01, 10]"]
    found = played("istanbul-2025", [*changes, "parties.ukraine.breach_loss=0", "parties.russia.breach_loss=0"])
    assert (found.log["move"] == BREAKS).any()


def test_one_package_has_a_zone_for_each_track_it_is_agreed_on():
    tracks = played("istanbul-2025-06-02", ["package=true"], runs=60).tracks
    assert (tracks["zone"] >= tracks["table"]).all()
    assert len({tuple(zones) for zones in tracks["zone"]}) > 2


def test_without_a_status_quo_a_declined_deal_is_not_agreed():
    changes = [
        "tracks.sale.status_quo=false",
        "parties.buyer.principal=board",
        "parties.buyer.ratify_low=1",
        "parties.buyer.ratify_width=1",
    ]
    found = played("two-issues", [*changes, "parties.buyer.utility.reservation=0.1"], runs=2)
    assert (found.tracks["table"][:, 0] == 1).all() and (found.tracks["agreed"][:, 0] == 0).all()
    assert found.parties[0, 0].tolist() == (0.1, 0.0)  # the reservation value, and no gain


def test_doubt_is_not_blamed_where_trust_is_complete():
    from negsim.talks import refusals

    changes = ["tracks.ceasefire.trust=[1e9, 1e-9]", "parties.ukraine.breach_loss=0", "parties.russia.breach_loss=0"]
    assert not (played("istanbul-2025-06-02", changes, runs=60).positions["bound_by"] == refusals.DOUBT).any()


def test_a_floor_of_hope_is_named_as_the_floor():
    from negsim.talks import refusals

    changes = ["parties.russia.hope=0.9", "parties.russia.hoped_gain=0.9", "parties.russia.patience=0.95"]
    bounds = played("istanbul-2025-06-02", changes, runs=40).positions["bound_by"][:, :6]
    assert (bounds == refusals.FLOOR).any()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{on = 2025-06-01, parameter = 'parties.russia.theta', by = 0.1}", "not after the first session"),
        ("{on = 2025-06-20, parameter = 'parties.russia.ratify_low', by = 0.1}", "no parameter"),
    ],
)
def test_events_that_could_not_happen_are_refused(event, said):
    from negsim.edge.files import InputError

    with pytest.raises(InputError, match=said):
        load_scenario("istanbul-2025", [f"talks.events=[{event}]"])


def test_events_keep_a_parameter_within_its_bounds():
    played("istanbul-2025", ["talks.events=[{on = 2025-06-16, parameter = 'parties.russia.patience', by = 5.0}]"], runs=5)
