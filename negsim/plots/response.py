"""How likely agreement is over one varied input."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import mean_by
from negsim.analysis.runs.expression import is_share, measured
from negsim.domain.scenario import Scenario
from negsim.names.inputs import input_words
from negsim.names.numbers import number, percent
from negsim.names.outcomes import outcome_name
from negsim.plots import POINTS, Subject, plot
from negsim.plots.marks import LINES, PALETTE, SHAPES, broken, legend_below, letters, percent_axis

MOST_LEVELS, BINS = 24, 12  # values of a number that are told apart; of more, into how many they are put together
NOTE = (
    "Marks: share of runs (of a number: mean of those that have one), of a sampled input over equal parts of its runs; bands or"
    " lines: 95% intervals."
)


def inputs_of(subject: Subject) -> list[str]:
    """Return the varied inputs of a sweep, in order."""
    experiment = subject.experiment
    rows = experiment.get("rows") or [{}]
    named = ("arm", *experiment.get("levers", {}), *experiment.get("vary", {}), *experiment.get("uncertainties", {}), *rows[0])
    return [name for name in named if subject.table is not None and name in subject.table.column_names]


def the_rest(scenario: Scenario, inputs: list[str]) -> str:
    """Say over what other inputs runs are taken together."""
    return f" (over all of: {'; '.join(input_words(scenario, name) for name in inputs)})" if inputs else ""


def outcome_of(subject: Subject) -> str:
    """Return the outcome that is asked for, or that of the sweep; else that the track is agreed which is the most open one."""
    tracks = [f"agreed.{track}" for track in subject.scenario.tracks]
    asked = subject.outcome or subject.experiment.get("outcome")
    return asked or min(tracks, key=lambda name: abs(0.5 - float(np.nanmean(measured(subject.table, name)))))


@plot("response", POINTS, NOTE, takes=("outcome", "numbers"))
def response(subject: Subject, axes: Any) -> Any:
    """How likely each track, or an outcome, is over the first varied input, with 95% intervals.

    Raises
    ------
    ValueError
        If the sweep varies nothing.
    """
    assert subject.table is not None
    scenario, inputs = subject.scenario, inputs_of(subject)
    if not inputs:
        raise ValueError("this picture needs a sweep that varies an input; run one with --vary PATH=A,B,C")
    path = inputs[0]
    asked = subject.outcome or subject.experiment.get("outcome")
    outcomes = [asked] if asked else [f"agreed.{track}" for track in scenario.tracks]
    levels = list(dict.fromkeys(subject.table[path].to_pylist()))
    if len(levels) < 2:
        raise ValueError(f"{path}: there is one value of it so far; a response takes two")
    numeric = all(isinstance(level, int | float) and not isinstance(level, bool) for level in levels)
    if numeric:
        levels.sort()
    table = subject.table
    if numeric and len(levels) > MOST_LEVELS:
        table, levels = _binned(table, path)
    ends = []
    for at, outcome in enumerate(outcomes):
        found = np.array([_at(table, path, level, outcome) for level in levels])
        colour, line, shape = PALETTE[at % 6], LINES[at % 6], SHAPES[at % 6]
        name = outcome_name(scenario, outcome)
        if numeric:
            axes.fill_between(levels, found[:, 1], found[:, 2], color=colour, alpha=0.2, linewidth=0)
            axes.plot(levels, found[:, 0], color=colour, linestyle=line, marker=shape, label=name)
        else:
            places = np.arange(len(levels)) + 0.14 * (at - (len(outcomes) - 1) / 2)
            arms = np.maximum(0.0, [found[:, 0] - found[:, 1], found[:, 2] - found[:, 0]])
            axes.errorbar(places, found[:, 0], yerr=arms, fmt=shape, color=colour, capsize=3, label=name)
        ends.append((name, found))
    shares = is_share(outcomes[0])
    if not numeric:
        wide = max(6, int(letters(axes, 0.85) / len(levels) / 0.83))
        axes.set_xticks(range(len(levels)), [broken(number(level), wide) for level in levels])
        axes.set_xlim(-0.5, len(levels) - 0.5)
    if shares:
        axes.set_ylim(0, min(1.03, axes.get_ylim()[1]))
        percent_axis(axes.yaxis)
    words = "arm" if path == "arm" else input_words(scenario, path)
    rest = "" if path == "arm" else the_rest(scenario, inputs[1:])
    axes.set_xlabel(broken(words + rest, letters(axes, 0.8)))
    axes.set_ylabel("share of runs" if shares else "mean")
    axes.grid(axis="y")
    if len(outcomes) > 1:
        legend_below(axes)
    axes.set_title(_finding(ends, words, levels, numeric=numeric, shares=shares), loc="left")
    return axes


def _binned(table: pa.Table, path: str) -> tuple[pa.Table, list[float]]:
    """Return runs with the many values of an input put together into a few, as many runs in each, at their means."""
    values = np.asarray(table[path].to_numpy(), float)
    edges = np.unique(np.quantile(values, np.linspace(0.0, 1.0, BINS + 1)))
    places = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    sums, counts = np.bincount(places, values), np.bincount(places)
    means = sums / np.maximum(1, counts)
    column = table.column_names.index(path)
    return table.set_column(column, path, pa.array(means[places])), [float(mean) for mean in means[counts > 0]]


def _at(table: Any, path: str, level: Any, outcome: str) -> tuple[float, float, float]:
    rows = table.filter(pc.equal(table[path], level))
    return mean_by(measured(rows, outcome), rows["replicate"].to_numpy(), shares=is_share(outcome))


def _finding(ends: list[Any], words: str, levels: list[Any], *, numeric: bool, shares: bool) -> str:
    told = percent if shares else number
    if numeric:
        name, found = max(ends, key=lambda one: abs(one[1][-1, 0] - one[1][0, 0]))
        first, last = found[0], found[-1]
        if abs(last[0] - first[0]) < 1e-9:
            return f"{name}: the same from one end of '{words}' to the other"
        moved = f"from {told(first[0])} to {told(last[0])} as '{words}' goes from {number(levels[0])} to {number(levels[-1])}"
        return f"{name}: {moved}{_overlap(first, last)}"
    name, found = max(ends, key=lambda one: float(np.ptp(one[1][:, 0][~np.isnan(one[1][:, 0])])))
    most, least = int(np.nanargmax(found[:, 0])), int(np.nanargmin(found[:, 0]))
    if found[most, 0] - found[least, 0] < 1e-9:
        return f"{name}: {told(float(found[0, 0]))} throughout"
    low, high = told(float(found[least, 0])), told(float(found[most, 0]))
    apart = f"{high} with '{number(levels[most])}', {low} with '{number(levels[least])}'"
    return f"{name}: {apart}{_overlap(found[least], found[most])}"


def _overlap(one: Any, other: Any) -> str:
    """Say so if the intervals of two means overlap."""
    return "; their intervals overlap" if one[1] <= other[2] and other[1] <= one[2] else ""
