"""What a picture is drawn from: a scenario, a sweep, a point of it, or as much of it as there is."""

import pytest
from tests_of_sweeps import unfinished

from negsim import plots
from negsim.edge.files import InputError
from negsim.edge.pictures import kind_of
from negsim.edge.subjects import Wanted, check_played, is_sweep, set_beside, subject_of

CASE = "istanbul-2025-06-02"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        from negsim.edge.experiments import Request
        from negsim.edge.planning import plan_sweep
        from negsim.sweeps.sweep import run_sweep

        target = tmp_path_factory.mktemp("swept") / "out"
        plan = plan_sweep(CASE, Request(vary=["parties.russia.theta=0,0.2"], runs=10), "mesa")
        run_sweep(plan, target, 1, lambda done, total: None)
        return str(target)


def test_a_scenario_is_played():
    found = subject_of(CASE, kind_of("shares"), Wanted(runs=12, seed=3))
    assert found.table.num_rows == 12 and found.seed == 3


def test_a_scenario_alone_is_enough_for_some():
    assert subject_of(CASE, kind_of("space"), Wanted()).table is None


def test_points_of_a_sweep_stand_side_by_side(folder):
    found = subject_of(folder, kind_of("shares"), Wanted())
    labels = [found.label, *(one.label for one in found.beside)]
    assert labels == [f"Russia: what talking pays, in gains of a track = {value}" for value in ("0", "0.2")]
    assert [one.table.num_rows for one in (found, *found.beside)] == [10, 10]


def test_one_point_is_named_in_words(folder):
    found = subject_of(folder, kind_of("timing"), Wanted(point=1))
    assert found.label.endswith("= 0.2") and set(found.table["point"].to_pylist()) == {1}


def test_all_points_are_taken_where_a_picture_compares_them(folder):
    assert subject_of(folder, kind_of("response"), Wanted()).table.num_rows == 20


def test_as_much_as_there_is_of_an_unfinished_sweep(tmp_path, capsys):
    target = unfinished(tmp_path / "out")
    found = subject_of(str(target), kind_of("response"), Wanted())
    assert 0 < found.table.num_rows < 30 and found.label.startswith("unfinished")
    assert "is unfinished" in capsys.readouterr().err
    numbers = list(zip(found.table["point"].to_pylist(), found.table["replicate"].to_pylist()))
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("kind", "wanted", "says"),
    [
        ("timing", Wanted(), "holds 2 points; name one"),
        ("timing", Wanted(point=5), "has 2 points, counted from 0"),
        ("response", Wanted(outcome="agreed.nothing"), "no name 'nothing'"),
        ("indices", Wanted(), "its design is grid"),
        ("levers", Wanted(), "has no levers"),
        ("timing", Wanted(changes=["talks.breakdown=0.1"], point=0), "--set goes with a scenario"),
        ("tornado", Wanted(), "holds 2 points"),
        ("space", Wanted(replicate=10, point=0), "--run 10: the sweep has 10 runs of each point"),
        ("shares", Wanted(outcome="agreed.ceasefire"), "--outcome: goes with 'boxes', 'decided'"),
        ("timing", Wanted(replicate=1, point=0), "--run: goes with 'concession' and 'space', not with 'timing'"),
        ("fans", Wanted(deal="political", point=0), "--deal: goes with 'concession' and 'space'"),
        ("response", Wanted(at_least=0.5), "--at-least: goes with 'levers', not"),
        ("levers", Wanted(at_least=float("nan")), "--at-least nan: is no number"),
    ],
)
def test_what_does_not_fit_a_sweep_is_one_line(kind, wanted, says, folder):
    with pytest.raises(InputError, match=says):
        subject_of(folder, kind_of(kind), wanted)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("response", "is a scenario"),
        ("indices", "is a scenario"),
        ("levers", "is a scenario"),
        ("tournament", "negsim tournament"),
    ],
)
def test_what_takes_a_sweep_says_so(kind, says):
    with pytest.raises(InputError, match=says):
        subject_of(CASE, kind_of(kind), Wanted())


def test_runs_and_a_seed_are_for_what_is_played(folder):
    with pytest.raises(InputError, match="--seed 3: a sweep has its own"):
        check_played([folder], kind_of("timing"), Wanted(seed=3))
    with pytest.raises(InputError, match="--runs 10: 'timing' plays nothing of a sweep"):
        check_played([folder], kind_of("timing"), Wanted(runs=10))
    with pytest.raises(InputError, match="--runs 10: 'fans' takes as many as it needs"):
        check_played([CASE], kind_of("fans"), Wanted(runs=10))
    check_played([folder], kind_of("tornado"), Wanted(runs=10))
    check_played([folder, CASE], kind_of("shares"), Wanted(runs=10, seed=3))


def test_labels_side_by_side_are_told_apart(folder):
    kind = kind_of("shares")
    found = [(name, subject_of(name, kind, Wanted(runs=10))) for name in (CASE, folder)]
    one = set_beside([*found, ("again", found[0][1])])
    labels = [one.label, *(other.label for other in one.beside)]
    assert labels[0] == f"{CASE} ({CASE})" and labels[-1] == f"{CASE} (again)" and len(set(labels)) == 4


def test_what_is_set_of_a_scenario_is_its_label():
    found = subject_of(CASE, kind_of("shares"), Wanted(runs=10, changes=["parties.russia.theta=0.2"]))
    assert found.label == "Russia: what talking pays, in gains of a track = 0.2"


def test_points_not_begun_are_left_out_and_counted(tmp_path):
    target = str(unfinished(tmp_path / "out", points=(0.0, 0.1, 0.2)))
    shares = subject_of(target, kind_of("shares"), Wanted())
    there = 1 + len(shares.beside)
    assert there < 3 and shares.label.endswith(" runs")
    assert f"{3 - there} of 3 points not begun" in subject_of(target, kind_of("response"), Wanted()).label
    assert subject_of(target, kind_of("space"), Wanted(point=2)).label.endswith("= 0.2; unfinished: 0 of 15 runs")
    with pytest.raises(InputError, match="point 2: has no run"):
        subject_of(target, kind_of("timing"), Wanted(point=2))


def test_a_folder_of_a_domain_is_a_scenario_and_an_empty_one_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (CASE, "nothing"):
        (tmp_path / name).mkdir()
    assert not is_sweep(CASE) and is_sweep("nothing") and not is_sweep("absent")
    (tmp_path / CASE / "manifest.json").write_text("{}")
    assert is_sweep(CASE)


def test_an_outcome_that_never_occurs_is_drawn(folder):
    from matplotlib import pyplot as plt

    found = subject_of(folder, kind_of("response"), Wanted(outcome="option.territory == withdrawal"))
    never = found._replace(
        table=found.table.set_column(found.table.column_names.index("option.territory"), "option.territory", [["none"] * 20])
    )
    for kind in ("response", "differences"):
        _, axes = plt.subplots()
        title = plots.PLOTS[kind].draw(never, axes).get_title(loc="left")
        assert "the same from one end" in title or "none differs" in title
    plt.close("all")
