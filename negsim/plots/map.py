"""How likely an outcome is over two varied inputs."""

from typing import Any

import numpy as np
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import mean_by
from negsim.analysis.runs.expression import measured
from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot
from negsim.plots.response import inputs_of

DARK = 0.45  # of the scale, from which on letters are light


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 10.0, 6.5


@plot("map", size, over_points=True)
def over_two(subject: Subject, axes: Any) -> Any:
    """Share of runs with the outcome over the first two varied inputs, each cell with its 95% interval.

    Raises
    ------
    ValueError
        If the sweep varies fewer than two.
    """
    inputs = inputs_of(subject)[:2]
    if len(inputs) < 2 or "arm" in inputs:
        raise ValueError("this picture needs a sweep that varies two inputs; run one with --vary twice")
    outcome = subject.experiment.get("outcome") or f"agreed.{next(iter(subject.scenario.tracks))}"
    across, up = inputs
    levels = [sorted(set(subject.table[name].to_pylist()), key=lambda value: (str(type(value)), value)) for name in inputs]
    if max(map(len, levels)) > 12:
        raise ValueError(f"{across}, {up}: have more than 12 values; a map is of a grid (negsim discover takes any design)")
    flags = bool(np.isin(measured(subject.table, outcome), (0.0, 1.0)).all())
    shares = np.full((len(levels[1]), len(levels[0])), np.nan)
    for column, x in enumerate(levels[0]):
        for row, y in enumerate(levels[1]):
            rows = subject.table.filter(pc.and_(pc.equal(subject.table[across], x), pc.equal(subject.table[up], y)))
            if rows.num_rows:
                mean, low, high = mean_by(measured(rows, outcome), rows["replicate"].to_numpy())
                shares[row, column] = mean
                text = f"{100 * mean:.1f}%\n{100 * low:.1f}-{100 * high:.1f}" if flags else f"{mean:.3f}\n{low:.3f} to {high:.3f}"
                axes.annotate(text, (column, row), ha="center", va="center", fontsize=9)
    least = min(0.0, float(np.nanmin(shares)))
    most = max(least + 1e-9, float(np.nanmax(shares)))
    axes.imshow(shares, origin="lower", aspect="auto", cmap="cividis_r", vmin=least, vmax=most)
    for text in axes.texts:
        column, row = (int(place) for place in text.xy)
        text.set_color("white" if shares[row, column] - least > DARK * (most - least) else "black")
    for which, name, values in ((axes.xaxis, across, levels[0]), (axes.yaxis, up, levels[1])):
        which.set_ticks(range(len(values)), [f"{value:g}" if isinstance(value, float) else str(value) for value in values])
        which.set_label_text(name)
    what = "share of runs with" if flags else "mean of"
    axes.set_xlabel(f"{across}\nin the cells: {what} {outcome}, and its 95% interval")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return axes
