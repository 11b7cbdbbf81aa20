"""Which varied inputs an outcome hangs on: indices of Saltelli's and Morris' designs, freed of the noise of replicates.

Each point of a design is played several times, so the mean of its runs is known with noise, and squares of noisy differences are
too large: an input that does nothing would get an index above 0. Here every product is taken between different replicates only
(a U-statistic: Hoeffding 1948), which has no such bias, whether the points share their draws or not.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.ensembles import Z

BOOTSTRAPS = 1000
FOLDS = 10  # groups of replicates that are left out in turn
STEPS = 4  # sizes of the design over which it is shown to settle


class Index(NamedTuple):
    """An index with its 95% interval."""

    value: float
    low: float
    high: float


class Input(NamedTuple):
    """What an input does.

    Attributes
    ----------
    path : str
    indices : dict of str to Index
        Saltelli: `first` (share of the variance it explains alone) and `total` (that it has a part in). Morris, in units of the
        outcome for a move over the whole range: `mu` (mean effect), `mu_star` (mean size), `sigma`, `size` (root of the mean
        square, without noise).
    """

    path: str
    indices: dict[str, Index]


class Sensitivity(NamedTuple):
    """What came out.

    Attributes
    ----------
    outcome, design : str
    points, runs : int
        Points of the design and replicates of each.
    mean : Index
        Of the outcome over the points.
    variance : Index
        Between points, without noise.
    noise : float
        Share of replicates in the variance of a single run; NaN where points are played once: then indices hold it.
    inputs : list of Input
        Most important first.
    settling : list of (int, dict of str to float)
        The leading index of each input by the number of base points (or trajectories) taken into account.
    """

    outcome: str
    design: str
    points: int
    runs: int
    mean: Index
    variance: Index
    noise: float
    inputs: list[Input]
    settling: list[tuple[int, dict[str, float]]]


def sensitivity(values: Any, names: Sequence[str], outcome: str, design: str, shares: Any, *, common: bool) -> Sensitivity:
    """Return indices of a sweep.

    Parameters
    ----------
    values : array of float, shape (point, run)
        The outcome of each run, in the order of the design.
    names : sequence of str
        Of the inputs.
    outcome : str
        What it is called.
    design : str
        "saltelli" or "morris".
    shares : array of float, shape (point, input)
        Where the points lie in the unit cube; for Morris'.
    common : bool
        Whether points share draws.

    Raises
    ------
    ValueError
        If a run has no such number: then no index means anything.

    Notes
    -----
    First order after Saltelli and others 2010 (Computer Physics Communications 181), total order after Jansen 1999 (ibid. 117),
    elementary effects after Morris 1991 (Technometrics 33) and Campolongo 2007. Intervals: bootstrap over base points or
    trajectories, and where points share draws also a jackknife over replicates.

    Examples
    --------
    >>> from negsim.sweeps.sampling import shares_of
    >>> at = shares_of("saltelli", ["a", "b"], 64, 1)
    >>> found = sensitivity(at[:, :1], ["a", "b"], "a itself", "saltelli", at, common=True)
    >>> [(one.path, round(one.indices["total"].value, 1)) for one in found.inputs]
    [('a', 1.0), ('b', 0.0)]
    """
    missing = int(np.isnan(values).sum())
    if missing:
        raise ValueError(
            f"{outcome}: {missing} runs failed or have no such number, and an index of an incomplete design means nothing;"
            " play them again (--retry-failed), or take an outcome that every run has"
        )
    block = len(names) + (2 if design == "saltelli" else 1)
    held = np.asarray(values, float).reshape(-1, block, values.shape[1])
    rows: Callable[[Any], Any]
    if design == "saltelli":
        rows, ratio, leading = _saltelli_rows, _saltelli, "total"
    else:
        steps = np.diff(np.asarray(shares).reshape(-1, block, len(names)), axis=1)
        rows, ratio, leading = (lambda part: _morris_rows(part, steps)), _morris, "size"
    found = _with_intervals(held, rows, ratio, common=common)
    kinds = ("first", "total") if design == "saltelli" else ("mu", "mu_star", "sigma", "size")
    inputs = [
        Input(name, {kind: found[2 + k * len(names) + at] for k, kind in enumerate(kinds)}) for at, name in enumerate(names)
    ]
    inputs.sort(key=lambda one: -one.indices[leading].value if not math.isnan(one.indices[leading].value) else 0.0)
    place = kinds.index(leading)
    settling = []
    for size in sorted({max(2, len(held) >> step) for step in range(STEPS)}):
        part = held[:size]
        parts = _saltelli_rows(part) if design == "saltelli" else _morris_rows(part, steps[:size])
        values_at = ratio(parts.mean(axis=0), size)[2 + place * len(names) : 2 + (place + 1) * len(names)]
        settling.append((size, {name: float(value) for name, value in zip(names, values_at)}))
    within = float(np.mean(held.var(axis=2, ddof=1))) if held.shape[2] > 1 else math.nan
    between = max(0.0, found[1].value)
    noise = within / (within + between) if within + between > 0.0 else math.nan
    return Sensitivity(outcome, design, len(values), values.shape[1], found[0], found[1], noise, inputs, settling)


def _product(one: Any, other: Any) -> Any:
    """Return the product of two expectations, from replicates in the last axis: between different ones, without their noise.

    Of one replicate it is its own product: right for what has no noise.
    """
    n = one.shape[-1]
    if n == 1:
        return one[..., 0] * other[..., 0]
    return (one.sum(-1) * other.sum(-1) - (one * other).sum(-1)) / (n * (n - 1))


def _saltelli_rows(held: Any) -> Any:
    """Return, a row a base point: mean, variance, then what first and total indices of each input are the means of."""
    first, last, crossed = held[:, 0], held[:, -1], held[:, 1:-1]
    centre = np.concatenate([first, last]).mean(axis=0)  # of each replicate its own: draws that all points share go out
    a, b = first - centre, last - centre
    variance = (_product(a, a) + _product(b, b)) / 2.0
    moved = crossed - first[:, None]
    alone = _product(b[:, None], moved)
    total = _product(moved, moved) / 2.0
    mean = (first.mean(-1) + last.mean(-1)) / 2.0
    return np.column_stack([mean, variance, alone, total])


def _saltelli(means: Any, points: int) -> Any:
    variance = means[..., 1:2] * (2 * points / (2 * points - 1.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate([means[..., :1], variance, np.where(variance > 0.0, means[..., 2:] / variance, np.nan)], axis=-1)


def _morris_rows(held: Any, steps: Any) -> Any:
    """Return, a row a trajectory: mean, variance, then the mean, size, square and square without noise of each input's effect."""
    moved = np.diff(held, axis=1)
    at = np.abs(steps).argmax(axis=2)  # which input each step moves
    order = np.argsort(at, axis=1, kind="stable")
    length = np.take_along_axis(steps.sum(axis=2), order, axis=1)
    effects = np.take_along_axis(moved, order[:, :, None], axis=1) / length[:, :, None]
    plain = effects.mean(-1)
    centred = held - held.mean(axis=(0, 1))
    variance = _product(centred, centred).mean(axis=1)
    return np.column_stack([held.mean(axis=(1, 2)), variance, plain, np.abs(plain), plain**2, _product(effects, effects)])


