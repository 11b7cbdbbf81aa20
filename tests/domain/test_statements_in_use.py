"""Which statements preferences rest on, and what sources say of the end."""

import datetime

import pytest

from negsim.edge.scenarios import load_scenario

DAY = datetime.date(2026, 2, 15)


def fleets(**changes):
    """Return three-fleets (first session on 15 February) with one statement changed."""
    base = load_scenario("three-fleets")
    scenario = base.model_copy(update={"same_day": changes.pop("counts", True)})
    key = next(iter(base.used()))
    return key, scenario.model_copy(
        update={"statements": {**base.statements, key: base.statements[key].model_copy(update=changes)}}
    )


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"made_on": DAY - datetime.timedelta(1)}, True),
        ({"made_on": DAY - datetime.timedelta(1), "counts": False}, True),  # the day before does not hang on it
        ({"made_on": DAY, "same_day": True}, True),
        ({"made_on": DAY, "same_day": False}, False),  # said on the day, but not tabled there
        ({"made_on": DAY, "same_day": True, "counts": False}, False),
        ({"made_on": DAY + datetime.timedelta(1), "same_day": True}, False),
        ({"made_on": DAY - datetime.timedelta(1), "stance": "claims"}, False),
        ({"made_on": DAY - datetime.timedelta(1), "stance": "outcome"}, False),
    ],
)
def test_what_was_said_before_counts_and_on_the_day_only_if_it_was_tabled(changes, counts):
    key, scenario = fleets(**changes)
    assert scenario.talks.sessions[0] == DAY
    assert (key in scenario.used()) == counts


def test_accounts_that_differ_leave_an_outcome_open_unless_the_source_decides(istanbul):
    told = istanbul.statements["o02"]
    accounts = {
        "a": told.model_copy(update={"actor": "ukraine", "options": ["ceasefire.full", "army.capped"]}),
        "b": told.model_copy(update={"actor": "russia", "options": ["ceasefire.none", "army.capped"]}),
    }
    found = istanbul.model_copy(update={"statements": accounts})
    assert found.outcomes() == {"army": "capped"}
    decided = {**accounts, "c": told.model_copy(update={"actor": "record", "options": ["ceasefire.none"]})}
    assert istanbul.model_copy(update={"statements": decided}).outcomes() == {"ceasefire": "none", "army": "capped"}
    later = {"c": told.model_copy(update={"made_on": told.made_on + datetime.timedelta(30)})}
    assert istanbul.model_copy(update={"statements": later}).outcomes() == {"prisoners": "part"}  # known a month later
    left_out = istanbul.model_copy(update={"statements": later, "leave_out_later": True})
    assert left_out.outcomes() == {}  # that may be another round's


def test_how_a_rejection_was_worded_a_red_line_before_all(istanbul):
    statement = istanbul.statements["s04"]
    words = [statement.model_copy(update=change).cue for change in ({}, {"stance": "dismisses"}, {"stance": "conditions-on"})]
    assert words == ["rejects", "dismisses", "rejects"]
    assert statement.model_copy(update={"strength": "red line", "stance": "dismisses"}).cue == "red line"
