"""Domains of other tools: read, written, read again; and what is damaged is named in one line."""

import json
import subprocess
import sys

import numpy as np
import pytest
from running import negsim

from negsim.analysis.draws.deals import lay_table, space
from negsim.analysis.spaces.space import frontier_of
from negsim.edge.domains import domain_of, read_domain, write_domain
from negsim.edge.files import InputError
from negsim.edge.scenarios import load_scenario
from negsim.formats import Domain, Profile
from negsim.formats.genius import scaled

DOMAIN = """<negotiation_template><utility_space number_of_issues="2"><objective index="0" name="any">
<issue index="1" name="Price" vtype="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
<issue index="2" name="Days" vtype="integer" lowerbound="1" upperbound="3"/>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective index="0" name="any">
<issue index="1" name="Price" vtype="discrete"><item index="1" value="low" evaluation="{0}"/>
<item index="2" value="high" evaluation="{1}"/></issue>
<issue index="2" name="Days" vtype="integer" lowerbound="1" upperbound="3"><evaluator ftype="linear" offset="0.0" slope="{2}"/></issue>
<weight index="1" value="0.6"/><weight index="2" value="0.4"/></objective>
<discount_factor value="0.9"/><reservation value="0.25"/></utility_space>"""


@pytest.fixture
def genius(tmp_path):
    (tmp_path / "sale.xml").write_text(DOMAIN)
    (tmp_path / "sale-1-buyer.xml").write_text(PROFILE.format(10, 5, 2))
    (tmp_path / "sale-2-seller.xml").write_text(PROFILE.format(2, 8, 1))
    return tmp_path


def utilities(domain):
    """Return every package's utility to every party."""
    total = np.zeros((len(domain.profiles), 1))
    for i in range(len(domain.issues)):
        added = np.array([[p.weights[i] * value for value in p.values[i]] for p in domain.profiles])
        total = (total[:, :, None] + added[:, None, :]).reshape(len(domain.profiles), -1)
    return total + np.array([[p.bias] for p in domain.profiles])


def test_genius_divides_evaluations_by_the_most_of_their_issue(genius):
    found = read_domain(genius)
    assert [name for name, _ in found.issues] == ["Price", "Days"] and found.issues[1][1] == ["1", "2", "3"]
    assert [p.name for p in found.profiles] == ["buyer", "seller"]
    assert found.profiles[0].values == [[1.0, 0.5], [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]]
    assert (found.profiles[0].reservation, found.profiles[0].discount) == (0.25, 0.9)
    assert read_domain(genius, "negmas").profiles[0].values == [[10.0, 5.0], [2.0, 4.0, 6.0]]


@pytest.mark.parametrize("kind", ["genius", "negmas"])
def test_there_and_back(genius, tmp_path, kind):
    first = read_domain(genius)
    write_domain(first, kind, tmp_path / "out")
    again = read_domain(tmp_path / "out")
    assert again.issues == first.issues and [p.name for p in again.profiles] == ["buyer", "seller"]
    assert np.allclose(utilities(again), utilities(first), atol=1e-12)
    assert [(p.reservation, p.discount) for p in again.profiles] == [(0.25, 0.9)] * 2
    write_domain(first, "toml", tmp_path / "sale.toml")
    scenario = load_scenario(tmp_path / "sale.toml")
    third = domain_of(scenario, 1, 0)
    assert np.allclose(utilities(third), utilities(first), atol=1e-12) and third.issues == first.issues


