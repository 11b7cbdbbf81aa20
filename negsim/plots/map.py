"""How likely an outcome is over two varied inputs."""

import math
from typing import Any

import numpy as np
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import mean_by
from negsim.analysis.runs.expression import is_share, measured
from negsim.names.inputs import input_words
from negsim.names.numbers import number, percent
from negsim.names.outcomes import outcome_name
from negsim.plots import POINTS, Subject, plot
from negsim.plots.marks import broken, letters
from negsim.plots.response import inputs_of, outcome_of, the_rest

DARK = 0.45  # of the scale, from which on letters are light
MOST = 12  # values of an input
NOTE = "In each cell: share of runs (or mean), and below it the 95% interval."


@plot("map", POINTS, NOTE, takes=("outcome", "numbers"))
def over_two(subject: Subject, axes: Any) -> Any:
    """Share of runs with the outcome over the first two varied inputs, each cell with its 95% interval.

    Raises
    ------
    ValueError
        If the sweep varies fewer than two, or they are no grid.
    """
    assert subject.table is not None
    table, scenario, varied = subject.table, subject.scenario, inputs_of(subject)
    inputs, others = varied[:2], varied[2:]
    if len(inputs) < 2 or "arm" in inputs:
        raise ValueError("this picture needs a sweep that varies two inputs; run one with --vary twice")
    outcome = outcome_of(subject)
    across, up = inputs
    levels = [sorted(set(table[name].to_pylist()), key=lambda value: (str(type(value)), value)) for name in inputs]
    if max(map(len, levels)) > MOST:
        raise ValueError(f"{across}, {up}: have more than {MOST} values; a map is of a grid (negsim discover takes any design)")
    flags = is_share(outcome)
    shares = np.full((len(levels[1]), len(levels[0])), np.nan)
    size = "small" if len(levels[0]) * 12 < letters(axes, 0.8) else "xx-small"
    for column, x in enumerate(levels[0]):
        for row, y in enumerate(levels[1]):
            rows = table.filter(pc.and_(pc.equal(table[across], x), pc.equal(table[up], y)))
            if rows.num_rows:
                mean, low, high = mean_by(measured(rows, outcome), rows["replicate"].to_numpy(), shares=flags)
                shares[row, column] = mean
                text = _cell(mean, low, high, flags=flags)
                axes.annotate(text, (column, row), ha="center", va="center", fontsize=size)
    least = min(0.0, float(np.nanmin(shares)))
    most = max(least + 1e-9, float(np.nanmax(shares)))
    axes.imshow(shares, origin="lower", aspect="auto", cmap="cividis_r", vmin=least, vmax=most)
    for text in axes.texts:
        column, row = (int(place) for place in text.xy)
        text.set_color("white" if shares[row, column] - least > DARK * (most - least) else "black")
    wide = max(6, int(letters(axes, 0.8) / len(levels[0])))
    axes.set_xticks(range(len(levels[0])), [broken(number(value), wide) for value in levels[0]])
    axes.set_yticks(range(len(levels[1])), [broken(number(value), 16) for value in levels[1]])
    words = [input_words(scenario, name) for name in inputs]
    axes.set_xlabel(broken(words[0] + the_rest(scenario, others), letters(axes, 0.7)))
    axes.set_ylabel(broken(words[1], letters(axes, 0.4)))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_title(_finding(shares, levels, outcome_name(scenario, outcome), flags=flags), loc="left")
    return axes


def _cell(mean: float, low: float, high: float, *, flags: bool) -> str:
    """Write a cell: its value, and below it the interval, where there is more than one run."""
    if flags:
        return f"{100 * mean:.1f}%\n{100 * low:.1f}-{100 * high:.1f}"
    return f"{mean:.3f}\n{low:.3f} to {high:.3f}" if math.isfinite(low) else "none" if math.isnan(mean) else f"{mean:.3f}"


def _finding(shares: Any, levels: list[list[Any]], outcome: str, *, flags: bool) -> str:
    told = percent if flags else number
    ends = [np.unravel_index(which(shares), shares.shape) for which in (np.nanargmin, np.nanargmax)]
    low, high = (float(shares[end]) for end in ends)
    if high - low < 1e-9:
        return f"{outcome}: {told(low)} wherever the two are set"
    at = [f"{number(levels[0][column])} and {number(levels[1][row])}" for row, column in ends]
    return f"{outcome}: from {told(low)} (at {at[0]}) to {told(high)} (at {at[1]})"
