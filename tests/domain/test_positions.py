"""Positions: the latest words of an actor on an option, the strongest of them, and what is read together."""

import datetime

import pytest

from negsim.domain.positions import latest, positions_of, refusals_of, tier_of
from negsim.domain.statement import Statement

MAY = datetime.date(2026, 5, 1)


def said(stance, *options, day=0, actor="north", **more):
    return Statement(
        actor=actor,
        stance=stance,
        options=list(options),
        made_on=MAY + datetime.timedelta(day),
        paragraph=1,
        paraphrase="x",
        **more,
    )


def stances(**statements):
    return {one.option: one.stance for one in positions_of(statements)}


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        ("demands", "rejects", "refuses"),
        ("rejects", "accepts", "wants"),
        ("rejects", "concedes", "concedes"),
        ("accepts", "conditions-on", "refuses"),
        ("dismisses", "offers", "wants"),
    ],
)
def test_later_words_replace_opposite_ones(first, then, left):
    more = {"condition": "b.y"} if then == "conditions-on" else {}
    assert stances(s1=said(first, "a.x"), s2=said(then, "a.x", day=1, **more)) == {"a.x": left}
    assert stances(s2=said(then, "a.x", day=1, **more), s1=said(first, "a.x")) == {"a.x": left}  # whatever the order of the file


def test_words_of_others_and_on_other_issues_stay():
    one = {"s1": said("accepts", "a.x"), "s2": said("rejects", "a.x", day=1, actor="south"), "s3": said("demands", "b.z", day=1)}
    assert [word.id for word in latest(one)] == ["s1", "s2", "s3"]


@pytest.mark.parametrize(("terms", "ended"), [("demands", True), ("offers", True), ("accepts", False), ("rejects", False)])
@pytest.mark.parametrize("before", ["offers", "accepts", "concedes"])
def test_new_terms_end_what_was_offered_on_other_options_before(before, terms, ended):
    left = stances(s1=said(before, "a.x"), s2=said(terms, "a.y", day=1))
    assert ("a.x" not in left) == ended
    assert "a.x" in stances(s1=said("demands", "a.x"), s2=said(terms, "a.y", day=1))  # a demand stands
    assert "a.x" in stances(s1=said("rejects", "a.x"), s2=said(terms, "a.y", day=1))  # so does a refusal
    assert "a.x" in stances(s1=said(before, "a.x"), s2=said(terms, "a.y"))  # said at once


def test_a_repeat_is_no_evidence_and_the_strongest_words_count():
    (once,) = positions_of({"s1": said("rejects", "a.x")})
    (twice,) = positions_of({"s1": said("rejects", "a.x"), "s2": said("dismisses", "a.x", day=1)})
    (harder,) = positions_of({"s1": said("rejects", "a.x"), "s2": said("rejects", "a.x", strength="red line")})
    assert (once.cue, twice.cue, harder.cue) == ("rejects", "rejects", "red line")
    assert harder.statements == ("s2", "s1")


def test_what_is_superseded_by_hand_is_gone():
    assert stances(s1=said("demands", "a.x"), s2=said("demands", "a.y", supersedes=["s1"])) == {"a.y": "wants"}


def test_a_later_condition_replaces_an_earlier_one():
    one = {
        "s1": said("conditions-on", "a.x", condition="b.y"),
        "s2": said("conditions-on", "a.x", condition=["b.z", "b.w"], day=1),
    }
    (position,) = positions_of(one)
    assert position.condition == ("b.z", "b.w")


@pytest.mark.parametrize("other", [("rejects", {}), ("conditions-on", {"condition": "b.z"})])
def test_speaking_both_ways_on_one_day_is_a_fault(other):
    stance, more = other
    first = said("demands", "a.x") if stance == "rejects" else said("conditions-on", "a.x", condition="b.y")
    with pytest.raises(ValueError, match=r"speaks both ways on 'a\.x'"):
        positions_of({"s1": first, "s2": said(stance, "a.x", **more)})


def refused(statements, outsiders=(), milder=None):
    return refusals_of(positions_of(statements), ["north", "south"], outsiders, milder or {})


def test_one_breath_is_read_together_and_so_are_statements_that_share_an_option():
    found = refused(
        {
            "s1": said("rejects", "b.y", "c.z"),
            "s2": said("rejects", "a.x", "b.y"),
            "s3": said("rejects", "d.w"),
            "s4": said("rejects", "a.x", actor="south"),
        }
    )
    groups = {(one.actor, one.option): one.group for one in found}
    assert groups == {
        ("north", "a.x"): "a.x", ("north", "b.y"): "a.x", ("north", "c.z"): "a.x", ("north", "d.w"): "d.w", ("south", "a.x"): "a.x",
    }  # fmt: skip


def test_an_outsider_is_asked_for_the_milder_options_on_which_it_is_silent():
    milder = {"a.x": ["a.w", "a.v"]}
    words = {"s1": said("rejects", "a.x", actor="host"), "s2": said("accepts", "a.v", actor="host")}
    found = refused(words, ["host"], milder)
    assert [(one.option, one.milder_than) for one in found] == [("a.x", -1), ("a.w", 0)]
    assert [one.option for one in refused({"s1": said("rejects", "a.x")}, ["host"], milder)] == ["a.x"]  # no party is asked


@pytest.mark.parametrize(
    ("north", "south", "expected"),
    [
        ([], [], (2, False)),
        (["stated"], [], (1, False)),
        (["red line"], ["stated"], (0, False)),
        (["stated", "priority"], [], (0, False)),
        (["stated"], ["red line"], (0, True)),
        ([], ["stated"], (1, True)),
        (["secondary"], ["priority"], (2, False)),  # it says itself that this comes after others
        (["secondary", "priority"], ["red line"], (1, False)),
    ],
)
def test_tiers(north, south, expected):
    words = {
        f"{actor}{k}": said("rejects", "a.x", actor=actor, strength=strength)
        for actor, strengths in (("north", north), ("south", south))
        for k, strength in enumerate(strengths)
    }
    found = tier_of(positions_of(words), ["north", "south"], "north", "a")
    assert (found.number, found.contested) == expected
