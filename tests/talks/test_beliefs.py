"""What each side believes of the others: the public words at first, then Bayes' rule on what they do."""

import numpy as np
import pytest

from negsim.core.moves import note_choice, put_offer
from negsim.core.state import HARD, POSTURE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import replicate, to_arrays
from negsim.engine.batch_engine import play_batch
from negsim.talks.appraise import open_deal
from negsim.talks.begin import begin, set_up
from negsim.talks.beliefs import LAPSE, choice_chance, convey, hear, note_beliefs

UNION, FIRM = 0, 1


@pytest.fixture
def wages():
    """A run of the wage dispute at its first turn; both sides are coded from their words."""
    prior, case = to_arrays(load_scenario("wage-dispute"), 4)
    desk, behind = set_up(prior, case)

    def begin_run(number):
        mine = replicate(case, number)
        clock = begin(prior, mine, desk, behind)
        open_deal(clock, desk, behind, mine)
        return clock, mine, desk, behind

    return begin_run


def test_nobody_sees_another_s_table(wages):
    """Before anybody speaks, what a side believes of the other is the same in every run, whatever the other wants in it."""
    seen, own = [], []
    for number in range(5):
        _, _, desk, _ = wages(number)
        seen.append([desk.worths[UNION, FIRM].copy(), desk.worths[FIRM, UNION].copy()])
        own.append(desk.free[FIRM].copy())
    assert all(np.array_equal(one, other) for pair in seen for one, other in zip(pair, seen[0]))
    assert not np.array_equal(own[0], own[1])


def test_what_is_believed_at_first_is_the_mean_of_what_may_be_drawn(wages):
    """Over many runs the true gains have the mean that the others believe in, to a sampling error of 64 guesses."""
    drawn = []
    for number in range(120):
        _, _, desk, behind = wages(number)
        drawn.append(desk.free[FIRM].copy())  # without a truce the surplus is the gain
    error = np.abs(np.mean(drawn, axis=0) - desk.worths[UNION, FIRM])
    spread = np.std(drawn, axis=0) / np.sqrt(behind.guesses.readings.shape[0])
    assert np.all(error <= 4.0 * spread + 1e-12)
    assert spread.max() > 0.0


def refusal_of(behind, party):
    return int(np.flatnonzero(behind.guesses.refusals["actor"] == party)[0])


def option_refused(case, behind, r):
    """Return the issue and option as bargained over of a refusal."""
    j, option = int(behind.guesses.refusals["position"][r]), int(behind.guesses.refusals["option"][r])
    c = int(case.positions["issue"][j])
    return c, int(np.flatnonzero(case.option_of[j] == option)[0])


def test_who_offers_what_it_refused_did_not_mean_it(wages):
    clock, case, desk, behind = wages(0)
    behind.parties["noise"][:] = 0.1
    r = refusal_of(behind, FIRM)
    c, o = option_refused(case, behind, r)
    before = behind.beliefs[UNION, FIRM][behind.guesses.readings[:, r] == HARD].sum()
    package = np.zeros(len(case.issues), np.int64)
    package[c] = o
    put_offer(clock, desk, case, FIRM, package, FIRM)
    assert hear(desk, behind, case, 0) == 1 << FIRM
    after = behind.beliefs[UNION, FIRM]
    assert after.sum() == pytest.approx(1.0)
    assert after[behind.guesses.readings[:, r] == HARD].sum() < before / 3
    assert after[behind.guesses.readings[:, r] == POSTURE].sum() > 1.0 / 3.0
    assert behind.beliefs[FIRM, UNION] == pytest.approx(1.0 / behind.beliefs.shape[2])  # nothing was said of the union


def test_bayes_rule_by_hand(wages):
    """Each guess is weighed by the chance that it would have chosen so: here a sure choice, but for lapses."""
    _, case, desk, behind = wages(0)
    behind.parties["noise"][:] = 0.0
    r = refusal_of(behind, FIRM)
    c, o = option_refused(case, behind, r)
    package = np.zeros(len(case.issues), np.int64)
    package[c] = o
    note_choice(desk, 0, FIRM, desk.nothing, package)  # it would rather have no deal
    hear(desk, behind, case, 0)
    guesses, known = behind.guesses, behind.tracks[0]
    parts = guesses.gains[0, :, FIRM, c, o]
    gains = parts[0] + known["expected"] * parts[1]
    gains = gains + known["trust"] * parts[2] - 1e3 * guesses.shut[0, FIRM, c, o]
    chances = np.where(gains < 0.0, 1.0 - LAPSE, np.where(gains > 0.0, LAPSE, 0.5))
    assert behind.beliefs[UNION, FIRM] == pytest.approx(chances / chances.sum())


def test_an_opening_and_an_offer_said_again_are_no_news(wages):
    clock, case, desk, _ = wages(0)
    desk.openings[FIRM, :] = 1
    package = np.ones(len(case.issues), np.int64)
    put_offer(clock, desk, case, FIRM, package, FIRM)
    assert desk.chosen[0] == 0
    package[0] = 0
    put_offer(clock, desk, case, FIRM, package, FIRM)
    assert desk.chosen[0] == 1
    put_offer(clock, desk, case, FIRM, package, FIRM)
    assert desk.chosen[0] == 1
    put_offer(clock, desk, case, UNION, package, -1)  # nobody's own
    assert desk.chosen[0] == 1


@pytest.mark.parametrize(("clarity", "least", "most"), [(1.0, 0, 0), (0.0, 1, 1), (0.5, 0.3, 0.7)])
def test_a_mediator_conveys_each_true_reading_with_its_probability(wages, clarity, least, most):
    told, nearer = [], []
    for number in range(60):
        _, case, _, behind = wages(number)
        behind.clarity[:] = 1.0
        behind.clarity[0] = clarity
        seen = np.zeros((2, len(behind.readings)), [("before", float), ("after", float)])
        convey(behind, case)
        note_beliefs(seen, behind, case)
        told.append(behind.told.mean())
        nearer.append((seen["after"] - seen["before"]).sum(axis=0)[behind.told == 1])
    assert least <= np.mean(told) <= most
    assert clarity == 1.0 or np.concatenate(nearer).mean() > 0.2


def test_a_choice_is_read_with_an_error():
    assert choice_chance(0.2, 0.1, 0.0) == pytest.approx(1.0 - LAPSE)
    assert choice_chance(0.1, 0.2, 0.0) == pytest.approx(LAPSE)
    assert choice_chance(0.2, 0.1, 0.1) + choice_chance(0.1, 0.2, 0.1) == pytest.approx(1.0)
    assert 0.5 < choice_chance(0.2, 0.1, 1.0) < choice_chance(0.2, 0.1, 0.1) < choice_chance(0.2, 0.1, 0.01)


def test_talks_teach():
    """After the talks the true readings are held more likely, by the logarithmic score too, with no mediator to tell."""
    scenario = load_scenario("wage-dispute")
    scenario = load_scenario("wage-dispute", [f"mediators.{key}.style=null" for key in scenario.mediators])
    told = play_batch(scenario, 9, 0, 150, traced=True).beliefs
    held = told["before"] > 0.0
    before, after = told["before"][held], told["after"][held]
    assert after.mean() > before.mean() + 0.02
    assert np.log(np.maximum(after, 1e-6)).mean() > np.log(before).mean()


def test_stated_utility_is_seen_and_not_believed():
    scenario = load_scenario("two-issues")
    results = play_batch(scenario, 1, 0, 5, traced=True)
    assert results.beliefs.size == 0
