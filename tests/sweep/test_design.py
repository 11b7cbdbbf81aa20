"""Points of a design, chunks of work, and what of it is kept."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from negsim.edge.scenarios import load_scenario
from negsim.sweeps.chunk import Done, Job, Segment, dead_chunk, play
from negsim.sweeps.design import Experiment, Span, parse_axis, points_of
from negsim.sweeps.pool import _halved
from negsim.sweeps.source import cut, size_of
from negsim.sweeps.store import Store


def chunks(segments, size):
    missing = segments[::-1]
    return list(iter(lambda: cut(missing, size), []))


def test_a_grid_goes_through_all_combinations_both_ends_included():
    found = points_of(Experiment(scenario="x", vary={"a": [1, 2], "b": Span(lo=0.0, hi=1.0, points=3)}))
    assert found == [{"a": a, "b": b} for a in (1, 2) for b in (0.0, 0.5, 1.0)]


def test_a_random_design_stays_within_its_spans_and_depends_on_its_seed():
    spans = {"a": Span(lo=2.0, hi=4.0), "b": ["x", "y"]}
    one, again, other = (
        points_of(Experiment(scenario="x", design="random", points=200, vary=spans, seed=seed)) for seed in (1, 1, 2)
    )
    assert one == again and one != other and len(one) == 200
    values = [point["a"] for point in one]
    assert 2.0 <= min(values) < 2.1 and 3.9 < max(values) < 4.0
    assert sum(values) / 200 == pytest.approx(3.0, abs=0.13)  # three standard errors of a width of 2
    assert {point["b"] for point in one} == {"x", "y"}


def test_arms_are_points_of_their_own():
    experiment = Experiment(scenario="x", design="explicit", arms={"base": [], "other": ["a=1"]})
    assert points_of(experiment) == [{"arm": "base"}, {"arm": "other"}]


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("a=1,2.5,x,true", [1, 2.5, "x", True]),
        ("a=0:2", Span(lo=0.0, hi=2.0, points=0)),
        ("a=0:2:5", Span(lo=0.0, hi=2.0, points=5)),
    ],
)
def test_an_axis_is_read_as_written(text, axis):
    assert parse_axis(text) == ("a", axis)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"design": "explicit"}, "arms go with"),
        ({"arms": {"a": []}}, "arms go with"),
        ({"design": "random"}, "varies something"),
        ({"vary": {"a": {"lo": 0, "hi": 1}}}, "a range without a count"),
        ({"design": "random", "vary": {"a": {"lo": 0, "hi": 1}}}, "takes a number of points"),
        ({"vary": {"a": []}}, "0 points"),
        ({"design": "explicit", "arms": {"a": []}, "expected": {"b": "up"}}, "no arm 'b'"),
    ],
)
def test_designs_that_make_no_sense(wrong, said):
    with pytest.raises(ValueError, match=said):
        Experiment(scenario="x", **wrong)


def test_chunks_are_full_but_for_the_last_and_everybody_gets_some():
    """10 runs by 4: 4, 4, 2, across points; 8000 runs of two workers: 4000 each, though 5000 would do."""
    found = chunks([Segment(0, 0, 7), Segment(1, 5, 3)], 4)
    assert found == [[Segment(0, 0, 4)], [Segment(0, 4, 3), Segment(1, 5, 1)], [Segment(1, 6, 2)]]
    assert chunks([Segment(0, 2, 9)], 4) == [[Segment(0, 2, 4)], [Segment(0, 6, 4)], [Segment(0, 10, 1)]]
    assert chunks([], 4) == []
    assert (size_of(8000, 5000, 2), size_of(60, 5000, 2), size_of(0, 5000, 1)) == (4000, 60, 1)


def job(*segments):
    scenario = load_scenario("two-issues")
    points = {segment.point for segment in segments}
    return Job(
        tuple(segments), dict.fromkeys(points, scenario), {p: {"a": p} for p in points}, (), dict.fromkeys(points, 1), "mesa"
    )


def test_a_job_that_did_not_return_is_halved_without_losing_a_run():
    one, other = _halved(job(Segment(0, 0, 3), Segment(1, 4, 4)))
    assert one.segments == (Segment(0, 0, 3),) and other.segments == (Segment(1, 4, 4),)
    one, other = _halved(job(Segment(0, 2, 5)))
    assert one.segments == (Segment(0, 2, 2),) and other.segments == (Segment(0, 4, 3),)
    assert _halved(job(Segment(0, 2, 1))) == []


def test_a_run_that_never_returned_is_a_failed_row():
    done = dead_chunk(job(Segment(3, 8, 1)), "did not return")
    row = done.table.to_pylist()[0]
    assert (row["point"], row["replicate"], row["failed"], row["gain.buyer"]) == (3, 8, True, None)
    assert done.errors == {(3, 8): "did not return"}


def done(first, runs, point=0):
    rows = {
        "point": [point] * runs,
        "replicate": list(range(first, first + runs)),
        "seed": [1] * runs,
        "failed": [False] * runs,
    }
    return Done((Segment(point, first, runs),), pa.table({**rows, "gain.a": [float(first)] * runs}), {}, "", 0.1)


def test_what_is_kept_is_not_played_again(tmp_path):
    store = Store(tmp_path / "out", {"identity": {"is": 1}}, ["k0", "k1"])
    store.keep(done(2, 3))
    assert store.missing(7) == [Segment(0, 0, 2), Segment(0, 5, 2), Segment(1, 0, 7)]
    assert store.missing(3) == [Segment(0, 0, 2), Segment(1, 0, 3)]


def test_rows_come_in_order_of_point_and_replicate(tmp_path):
    """Kept in any order; run = point * runs + replicate; a replicate beyond what is asked for, and a point, are left out."""
    store = Store(tmp_path / "out", {"identity": {"is": 1}}, ["k0", "k1", "gone"])
    for part in (done(0, 2, 1), done(2, 2, 0), done(0, 2, 0), done(2, 1, 1), done(0, 3, 2)):
        store.keep(part)
    store.close()
    with Store(tmp_path / "out", {"identity": {"is": 1}}, ["k0", "k1"]) as store:
        assert store.compact(3) == 6
    table = pq.read_table(tmp_path / "out" / "results.parquet")
    assert table["run"].to_pylist() == [0, 1, 2, 3, 4, 5]
    assert table["gain.a"].to_pylist() == [0.0, 0.0, 2.0, 0.0, 0.0, 2.0]
    assert set(table.column_names) == {"run", "seed", "point", "replicate", "failed", "gain.a"}
    assert table["point"].to_pylist() == [0, 0, 0, 1, 1, 1] and table["replicate"].to_pylist() == [0, 1, 2, 0, 1, 2]


def test_a_table_numbers_its_runs_from_the_first(istanbul):
    table = play(istanbul, runs=2, seed=5, first=3, engine="mesa")
    assert table["run"].to_pylist() == [3, 4] and table["seed"].to_pylist() == [5, 5]
    both = play(istanbul, runs=5, seed=5, engine="mesa")
    assert both.slice(3)["gain.ukraine"].to_pylist() == table["gain.ukraine"].to_pylist()


def test_types_of_columns_depend_on_their_kinds_alone():
    """A failed run has nothing to tell, and yet a type; whole and real numbers of a varied input are of one type."""
    table = dead_chunk(job(Segment(0, 0, 1)), "died").table
    types = dict(zip(table.column_names, table.schema.types))
    assert (types["option.price"], types["gain.buyer"], types["agreed.sale"]) == (pa.string(), pa.float64(), pa.bool_())
    assert (types["turn.sale"], types["a"], types["point"]) == (pa.int64(), pa.float64(), pa.int64())
