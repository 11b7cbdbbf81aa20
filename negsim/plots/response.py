"""How likely agreement is over one varied input."""

from typing import Any

import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import clustered
from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot
from negsim.plots.timing import STYLES

MARKS = ("o", "s", "^", "D")


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 10.0, 6.5


def inputs_of(subject: Subject) -> list[str]:
    """Return the varied inputs of a sweep, in order."""
    experiment = subject.experiment
    rows = experiment.get("rows") or [{}]
    named = ("arm", *experiment.get("levers", {}), *experiment.get("vary", {}), *experiment.get("uncertainties", {}), *rows[0])
    return [name for name in named if name in subject.table.column_names]


@plot("response", size, over_points=True)
def response(subject: Subject, axes: Any) -> Any:
    """Share of runs with each track agreed over the first varied input, with 95% intervals.

    Raises
    ------
    ValueError
        If the sweep varies nothing.
    """
    inputs = inputs_of(subject)
    if not inputs:
        raise ValueError("this picture needs a sweep that varies an input; run one with --vary PATH=A,B,C")
    path = inputs[0]
    levels = list(dict.fromkeys(subject.table[path].to_pylist()))
    numeric = all(isinstance(level, int | float) for level in levels)
    if numeric:
        levels.sort()
    for number, (key, track) in enumerate(subject.scenario.tracks.items()):
        places, middles, lows, highs = [], [], [], []
        for place, level in enumerate(levels):
            rows = subject.table.filter(pc.equal(subject.table[path], level))
            found = clustered(rows[f"agreed.{key}"], rows["replicate"])
            shift = 0.0 if numeric else 0.12 * (number - 1)
            places.append(level if numeric else place + shift)
            middles.append(found.share)
            lows.append(found.share - found.low)
            highs.append(found.high - found.share)
        colour, line = STYLES[number % 4]
        axes.errorbar(
            places, middles, yerr=[lows, highs], color=colour, linestyle=line if numeric else "none", marker=MARKS[number % 4],
            capsize=4, linewidth=1.8, markersize=7, label=track.name or key,
        )  # fmt: skip
    if not numeric:
        axes.set_xticks(range(len(levels)), [str(level).replace("_", " ") for level in levels])
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    axes.set_xlabel(path)
    axes.set_ylabel("share of runs with the track agreed (95% interval)")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.legend(fontsize=10, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=4)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes
