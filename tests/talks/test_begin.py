"""What a run is drawn from: readings, values, weights, red lines."""

import math

import numpy as np
import pytest

from negsim.core.state import Guesses
from negsim.edge.scenarios import load_scenario
from negsim.engine.layout import lay_out


def index(scenario, key):
    return lay_out(scenario).positions.index(key)


def test_weights_are_uniform_on_the_ordered_simplex(begun, istanbul):
    """The mean weight of a rank is the rank-order-centroid weight."""
    drawn = np.sort([behind.weights[1].copy() for _, _, _, behind in begun(istanbul, runs=150)], axis=1)[:, ::-1]
    assert drawn.sum(axis=1) == pytest.approx(1.0)
    n = drawn.shape[1]
    centroid = [sum(1 / k for k in range(i, n + 1)) / n for i in range(1, n + 1)]
    assert drawn.mean(axis=0) == pytest.approx(centroid, abs=0.02)


def test_red_lines_and_priorities_weigh_more_than_what_is_only_stated(begun, istanbul):
    full, territory, children = (index(istanbul, key) for key in ("ceasefire", "territory", "children"))
    for _, _, _, behind in begun(istanbul, runs=60):
        weights = behind.weights[0]
        assert min(weights[full], weights[territory]) > weights[children]


def test_the_status_quo_is_worth_nothing_and_values_keep_the_order(begun, istanbul):
    j = index(istanbul, "ceasefire")
    for _, _, _, behind in begun(istanbul, runs=60):
        assert behind.values[0, j, 0] == 0.0 and behind.values[0, j, 3] == 1.0
        assert list(behind.values[0, j, [1, 2, 3]]) == sorted(behind.values[0, j, [1, 2, 3]])


def test_what_is_demanded_is_worth_at_least_the_status_quo(begun, istanbul):
    full, withdrawal = index(istanbul, "ceasefire"), index(istanbul, "territory")
    for _, _, _, behind in begun(istanbul, runs=60):
        assert behind.values[0, full, 3] >= behind.values[0, full, 0]
        assert behind.values[1, withdrawal, 1] >= behind.values[1, withdrawal, 0]


@pytest.mark.parametrize(("reading", "sign"), [("posture", 1), ("price", -1), ("given_up", -1)])
def test_a_reading_puts_an_option_above_or_below_the_status_quo(begun, reading, sign):
    scenario = load_scenario("istanbul-2025-06-02-article", [f"statements.s04.reading={reading}"])
    j = index(scenario, "ceasefire")
    for _, _, _, behind in begun(scenario, runs=100):
        assert sign * (behind.values[1, j, 3] - behind.values[1, j, 0]) >= 0
        assert not behind.barred[1].any() or behind.barred[1, :, 0].max() == 0


def test_a_hard_reading_bars_the_option_and_what_is_worse(begun):
    scenario = load_scenario("istanbul-2025-06-02-article", ["statements.s06.reading=hard", "statements.s04.reading=hard"])
    issue = [i for i, c in enumerate(lay_out(scenario).compounds) if "ceasefire" in c][0]
    packages = lay_out(scenario).packages[issue]
    for _, _, _, behind in begun(scenario, runs=50):
        for o, (extent, _) in enumerate(packages):
            if extent == 1:
                assert behind.barred[0, issue, o] > 0  # the local truce, worst for Ukraine
            if extent == 3:
                assert behind.barred[1, issue, o] > 0  # the full ceasefire, worst for Russia
            if extent == 0:
                assert behind.barred[:, issue, o].max() == 0  # the status quo is never a red line


def test_readings_have_the_shares_of_their_dirichlet(begun, istanbul):
    """P(hard) of a red line is 8/11 at the mean; with uniform readings it is 1/3."""
    for readings, expected in (("coded", 8 / 11), ("uniform", 1 / 3)):
        scenario = load_scenario("istanbul-2025-06-02", [f"readings={readings}"])
        issue = [i for i, c in enumerate(lay_out(scenario).compounds) if "alliances" in c][0]
        hard = [behind.barred[0, issue, 1] > 0 for _, _, _, behind in begun(scenario, runs=100)]
        assert np.mean(hard) == pytest.approx(expected, abs=4 * math.sqrt(0.25 / 100))


def test_consent_withheld_bars_an_option_for_everybody(begun):
    scenario = load_scenario("istanbul-2025-06-02", ["statements.s14.reading=hard"])
    issue = [i for i, c in enumerate(lay_out(scenario).compounds) if "sanctions" in c][0]
    eased = []
    for _, _, _, behind in begun(scenario, runs=60):
        assert (behind.barred[1, issue, 2] < 0) and (behind.barred[0, issue, 2] != 0)
        eased.append(behind.barred[1, issue, 1] != 0)
    assert 0.2 < np.mean(eased) < 0.8  # on easing they are silent


def test_a_party_draws_the_same_whatever_the_order_of_the_file(begun, istanbul):
    """Streams hang on ids: with the parties in another order, each draws the same weights and values."""
    turned = istanbul.model_copy(update={"parties": dict(reversed(istanbul.parties.items()))})
    (_, _, _, one), (_, _, _, other) = next(begun(istanbul)), next(begun(turned))
    assert (one.values[0] == other.values[1]).all()
    assert (one.weights[1] == other.weights[0]).all()


def test_rounds_are_drawn_evenly_and_a_round_is_a_turn_of_everybody(begun):
    """rounds = [2, 4] of two parties: 4, 6 or 8 turns, a third each; three standard errors of 200 are 0.1."""
    scenario = load_scenario("two-issues", ["talks.rounds=[2, 4]"])
    turns = [clock.turns for _, clock, _, _ in begun(scenario, runs=200)]
    assert set(turns) == {4, 6, 8}
    assert [turns.count(k) / 200 for k in (4, 6, 8)] == pytest.approx([1 / 3] * 3, abs=0.1)


def test_numbers_are_drawn_from_their_ranges(begun):
    """theta in [0, 0.2]: mean 0.1, three standard errors of 200 draws 0.012; what talking pays is known at the table."""
    found = []
    for _, _, desk, behind in begun(load_scenario("two-issues", ["parties.buyer.theta=[0, 0.2]"]), runs=200):
        assert desk.talking[0] == behind.parties["theta"][0] and behind.parties["theta"][1] == 0.0
        found.append(float(desk.talking[0]))
    assert min(found) >= 0.0 and max(found) < 0.2 and np.mean(found) == pytest.approx(0.1, abs=0.012)


def test_a_run_begins_where_nothing_was_agreed(begun):
    scenario = load_scenario("two-issues", ["parties.buyer.readiness=0.75"])
    _, clock, _, behind = next(begun(scenario))
    assert (clock.session, clock.deal, clock.turn, clock.speaker, clock.over) == (0, 0, 0, -1, False)
    assert behind.parties["ready"].tolist() == [0.75, 1.0] and behind.course["position"][0] == 10.0
    assert behind.positions["ratified"].tolist() == behind.positions["at_table"].tolist() == [0, 0]
    *_, behind = next(begun(load_scenario("two-issues", ["tracks.sale.status_quo=false"])))
    assert behind.positions["ratified"].tolist() == [-1, -1]  # option 0 would be a deal


def test_only_who_misreads_others_has_noise_and_only_about_others(begun):
    _, _, _, behind = next(begun(load_scenario("two-issues", ["parties.buyer.noise=0.5"])))
    assert behind.noise[0, 1].any() and not behind.noise[0, 0].any() and not behind.noise[1].any()


def test_nothing_of_an_earlier_run_is_left(begun):
    """A run begun where another was played, here anything at all, is the run begun afresh."""
    from negsim.engine.arrays import replicate, to_arrays
    from negsim.talks.begin import begin, set_up

    prior, case = to_arrays(load_scenario("istanbul-2025"), 1)
    again, fresh = set_up(prior, case), set_up(prior, case)
    for part in (
        again[0].memory,
        again[0].text,
        again[0].pen,
        again[1].barred,
        again[1].agreed,
        again[1].clarity,
        again[1].values,
    ):
        part[:] = 7
    for part in (again[1].deals, again[1].positions, again[1].tracks, again[1].leverage, again[1].course):
        for name in part.dtype.names:
            part[name] = 7
    clocks = [begin(prior, replicate(case, 3), *room) for room in (again, fresh)]
    assert clocks[0] == clocks[1]
    for one, other in zip([*again[1].guesses, *again[1]], [*fresh[1].guesses, *fresh[1]]):
        assert isinstance(one, Guesses) or one.tobytes() == other.tobytes()
    assert not again[0].memory.any() and (again[0].text == -1).all() and again[0].pen[0] == 0


def test_each_number_of_the_course_has_its_own_range(begun):
    changes = ["talks.drift.up=0.4", "talks.delivery.lag_days=[4, 9]", "talks.trust_memory=0.8"]
    *_, behind = next(begun(load_scenario("two-issues", changes)))
    course = behind.course[0]
    names = ("drift_up", "lag_low", "lag_high", "trust_memory")
    assert [float(course[name]) for name in names] == [0.4, 4.0, 9.0, 0.8]
