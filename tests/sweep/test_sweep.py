"""Sweeps: the same bytes whatever happens on the way."""

import textwrap

import pyarrow.parquet as pq
import pytest

from negsim.edge.experiments import Request
from negsim.edge.files import bundled_ids
from negsim.edge.planning import plan_sweep
from negsim.edge.scenarios import load_scenario
from negsim.engine.outcome import digest
from negsim.sweeps.chunk import Segment
from negsim.sweeps.design import Experiment, Span, parse_axis, points_of
from negsim.sweeps.plan import Plan
from negsim.sweeps.reading import read_results
from negsim.sweeps.source import CHUNK_RUNS, Source, source_of
from negsim.sweeps.store import Store, StoreError
from negsim.sweeps.sweep import run_sweep


def planned(runs=60, engine="mesa", vary=None, seed=3, scenario="istanbul-2025-06-02", changes=(), plugins=()):
    experiment = Experiment(scenario=scenario, vary=vary or {}, runs=runs, seed=seed, changes=list(changes))
    points = points_of(experiment)
    scenarios = [load_scenario(scenario, [*changes, *(f"{k}={v}" for k, v in point.items())]) for point in points]
    return Plan(experiment, points, scenarios, [digest(s) for s in scenarios], [[] for _ in points], plugins, engine, "test")


def swept(plan, folder, workers=1):
    run_sweep(plan, folder, workers, lambda done, total: None)
    return (folder / "results.parquet").read_bytes()


THETA = {"parties.russia.theta": [0.0, 0.1]}


def test_grid_and_random_designs():
    grid = points_of(Experiment(scenario="x", vary={"a": [1, 2, 3], "b": Span(lo=0, hi=1, points=2)}))
    assert len(grid) == 6
    drawn = points_of(Experiment(scenario="x", design="random", points=50, vary={"a": Span(lo=0, hi=1)}))
    wider = points_of(Experiment(scenario="x", design="random", points=50, vary={"a": Span(lo=0, hi=1), "c": [1, 2]}))
    assert [point["a"] for point in drawn] == [point["a"] for point in wider]
    assert all(0 <= point["a"] < 1 for point in drawn)


@pytest.mark.parametrize("text", ["theta", "theta=", "theta=1:x:3", "theta=0:1:0"])
def test_bad_axes(text):
    with pytest.raises(ValueError, match=r"write it as|a range is"):
        parse_axis(text)


def test_interrupted_extended_and_spread_sweeps_are_the_same_bytes(tmp_path):
    whole = swept(planned(vary=THETA), tmp_path / "whole")
    assert swept(planned(vary=THETA), tmp_path / "whole") == whole  # again: nothing to do
    swept(planned(runs=25, vary=THETA), tmp_path / "grown")
    assert swept(planned(vary=THETA), tmp_path / "grown") == whole
    swept(planned(vary=THETA), tmp_path / "lost")
    for part in list((tmp_path / "lost" / "parts").iterdir())[:1]:
        part.unlink()  # as if the disk had lost one
    (tmp_path / "lost" / "results.parquet").unlink()
    assert swept(planned(vary=THETA), tmp_path / "lost") == whole
    smaller = swept(planned(runs=25, vary=THETA), tmp_path / "whole")
    assert smaller == swept(planned(runs=25, vary=THETA), tmp_path / "small")


def test_engines_and_workers_are_the_same_bytes(tmp_path):
    base = swept(planned(), tmp_path / "mesa")
    assert swept(planned(engine="batch"), tmp_path / "batch") == base


@pytest.mark.full
def test_workers_are_the_same_bytes(tmp_path):
    one = swept(planned(engine="batch", runs=9000), tmp_path / "one", workers=1)
    assert swept(planned(engine="batch", runs=9000), tmp_path / "two", workers=2) == one


def test_columns(tmp_path):
    swept(planned(runs=20, vary=THETA), tmp_path / "out")
    table, manifest = read_results(tmp_path / "out")
    assert table.column_names[:5] == ["run", "seed", "point", "replicate", "parties.russia.theta"]
    assert table["point"].to_pylist() == [0] * 20 + [1] * 20 and table["replicate"].to_pylist() == [*range(20)] * 2
    assert table["run"].to_pylist() == list(range(40))
    assert manifest["runs"] == 20 and manifest["scenario"]["id"] == "istanbul-2025-06-02"
    for name in (
        "option.ceasefire",
        "blocked_by.ceasefire",
        "zone.humanitarian",
        "gain.ukraine",
        "nash_distance",
        "failed",
    ):
        assert name in table.column_names


