"""Coded sources, scenarios over them, and where numbers come from."""

import json
from pathlib import Path

import pytest

from negsim.analysis.coders import kappa
from negsim.domain.citation import assumed_share, citations
from negsim.edge.files import InputError, bundled_ids, find, schema_of
from negsim.edge.scenarios import load_scenario, load_source

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"


@pytest.mark.parametrize("name", bundled_ids("scenarios"))
def test_bundled_scenarios_load_and_play(name):
    from negsim.engine.mesa_engine import play_mesa

    results, errors = play_mesa(load_scenario(name), 1, 0, 5)
    assert not errors and not results.failed.any()


@pytest.mark.parametrize("kind", ["scenario", "source", "experiment"])
def test_exported_schemas_are_fresh(kind):
    assert (SCHEMAS / f"{kind}.json").read_text() == schema_of(kind) + "\n"
    assert json.loads(schema_of(kind))["properties"]


def test_accounts_of_one_deal_are_kept_apart():
    scenario = load_scenario("istanbul-2025-06-02")
    told = scenario.accounts()["remains"]
    assert told["ukraine"] != told["russia"]
    assert scenario.outcomes()["ceasefire"] == "none"


def test_what_was_said_later_is_passed_over_only_where_asked():
    scenario = load_scenario("istanbul-2025-05-16")
    assert all(statement.made_on <= scenario.talks.sessions[0] for statement in scenario.used().values())
    assert "r01" in scenario.used() and "r09" not in scenario.used()
    with pytest.raises(InputError, match="after the last session"):
        load_scenario("istanbul-2025-05-16", ["leave_out_later=false"])


def test_statements_of_the_day_can_be_left_out(istanbul):
    without = load_scenario("istanbul-2025-06-02", ["same_day=false"])
    day = istanbul.talks.sessions[0]
    assert set(without.used()) == {key for key, s in istanbul.used().items() if s.made_on < day}


def test_outcomes_back_no_preference(istanbul):
    assert not [s for s in istanbul.used().values() if s.stance in ("outcome", "claims")]


def test_every_number_is_cited_or_assumed(istanbul):
    found = citations(istanbul)
    assert len({entry.path for entry in found}) == len(found)
    assert all(entry.statements or entry.rule for entry in found)
    by_path = {entry.path: entry for entry in found}
    assert by_path["parties.russia.theta"].statements == ["s18"]
    assert by_path["readings.ukraine.language.official"].value.startswith("Dirichlet(8, 2, 1)")
    assert by_path["readings.ukraine.territory.withdrawal"].statements == ["r23", "s13"]
    assert 0.3 < assumed_share(found) < 0.9


def test_kappa_of_two_coders(tmp_path):
    path = find("three-fleets", "seeds")
    one = load_source(path)
    (tmp_path / "other.toml").write_text(path.read_text().replace('stance = "rejects"', 'stance = "dismisses"'))
    other = load_source(tmp_path / "other.toml")
    assert kappa(one, one).kappa == 1.0
    found = kappa(one, other)
    assert found.agreed == found.units - 1 and 0 < found.kappa < 1


BROKEN = {
    "cites paragraph 99": ("paragraph = 1\n", "paragraph = 99\n"),
    "no issue 'quotaa'; did you mean 'quota'": ('options = ["quota.tight"]\nstrength = "priority"', 'options = ["quotaa.tight"]'),
    "no option 'tigh'": ('options = ["quota.tight"]\nstrength = "priority"', 'options = ["quota.tigh"]'),
    "after it was published": ("made_on = 2026-01-10", "made_on = 2026-03-10"),
    "statements.f01.stance": ('stance = "demands"', 'stance = "demand"'),
    "goes with stance 'conditions-on'": ('condition = "inspectors.joint"\n', ""),
    "did you mean 'paragraph'": ("paragraph = 1\n", "paragaph = 1\n"),
}


