"""How well each setting of the levers holds over what nobody knows: satisficing and regret."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.runs.sensitivity import BOOTSTRAPS, Index


class Setting(NamedTuple):
    """One setting of the levers, over all points of the uncertainties.

    Attributes
    ----------
    levers : dict
    mean, worst : Index
        Of the outcome, over the uncertainties; 95% intervals by bootstrap over replicates.
    worst_at : dict
        Where it is worst.
    best : float
        The most over the uncertainties.
    satisfices : Share
        Of the points at which the outcome is at least as asked for, with an interval if the points are a sample.
    surely : Share
        The same, of points whose interval lies above it.
    regret : float
        The most that another setting would have had more, at one point of the uncertainties.
    """

    levers: dict[str, Any]
    mean: Index
    worst: Index
    worst_at: dict[str, Any]
    best: float
    satisfices: Share
    surely: Share
    regret: float


def robustness(
    values: Any, points: Sequence[dict[str, Any]], levers: Sequence[str], at_least: float, *, common: bool
) -> list[Setting]:
    """Return how each setting of the levers holds, in the order of the design.

    Parameters
    ----------
    values : array of float, shape (point, run)
        The outcome of each run.
    points : sequence of dict
        Inputs of each point; every setting of the levers has the same points of the rest.
    levers : sequence of str
        Which inputs are levers.
    at_least : float
        The mean of the outcome that is asked for.
    common : bool
        Whether points share draws.

    Raises
    ------
    ValueError
        If the settings do not have the same points of the rest, or a point has no number.

    Notes
    -----
    Satisficing is the domain criterion of Starr (1963), regret that of Savage (1951); both as compared by Herman and others 2015
    (J. Water Resources Planning and Management 141).

    Examples
    --------
    >>> points = [{"carrot": c, "r": r} for c in (0, 1) for r in "ab"]
    >>> found = robustness(np.array([[0, 0], [1, 1], [1, 1], [1, 1]]), points, ["carrot"], 0.5, common=True)
    >>> [(one.levers["carrot"], one.satisfices.share, one.regret) for one in found]
    [(0, 0.5, 1.0), (1, 1.0, 0.0)]
    """
    settings: dict[str, list[int]] = {}
    for place, point in enumerate(points):
        settings.setdefault(repr([point[name] for name in levers]), []).append(place)
    rest = [[{k: v for k, v in points[place].items() if k not in levers} for place in places] for places in settings.values()]
    if any(one != rest[0] for one in rest):
        raise ValueError("the settings of the levers were not played at the same points of the rest: name them as levers")
    held = np.stack([values[places] for places in settings.values()])  # setting, point of the rest, run
    lost = int(np.isnan(held).sum())
    if lost:
        raise ValueError(
            f"{lost} runs failed or have no such number: play them again (--retry-failed), or take an outcome that every run has"
        )
    means = held.mean(axis=2)
    best = means.max(axis=0)
    low, high = _ends(held, common=common)
    found = []
    for at, places in enumerate(settings.values()):
        worst = int(means[at].argmin())
        above, sure = int((means[at] >= at_least).sum()), int((low["points"][at] >= at_least).sum())
        found.append(
            Setting(
                {name: points[places[0]][name] for name in levers},
                Index(float(means[at].mean()), low["mean"][at], high["mean"][at]),
                Index(float(means[at][worst]), low["worst"][at], high["worst"][at]),
                rest[at][worst],
                float(means[at].max()),
                share(above, len(places)),
                share(sure, len(places)),
                float((best - means[at]).max()),
            )
        )
    return found


def least(found: Sequence[Setting]) -> Setting | None:
    """Return the first setting, in the order of the design, that satisfices at every point, and surely so."""
    return next((one for one in found if one.surely.hits == one.surely.of), None)


def _ends(held: Any, *, common: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both ends of 95% intervals of each point's mean, of their mean and of the least, by bootstrap over replicates."""
    rng, runs = np.random.default_rng(0), held.shape[2]
    drawn: dict[str, list[Any]] = {"points": [], "mean": [], "worst": []}
    for _ in range(BOOTSTRAPS):
        weights = rng.multinomial(runs, np.full(runs, 1.0 / runs), size=None if common else held.shape[:2])
        means = (held * weights).sum(axis=2) / runs
        drawn["points"].append(means)
        drawn["mean"].append(means.mean(axis=1))
        drawn["worst"].append(means.min(axis=1))
    ends = {name: np.quantile(np.stack(values), (0.025, 0.975), axis=0) for name, values in drawn.items()}
    low, high = ({name: both[end] for name, both in ends.items()} for end in (0, 1))
    if np.isin(held, (0.0, 1.0)).all():  # of shares the score interval, which has width where all runs are alike
        low["points"] = np.array([share(int(hits), runs).low for hits in held.sum(axis=2).ravel()]).reshape(held.shape[:2])
    return low, high