def _morris(means: Any, points: int) -> Any:
    width = (means.shape[-1] - 2) // 4
    mu, star, square, true = (means[..., 2 + k * width : 2 + (k + 1) * width] for k in range(4))
    sigma = np.sqrt(np.maximum(0.0, square - mu**2) * (points / max(1, points - 1)))
    return np.concatenate([means[..., :2], mu, star, sigma, np.sign(true) * np.sqrt(np.abs(true))], axis=-1)


def _with_intervals(held: Any, rows: Callable[[Any], Any], ratio: Callable[[Any, int], Any], *, common: bool) -> list[Index]:
    """Return statistics with intervals: bootstrap over base points, and a jackknife over replicates that they share."""
    parts, points, runs = rows(held), len(held), held.shape[2]
    value = ratio(parts.mean(axis=0), points)
    rng = np.random.default_rng(0)
    drawn = np.stack([parts[rng.integers(points, size=points)].mean(axis=0) for _ in range(BOOTSTRAPS)])
    spread = np.var(ratio(drawn, points), axis=0)
    folds = min(FOLDS, runs)
    if common and runs > 2:
        numbers = np.arange(runs) % folds
        left = np.stack([ratio(rows(held[:, :, numbers != fold]).mean(axis=0), points) for fold in range(folds)])
        spread = spread + (folds - 1) / folds * ((left - left.mean(axis=0)) ** 2).sum(axis=0)
    reach = Z * np.sqrt(spread)
    return [Index(float(v), float(v - r), float(v + r)) for v, r in zip(value, reach)]
