"""Experiment files and sweeps as users ask for them: paths, points from tables, outcomes, what is said and printed."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from running import negsim

from negsim.edge.files import bundled_ids
from negsim.edge.replies import REPLIES

EXPERIMENT = """
scenario = "two-issues"
design = "explicit"
file = "points.csv"
runs = 3
outcome = "option.price == middle"
"""
SMALL = ("two-issues", "--engine", "mesa", "--workers", 1)


def said(*words, code=2):
    (line,) = [line for line in negsim(*words, code=code).stderr.splitlines() if " s left" not in line]
    return line


@pytest.fixture
def files(tmp_path):
    (tmp_path / "points.csv").write_text("parties.buyer.theta,parties.seller.strategy\n0.0,linear\n0.1,boulware\n")
    (tmp_path / "mine.toml").write_text(EXPERIMENT)
    return tmp_path


def test_points_come_from_a_table_beside_the_experiment(files):
    negsim("sweep", files / "mine.toml", "--engine", "mesa", "--out", files / "out")
    rows = pq.read_table(files / "out" / "results.parquet").to_pylist()
    assert [(row["parties.buyer.theta"], row["parties.seller.strategy"]) for row in rows[::3]] == [
        (0.0, "linear"),
        (0.1, "boulware"),
    ]
    table = pa.table({"parties.buyer.theta": [0.0, 0.1], "parties.seller.strategy": ["linear", "boulware"]})
    pq.write_table(table, files / "points.parquet")
    negsim("sweep", *SMALL, "--points-file", files / "points.parquet", "--runs", 3, "--out", files / "other")
    assert (files / "other" / "results.parquet").read_bytes() == (files / "out" / "results.parquet").read_bytes()


def test_an_experiment_whose_outcome_there_is_not_does_not_pass_check(files):
    (files / "mine.toml").write_text(EXPERIMENT.replace("option.price == middle", "option.price == cheap"))
    assert "outcome: 'option.price == cheap': no option 'cheap'" in said("check", files / "mine.toml")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (None, "no such table of points"),
        ("parties.buyer.theta\n0.1\n\n0.2,3\n", "no CSV or Parquet table"),
        ("parties.buyer.theta,parties.seller.theta\n0.1,\n", "row 1: parties.seller.theta"),
        ("parties.buyer.theta\n", "holds no points"),
        ("parties.buyer.thet\n0.1\n", "parties.buyer.thet"),
        ("parties.buyer.theta,parties.buyer.theta\n0.1,0.2\n", "names a column twice"),
        ("parties.buyer.theta\n\xff\xfe0.1\n", "points.csv"),
    ],
)
def test_a_table_of_points_that_is_none(files, table, words):
    (files / "points.csv").unlink()
    if table is not None:
        (files / "points.csv").write_text(table, encoding="latin-1")
    assert words in said("check", files / "mine.toml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--vary", "parties.buyer.theta=normal(0)"], "write normal(mean, sd, lo, hi)"),
        (["--vary", "parties.buyer.theta=0:1", "--design", "sobol", "--points", 7], "4 or 8, not 7"),
        (["--lever", "parties.buyer.theta=0:1"], "without a count"),
        (["--vary", "parties.buyer.theta=0,1", "--constraint", "x > 1"], "varied input"),
        (["--until", 0.1], "say which"),
        (["--until", 0.1, "--outcome", "agreed.sale", "--shard", "1/2"], "cannot know when"),
        (["--until", 0.1, "--outcome", "agreed.sale", "--sample", 5], "needs all rows"),
        (["--vary", "parties.buyer.theta=normal(inf,1)", "--design", "lhs", "--points", 3], "write normal(mean, sd, lo, hi)"),
        (["--vary", "parties.buyer.theta=0", "--vary", "parties.buyer.theta=1"], "names an input twice"),
        (["--vary", "parties.buyer.theta=0,1", "--points", 5], "go with a sampled design"),
        (["--points-file", ""], "no such table of points"),
        (["--outcome", "pareto_gap. > 0"], "write COLUMN"),
        (["--shard", "4/3"], "write k/n"),
        (["--design", "lattice"], "'--design'"),
        (["--outcome", "agreed.nothing"], "no name 'nothing'"),
        (["--runs", 20_000_000], "say --yes"),
        ([], "say where the results go"),
    ],
)
def test_what_is_asked_for_wrongly_is_one_line(words, told):
    assert told in said("sweep", "two-issues", *words)


def test_what_was_varied_as_a_lever_stays_one(tmp_path):
    text = 'scenario = "two-issues"\n[levers]\n"parties.buyer.theta" = [0.0, 0.1]\n'
    (tmp_path / "mine.toml").write_text(text)
    negsim(
        "sweep",
        tmp_path / "mine.toml",
        "--engine",
        "mesa",
        "--runs",
        2,
        "--vary",
        "parties.buyer.theta=0.2",
        "--out",
        tmp_path / "out",
    )
    held = json.loads((tmp_path / "out" / "manifest.json").read_text())["experiment"]
    assert held["levers"] == {"parties.buyer.theta": [0.2]} and held["vary"] == {}


def test_a_dry_run_says_what_it_takes(tmp_path):
    text = negsim("sweep", "two-issues", "--vary", "parties.buyer.theta=0,0.1", "--runs", 500, "--dry-run").stdout
    assert "2 points x 500 runs = 1,000 runs of two-issues" in text
    assert all(word in text for word in ("time    about", "disk    about", "memory  about"))
    part = negsim("sweep", "two-issues", "--runs", 500, "--dry-run", "--shard", "1/5").stdout
    assert "of these 100 in this shard" in part


def test_runs_double_until_the_interval_is_narrow(tmp_path):
    done = negsim("sweep", *SMALL, "--runs", 4, "--until", 0.35, "--outcome", "agreed.sale", "--brief", "--out", tmp_path / "out")
    assert "8 runs in" in done.stdout  # all agree: Wilson's interval of 8 of 8 is 0.32 wide, of 4 of 4 0.49
    done = negsim(
        "sweep", *SMALL, "--runs", 4, "--until", 0.1, "--most", 8, "--outcome", "agreed.sale", "--brief", "--out", tmp_path / "b"
    )
    assert "the widest interval is still 0.3244; --most allows more" in done.stderr


def test_a_run_is_replayed_to_the_last_bit(tmp_path):
    negsim(
        "sweep", "wage-dispute", "--engine", "mesa", "--vary", "parties.union.theta=0,0.2", "--runs", 3, "--out", tmp_path / "out"
    )
    text = negsim("replay", tmp_path / "out", 4).stdout
    assert (
        "run 4: point 1 (parties.union.theta=0.2), replicate 1" in text and "it is the run in the table, to the last bit" in text
    )
    told = json.loads(negsim("replay", tmp_path / "out", 4, "--trace", "--json").stdout)
    assert told["offers"] and told["replicate"] == 1 and REPLIES["replay"].model_validate(told)
    assert "the sweep has 6 runs" in said("replay", tmp_path / "out", 6)


def test_a_run_that_the_table_has_otherwise_is_said(tmp_path, monkeypatch):
    negsim("sweep", *SMALL, "--runs", 2, "--out", tmp_path / "out", "--brief")
    monkeypatch.setattr("negsim.sweeps.verify.row_of", lambda folder, run: {**_row(folder, run), "gain.buyer": 9.0})
    assert "gain.buyer differ from the table" in said("replay", tmp_path / "out", 1, code=1)


def _row(folder, run):
    return pq.read_table(folder / "results.parquet").to_pylist()[run]


def test_a_sample_and_shards_from_the_command_line(tmp_path):
    for part in (1, 2):
        negsim("sweep", *SMALL, "--runs", 150, "--shard", f"{part}/2", "--sample", 10, "--out", tmp_path / f"s{part}")
    assert "50 runs are missing: point 0, replicates 100 to 149" in said(
        "merge", tmp_path / "s1", "--out", tmp_path / "all", code=1
    )
    told = json.loads(negsim("merge", tmp_path / "s1", tmp_path / "s2", "--out", tmp_path / "all", "--json").stdout)
    assert told["rows"] == 15 and REPLIES["merge"].model_validate(told)
    assert "15 rows: whole" in negsim("verify", tmp_path / "all", "--runs", 2).stdout
    assert "nothing to compare it with" in negsim("replay", tmp_path / "all", 7).stderr
    assert "no such folder" in said("merge", tmp_path / "none", "--out", tmp_path / "x")


def test_runs_outside_a_sample_are_replayed_under_draws_of_their_own(tmp_path):
    words = ("--own-draws", "--vary", "parties.buyer.theta=0,0.1", "--set", "parties.buyer.noise=1.0", "--runs", 6)
    negsim("sweep", *SMALL, *words, "--out", tmp_path / "all")
    negsim("sweep", *SMALL, *words, "--sample", 3, "--out", tmp_path / "some")
    for run in (8, 9):  # one that the sample has not, and one that it has
        one, other = (json.loads(negsim("replay", tmp_path / name, run, "--json").stdout) for name in ("all", "some"))
        assert one["seed"] == other["seed"] != 0 and one["parties"] == other["parties"] and other["in_table"] == (run == 9)


def test_numbers_over_a_grid_are_means(tmp_path):
    text = negsim(
        "sweep", *SMALL, "--vary", "parties.buyer.theta=0,0.1", "--runs", 3, "--outcome", "gain.buyer", "--out", tmp_path / "out"
    ).stdout
    assert "mean of gain.buyer" in text and "0.3000 (0.3000 to 0.3000)" in text and "100.0%" not in text
    assert "gain.buyer>0.1" in negsim("sweep", *SMALL, "--vary", "parties.buyer.theta=0,0.1", "--runs", 3, "--outcome", "gain.buyer>0.1",
                                      "--out", tmp_path / "out").stdout  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('design = "explicit"\nrows = [{ "parties.buyer.theta" = 0.1 }, { "parties.buyer.theta" = "x" }]\n', "rows: parties.buyer.theta mixes"),
        ("levers = 5\n", "levers: write a table"),
        ('constraints = ["parties.buyer.theta <= e * parties.seller.theta"]\n[vary]\n"parties.buyer.theta" = [0, 1]\n'
         '"parties.seller.theta" = [0, 1]\n', "'e' is no number"),
        ('design = "explicit"\nfile = "points.csv"\nrows = [{ "parties.buyer.theta" = 0.1 }]\n', "keep one"),
    ],
)  # fmt: skip
def test_an_experiment_file_that_is_wrong_is_one_line(files, text, told):
    (files / "mine.toml").write_text(f'scenario = "two-issues"\nruns = 3\n{text}')
    lever = ("--lever", "parties.buyer.theta=0,0.1") if "levers" in text else ()
    assert told in said("sweep", files / "mine.toml", *lever, "--out", files / "out")


def test_the_bare_command_prints_its_help_readably():
    bare, asked, short = negsim().stdout, negsim("--help").stdout, negsim("-h").stdout
    assert bare.strip() == asked.strip() == short.strip() and len(bare.splitlines()) > 20
    assert negsim("--version").stdout.startswith("negsim ")
    assert "Usage: negsim sweep" in negsim("sweep", "-h").stdout


def test_ids_and_paths_are_completed(monkeypatch):
    from negsim.edge.app import complete_path, complete_scenario, complete_subject

    assert complete_scenario("istanbul-2025-06") == ["istanbul-2025-06-02", "istanbul-2025-06-02-article"]
    assert "stalling" in complete_subject("st") and "stalling" not in complete_scenario("st")

    named = SimpleNamespace(params={"scenario": "istanbul-2025-06-02"}, args=[])
    assert complete_path(named, "parties.russia.the") == ["parties.russia.theta="]
    assert complete_path(named, "statements.r36") == ["statements.r36.reading="]
    monkeypatch.setenv("_NEGSIM_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "negsim sweep istanbul-2025-06-02 --vary parties.russia.th")
    monkeypatch.setenv("COMP_CWORD", "4")
    code = "import sys; sys.argv[0] = 'negsim'; from negsim.edge.app import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["parties.russia.theta="]


@pytest.mark.parametrize("name", bundled_ids("experiments"))
def test_every_bundled_experiment_is_one_with_an_outcome_there_is(name):
    from negsim.analysis.runs.expression import check
    from negsim.edge.experiments import Request, experiment_asked
    from negsim.edge.scenarios import load_scenario

    experiment = experiment_asked(name, Request())
    assert experiment.id == name and experiment.reason and experiment.title
    check(experiment.outcome, load_scenario(experiment.scenario, experiment.changes))


@pytest.mark.full
@pytest.mark.parametrize("name", bundled_ids("experiments"))
def test_every_point_of_a_bundled_experiment_can_be_played(name):
    assert "points, valid" in negsim("check", name).stdout


def test_what_mattered_from_the_command_line(tmp_path):
    out = tmp_path / "out"
    negsim("sweep", "wage-dispute", "--engine", "mesa", "--vary", "statements.w04.reading=hard,posture", "--vary",
           "parties.employer.theta=0:0.2", "--design", "saltelli", "--points", 8, "--runs", 6, "--outcome", "zone.contract", "--out", out)  # fmt: skip
    text = negsim("sensitivity", out, "-o", tmp_path / "i.png").stdout
    assert (
        "how the no of" in text and "(w04, par." in text and "Settling" in text and (tmp_path / "i.png").stat().st_size > 10_000
    )
    assert all(len(line) <= 80 for line in text.splitlines())
    told = json.loads(negsim("sensitivity", out, "--json", "--outcome", "gain.union", "--outcome", "zone.contract").stdout)
    assert REPLIES["sensitivity"].model_validate(told) and [one["outcome"] for one in told["outcomes"]] == [
        "gain.union",
        "zone.contract",
    ]
    assert "no column 'gains'" in said("sensitivity", out, "--outcome", "gains.union")
    lever = ("--lever", "statements.w04.reading")
    assert "same points of the rest" in said("robustness", out, *lever)
    negsim("sweep", "wage-dispute", "--engine", "mesa", "--lever", "statements.w04.reading=hard,posture", "--vary",
           "parties.employer.theta=0,0.2", "--runs", 6, "--outcome", "zone.contract", "--out", tmp_path / "grid")  # fmt: skip
    text = negsim("robustness", tmp_path / "grid", "--at-least", 0.3, "-o", tmp_path / "l.png").stdout
    assert "enough at" in text and (tmp_path / "l.png").stat().st_size > 10_000
    told = json.loads(negsim("robustness", tmp_path / "grid", "--json").stdout)
    assert REPLIES["robustness"].model_validate(told) and len(told["settings"]) == 2
    negsim("plot", tmp_path / "grid", "map", "-o", tmp_path / "m.png")
    assert "its design is grid" in said("sensitivity", tmp_path / "grid")
    assert "has no levers" in said("robustness", out)


def test_boxes_are_told_in_words_with_paragraphs(capsys, istanbul):
    from negsim.analysis.runs.discovery import Bound, Box, Discovery
    from negsim.edge.words.mattered import show_discovery

    bounds = (Bound("reading.r36", None, None, ("posture", "price")), Bound("theta.russia", None, 0.05, ()),
              Bound("value.russia.ceasefire.partial", 0.1, None, ()), Bound("trait.ukraine.beta", 0.5, 0.9, ()))  # fmt: skip
    show_discovery(
        istanbul,
        Discovery("agreed.ceasefire", 100, 40, 9, [Box(bounds, 0.9, 0.5, 0.2)], [], [("weight.ukraine.crimea", 1.0)], []),
    )
    text = capsys.readouterr().out
    plain = " ".join(text.split())
    assert "the outcome in 90% of its runs; it holds 50% of all runs with the outcome, 20% of all runs" in plain
    assert (
        "how the no of Russia to 'Ceasefire: full, 30 days, land, sea and air' is meant (r36, par. 9): mere posture or a matter of price"
        in plain
    )
    assert "Russia: what talking pays, in gains of a track: 0.05 or less" in plain and "Ukraine: beta: 0.5 to 0.9" in plain
    assert "Russia: worth of 'Ceasefire: partial, 30 days': 0.1 or more" in plain and "CART: no box" in plain
    assert "1.000 Ukraine: weight of 'Crimea'" in plain and all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.full
@pytest.mark.skipif(sys.version_info < (3, 12), reason="the EMA workbench is for Python 3.12 and later")
def test_boxes_from_the_command_line(tmp_path):
    pytest.importorskip("ema_workbench")
    negsim("sweep", "wage-dispute", "--engine", "mesa", "--runs", 200, "--brief", "--out", tmp_path / "out")
    text = negsim("discover", tmp_path / "out", "--outcome", "zone.contract", "--boxes", 1).stdout
    assert "PRIM, box 1" in text and "What tells runs apart most" in text and "par." in text
    assert all(len(line) <= 80 for line in text.splitlines())
    told = json.loads(negsim("discover", tmp_path / "out", "--outcome", "zone.contract", "--boxes", 1, "--json").stdout)
    assert REPLIES["discover"].model_validate(told)
    assert "too few with it" in said("discover", tmp_path / "out", "--outcome", "gain.union > 9")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("run", ["run", "two-issues", "--json", "--trace"]),
        ("run", ["run", "istanbul-2025", "--json"]),
        ("analyze", ["analyze", "istanbul-2025-06-02", "--draws", 20, "--json"]),
        ("analyze", ["analyze", "istanbul-2025-06-02", "--draws", 20, "--package", "agreed", "--json"]),
        ("cite", ["cite", "wage-dispute", "--json"]),
        ("list", ["list", "--json"]),
        ("check", ["check", "two-issues", "--json"]),
        ("dry-run", ["sweep", "two-issues", "--dry-run", "--json"]),
    ],
)
def test_what_is_printed_as_json_is_as_its_schema_says(name, words):
    REPLIES[name].model_validate_json(negsim(*words).stdout)


def test_sweeps_print_json_as_their_schema_says(tmp_path):
    told = negsim("sweep", *SMALL, "--runs", 4, "--vary", "parties.buyer.theta=0,0.1", "--json", "--out", tmp_path / "out").stdout
    found = REPLIES["sweep"].model_validate_json(told)
    assert [(one.outcome, one.point, one.mean) for one in found.outcomes] == [
        ("agreed.sale", {"parties.buyer.theta": 0}, 1.0),
        ("agreed.sale", {"parties.buyer.theta": 0.1}, 1.0),
    ]
    REPLIES["verify"].model_validate_json(negsim("verify", tmp_path / "out", "--runs", 1, "--json").stdout)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["platform"]["processors"] >= 1 and manifest["command"] and manifest["written"]


@pytest.mark.compiled
def test_what_takes_compiled_rules_prints_json_as_its_schema_says(tmp_path):
    told = negsim("explain", "wage-dispute", "--outcome", "agreed.contract", "--runs", 20, "--pairs", 50, "--json").stdout
    REPLIES["explain"].model_validate_json(told)
    REPLIES["forecast"].model_validate_json(
        negsim("forecast", "wage-dispute", "--runs", 100, "--json", "-o", tmp_path / "f.json").stdout
    )
    negsim("sweep", "istanbul-2025-06-02", "--runs", 50, "--brief", "--out", tmp_path / "out")
    REPLIES["score"].model_validate_json(negsim("score", tmp_path / "out", "--json").stdout)
    told = negsim(
        "tournament", "two-issues", "--strategies", "linear,boulware", "--runs", 5, "--json", "-o", tmp_path / "t"
    ).stdout
    REPLIES["tournament"].model_validate_json(told)
    REPLIES["validate"].model_validate_json(negsim("validate", "two-issues", "--only", "zone", "--json", code=None).stdout)


def test_schemas_in_the_documentation_are_those_of_the_program():
    from pathlib import Path

    from negsim.edge.files import schema_of

    folder = Path(__file__).parents[2] / "docs" / "schema"
    if not folder.is_dir():
        pytest.skip("the documentation is not here")
    for name in ("scenario", "source", "experiment", *REPLIES):
        assert (folder / f"{name}.json").read_text() == schema_of(name) + "\n", name


def test_a_sweep_is_handed_over_to_salib_and_the_workbench():
    pytest.importorskip("SALib")
    pytest.importorskip("pandas")
    import negsim as package

    found = package.sweep("two-issues", vary={"parties.buyer.theta": "0:0.2"}, design="saltelli", points=4, runs=2, seed=1)
    problem, where, values = found.to_salib("gain.buyer")
    values = values + where[:, 0]  # here the buyer's theta does nothing, and SALib warns of that
    from SALib.analyze import sobol

    assert problem["num_vars"] == 1 and where.shape == (12, 1) and values.shape == (12,)
    assert set(sobol.analyze(problem, values, calc_second_order=False)) >= {"S1", "ST"}
    frame, outcomes = found.to_ema()
    assert len(frame) == 24 and {"parties.buyer.theta", "policy", "scenario", "model"} <= set(frame.columns)
    assert outcomes["gain.buyer"].shape == (24,)
    assert package.sensitivity(found, ["gain.buyer"]).table.column_names[:3] == ["outcome", "input", "index"]
