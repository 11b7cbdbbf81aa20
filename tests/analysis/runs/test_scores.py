"""Scores by hand, beside those of models that know nothing."""

import datetime

import numpy as np
import pyarrow as pa
import pytest

from negsim import load_scenario
from negsim.analysis.runs.scores import as_well, crps, null_models, rps, scores


def ended(scenario, share, **columns):
    """Return a table in which a share of eight runs ends at the last option of every issue, else at the first."""
    left = int(8 * share)
    table = {}
    for key, issue in scenario.issues.items():
        ids = issue.option_ids()
        table[f"option.{key}"] = [ids[-1]] * left + [ids[0]] * (8 - left)
        for side in issue.swap:
            table[f"received.{key}.{side}"] = pa.array([1.0] * left + [None] * (8 - left), pa.float64())
    return pa.table(table | columns)


def scored(scenario, share, **columns):
    return scores(ended(scenario, share, **columns), scenario)


def by_issue(found):
    return {one.issue: one for one in found.issues}


def test_a_ranked_score_counts_how_far_off_it_was():
    """Of four in order, all weight one step off costs a third, two steps two thirds."""
    assert rps(np.array([0, 1, 0, 0]), 1) == 0.0
    assert [rps(np.array([0, 1, 0, 0]), was) for was in (0, 2, 3)] == pytest.approx([1 / 3, 1 / 3, 2 / 3])
    assert rps(np.array([0.25, 0.75]), 1) == pytest.approx(0.0625)  # of two, Brier's


def test_a_sample_is_scored_by_its_distance_and_spread():
    """Mean distance less half the mean difference of two draws."""
    values = np.array([0.0, 0.5, 1.0, 1.0])
    by_hand = np.abs(values - 0.2).mean() - 0.5 * np.abs(values[:, None] - values).mean()
    assert crps(values, 0.2) == pytest.approx(by_hand)


def test_all_for_all_is_not_a_thousand(istanbul):
    """All for all in every run, where a thousand were exchanged: off by one of three steps, and by 0.8 of all there are."""
    found = scored(istanbul, 1.0)
    assert by_issue(found)["prisoners"].model == pytest.approx(1 / 3) and by_issue(found)["prisoners"].probability == 0.0
    size = next(one for one in found.extras if (one.issue, one.what) == ("prisoners", "size"))
    assert (size.was, size.model) == ("0.2", pytest.approx(0.8))


def test_models_that_know_nothing(istanbul):
    """Five options of prisoners after none, few, part, all; a ceasefire; the round before is on record: one exchange, nothing else."""
    nulls = null_models(istanbul, "prisoners")
    assert nulls["status quo"].tolist() == [1, 0, 0, 0] and nulls["uniform"].tolist() == [0.25] * 4
    assert nulls["last round"].tolist() == [0, 0, 1, 0] and nulls["swaps only"] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    assert nulls["base rate"] == pytest.approx([1 / 3, 2 / 9, 2 / 9, 2 / 9])  # one of one round: (1 + 1) / (1 + 2)
    ceasefire = null_models(istanbul, "ceasefire")
    assert ceasefire["swaps only"].tolist() == [1, 0, 0, 0] and ceasefire["base rate"][0] == pytest.approx(6 / 7)  # none of five
    assert null_models(istanbul.model_copy(update={"previous": {}}), "ceasefire")["last round"] is None
    assert null_models(load_scenario("istanbul-2025-05-16"), "ceasefire")["base rate"] is None


def test_an_event_counts_once_however_much_it_settles(istanbul):
    """Seven issues stayed open at a stroke: together they weigh as much as the ceasefire alone."""
    found = scored(istanbul, 0.0)
    weights = {one.issue: one.weight for one in found.issues}
    assert weights["ceasefire"] == 1.0 and weights["crimea"] == pytest.approx(1 / 7)
    assert sum(weights.values()) == pytest.approx(len({one.event for one in found.issues}))
    by_event = {}
    for one in found.issues:
        by_event.setdefault(one.event, []).append(one.model)
    assert found.means[0].value == pytest.approx(np.mean([np.mean(values) for values in by_event.values()]))


def test_nulls_that_do_as_well_are_named(istanbul):
    nothing = scored(istanbul, 0.0)
    assert "status quo" in as_well(nothing)
    assert next(one for one in nothing.worse if one.name == "status quo").value == pytest.approx(0.0)
    knowing = ended(istanbul, 0.0)
    for key, option in istanbul.outcomes().items():
        place = knowing.column_names.index(f"option.{key}")
        knowing = knowing.set_column(place, f"option.{key}", pa.array([option] * 8))
    found = scores(knowing, istanbul)
    assert found.means[0].value == 0.0 and all(one.value > 0.0 for one in found.worse)


def test_the_mean_has_an_interval_of_its_runs(istanbul):
    found = scored(istanbul, 0.5).means[0]
    assert found.low < found.value < found.high
    sure = scored(istanbul, 0.0).means[0]
    assert sure.low == sure.value == sure.high


def test_what_was_delivered_is_scored_where_it_is_known():
    may = load_scenario("istanbul-2025-05-16")
    found = [one for one in scored(may, 0.5).extras if one.what == "delivered"]
    assert [(one.issue, one.was, one.model) for one in found] == [("prisoners", "1", 0.0)]


def test_a_calendar_is_scored_by_the_session_in_which_issues_close():
    korea = load_scenario("panmunjom")
    closed = {f"closed_in.{key}": pa.array([1] * 4 + [None] * 4, pa.int64()) for key in korea.issues}
    found = {one.issue: one for one in scored(korea, 0.5, **closed).extras if one.what == "when"}
    assert (found["line"].was, found["ceasefire"].was) == ("session 2", "session 5")
    assert found["line"].model == pytest.approx(rps(np.array([0, 0.5, 0, 0, 0, 0.5]), 1))


def test_what_stayed_open_at_an_earlier_session_is_not_scored(repeated):
    """Six sessions, of which the first alone is on record: an exchange agreed stays agreed, a ceasefire may still come."""
    closed = {f"closed_in.{key}": pa.array([None] * 8, pa.int64()) for key in repeated.issues}
    found = scored(repeated, 0.0, **closed)
    assert "ceasefire" in found.left_out and "prisoners" in by_issue(found)


def test_the_latest_account_counts_and_one_of_a_party_only_where_they_agree(istanbul):
    told = istanbul.accounts()["remains"]
    assert {who: one.option for who, one in told.items()} == {"record": "each", "ukraine": "each", "russia": "to_ukraine"}
    later = istanbul.statements["o01"].model_copy(update={"options": ["ceasefire.local"], "made_on": datetime.date(2025, 6, 9)})
    changed = istanbul.model_copy(update={"statements": {**istanbul.statements, "o09": later}})
    assert changed.outcomes()["ceasefire"] == "local"
