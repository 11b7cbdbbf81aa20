"""What mattered: indices of known functions, planted boxes, levers that hold."""

import math
import sys

import numpy as np
import pyarrow as pa
import pytest

from negsim.analysis.runs.discovery import discover
from negsim.analysis.runs.robustness import least, robustness
from negsim.analysis.runs.sensitivity import sensitivity
from negsim.sweeps.sampling import problem_of, shares_of

NAMES = ["x1", "x2", "x3", "idle"]
TRUE = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437), "idle": (0.0, 0.0)}  # Ishigami and Homma 1990


def ishigami(shares):
    x = math.pi * (2.0 * shares - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def indices(values, design, shares, *, common):
    found = sensitivity(values, NAMES, "f", design, shares, common=common)
    return found, {one.path: one.indices for one in found.inputs}


@pytest.mark.parametrize("runs", [1, 12])
@pytest.mark.parametrize("common", [True, False])
def test_ishigami_within_its_intervals_whatever_noise(runs, common):
    at = shares_of("saltelli", NAMES, 1024, 1)
    rng = np.random.default_rng(2)
    noise = 0.0 if runs == 1 else 4.0 * rng.standard_normal((1 if common else len(at), runs))
    found, by = indices(ishigami(at)[:, None] + noise, "saltelli", at, common=common)
    for name, true in TRUE.items():
        for kind, truth in zip(("first", "total"), true):
            index = by[name][kind]
            assert index.low - 1e-9 <= truth <= index.high + 1e-9, (name, kind, index)
    assert found.inputs[0].path == "x1" and found.settling[-1][0] == 1024
    if runs > 1:
        assert found.noise == pytest.approx(16.0 / (16.0 + 13.84), abs=0.05)


def test_without_noise_it_is_what_salib_finds():
    from SALib.analyze import morris, sobol

    at = shares_of("saltelli", NAMES, 256, 1)
    _, by = indices(ishigami(at)[:, None], "saltelli", at, common=True)
    other = sobol.analyze(problem_of(NAMES), ishigami(at), calc_second_order=False, seed=1)
    for place, name in enumerate(NAMES):
        assert by[name]["first"].value == pytest.approx(other["S1"][place], abs=0.01)
        assert by[name]["total"].value == pytest.approx(other["ST"][place], abs=0.01)
    at = shares_of("morris", NAMES, 32, 1)
    _, by = indices(ishigami(at)[:, None], "morris", at, common=True)
    other = morris.analyze(problem_of(NAMES), at, ishigami(at), num_levels=4, seed=1)
    for place, name in enumerate(NAMES):
        for kind in ("mu", "mu_star", "sigma"):
            assert by[name][kind].value == pytest.approx(other[kind][place], abs=1e-9)


@pytest.mark.parametrize("design", ["saltelli", "morris"])
def test_what_does_nothing_holds_zero_with_common_draws_and_without(design):
    at = shares_of(design, NAMES, 128 if design == "saltelli" else 60, 4)
    chance = 1.0 / (1.0 + np.exp(-ishigami(at) / 3.0))
    rng = np.random.default_rng(5)
    common = (rng.random((1, 60)) < chance[:, None]).astype(float)
    own = (rng.random((len(at), 60)) < chance[:, None]).astype(float)
    kinds = ("first", "total") if design == "saltelli" else ("mu", "size")
    for values, shared in ((common, True), (own, False)):
        _, by = indices(values, design, at, common=shared)
        for kind in kinds:
            assert by["idle"][kind].low <= 0.0 <= by["idle"][kind].high
            assert by["x1"]["total" if design == "saltelli" else "size"].low > 0.0
    naive = own.mean(axis=1).reshape(-1, len(NAMES) + (2 if design == "saltelli" else 1))
    assert np.mean((naive[:, 0] - naive[:, 4]) ** 2) > 0.0  # what an index of means would take for an effect


def test_an_incomplete_design_has_no_index():
    at = shares_of("saltelli", NAMES, 4, 1)
    values = np.where(np.arange(len(at)) == 3, np.nan, ishigami(at))[:, None]
    with pytest.raises(ValueError, match="1 runs failed or have no such number"):
        sensitivity(values, NAMES, "f", "saltelli", at, common=True)


def test_where_nothing_varies_nothing_is_claimed():
    at = shares_of("saltelli", NAMES, 8, 1)
    found = sensitivity(np.ones((len(at), 3)), NAMES, "f", "saltelli", at, common=True)
    assert found.variance.value == 0.0 and math.isnan(found.inputs[0].indices["total"].value)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the EMA workbench is for Python 3.12 and later")
def test_a_planted_box_is_found_and_judged_by_runs_it_was_not_fitted_to():
    rng = np.random.default_rng(1)
    n = 3000
    reading = rng.choice(["hard", "price", "posture"], n)
    held = {f"theta.p{k}": rng.random(n) for k in range(6)}
    inside = (reading == "posture") & (held["theta.p2"] < 0.4)
    flags = np.where(inside | (rng.random(n) < 0.02), 1.0, 0.0)
    flags[:5] = np.nan
    table = pa.table({"replicate": np.arange(n), "reading.r1": reading, **held, "point": np.zeros(n)})
    found = discover(table, flags, "planted", [], boxes=2)
    box = found.prim[0]
    bounds = {bound.column: bound for bound in box.bounds}
    assert set(bounds) == {"reading.r1", "theta.p2"} and bounds["reading.r1"].words == ("posture",)
    assert bounds["theta.p2"].low is None and bounds["theta.p2"].high == pytest.approx(0.4, abs=0.03)
    assert box.density > 0.95 and box.coverage > 0.8 and box.mass == pytest.approx(inside.mean(), abs=0.02)
    assert {name for name, _ in found.scores[:2]} == {"reading.r1", "theta.p2"}
    leaf = {bound.column for bound in found.cart[0].bounds}
    assert leaf == {"reading.r1", "theta.p2"}
    with pytest.raises(ValueError, match="too few"):
        discover(table, np.zeros(n), "never", [])


def test_levers_are_judged_by_their_worst_point_and_by_regret():
    points = [{"carrot": carrot, "reading": reading} for carrot in (0.0, 0.1, 0.2) for reading in ("hard", "price")]
    chances = [0.0, 0.4, 0.7, 0.6, 0.9, 0.55]
    values = np.array([[1.0] * round(100 * chance) + [0.0] * (100 - round(100 * chance)) for chance in chances])
    found = robustness(values, points, ["carrot"], 0.5, common=True)
    assert [one.worst.value for one in found] == [0.0, 0.6, 0.55] and [one.best for one in found] == [0.4, 0.7, 0.9]
    assert [one.satisfices.hits for one in found] == [0, 2, 2] and [one.surely.hits for one in found] == [0, 2, 1]
    assert [round(one.regret, 2) for one in found] == [0.9, 0.2, 0.05]
    assert found[0].worst_at == {"reading": "hard"} and found[2].worst_at == {"reading": "price"}
    assert least(found).levers == {"carrot": 0.1} and least(found[:1]) is None
    assert found[1].worst.low < 0.6 < found[1].worst.high
    with pytest.raises(ValueError, match="same points of the rest"):
        robustness(values[:5], [*points[:4], {"carrot": 0.2, "reading": "posture"}], ["carrot"], 0.5, common=True)


def test_where_the_workbench_is_missing_or_old_it_is_said(monkeypatch):
    from negsim.analysis.runs import discovery

    monkeypatch.setattr(discovery, "OLDEST", 99)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'negsim\[discover\]'"):
        discovery.need_ema()
