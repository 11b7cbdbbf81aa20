"""What a run was drawn to be, as it stands in its row."""

from pathlib import Path

import numpy as np
import pytest

from negsim import load_scenario
from negsim.edge.inventory import entries
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import draw_batch, play_batch, play_plain
from negsim.engine.columns import FIRST, OUTPUTS, columns_of
from negsim.engine.inputs import HEADS, every_input, input_names, is_drawn, reading_names
from negsim.engine.layout import lay_out
from negsim.engine.mesa_engine import play_mesa
from negsim.sweeps.chunk import play

CASES = ("istanbul-2025-06-02", "istanbul-2025", "panmunjom", "three-fleets", "two-issues", "wage-dispute")


@pytest.mark.parametrize("name", CASES)
def test_every_number_has_its_place_and_every_column_its_name(name):
    scenario = load_scenario(name)
    prior, _ = to_arrays(scenario, 1, drawn=True)
    results = play_plain(scenario, 1, 0, 1, drawn=True)
    names = every_input(scenario)
    assert len(names) == prior.inputs == results.inputs.shape[1]
    columns = [name for name in names if name]
    assert len(set(columns)) == len(columns) and set(columns) == set(input_names(scenario))
    assert all(is_drawn(name) for name in columns) and {name.partition(".")[0] for name in columns} <= set(HEADS)
    assert not any(is_drawn(name) for name in columns_of(scenario, play_plain(scenario, 1, 0, 1)))


def test_columns_hold_what_runs_begin_with(istanbul):
    """Against the draws that `analyze` rests on, which are read elsewhere."""
    table = play(istanbul, 4, seed=6, engine="plain")
    draws = draw_batch(istanbul, 6, 0, 4)
    positions, parties = lay_out(istanbul).positions, list(istanbul.parties)
    for r, name in enumerate(reading_names(istanbul)):
        assert [("hard", "price", "posture", "given_up").index(word) for word in table[name].to_pylist()] == draws.readings[
            :, r
        ].tolist()
    for p, party in enumerate(parties):
        for j, key in enumerate(positions):
            assert table[f"weight.{party}.{key}"].to_pylist() == draws.weights[:, p, j].astype(np.float32).tolist()
    value = table["value.russia.territory.withdrawal"].to_pylist()
    assert value == draws.values[:, parties.index("russia"), positions.index("territory"), 1].astype(np.float32).tolist()


def test_ranges_hold_what_is_drawn_from_them(istanbul):
    table = play(istanbul, 30, seed=2, engine="plain")
    theta = table["theta.russia"].to_numpy()
    assert (theta >= 0.0).all() and (theta <= 0.2).all() and np.unique(theta).size == 30
    rounds = table["rounds.1"].to_pylist()
    assert set(rounds) <= {2, 3, 4, 5, 6} and len(set(rounds)) > 2
    assert {"trait.ukraine.beta", "asked.russia", "chance.humanitarian.all", "course.trust_memory"} <= set(table.column_names)


def test_both_engines_write_the_same(repeated):
    mesa, _ = play_mesa(repeated, 3, 0, 2, drawn=True)
    assert (play_plain(repeated, 3, 0, 2, drawn=True).inputs == mesa.inputs).all()


@pytest.mark.compiled
def test_compiled_runs_write_the_same(istanbul):
    assert (play_plain(istanbul, 3, 0, 5, drawn=True).inputs == play_batch(istanbul, 3, 0, 5, drawn=True).inputs).all()


def test_what_is_drawn_changes_nothing_of_a_run(istanbul):
    kept, bare = play(istanbul, 3, seed=1, engine="plain"), play(istanbul, 3, seed=1, engine="plain", drawn=False)
    assert kept.select(bare.column_names).equals(bare)
    assert all(is_drawn(name) for name in set(kept.column_names) - set(bare.column_names))


def test_names_stay_whatever_else_a_scenario_holds(istanbul, repeated):
    own = load_scenario("istanbul-2025-06-02", ["talks.rounds=[2, 3]", "package=true"])
    assert set(input_names(istanbul)) == set(input_names(own))
    assert set(input_names(istanbul)) <= set(input_names(repeated))


@pytest.mark.parametrize("name", CASES)
def test_the_dictionary_knows_every_column_and_no_other(name):
    """By first words: `negsim list columns` and `docs/outputs.md` say what each is."""
    table = play(load_scenario(name), 1, engine="plain")
    heads = {column.partition(".")[0] for column in table.column_names}
    listed = {key.partition(".")[0] for key in (*FIRST, *OUTPUTS, *HEADS)}
    assert heads <= listed
    if name == "istanbul-2025-06-02":
        assert listed - heads <= {"PATH"}


def test_the_page_of_outputs_is_fresh():
    page = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text()
    for column, words in entries("columns"):
        assert f"| `{column.replace('|', ' or ')}` | {words} |" in page


def test_what_principals_ask_and_how_deliveries_stand_are_those_of_the_run(begun):
    """Bars set apart, so that they are drawn; numbers of the state itself."""
    scenario = load_scenario("istanbul-2025-06-02", ["parties.ukraine.ratify_width=0.4", "parties.russia.ratify_width=0.2"])
    row = play(scenario, 1, seed=9, engine="plain").to_pylist()[0]
    _, _, desk, behind = next(begun(scenario, seed=9))
    for p, party in enumerate(scenario.parties):
        assert row[f"asked.{party}"] == np.float32(behind.parties["asked"][p]) > 0.0
        assert row[f"patience.{party}"] == np.float32(behind.parties["patience"][p])
        assert row[f"trait.{party}.beta"] == np.float32(desk.traits[p][0])
    track = list(scenario.tracks).index("humanitarian")
    for part in ("all", "part"):
        assert row[f"chance.humanitarian.{part}"] == np.float32(behind.tracks[part][track])
