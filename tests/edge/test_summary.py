"""What a sweep of one point says of itself: how sure, on what, and what decided it."""

from pathlib import Path

import pytest
from running import negsim

from negsim import load_scenario, play
from negsim.analysis.runs.decided import Decided, Interval, Part
from negsim.analysis.runs.ensembles import share
from negsim.analysis.runs.summary import left, outcomes_of, summarize
from negsim.domain.citation import ASSUMED, Basis, basis_of, citations, rests_on
from negsim.edge.words.decided import show_decided
from negsim.edge.words.ensemble import show_ensemble, show_points
from negsim.names.levers import sentence

ONE_NO = Path(__file__).parents[1] / "one-no.toml"


def one_no(changes=()):
    return load_scenario(str(ONE_NO), list(changes))


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        return summarize(one_no, 1, 1, runs=12, pairs=40)


def shown(capsys, scenario, summary, runs=40):
    table = play(scenario, runs, seed=1, engine="plain")
    show_ensemble(scenario, lambda names: table.select([*names, "failed"]), summary)
    return capsys.readouterr().out


def test_a_summary_tells_of_every_outcome(found):
    assert set(found.assumed) == set(outcomes_of(one_no())) >= {"agreed.thing", "option.thing == done", left(one_no(), "other")}
    assert all(one.members == 2 and one.least.share <= one.most.share for one in found.assumed.values())
    assert [one.outcome for one in found.decided] == ["agreed.thing"]


def test_what_is_not_mostly_assumed_has_a_share_and_a_range(capsys, found):
    text = shown(capsys, one_no(), found)
    assert "over assumptions" in " ".join(text.split()) and "2 combinations" in " ".join(text.split())
    row = next(line for line in text.splitlines() if line.startswith("thing ") and "assumed" not in line)
    assert "(" in row and "%" in row
    assert all(len(line) <= 80 for line in text.splitlines())


def test_where_assumptions_prevail_there_is_no_bare_percentage(capsys, istanbul):
    """Every row of prisoners rests on costs that nobody stated: words and ranges, and no share with an interval."""
    assert rests_on(istanbul, citations(istanbul), ["prisoners"]) == ASSUMED
    text = shown(capsys, istanbul, None, 20)
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("Prisoners"))
    rows = lines[first : next(at for at, line in enumerate(lines) if line.startswith("Children"))]
    assert len(rows) >= 6 and not any("%" in row for row in rows)
    stages = next(
        line for line in lines[lines.index(next(line for line in lines if "won or lost" in line)) :] if "Humanitarian" in line
    )
    assert "%" not in stages
    assert "negsim explain says it" in " ".join(text.split())


def test_a_row_rests_on_what_prevails_and_on_what_it_depends_on(istanbul):
    assert Basis(3, 2, 6).most == "assumed" and Basis(3, 2, 5).most == "stated" and Basis(2, 2, 3).most == "read"
    cited = citations(istanbul)
    assert rests_on(istanbul, cited, ["ceasefire"]) == rests_on(istanbul, cited, ["ceasefire_conditions"]) == ASSUMED
    assert basis_of(istanbul, cited, ["ceasefire_conditions"]).most == "read"
    assert sum(basis_of(istanbul, cited)) == len(cited)


def part(name, first, total, statements=()):
    return Part(name, name, statements, Interval(first, first - 0.05, first + 0.05), Interval(total, total - 0.05, total + 0.05))


def test_one_reading_that_decides_is_named_with_its_paragraph():
    one = Decided("agreed.thing", share(50, 100), [part("readings", 0.98, 1.0)], [part("reading of s2", 0.97, 1.0, ("s2",))])
    said = sentence(one_no(), one)
    assert said.startswith("decided by one thing") and "s2, par. 2" in said and "97%" in said


def test_several_that_decide_together_are_told_apart():
    one = Decided(
        "agreed.thing", share(50, 100), [part("values", 0.1, 0.6), part("weights", 0.2, 0.5), part("events", 0.0, 0.01)], []
    )
    said = sentence(one_no(), one)
    assert "no one thing" in said and "values (60%)" in said and "about 20%" in said and "events" not in said


def test_what_never_varies_is_said(capsys):
    show_decided(one_no(), [Decided("agreed.thing", share(0, 100), [], [])])
    assert "the same in all 100 runs" in capsys.readouterr().out


