"""From result arrays to words: every column under its own name."""

import numpy as np
import pytest

from negsim.core.state import ACCEPTS, OFFERS
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.columns import as_table, columns_of
from negsim.engine.outcome import bound_text, party_text, record_of
from negsim.engine.results import empty_results, take_down
from negsim.talks import refusals
from negsim.talks.begin import begin, set_up


@pytest.fixture
def filled(request):
    """Return small.toml with the results of three runs, filled by hand; the last one failed."""
    scenario = load_scenario(request.path.parents[1] / "small.toml")
    prior, case = to_arrays(scenario, 1, traced=True)
    results = empty_results(prior, case, 3)
    results.failed[2] = True
    results.positions["ratified"][0], results.positions["at_table"][0] = [2, 1, 0, 0], [2, 1, 1, 0]
    results.positions["refused_by"][0], results.positions["bound_by"][0] = [0, 0, 3, -1], [0, 0, refusals.RATIFICATION, 0]
    results.blame[0, 2], results.blame[1, 0] = [0, refusals.RATIFICATION, 0], [refusals.ASPIRATION, refusals.ASPIRATION, 0]
    results.blame[0, 5], results.blame[1, 4] = [0, refusals.RATIFICATION, 0], [refusals.JOINTLY, refusals.JOINTLY, 0]
    results.positions["session"][0], results.positions["turn"][0] = [1, 1, 2, -1], [4, 4, 5, -1]
    results.tracks["zone"][0], results.tracks["table"][0] = [1, 0], [1, 1]
    results.tracks["ratified"][0], results.tracks["agreed"][0] = [1, 0], [1, 0]
    results.tracks["session"][0], results.tracks["turn"][0] = [1, 2], [4, 5]
    results.tracks["refused_by"][0], results.tracks["delivered"][0] = [-1, 3], [0.75, 0.0]
    results.tracks["session"][1] = results.tracks["turn"][1] = -1
    results.parties["utility"][0], results.parties["gain"][0] = [0.5, 0.25], [0.125, 0.0625]
    results.measures["nash_distance"][0], results.measures["pareto_gap"][0] = 0.3, 0.1
    results.leverage["carrot"][:, 0], results.leverage["stick"][:, 0] = [0.1, 0.2], [0.3, 0.4]
    results.leverage["carrot"][0, 0, 0], results.leverage["stick"][0, 0, 1] = 0.0, 0.1
    return scenario, results


def test_columns(filled):
    columns = as_table(columns_of(*filled)).to_pydict()
    expected = {
        "option.to_north": ["all", "none", None], "option.truce": ["none", "none", None],
        "blocked_by.to_north": ["", "north; south", None], "blocked_by.truce": ["south", "", None],
        "bound_by.truce": ["ratification", "", None], "bound_by.to_north": ["", "hope for more", None],
        "zone.swap": [True, False, None], "zone.truce": [False, False, None],
        "table.swap": [True, False, None], "table.truce": [True, False, None],
        "ratified.truce": [False, False, None], "agreed.swap": [True, False, None],
        "delivered.swap": [0.75, 0.0, None],
        "session.swap": [1, None, None], "turn.swap": [4, None, None], "session.truce": [2, None, None],
        "blocked_by.swap": ["", "north + south", None], "blocked_by.track.truce": ["south", "", None],
        "utility.north": [0.5, 0.0, None], "utility.south": [0.25, 0.0, None],
        "gain.north": [0.125, 0.0, None], "gain.south": [0.0625, 0.0, None],
        "nash_distance": [0.3, 0.0, None], "pareto_gap": [0.1, 0.0, None],
        "failed": [False, False, True],
    }  # fmt: skip
    assert {name: columns[name] for name in expected} == expected


