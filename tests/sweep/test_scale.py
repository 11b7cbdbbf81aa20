"""Parts of a sweep played apart, by others, or kept as tallies: the same bytes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.edge.scenarios import load_scenario
from negsim.engine.outcome import digest
from negsim.sweeps.chunk import Segment
from negsim.sweeps.design import Experiment, points_of
from negsim.sweeps.plan import Plan, point_keys, seed_of
from negsim.sweeps.reading import read_results
from negsim.sweeps.shards import Shard, merge, of_shard, read_shard
from negsim.sweeps.source import Source
from negsim.sweeps.store import StoreError
from negsim.sweeps.sweep import run_sweep
from negsim.sweeps.tallies import added, as_table, tally


def planned(runs=6, vary=None, sample=1, **more):
    experiment = Experiment(scenario="two-issues", runs=runs, seed=3, vary=vary or {"parties.buyer.theta": [0.0, 0.1]}, **more)
    points = points_of(experiment)
    changes = [[f"{path}={value}" for path, value in point.items()] for point in points]
    scenarios = [load_scenario("two-issues", texts) for texts in changes]
    plan = Plan(experiment, points, scenarios, [digest(s) for s in scenarios], changes, (), "plain", "test", sample=sample)
    return plan._replace(keys=tuple(point_keys(plan)))


def swept(plan, folder, **more):
    return run_sweep(plan, folder, 1, lambda done, total: None, **more)


def table_of(folder):
    return (folder / "results.parquet").read_bytes()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 900), st.integers(1, 700)), max_size=5),
    st.integers(1, 7),
)
def test_shards_share_the_runs_among_them(segments, of):
    segments = [Segment(*one) for one in segments]
    runs = [(s.point, s.first + k) for s in segments for k in range(s.runs)]
    shared = [(s.point, s.first + k) for n in range(of) for s in of_shard(segments, Shard(n + 1, of)) for k in range(s.runs)]
    assert sorted(shared) == sorted(runs)


@pytest.mark.parametrize("text", ["", "3", "0/2", "3/2", "a/b", "1/-1", "-1/2"])
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(ValueError, match="write k/n"):
        read_shard(text)


def test_shards_joined_are_the_sweep_as_if_played_in_one(tmp_path):
    plan = planned(runs=250)
    swept(plan, tmp_path / "whole")
    folders = [tmp_path / f"s{k}" for k in (1, 2, 3)]
    for k, folder in enumerate(folders):
        swept(plan, folder, shard=Shard(k + 1, 3))
        assert not (folder / "results.parquet").exists()
    lacking = merge(folders[:2], tmp_path / "out")
    assert lacking.rows == 0 and sum(s.runs for s in lacking.missing) == len(
        pq.read_table(tmp_path / "whole/results.parquet")
    ) - sum(s.runs for k in (1, 2) for s in of_shard([Segment(0, 0, 250), Segment(1, 0, 250)], Shard(k, 3)))
    assert merge(folders, tmp_path / "out").rows == 500
    assert table_of(tmp_path / "out") == table_of(tmp_path / "whole")
    swept(plan, tmp_path / "out")  # and it is a sweep like any other
    assert table_of(tmp_path / "out") == table_of(tmp_path / "whole")


def test_what_does_not_belong_together_is_not_joined(tmp_path):
    swept(planned(), tmp_path / "a", shard=Shard(1, 2))
    swept(planned(vary={"parties.seller.theta": [0.0, 0.1]}), tmp_path / "b", shard=Shard(2, 2))
    with pytest.raises(StoreError, match="another scenario or seed"):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    (tmp_path / "c").mkdir()
    with pytest.raises(StoreError, match="holds no sweep"):
        merge([tmp_path / "a", tmp_path / "c"], tmp_path / "out")
    (part,) = [path for path in (tmp_path / "a" / "parts").iterdir() if path.suffix == ".parquet"]
    part.write_bytes(part.read_bytes()[:-9])
    with pytest.raises(StoreError, match="damaged"):
        merge([tmp_path / "a"], tmp_path / "out2")


def test_points_that_a_sample_meets_twice_are_played_once(tmp_path, monkeypatch):
    plan = planned(runs=3, vary={"parties.buyer.theta": [0.0, 0.1]}, design="random", points=6)
    assert len(set(plan.keys)) == 2
    taken = []
    monkeypatch.setattr(Source, "learn", lambda self, job, seconds: taken.extend(job.segments))
    swept(plan, tmp_path / "out")
    assert sum(segment.runs for segment in taken) == 6
    table, manifest = read_results(tmp_path / "out")
    assert (table.num_rows, manifest["points"]) == (18, 6)
    assert table["parties.buyer.theta"].to_pylist() == [point["parties.buyer.theta"] for point in plan.points for _ in range(3)]


def test_draws_of_a_points_own_are_its_own_and_stay_so_in_a_larger_design(tmp_path):
    few = planned(runs=2, design="random", points=4, common=False)
    more = planned(runs=2, design="random", points=8, common=False)
    seeds = [seed_of(more.experiment, more.keys[point]) for point in range(8)]
    assert len(set(seeds)) == 8 and seeds[:4] == [seed_of(few.experiment, few.keys[point]) for point in range(4)]
    swept(few, tmp_path / "grown")
    swept(more, tmp_path / "grown")
    swept(more, tmp_path / "fresh")
    assert table_of(tmp_path / "grown") == table_of(tmp_path / "fresh")
    assert read_results(tmp_path / "fresh")[0]["seed"].to_pylist()[::2] == seeds
    with pytest.raises(StoreError, match="another scenario or seed"):
        swept(planned(runs=2, design="random", points=8), tmp_path / "fresh")


def test_replicates_are_doubled_until_they_suffice(tmp_path):
    asked = []

    def enough():
        asked.append(read_results(tmp_path / "out")[1]["runs"])
        return len(asked) == 3

    plan = planned(runs=3, until=0.1, outcome="agreed.sale", most=50)
    assert swept(plan, tmp_path / "out", enough=enough).rows == 24
    assert asked == [3, 6, 12]
    swept(planned(runs=12), tmp_path / "fresh")
    assert table_of(tmp_path / "out") == table_of(tmp_path / "fresh")


def test_tallies_hold_all_runs_and_the_table_a_sample(tmp_path):
    swept(planned(runs=20), tmp_path / "whole")
    swept(planned(runs=20, sample=4), tmp_path / "sampled")
    whole = pq.read_table(tmp_path / "whole" / "results.parquet")
    rows = pq.read_table(tmp_path / "sampled" / "results.parquet")
    kept = whole.filter(pc.equal(pc.bit_wise_and(whole["replicate"], 3), 0))
    assert rows.replace_schema_metadata(None).equals(kept.replace_schema_metadata(None))
    tallies = pq.read_table(tmp_path / "sampled" / "tallies.parquet").to_pylist()
    counts = {(row["point"], row["value"]): row["count"] for row in tallies if row["column"] == "option.price"}
    told = whole.group_by(["point", "option.price"]).aggregate([("run", "count")]).to_pylist()
    assert counts == {(row["point"], row["option.price"]): row["run_count"] for row in told}
    (gain,) = (row for row in tallies if row["column"] == "gain.buyer" and row["point"] == 1)
    values = whole.filter(pc.equal(whole["point"], 1))["gain.buyer"].to_numpy()
    assert gain["mean"] == pytest.approx(values.mean(), abs=1e-8) and gain["sd"] == pytest.approx(values.std(), abs=1e-6)
    assert (gain["lo"], gain["hi"]) == (values.min(), values.max())
    assert read_results(tmp_path / "sampled")[1]["runs"] == 5


def test_tallies_of_an_extended_sweep_are_those_of_a_fresh_one(tmp_path):
    swept(planned(runs=7, sample=4), tmp_path / "grown")
    swept(planned(runs=20, sample=4), tmp_path / "grown")
    swept(planned(runs=20, sample=4), tmp_path / "fresh")
    for name in ("results.parquet", "tallies.parquet"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
    with pytest.raises(StoreError, match="tallies of more than 7"):
        swept(planned(runs=7, sample=4), tmp_path / "grown")
    with pytest.raises(StoreError, match="another scenario or seed"):
        swept(planned(runs=20), tmp_path / "grown")


@settings(deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_no_order_of_adding_changes_a_tally(values, rng):
    tables = [pa.table({"x": [value], "word": ["a" if value > 0 else None]}) for value in values]
    whole = added(map(tally, tables))
    rng.shuffle(tables)
    middle = len(tables) // 2
    assert added([added(map(tally, tables[:middle])), added(map(tally, tables[middle:]))]) == whole
    (row,) = (row for row in as_table([(0, whole)]).to_pylist() if row["column"] == "x")
    assert row["mean"] == pytest.approx(np.mean(values), abs=1e-8) and row["sd"] == pytest.approx(np.std(values), abs=1e-4)
    assert (row["lo"], row["hi"]) == (min(values), max(values))


def test_dask_plays_the_same_sweep(tmp_path):
    pytest.importorskip("distributed")
    swept(planned(runs=30), tmp_path / "here")
    swept(planned(runs=30), tmp_path / "dask", dask="local")
    assert table_of(tmp_path / "here") == table_of(tmp_path / "dask")


def test_where_no_scheduler_answers_it_is_said(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("negsim.sweeps.dask.PATIENCE", 0.3)
    with pytest.raises(StoreError, match="no scheduler with workers"):
        swept(planned(), tmp_path / "out", dask="tcp://127.0.0.1:9")


def test_a_worker_that_dies_while_it_starts_costs_another_try(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    tries, whole = [], distributed.LocalCluster

    def starting(**options):
        tries.append(options)
        if len(tries) < 2:
            raise RuntimeError("Nanny failed to start")
        return whole(**options)

    monkeypatch.setattr(distributed, "LocalCluster", starting)
    assert swept(planned(runs=2), tmp_path / "out", dask="local").rows == 4 and len(tries) == 2
    monkeypatch.setattr(distributed, "LocalCluster", lambda **options: tries.clear() or starting(**options))
    with pytest.raises(StoreError, match="Nanny failed"):
        swept(planned(runs=3), tmp_path / "out", dask="local")


def test_chunks_grow_and_shrink_to_the_time_they_take():
    source = Source(planned(runs=100_000), [Segment(0, 0, 100_000)], 1, "plain")
    job = source.take()
    assert job is not None
    source.learn(job, 100.0)
    assert sum(s.runs for s in source.take().segments) == 2  # of a second a run
    source.learn(job, 0.01)
    assert sum(s.runs for s in source.take().segments) == 20_000


def test_what_is_refused_leaves_a_finished_sweep_as_it_was(tmp_path):
    swept(planned(runs=20, sample=4), tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file() and path.name != "lock"}
    for plan, more in ((planned(runs=7, sample=4), {}), (planned(runs=20, sample=4), {"shard": Shard(1, 2)})):
        with pytest.raises(StoreError, match=r"tallies of more than 7|holds a finished sweep"):
            swept(plan, tmp_path / "out", **more)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.name in before}
    with pytest.raises(StoreError, match="as it was begun: --sample 4 --common"):
        swept(planned(runs=20), tmp_path / "out")


def test_a_merge_into_a_larger_sweep_keeps_it(tmp_path):
    swept(planned(runs=250), tmp_path / "out")
    before = table_of(tmp_path / "out")
    swept(planned(runs=150), tmp_path / "s", shard=Shard(1, 1))
    assert merge([tmp_path / "s"], tmp_path / "out").rows == 500 and table_of(tmp_path / "out") == before


def test_shards_of_other_numbers_join_where_all_rows_are_kept_and_are_said_where_not(tmp_path):
    for sample in (1, 4):
        folders = [tmp_path / f"{sample}-{shard.number}-{shard.of}" for shard in (Shard(1, 2), Shard(2, 2), Shard(1, 3))]
        for shard, folder in zip((Shard(1, 2), Shard(2, 2), Shard(1, 3)), folders):
            swept(planned(runs=250, sample=sample), folder, shard=shard)
        if sample == 1:
            assert merge(folders, tmp_path / "all").rows == 500
            continue
        with pytest.raises(StoreError, match="some twice"):
            merge(folders, tmp_path / "sampled")


def test_a_run_without_a_result_counts_as_failed_in_tallies(tmp_path, monkeypatch):
    from negsim.sweeps import sweep
    from negsim.sweeps.chunk import Segment as One
    from negsim.sweeps.chunk import dead_chunk

    def dying(source):
        for done in pool_here(source):
            yield done
            job = first[0]
            yield dead_chunk(job._replace(segments=(One(0, 19, 1),)), "the worker died")

    first, pool_here = [], sweep.play_here
    monkeypatch.setattr(Source, "learn", lambda self, job, seconds: first.append(job))
    plan = planned(runs=19, sample=4, vary={"parties.buyer.theta": [0.0]})
    swept(plan, tmp_path / "out")
    monkeypatch.setattr(sweep, "play_here", dying)
    more = planned(runs=20, sample=4, vary={"parties.buyer.theta": [0.0]})
    monkeypatch.setattr("negsim.sweeps.store.Store.keep", lambda self, done: None)
    done = swept(more, tmp_path / "out")
    assert len(done.unplayed) == 1
    tallies = pq.read_table(tmp_path / "out" / "tallies.parquet").to_pylist()
    assert {row["value"]: row["count"] for row in tallies if row["column"] == "failed"} == {"false": 19, "true": 1}
