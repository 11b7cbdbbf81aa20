"""Who blocks what on small.toml, worked by hand: the truce deal, whose core is the truce."""

from pathlib import Path

import pytest

from negsim.analysis.draws.blocking import Constraint, blocked, conflicts, repairs, zones
from negsim.analysis.draws.deals import expected_space, lay_table, options_of, package_of, space
from negsim.analysis.draws.survey import survey
from negsim.analysis.spaces.space import surplus
from negsim.edge.scenarios import load_scenario

SMALL = Path(__file__).parents[2] / "small.toml"
SAYS = "statements={{s1 = {{actor = '{}', stance = 'rejects', options = ['truce.{}'], made_on = 2025-12-01, paragraph = 1, paraphrase = 'no', reading = '{}'}}}}"


def laid(*changes):
    table = lay_table(load_scenario(SMALL, list(changes)), 3, 1)
    return table, table.deals[1]


def lines(*changes):
    return {f"{line.issue}.{line.option}": line for line in blocked(*laid(*changes))}


def test_a_space_is_each_sides_surplus_over_its_floor():
    """Part and open: 0.185 * 2/3 + 0.2 * 0.5 / 0.6 for north, 0.225 + 0.5 for south, less 0.4 * 0.1 for what talking pays."""
    table, deal = laid("parties.south.theta=0.1")
    expected = [0.185 * 2 / 3 + 1 / 6, 0.225 + 0.5 - 0.04]
    assert surplus(space(table, deal, 0), [1, 1]).tolist() == pytest.approx(expected)
    assert surplus(expected_space(table, deal), [1, 1]).tolist() == pytest.approx(expected)
    assert package_of(table, deal, [1, 1]) == {"truce": "part", "crossing": "open"}
    assert options_of(table, deal, {"crossing": "open"}) == [0, 1]


def test_a_floor_shuts_a_truce_and_its_giving_way_opens_it():
    """Talking pays south 1, part stops 0.8: with it and open it has 0.725 - 0.8, with full 0.325 - 1; open alone is no truce."""
    table, deal = laid("parties.south.theta=1", "issues.truce.options.part.stops=0.8")
    assert not zones(table, deal).any()
    found = lines("parties.south.theta=1", "issues.truce.options.part.stops=0.8")
    assert found["crossing.open"].possible.share == 1.0
    for option in ("truce.part", "truce.full"):
        assert found[option].possible.share == 0.0
        assert [block[:3] for block in found[option].blocks] == [("floor", "south", "")]
    floor = Constraint("floor", "south")
    assert [tally.constraints for tally in repairs(table, deal, zones(table, deal))] == [(floor,)]
    assert [tally.constraints for tally in conflicts(table, deal, zones(table, deal))] == [(floor,)]


def test_a_red_line_shuts_its_option_and_no_other():
    found = lines(SAYS.format("south", "part", "hard"))
    assert found["truce.part"].possible.share == 0.0 and found["truce.full"].possible.share == 1.0
    assert [(b.kind, b.who, b.statement, b.share) for b in found["truce.part"].blocks] == [("red line", "south", "s1", 1.0)]
    assert lines(SAYS.format("south", "part", "posture"))["truce.part"].possible.share == 1.0


@pytest.mark.parametrize(("reading", "withheld"), [("hard", True), ("price", True), ("posture", False)])
def test_consent_withheld_shuts_it_for_all(reading, withheld):
    found = lines("issues.truce.options.part.needs=['host']", SAYS.format("host", "part", reading))["truce.part"]
    assert [(block.kind, block.who) for block in found.blocks] == ([("consent", "host")] if withheld else [])


def test_a_zone_asks_for_the_core_and_an_acceptable_package_does_not():
    """North alone can have part or full; both are shut to south: it is left with the crossing, which is no zone."""
    changes = [SAYS.format("south", "part', 'truce.full", "hard")]
    table, deal = laid(*changes)
    assert not zones(table, deal).any()
    found = survey(load_scenario(SMALL, changes), 3, 1).deals[1]
    assert found.zone.share == 0.0 and found.outlook.acceptable.number == 1
    assert found.candidates[0].package == (0, 1) and found.candidates[0].acceptable.share == 1.0
    assert found.candidates[0].gains[:, 0].tolist() == pytest.approx([1 / 6, 0.5])