def test_record(filled):
    scenario, results = filled
    results.log[0, 0], results.said[0, 0] = (1, 0, 4, 1, OFFERS), [2, 1, -1, -1]
    results.log[0, 1] = (1, 0, 5, 0, ACCEPTS)
    results.moves[0] = 2
    record = record_of(scenario, results, 0, seed=7, replicate=3, engine="mesa")
    assert (record.seed, record.replicate, record.engine) == (7, 3, "mesa")
    swap, truce, crossing = (record.issues[key] for key in ("to_north", "truce", "crossing"))
    assert (swap.option, swap.agreed, swap.refused_by, swap.session, swap.turn) == ("all", True, "", 1, 4)
    assert (truce.option, truce.at_table, truce.agreed, truce.bound_by) == ("none", "part", False, "ratification")
    assert (crossing.session, crossing.turn) == (None, None)
    assert record.parties["south"] == {"utility": 0.25, "gain": 0.0625}
    assert record.leverage_spent["host"]["carrot"] == {"north": pytest.approx(0.1), "south": 0.0}
    assert record.leverage_spent["host"]["stick"] == {"north": 0.0, "south": pytest.approx(0.3)}
    assert [(move.party, move.move) for move in record.moves] == [("south", "offers"), ("north", "accepts")]
    assert record.moves[0].package == {"to_north": "all", "to_south": "half"} and record.moves[1].package == {}
    assert (record.moves[0].deal, record.moves[0].session, record.moves[0].turn) == ("prisoners", 1, 4)


def test_what_reached_each_side_of_a_swap_that_was_promised_something(request):
    """North is promised something with the first issue alone, and gets a half of it in the first run; nothing agreed, nothing due."""
    scenario = load_scenario(request.path.parents[1] / "small.toml")
    results = empty_results(*to_arrays(scenario, 1), 2)
    results.positions["ratified"][0], results.positions["to_first"][0] = [2, 0, 0, 0], 0.5
    table = as_table(columns_of(scenario, results))
    assert table["received.to_north.north"].to_pylist() == [0.5, None]
    assert table["received.to_north.south"].to_pylist() == [None, None]


def test_without_a_status_quo_the_first_option_is_a_deal():
    scenario = load_scenario("two-issues", ["tracks.sale.status_quo=false"])
    prior, case = to_arrays(scenario, 1)
    results = empty_results(prior, case, 2)
    results.positions["ratified"][:, 0] = [0, -1]
    assert as_table(columns_of(scenario, results))["option.price"].to_pylist() == ["no_deal", "no agreement"]


def test_words_of_a_bound_and_a_party(istanbul):
    """A bound is kind + 16 (1 + statement); a principal's number is its party's and as many more as there are parties."""
    named = [one.statements[0] for one in istanbul.refusals()]
    assert bound_text(istanbul, refusals.RED_LINE + 16 * 1) == f"red line {named[0]}"
    assert bound_text(istanbul, refusals.PRICED + 16 * 2) == f"price {named[1]}"
    assert bound_text(istanbul, refusals.ASPIRATION) == "hope for more"
    assert [party_text(istanbul, code) for code in (-1, 0, 1, 2, 3)] == [
        "",
        "ukraine",
        "russia",
        "ukraine (principal)",
        "russia (principal)",
    ]


def test_a_run_is_taken_down_in_its_own_row(small, request):
    scenario = load_scenario(request.path.parents[1] / "small.toml")
    prior, case = to_arrays(scenario, 1)
    desk, behind = set_up(prior, case)
    begin(prior, case, desk, behind)
    behind.positions["ratified"][:] = behind.positions["at_table"][:] = [2, 0, 0, 0]
    behind.leverage["carrot"][0] = [0.0, 0.2]
    results = empty_results(prior, case, 3)
    take_down(results, 1, prior, desk, behind, case)
    assert results.positions["ratified"].tolist() == [[0] * 4, [2, 0, 0, 0], [0] * 4]
    assert results.parties["gain"][1].tolist() == pytest.approx([0.3, -0.1])
    assert results.leverage["carrot"][1, 0].tolist() == [0.0, 0.2] and not results.leverage["carrot"][0].any()
    assert results.tracks["ratified"][1].tolist() == [0, 0] and np.isfinite(results.measures["pareto_gap"][1])
