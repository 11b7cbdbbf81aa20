"""negsim in Python: what the commands do, as objects."""

import sys

import pytest

import negsim
from negsim.edge.parameters import settings, traits_in_schema

CASE = "istanbul-2025-06-02"


@pytest.fixture(scope="module")
def swept():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        return negsim.sweep(CASE, runs=6, seed=2, vary={"parties.russia.theta": [0.0, 0.2]})


def test_dir_shows_what_there_is():
    assert set(negsim.__all__) < set(dir(negsim)) and dir(negsim) == sorted(dir(negsim))
    for name in negsim.__all__:
        assert callable(getattr(negsim, name)) and getattr(negsim, name).__doc__
    with pytest.raises(AttributeError, match="nonsense"):
        _ = negsim.nonsense


def test_a_sweep_is_the_same_however_it_is_asked_for(swept, tmp_path):
    kept = negsim.sweep(CASE, runs=6, seed=2, vary={"parties.russia.theta": "0:0.2:2"}, out=tmp_path / "out")
    again = negsim.sweep(CASE, runs=6, seed=2, vary={"parties.russia.theta": "0:0.2:2"}, out=tmp_path / "out")
    loaded = negsim.sweep(negsim.load_scenario(CASE), runs=6, seed=2, vary={"parties.russia.theta": [0.0, 0.2]})
    assert swept.table.equals(kept.table) and kept.table.equals(again.table) and loaded.table.equals(kept.table)
    assert (tmp_path / "out" / "results.parquet").is_file()


def test_texts_are_short_and_tables_whole(swept):
    assert repr(swept) == f"<negsim: sweep of {CASE}, 2 points x 6 runs, seed 2; 12 rows>"
    shown = swept._repr_html_()
    assert shown.startswith("<table><caption>") and shown.count("<tr>") == 13 and "columns more" in shown
    assert swept.to_arrow() is swept.table


def test_pandas_where_it_is_there_and_a_clear_word_where_not(swept, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="pip install"):
        swept.to_pandas()
    monkeypatch.undo()
    pandas = pytest.importorskip("pandas")
    assert isinstance(swept.to_pandas(), pandas.DataFrame) and len(swept.to_pandas()) == 12


def test_a_share_goes_by_replicate(swept):
    found = swept.share("agreed.humanitarian")
    assert found.of == 12 and found.low <= found.share <= found.high
    with pytest.raises(ValueError, match="no name 'nothing'"):
        swept.share("agreed.nothing")


def test_plots_take_and_return_axes(swept):
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    _, axes = plt.subplots()
    assert negsim.plot(swept, "response", axes) is axes
    made = swept.plot("shares", point=1)
    assert made is not axes and made.patches
    plt.close("all")
    with pytest.raises(negsim.InputError, match="did you mean 'shares'"):
        swept.plot("share")
    with pytest.raises(negsim.InputError, match="name one, point=0"):
        swept.plot("shares")
    with pytest.raises(negsim.InputError, match="counted from 0"):
        swept.plot("shares", point=2)


def test_analysis_explanation_and_score_are_tables(swept):
    deals = negsim.analyze(CASE, draws=20, package="agreed")
    assert deals.table["deal"].to_pylist() == ["prisoners", "remains", "children", "ceasefire", "political"]
    one = negsim.sweep(CASE, runs=5)
    scored = negsim.score(one)
    assert scored.table["issue"].to_pylist() == [entry.issue for entry in scored.content.issues]
    assert "scores of" in repr(scored)
    with pytest.raises(negsim.InputError, match="of one point"):
        negsim.score(swept)
    with pytest.raises(negsim.InputError, match="no source of 'wage-dispute'"):
        negsim.score(negsim.sweep("wage-dispute", runs=2))


def test_an_explanation_says_what_decided():
    stated = negsim.load_scenario("two-issues")
    found = negsim.explain(stated, ["gain.buyer > 0.5"], runs=10, pairs=12)
    assert {"outcome", "level", "draws", "first", "total_high"} <= set(found.table.column_names) or found.table.num_rows == 0
    assert set(found.content) == {"decided", "assumed", "pivots"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"scenario": "istanbul-2026"}, "no such scenario"),
        ({"scenario": CASE, "design": "lattice"}, "no such design"),
        ({"scenario": CASE, "vary": {"parties.russia.theta": "0:1"}}, "a range without a count"),
        ({"scenario": CASE, "changes": ["parties.russia.thet=1"]}, "thet"),
        ({"scenario": CASE, "runs": 0}, "runs=0: give a whole number"),
        ({"scenario": CASE, "workers": 0}, "workers=0"),
        ({"scenario": CASE, "vary": ["x"]}, "a mapping of paths"),
        ({"scenario": CASE, "vary": {"title": ["a,b"]}}, "without commas"),
    ],
)
def test_what_is_wrong_is_one_line(asked, said):
    with pytest.raises(negsim.InputError, match=said):
        negsim.sweep(**asked)


def test_unknown_delegations_are_refused(istanbul):
    with pytest.raises(ValueError, match="delegations: no party 'rusia'; did you mean 'russia'"):
        negsim.Talks(istanbul, delegations={"rusia": negsim.Delegation})


def test_settings_are_listed_with_default_and_range():
    found = {one.path: one for one in settings()}
    assert (found["parties.ID.breach_loss"].default, found["parties.ID.breach_loss"].among) == ("0 to 0.5", "0 to 1")
    assert found["talks.events.probability"].among == "0.0 to 1.0" and found["talks.events.probability"].words
    assert "experiment file: runs" in found and found["ensemble.strategies"].words
    assert traits_in_schema()["facilitation"]["description"] == "of the rule facilitation: 0.5 if not set, 0 to 1"


def test_importing_negsim_imports_nothing_heavy():
    import subprocess

    code = "import sys, negsim; print([name for name in ('numpy', 'mesa', 'numba', 'pyarrow') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