def test_what_came_about_and_is_hardly_ever_found_is_said_to_be_missed(capsys, istanbul):
    text = " ".join(shown(capsys, istanbul, None, 20).split())
    assert "Missed: Children on Ukraine's list ended at 'checked case by case'" in text


def test_a_design_of_points_has_a_table(tmp_path):
    text = negsim(
        "sweep", "wage-dispute", "--vary", "parties.union.theta=0:0.2:2", "--runs", 10, "--out", tmp_path / "out"
    ).stdout
    assert "points to the first, paired" in text and "all points" in text and "0.2" in text
    assert "negsim explain wage-dispute" in text
    assert all(len(line) <= 80 for line in text.splitlines()[:-1])


def test_a_design_says_how_much_of_the_variation_is_its_own(capsys, istanbul):
    import pyarrow as pa

    from negsim.sweeps.design import Experiment

    held = {f"agreed.{key}": [True, False, True, True] for key in istanbul.tracks}  # shares 1/2 and 1: 1/16 of 3/16
    table = pa.table({"point": [0, 0, 1, 1], "replicate": [0, 1, 0, 1], "x": [0.0, 0.0, 1.0, 1.0], "failed": [False] * 4, **held})
    experiment = Experiment(scenario="x", vary={"x": [0.0, 1.0]})
    show_points(istanbul, table, experiment, [f"agreed.{key}" for key in istanbul.tracks])
    assert "What is varied makes 33.3% of the variation between runs" in " ".join(capsys.readouterr().out.split())


def test_drawn_inputs_are_kept_as_asked(tmp_path):
    import pyarrow.parquet as pq

    def names(folder):
        return pq.read_schema(tmp_path / folder / "results.parquet").names

    asked = ("sweep", "wage-dispute", "--runs", 5, "--engine", "mesa")
    negsim(*asked, "--no-inputs", "--out", tmp_path / "bare")
    assert not any(name.startswith(("reading.", "weight.")) for name in names("bare"))
    said = negsim(*asked, "--inputs", "--out", tmp_path / "bare").stderr
    assert "played again" in said and "theta.union" in names("bare")
    fresh = negsim(*asked, "--out", tmp_path / "fresh")
    assert fresh.returncode == 0
    assert (tmp_path / "fresh" / "results.parquet").read_bytes() == (tmp_path / "bare" / "results.parquet").read_bytes()
    negsim(*asked, "--no-inputs", "--out", tmp_path / "fresh")
    assert not any(name.startswith("reading.") for name in names("fresh"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('ensemble.strategies=["time_dependnt"]', "did you mean 'time_dependent'"),
        ('ensemble.vary={"talks.breakdwn"=[0.0, 0.1]}', "did you mean 'breakdown'"),
        ('ensemble.vary={"talks.breakdown"=[0.0, 5.0]}', "less than 1"),
        ('ensemble.vary={"talks.breakdown"=[0.0, 0]}', "names a value twice"),
        ('ensemble.vary={"issues.thing.name"=["a"], "statements.s1.options"=["other.done"]}', "options"),
        ('ensemble.vary={readings=["coded"]}', "is open already"),
        ('ensemble.vary={"parties.one.theta"=[0.0, 0.1], "statements.s3.options"=[true, false]}', "options"),
    ],
)
def test_what_an_ensemble_cannot_be_is_found_before_anything_is_played(change, said):
    from negsim.edge.files import InputError
    from negsim.edge.planning import check_ensemble, variants

    with pytest.raises(InputError, match=said):
        check_ensemble(variants(str(ONE_NO), [change]))


def test_commands_try_the_ensemble_first(tmp_path):
    bad = ("--set", 'ensemble.strategies=["time_dependnt"]')
    for asked in (("explain", ONE_NO, *bad), ("forecast", ONE_NO, *bad, "--out", tmp_path / "f.json")):
        assert "did you mean 'time_dependent'" in negsim(*asked, code=2).stderr
    path = tmp_path / "no.toml"
    path.write_text(ONE_NO.read_text().replace('ensemble.readings = ["coded", "uniform"]', 'ensemble.strategies = ["micr"]'))
    assert "did you mean 'micro'" in negsim("check", path, code=2).stderr


def test_delivered_goes_with_an_exchange(istanbul):
    with pytest.raises(Exception, match="is no swap"):
        load_scenario("istanbul-2025-06-02", ["statements.o01.delivered=1.0"])