def test_scaling_for_genius_keeps_every_preference():
    rng = np.random.default_rng(1)
    for _ in range(50):
        profile = Profile("p", rng.uniform(-2, 2, 3).tolist(), rng.normal(size=(3, 4)).tolist(), 0.3, 1.0, float(rng.normal()))
        domain = Domain("d", [("i", list("abcd"))] * 3, [profile, profile])
        found = scaled(profile)
        before, after = utilities(domain)[0], utilities(domain._replace(profiles=[found, found]))[0]
        slope = (after.max() - after.min()) / (before.max() - before.min())
        assert np.allclose(after - after[0], slope * (before - before[0])) and slope > 0
        assert found.reservation - after[0] == pytest.approx(slope * (profile.reservation - before[0]))
        assert sum(found.weights) == pytest.approx(1.0) and min(map(min, found.values)) >= 0.0


def test_a_domain_is_run_and_analyzed_like_a_scenario(genius):
    scenario = load_scenario(genius)
    table = lay_table(scenario, 1, 0)
    frontier = frontier_of(space(table, table.deals[0], 0))
    every = utilities(read_domain(genius))
    rational = every[:, (every >= 0.25 - 1e-12).all(axis=0)].T
    best = [row for row in rational if not ((rational >= row).all(axis=1) & (rational > row).any(axis=1)).any()]
    assert np.allclose(sorted(frontier.points.tolist()), sorted({tuple(row) for row in np.array(best).round(12).tolist()}))
    for command in (["run", genius, "--json"], ["analyze", genius / "sale.xml", "--json"]):
        assert json.loads(cli(*command).stdout)


def cli(*arguments, code=0):
    done = negsim(*arguments, code=code)
    assert code == 0 or done.stderr.count("\n") == 1
    return done


