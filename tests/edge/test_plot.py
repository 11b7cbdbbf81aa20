"""What a picture is drawn from: a scenario, a sweep, a point of it, or as much of it as there is."""

import pytest
from tests_of_sweeps import unfinished

from negsim import plots
from negsim.edge.files import InputError
from negsim.edge.pictures import kind_of
from negsim.edge.subjects import Wanted, subject_of

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
        ("indices", Wanted(), "is a grid design"),
        ("levers", Wanted(), "has no levers"),
        ("timing", Wanted(changes=["talks.breakdown=0.1"], point=0), "--set goes with a scenario"),
        ("tornado", Wanted(), "holds 2 points"),
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