@pytest.mark.parametrize("expected", BROKEN)
def test_a_broken_source_is_named(expected, tmp_path):
    old, new = BROKEN[expected]
    text = find("three-fleets", "seeds").read_text()
    assert old in text
    (tmp_path / "broken.toml").write_text(text.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        load_source(tmp_path / "broken.toml")
    assert expected in str(caught.value) and "\n" not in str(caught.value)


SCENARIOS = {
    "0 found": "[parties]\n",
    "1 found": '[parties.coast]\nname = "x"\n',
    "no option 'tite'": 'talks = {sessions = [2026-02-15]}\n[mediators.institute]\ntarget = ["quota.tite"]\n',
    "of several issues": '[mediators.institute]\ntarget = ["quota.tight", "season.open"]\n',
    "list each option once": "[issues.quota]\norder.coast = ['loose', 'open']\n",
    "should read 'ISSUE > 0'": "[issues.season]\navailable_when = 'quota'\n",
    "dates must rise": "[talks]\nsessions = [2026-02-15, 2026-02-15]\n",
    "runs backwards": "[parties.coast]\ntheta = [0.2, 0.1]\n",
    "no party 'cost'": "[talks]\nevents = [{on = 2026-03-01, parameter = 'parties.cost.theta', by = 0.1}]\n",
    "did you mean 'islands'": "[mediators.institute]\ncarrot = {iland = 0.1}\n",
    "is the status quo": "[statements.x]\nactor = 'coast'\nstance = 'rejects'\noptions = ['quota.unlimited']\nmade_on = 2026-01-01\nparagraph = 1\nparaphrase = 'x'\n",
    "closes apart from": "[tracks.shore]\n[issues.season]\ntrack = 'shore'\n[statements.f05]\ncondition = 'season.closed_in_spring'\n",
    "speaks both ways": "[statements.x]\nactor = 'coast'\nstance = 'rejects'\noptions = ['quota.tight']\nmade_on = 2026-01-10\nparagraph = 1\nparaphrase = 'x'\n",
    "puts the status quo above 'tight', which 'f01' wants": "[issues.quota]\norder.coast = ['loose', 'tight', 'unlimited']\n",
    "puts 'tight', which 'f03' refuses, above": "[issues.quota]\norder.islands = ['loose', 'tight']\n[statements.x]\nactor = 'islands'\nstance = 'accepts'\noptions = ['quota.loose']\nmade_on = 2026-01-10\nparagraph = 1\nparaphrase = 'x'\n",
    "no actor 'coastt'; did you mean 'coast'": "[issues.season]\noptions = [{id = 'open'}, {id = 'closed_in_spring', by = ['coastt']}]\n",
    "list sizes from small to large": "[issues.season]\nswap = ['coast', 'union']\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = 1.0}, {id = 'all', size = 0.5}]\n",
    "who is no side of the swap": "[issues.season]\nswap = ['coast', 'union']\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = {islands = 1.0}}]\n",
    "something in each other": "[issues.season]\nswap = ['coast', 'union']\n",
    "but this is no swap": "[issues.season]\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = 1.0}]\n",
    "are not two parties": "[issues.season]\nswap = ['coast', 'coast']\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = 1.0}]\n",
    "leads back to 'f01' itself": "[statements.f01]\nsupersedes = ['f01']\n",
    "the later of two supersedes": "[statements.f01]\nsupersedes = ['f02']\nmade_on = 2025-12-01\n",
    "is of the same issue": "[statements.f05]\ncondition = 'quota.loose'\n",
    "`reading` is of a refusal": "[statements.f01]\nreading = 'given_up'\n",
    "nobody has to bring it about": "[issues.season]\noptions = [{id = 'open', by = ['coast']}, {id = 'closed_in_spring'}]\n",
    "1.5 is no size": "[issues.season]\nswap = ['coast', 'union']\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = 1.5}]\n",
    "stops fighting, and a swap does not": "[issues.season]\nswap = ['coast', 'union']\noptions = [{id = 'open'}, {id = 'closed_in_spring', size = 1.0, stops = 0.5}]\n",
    "'f03' is by islands, not by coast": "[statements.f01]\nsupersedes = ['f03']\n",
    "holds until 2026-01-01, before it was made": "[statements.f01]\nuntil = 2026-01-01\n",
}


@pytest.mark.parametrize("expected", SCENARIOS)
def test_a_broken_scenario_is_named(expected, tmp_path):
    base = find("three-fleets", "scenarios").read_text()
    if expected.endswith("found"):
        text = base[: base.index("[parties.coast]")] + SCENARIOS[expected]
        text = (
            text.replace("order.coast", "# ")
            .replace("order.islands", "# ")
            .replace("order.union", "# ")
            .replace('sources = ["three-fleets"]', "")
        )
    else:
        text = 'id = "broken"\nextends = "three-fleets"\n' + SCENARIOS[expected]
    (tmp_path / "broken.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path / "broken.toml")
    assert expected in str(caught.value) and "\n" not in str(caught.value)


def test_two_sources_may_not_share_an_id(tmp_path):
    (tmp_path / "seeds").mkdir()
    text = find("three-fleets", "seeds").read_text()
    (tmp_path / "seeds" / "again.toml").write_text(text)
    (tmp_path / "twice.toml").write_text('id = "twice"\nextends = "three-fleets"\nsources = ["three-fleets", "again"]\n')
    with pytest.raises(InputError, match="stands in both"):
        load_scenario(tmp_path / "twice.toml")


def test_scripts(tmp_path):
    assert load_scenario("what-if-posture").statements["r36"].reading == "posture"
    (tmp_path / "raises.py").write_text("1 / 0\n")
    (tmp_path / "empty.py").write_text("x = 1\n")
    with pytest.raises(InputError, match="raises ZeroDivisionError"):
        load_scenario(tmp_path / "raises.py")
    with pytest.raises(InputError, match="defines no `scenario`"):
        load_scenario(tmp_path / "empty.py")


def test_scenario_scripts_run_and_draw(tmp_path):
    import runpy

    main = runpy.run_path(str(find("what-if-posture", "scenarios")))["main"]
    shares = main(str(tmp_path), runs=60)
    assert shares["what-if-posture"] > shares["istanbul-2025-06-02"]
    assert (tmp_path / "shares.png").stat().st_size > 10_000