@pytest.mark.parametrize(
    ("file", "text", "hint"),
    [
        ("sale.xml", "<negotiation_template><utility", "damaged XML"),
        ("sale.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + DOMAIN, "declares a document type"),
        ("sale.xml", "", "damaged XML"),
        ("sale.xml", "<html/>", "no <issue>"),
        ("sale-1-buyer.xml", PROFILE.format(10, "x", 2), "evaluation 'x' is no number"),
        (
            "sale-1-buyer.xml",
            PROFILE.format(10, 5, 2).replace('name="Price"', 'name="Colour"'),
            "issue 'Price' stands in sale.xml, but not in sale-1-buyer.xml",
        ),
        ("sale-1-buyer.xml", PROFILE.format(10, 5, 2).replace('value="high"', 'value="higher"'), "option 'high'"),
        (
            "sale-1-buyer.xml",
            PROFILE.format(10, 5, 2).replace('<weight index="2" value="0.4"/>', ""),
            "issue 'Days': weight '' is no number",
        ),
        ("sale-1-buyer.xml", PROFILE.format("nan", 5, 2), "is no number of a usable size"),
        ("sale.xml", DOMAIN.replace('upperbound="3"', 'upperbound="3000000"'), "at most 1000 options"),
        ("sale.xml", DOMAIN.replace('vtype="integer"', 'vtype="real"'), "only discrete and integer issues"),
        ("more.yml", "issues: []", "several formats"),
    ],
)
def test_damaged_genius(genius, file, text, hint):
    (genius / file).write_text(text)
    with pytest.raises(InputError, match=hint.replace("(", r"\(")):
        read_domain(genius)
    assert hint in cli("analyze", genius, code=2).stderr


SPACE = "issues:\n- {name: x, type: CategoricalIssue, values: [a, b]}\nname: d\n"
UFUN = "type: LinearAdditiveUtilityFunction\nname: u\nreserved_value: 0.1\nvalues:\n- {mapping: {a: 0.0, b: 1.0}, type: TableFun}\nweights: [1.0]\n"


@pytest.mark.parametrize(
    ("file", "text", "hint"),
    [
        ("d.yml", "issues: [", "damaged YAML"),
        ("d.yml", "a: &x [1, 2]\nissues: [*x, *x]\n", "aliases are not read"),
        ("u1.yml", UFUN.replace("b: 1.0", "c: 1.0"), "no value for option 'b'"),
        ("u1.yml", UFUN.replace("b: 1.0", "b: 1.0, c: 2.0"), "option 'c' is none"),
        ("u1.yml", UFUN.replace("LinearAdditiveUtilityFunction", "HyperRectangleUtilityFunction"), "only additive ones"),
        ("u1.yml", UFUN.replace("weights: [1.0]", "weights: [1.0, 2.0]"), "2 weights for 1 issues"),
        ("u1.yml", UFUN.replace("b: 1.0", "b: .inf"), "missing or infinite"),
        ("u1.yml", "!!python/object/apply:os.system ['true']", "damaged YAML"),
    ],
)
def test_damaged_negmas(tmp_path, file, text, hint):
    for name, content in (("d.yml", SPACE), ("u1.yml", UFUN), ("u2.yml", UFUN)):
        (tmp_path / name).write_text(content)
    assert len(read_domain(tmp_path).profiles) == 2
    (tmp_path / file).write_text(text)
    with pytest.raises(InputError, match=hint):
        read_domain(tmp_path)


def test_convert_bad_input(tmp_path):
    for arguments, hint in (
        (["istanbul-2025-06-02", tmp_path / "out"], "--to genius"),
        (["istanbul-2025-06-02", tmp_path / "out", "--to", "genus", "--draws", 5], "did you mean 'genius'"),
        ([tmp_path, tmp_path / "x.toml"], "neither a sweep nor a domain (Genius XML"),
        (["two-issues", tmp_path / "out", "--to", "toml"], "written to a .toml file"),
        (["two-issues", tmp_path / "x.toml", "--evaluations", "mine"], "no such reading"),
    ):
        assert hint in cli("convert", *arguments, code=2).stderr


NEGMAS = """
import json, sys, warnings
warnings.simplefilter("ignore")
from negmas.inout import Scenario
from negmas.preferences import nash_points, pareto_frontier
from negmas.sao import BoulwareTBNegotiator, LinearTBNegotiator, SAOMechanism
folder, kind = sys.argv[1:]
scenario = Scenario.from_yaml_folder(folder) if kind == "negmas" else Scenario.from_genius_folder(folder)
outcomes = list(scenario.outcome_space.enumerate())
rational = [o for o in outcomes if all(float(u(o)) >= u.reserved_value - 1e-12 for u in scenario.ufuns)]
points, _ = pareto_frontier(scenario.ufuns, rational)
nash = nash_points(scenario.ufuns, points)[0][0]
mechanism = SAOMechanism(outcome_space=scenario.outcome_space, n_steps=20)
for negotiator, ufun in zip((BoulwareTBNegotiator(), LinearTBNegotiator()), scenario.ufuns):
    mechanism.add(negotiator, ufun=ufun)
mechanism.run()
print(json.dumps({"outcomes": len(outcomes), "frontier": [list(map(float, p)) for p in points], "nash": list(map(float, nash)),
                  "rounds": mechanism.state.step}))
"""


@pytest.mark.full
@pytest.mark.parametrize("kind", ["genius", "negmas"])
def test_negmas_loads_the_base_case_and_finds_the_same(tmp_path, kind):
    folder = tmp_path / "base"
    cli("convert", "istanbul-2025-06-02", folder, "--to", kind, "--draws", 200)
    done = subprocess.run([sys.executable, "-c", NEGMAS, folder, kind], capture_output=True, text=True, check=False)
    if "No module named 'negmas'" in done.stderr:
        pytest.skip("NegMAS is not installed")
    theirs = json.loads(done.stdout.splitlines()[-1])
    ours = json.loads(cli("analyze", folder, "--json").stdout)
    assert ours["outcomes"] == theirs["outcomes"] and ours["pareto"]["size"] == len(theirs["frontier"])
    assert np.allclose(sorted(ours["pareto"]["points"]), sorted(theirs["frontier"]), atol=1e-9)
    assert np.allclose(ours["nash"]["utilities"], theirs["nash"], atol=1e-9)
    assert theirs["rounds"] > 0
