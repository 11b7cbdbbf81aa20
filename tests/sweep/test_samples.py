"""Designs beyond a grid: where their points lie, distributions, constraints, levers and uncertainties."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negsim.sweeps.axes import LAWS, Span, at_share, check_law
from negsim.sweeps.design import Experiment, points_of
from negsim.sweeps.sampling import SAMPLED, rows_of, shares_of

AXES = {"a": Span(lo=2.0, hi=4.0), "b": ["x", "y"], "c": "normal(1, 0.5, 0, 2)"}


def designed(design, points=8, **more):
    return points_of(Experiment(scenario="x", design=design, points=points, vary=AXES, **more))


@pytest.mark.parametrize("design", SAMPLED)
def test_a_sampled_design_stays_in_its_axes_and_depends_on_its_seed(design):
    found = designed(design)
    assert len(found) == rows_of(design, 3, 8) and found == designed(design) != designed(design, seed=5)
    assert all(2.0 <= point["a"] <= 4.0 and point["b"] in ("x", "y") and 0.0 <= point["c"] <= 2.0 for point in found)
    assert {point["b"] for point in found} == {"x", "y"}


@pytest.mark.parametrize("design", ["random", "sobol", "halton", "saltelli"])
def test_a_larger_design_begins_with_the_smaller_one(design):
    assert designed(design, 16)[: len(designed(design))] == designed(design)


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    column = sorted(shares_of("lhs", ["a", "b"], 20, 3)[:, 0])
    assert [int(20 * share) for share in column] == list(range(20))


def test_saltellis_points_differ_from_their_base_in_one_input():
    block = shares_of("saltelli", ["a", "b", "c"], 4, 1).reshape(4, 5, 3)
    for first, *crossed, last in block:
        for number, point in enumerate(crossed):
            assert np.flatnonzero(point != first).tolist() == [number] and point[number] == last[number]


@settings(deadline=None)
@example("normal", [0.0, 1.7776805000139328e-302])  # rounding left the bounds here
@given(st.sampled_from(sorted(LAWS)), st.lists(st.floats(0.0, 1.0), min_size=2, max_size=6))
def test_quantiles_rise(name, shares):
    law = {
        "uniform": "uniform(-1, 3)",
        "loguniform": "loguniform(0.01, 10)",
        "whole": "whole(1, 6)",
        "triangular": "triangular(0, 0.3, 1)",
        "normal": "normal(0, 1, -3, 4)",
        "beta": "beta(2, 5, -1, 1)",
    }[name]
    values = [at_share(law, share) for share in sorted(shares)]
    assert values == sorted(values) and all(math.isfinite(value) for value in values)


def test_quantiles_are_those_of_the_laws():
    from scipy import stats

    for share in (0.01, 0.3, 0.51, 0.77, 0.999):
        assert at_share("triangular(1, 2, 5)", share) == pytest.approx(stats.triang(0.25, 1, 4).ppf(share))
        assert at_share("normal(1, 2)", share) == pytest.approx(stats.norm(1, 2).ppf(share))
        assert at_share("loguniform(0.1, 10)", share) == pytest.approx(stats.loguniform(0.1, 10).ppf(share))
        assert at_share("beta(2, 3, 1, 5)", share) == pytest.approx(stats.beta(2, 3, 1, 4).ppf(share))
        assert at_share("whole(1, 6)", share) == stats.randint(1, 7).ppf(share)
    ends = [at_share(law, share) for law in ("normal(0, 1)", "normal(0, 1, 0)") for share in (0.0, 1.0)]
    assert ends == pytest.approx(
        [-2.576, 2.576, 0.0, stats.truncnorm(0, math.inf).ppf(0.995)], abs=0.001
    )  # designs that go to them
    drawn = [at_share("weighted(hard=3, posture=1)", (k + 0.5) / 400) for k in range(400)]
    assert drawn.count("hard") == 300


@pytest.mark.parametrize(
    "text",
    ["normal(1)", "normal(1, -2)", "uniform(2, 1)", "whole(0.5, 3)", "poisson(3)", "weighted(a)", "weighted(a=0)", "beta(1, 0)",
     "loguniform(0, 1)", "triangular(0, 2, 1)", "uniform(nan, 1)", "whole(1, inf)", "normal(1, 2", "weighted(a=1, a=2)"],
)  # fmt: skip
def test_what_is_no_distribution_is_refused(text):
    with pytest.raises(ValueError, match=r"write|above 0"):
        check_law(text)


def test_constraints_leave_points_out_and_a_sample_draws_on():
    spans = {"a": Span(lo=0.0, hi=1.0), "b": Span(lo=0.0, hi=1.0)}
    found = points_of(Experiment(scenario="x", design="sobol", points=16, vary=spans, constraints=["a <= 0.5 * b", "b > 0.1"]))
    assert len(found) == 16 and all(point["a"] <= 0.5 * point["b"] and point["b"] > 0.1 for point in found)
    grid = {"a": [0, 1], "b": ["x", "y"]}
    assert points_of(Experiment(scenario="x", vary=grid, constraints=["b != x"])) == [{"a": 0, "b": "y"}, {"a": 1, "b": "y"}]
    with pytest.raises(ValueError, match="no point fulfils"):
        points_of(Experiment(scenario="x", vary=grid, constraints=["a > 3"]))
    with pytest.raises(ValueError, match="of the first"):
        points_of(Experiment(scenario="x", design="random", points=4, vary=spans, constraints=["a > 2"]))


def test_every_setting_of_the_levers_has_the_same_points_of_the_rest():
    found = points_of(
        Experiment(
            scenario="x", design="lhs", points=5, levers={"l": [1, 2], "m": ["p", "q"]}, uncertainties={"u": Span(lo=0, hi=1)}
        )
    )
    assert len(found) == 20
    rest = [[point["u"] for point in found if (point["l"], point["m"]) == setting] for setting in ((1, "p"), (2, "q"))]
    assert rest[0] == rest[1] and len(set(rest[0])) == 5


def test_designs_for_sensitivity_vary_levers_as_well():
    found = points_of(Experiment(scenario="x", design="morris", points=2, levers={"l": [1, 2]}, uncertainties={"u": [1, 2]}))
    assert len(found) == 6


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"design": "sobol", "points": 100, "vary": AXES}, "64 or 128, not 100"),
        ({"design": "saltelli", "vary": {"a": ["x"]}}, "takes a number of points"),
        ({"vary": {"c": "normal(0, 1)"}}, "goes with a sampled design"),
        ({"vary": {"a": [1]}, "levers": {"a": [1]}}, "not in two"),
        ({"vary": {"a": [1]}, "constraints": ["b > 1"]}, "varied input"),
        ({"vary": {"a": [1]}, "constraints": ["a >"]}, "write PATH"),
        ({"vary": {"a": [1]}, "constraints": ["a > x"]}, "compares a number"),
        ({"design": "morris", "points": 2, "vary": AXES, "constraints": ["a > 1"]}, "needs all its points"),
        ({"design": "explicit", "rows": [{"a": 1}, {"b": 1}]}, "the same inputs"),
        ({"design": "explicit", "rows": [{"a": 1}], "vary": {"b": [1]}}, "says every point"),
        ({"until": 0.1}, "width of the interval of an outcome"),
        ({"until": 0.1, "outcome": "agreed.x", "most": 10}, "fewer than the"),
        ({"design": "lhs", "points": 4}, "varies something"),
        ({"design": "lhs", "points": 4, "vary": {"a": []}}, "has no values"),
    ],
)
def test_what_makes_no_design_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Experiment(scenario="x", **wrong)