def test_another_sweep_or_other_files_are_left_alone(tmp_path):
    swept(planned(runs=5), tmp_path / "out")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "out").rglob("*"))
    with pytest.raises(StoreError, match="another scenario or seed"):
        swept(planned(runs=5, seed=4), tmp_path / "out")
    assert before == sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "out").rglob("*"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreError, match="no sweep"):
        Store(tmp_path / "mine", {"identity": {}}, [])
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_failed_runs_are_marked_and_the_rest_is_kept(tmp_path):
    (tmp_path / "fragile_rule.py").write_text(
        textwrap.dedent(
            """
            from negsim.core.dice import uniform
            from negsim.core.menus import no_package, package_at
            from negsim.core.registry import strategy

            @strategy("fragile_in_a_sweep")
            def fragile(view):
                if uniform(view.dice, 0) < 0.05:
                    raise ValueError("broken on purpose")
                return package_at(view.menu, 0) if len(view.menu) else no_package(len(view.sizes))
            """
        )
    )
    (tmp_path / "own.toml").write_text(
        'id = "own"\nextends = "istanbul-2025-06-02"\nplugins = ["fragile_rule.py"]\n'
        '[parties.russia]\nstrategy = "fragile_in_a_sweep"\ntraits = {}\n'
    )
    plan = planned(runs=30, scenario=str(tmp_path / "own.toml"))
    done = run_sweep(plan, tmp_path / "out", 1, lambda done, total: None)
    failed = sum(pq.read_table(tmp_path / "out" / "results.parquet")["failed"].to_pylist())
    assert 0 < failed < 30 and done.rows == 30
    assert len(done.failures) == failed
    assert "broken on purpose" in done.failures[0][2] or "out of bounds" in done.failures[0][2]


@pytest.mark.full
def test_a_rule_that_never_returns_costs_only_its_run(tmp_path):
    from negsim.sweeps.pool import play_in_processes

    (tmp_path / "endless_rule.py").write_text(
        textwrap.dedent(
            """
            from negsim.core.menus import no_package
            from negsim.core.registry import strategy

            @strategy("endless")
            def endless(view):
                while view.dice.replicate == 2:
                    pass
                return no_package(len(view.sizes))
            """
        )
    )
    (tmp_path / "own.toml").write_text(
        'id = "own"\nextends = "istanbul-2025-06-02"\nplugins = ["endless_rule.py"]\n'
        '[parties.ukraine]\nstrategy = "endless"\ntraits = {}\n'
    )
    plan = planned(runs=4, seed=1, scenario=str(tmp_path / "own.toml"), plugins=(str(tmp_path / "endless_rule.py"),))
    rows = {}
    for done in play_in_processes(Source(plan, [Segment(0, 0, 4)], 1, "mesa"), 1, 8.0):
        rows.update(zip(done.table["replicate"].to_pylist(), done.table["failed"].to_pylist()))
        if done.errors:
            assert "did not return within 8 s" in next(iter(done.errors.values()))
    assert rows == {0: False, 1: False, 2: True, 3: False}


def test_chunks_cover_every_run_once():
    segments = [Segment(0, 0, 70), Segment(1, 3, 120), Segment(2, 0, 1)]
    source = Source(planned(vary={"parties.russia.theta": [0.0, 0.1, 0.2]}), segments, 1, "mesa")
    cut = list(iter(source.take, None))
    assert [sum(segment.runs for segment in job.segments) for job in cut] == [100, 91]
    covered = [(s.point, number) for job in cut for s in job.segments for number in range(s.first, s.first + s.runs)]
    assert covered == [(p, n) for p, f, r in segments for n in range(f, f + r)]


class Compiling:
    """A process beside, for as long as a test says."""

    def __init__(self):
        self.alive = True

    def is_alive(self):
        return self.alive


def test_runs_are_plain_while_rules_compile_and_compiled_afterwards():
    beside = Compiling()
    source = Source(planned(runs=20_000, engine="batch"), [Segment(0, 0, 20_000)], 2, "plain", beside)
    job = source.take()
    assert (job.engine, job.segments) == ("plain", (Segment(0, 0, CHUNK_RUNS["plain"]),))
    assert source.workers() == 1  # the other compiles
    beside.alive = False
    job = source.take()
    assert (job.engine, job.segments[0].first) == ("batch", CHUNK_RUNS["plain"])
    assert source.workers() == 2
    source.give_back([job])
    assert source.take() is job


def test_a_job_below_the_break_even_never_compiles(tmp_path, monkeypatch):
    monkeypatch.setenv("NEGSIM_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("negsim.engine.batch_engine.COMPILED", {})
    with source_of(planned(engine="batch"), [Segment(0, 0, 60)], 1) as (source, said):
        assert source.engine() == "plain" and "uncompiled" in said


def test_plain_and_compiled_runs_are_the_same_bytes(tmp_path):
    assert swept(planned(runs=5, engine="plain"), tmp_path / "plain") == swept(
        planned(runs=5, engine="batch"), tmp_path / "batch"
    )


def test_a_part_cut_in_half_is_never_named(tmp_path):
    swept(planned(runs=5), tmp_path / "out")
    (tmp_path / "out" / "parts" / "half.parquet").write_bytes(b"PAR1 cut off")
    assert swept(planned(runs=5), tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "results.parquet").num_rows == 5


@pytest.mark.parametrize("name", bundled_ids("experiments"))
def test_every_bundled_experiment_plays_all_its_arms(name, tmp_path):
    """Arms may tie issues together in other ways; their runs are still rows of one table."""
    plan = plan_sweep(name, Request(runs=1), "mesa")
    kept = sorted({round(share * (len(plan.points) - 1)) for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)})  # all were checked
    few = {part: [getattr(plan, part)[at] for at in kept] for part in ("points", "scenarios", "digests", "changes", "keys")}
    swept(plan._replace(**few) if len(plan.points) > 6 else plan, tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "results.parquet")
    assert table.num_rows == len(kept) and not any(table["failed"].to_pylist())
