"""What decided it: shares of variance against known indices, against brute force, and down to the statement."""

from pathlib import Path

import numpy as np
import pytest

from negsim import load_scenario
from negsim.analysis.runs.assumptions import over_ensemble
from negsim.analysis.runs.decided import variance_shares, what_decided
from negsim.analysis.runs.members import Asked, changes_of, combinations, play_members
from negsim.core import cases
from negsim.core.cases import PARTNER, roll
from negsim.core.dice import READING, WEIGHT, stream, uniform
from negsim.core.state import TAKEN
from negsim.engine.arrays import rows, to_arrays
from negsim.engine.batch_engine import play_plain
from negsim.engine.groups import groups_of, reading_groups

ONE_NO = Path(__file__).parents[2] / "one-no.toml"


@pytest.fixture(scope="module")
def one_no():
    return lambda changes: load_scenario(str(ONE_NO), list(changes))


def ishigami(x):
    return np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_shares_of_a_planted_function_are_the_known_ones():
    """Ishigami & Homma 1990 (a = 7, b = 0.1): first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    rng = np.random.default_rng(5)
    a, b = (rng.uniform(-np.pi, np.pi, (3, 20_000)) for _ in range(2))
    mixed = np.array([ishigami(np.where(np.arange(3)[:, None] == k, b, a)) for k in range(3)])
    found = variance_shares(ishigami(a), ishigami(b), mixed, 1)
    for (first, total), known in zip(found, ((0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437))):
        assert first.value == pytest.approx(known[0], abs=0.03) and total.value == pytest.approx(known[1], abs=0.03)
        assert first.low < first.value < first.high < first.low + 0.1 and total.low < total.value < total.high < total.low + 0.1


@pytest.mark.parametrize("rare", [0.5, 0.05])
def test_shares_of_a_planted_yes_and_no(rare):
    """Two of three must both hold, each with chance q: q / (1 + q) alone, 1 / (1 + q) together with the other."""
    rng = np.random.default_rng(6)
    q = rare**0.5
    a, b = (rng.random((3, 20_000)) < q for _ in range(2))

    def happens(x):
        return (x[0] & x[1]).astype(float)

    mixed = np.array([happens(np.where(np.arange(3)[:, None] == k, b, a)) for k in range(3)])
    found = variance_shares(happens(a), happens(b), mixed, 1)
    for first, total in found[:2]:
        assert first.value == pytest.approx(q / (1.0 + q), abs=0.06) and total.value == pytest.approx(1.0 / (1.0 + q), abs=0.06)
        assert first.low < q / (1.0 + q) < first.high and total.low < 1.0 / (1.0 + q) < total.high
    first, total = found[2]
    assert first.value == 0.0 and total.value == 0.0 and first.low < 0.0 < first.high and total.low == 0.0 < total.high


def test_what_never_varies_has_no_shares():
    assert variance_shares(np.ones(9), np.ones(9), np.ones((2, 9)), 0) == []


def test_a_draw_is_taken_from_the_partner_alone(one_no):
    _, case = to_arrays(one_no(()), 3)
    taken = case._replace(replicate=5, taken=rows(TAKEN, [(READING, 7, -1), (WEIGHT, -1, 2)]))

    def same(number, actor, purpose, item):
        return uniform(roll(taken, actor, purpose, item), 0) == uniform(stream(3, number, actor, purpose, item), 0)

    assert same(5 + PARTNER, 7, READING, 1) and same(5 + PARTNER, 9, WEIGHT, 2)
    assert same(5, 8, READING, 1) and same(5, 9, WEIGHT, 3) and same(5, 7, WEIGHT, 1)


def test_all_groups_together_are_the_partner(one_no):
    """Every draw is of one group: taken all from the partner, a run is the partner."""
    scenario = one_no(())
    every = np.concatenate([group.streams for group in groups_of(scenario)])
    purposes = {(int(row["purpose"]), int(row["actor"])) for row in every}
    assert len(purposes) == len(every)
    numbers = np.arange(6)
    none = np.zeros((6, 1), np.int64)
    outcomes = ["gain.one > 0.2", "agreed.thing"]
    mixed, partner = play_members(one_no, [Asked(none, numbers, every), Asked(none, numbers + PARTNER)], outcomes, 4)
    assert (mixed == partner).all()


def test_one_reading_decides_it(one_no):
    found = what_decided(one_no, ["agreed.thing"], 60, 1)[0]
    by_id = {part.id: part for part in (*found.groups, *found.readings)}
    assert by_id["readings"].total.value > 0.8 and found.groups[0].id == "readings"
    assert found.readings[0].id == "reading of s2" and found.readings[0].statements == ("s2",)
    for nothing in ("reading of s3", "events", "principals"):
        assert by_id[nothing].total.value == 0.0 and by_id[nothing].total.high > 0.0


def test_runs_of_members_are_those_of_their_scenarios(one_no):
    """Whatever order they come in: each run is that of the scenario with its choices, under its own number."""
    choices = one_no(()).open_choices()
    members = np.array([[1], [0], [1], [0]])
    (found,) = play_members(one_no, [Asked(members, np.array([3, 2, 1, 0]))], ["agreed.thing"], 8, workers=2)
    for at, (member, number) in enumerate(zip(members.tolist(), (3, 2, 1, 0))):
        alone = play_plain(one_no(changes_of(choices, member)), 8, number, 1)
        assert found[0, at] == alone.tracks["agreed"][0, 0]


def test_a_range_over_an_ensemble_names_its_ends(one_no):
    def yielding(changes):
        return one_no(['statements.s2.reading="posture"', *changes])

    (found,) = over_ensemble(yielding, ["agreed.thing"], 5, 2)
    assert found.members == 2 and found.least.share == found.most.share == 1.0

    def varied(changes):
        return one_no(['ensemble.vary={"statements.s2.reading"=["hard", "posture"]}', *changes])

    (found,) = over_ensemble(varied, ["agreed.thing"], 12, 2)
    assert (found.members, found.least.share, found.most.share) == (4, 0.0, 1.0)
    assert found.least_at[1] == 'statements.s2.reading="hard"' and found.most_at[1] == 'statements.s2.reading="posture"'


def test_combinations_are_all_or_a_sample():
    every = combinations({"a": [1, 2, 3], "b": ["x", "y"]}, 6, 0)
    assert len({tuple(row) for row in every.tolist()}) == 6
    some = combinations({"a": [1, 2, 3], "b": ["x", "y"]}, 4, 0)
    assert (
        len({tuple(row) for row in some.tolist()}) == 4 and (some == combinations({"a": [1, 2, 3], "b": ["x", "y"]}, 4, 0)).all()
    )


def test_readings_have_a_group_for_each_statement():
    scenario = load_scenario("istanbul-2025-06-02")
    named = {name for group in reading_groups(scenario) for name in group.statements}
    assert any({"r23", "r27"} <= set(group.statements) for group in reading_groups(scenario))  # refused in one breath
    assert named == {refusal.statements[0] for refusal in scenario.refusals() if refusal.reading is None}


def streams_of(scenario, monkeypatch, runs=2):
    """Return every stream that some runs draw from."""
    seen, plain = set(), cases.stream

    def stream(seed, replicate, actor, purpose, item):
        seen.add((purpose, actor, item))
        return plain(seed, replicate, actor, purpose, item)

    monkeypatch.setattr(cases, "stream", stream)
    play_plain(scenario, 4, 0, runs)
    return seen


def holding(groups, drawn):
    """Return the groups that a stream falls into."""
    return [
        group.id
        for group in groups
        if any(
            row["purpose"] == drawn[0] and row["actor"] in (-1, drawn[1]) and row["item"] in (-1, drawn[2])
            for row in group.streams
        )
    ]


@pytest.mark.parametrize("name", ["istanbul-2025-06-02", "istanbul-2025"])
def test_every_draw_of_a_run_is_of_one_group(name, monkeypatch):
    scenario = load_scenario(name)
    groups, leaves = groups_of(scenario), reading_groups(scenario)
    drawn = streams_of(scenario, monkeypatch)
    assert len(drawn) > 100
    for one in drawn:
        assert len(holding(groups, one)) == 1, one
        if holding(groups, one) == ["readings"]:
            assert len(holding(leaves, one)) == 1, one
