"""When each track is agreed, and how often never."""

import math
from typing import Any

import numpy as np
import pyarrow.compute as pc
from matplotlib.ticker import MaxNLocator

from negsim.analysis.runs.ensembles import share
from negsim.names.numbers import percent
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import LINES, PALETTE, ask_more, below, broken, legend_below, letters, percent_axis

MOST_RISKS = 8  # moments at which the number still open is told
NOTE = (
    "Lines: share of runs in which all core issues of a track (anything, if it names none) were agreed and ratified by then;"
    " bands: 95% intervals."
)


@plot("timing", RUNS, NOTE)
def timing(subject: Subject, axes: Any) -> Any:
    """Share of runs in which a track is agreed by a session (or turn), with how many are still open."""
    scenario, table = subject.scenario, subject.table
    assert table is not None
    sessions = len(scenario.talks.sessions)
    unit = "session" if sessions > 1 else "turn"
    reached = {}
    for key in scenario.tracks:
        when = table[f"{unit}.{key}"].cast("float64").to_numpy() + (1 if unit == "session" else 0)
        agreed = pc.fill_null(table[f"agreed.{key}"], fill_value=False).to_numpy()
        reached[key] = np.where(agreed & ~np.isnan(when), when, np.inf)
    finite = [float(value) for one in reached.values() for value in one[np.isfinite(one)]]
    longest = int(max([sessions if unit == "session" else 1, *finite]))
    steps = np.append(np.arange(0, longest + 1), longest + 0.3)  # the last level is seen, too
    told = []
    for at, (key, when) in enumerate(reached.items()):
        found = [share(int((when <= step).sum()), len(when)) for step in steps]
        name = scenario.tracks[key].name or key
        colour, line = PALETTE[at % 6], LINES[at % 6]
        axes.step(
            steps,
            [one.share for one in found],
            where="post",
            color=colour,
            linestyle=line,
            label=f"{name} ({percent(found[-1].share)})",
        )
        axes.fill_between(
            steps, [one.low for one in found], [one.high for one in found], step="post", color=colour, alpha=0.18, lw=0
        )
        told.append((name, found, when))
    axes.set_xlim(0, longest + 0.3)
    axes.set_ylim(0, min(1.02, 1.15 * max(0.05, *(one.high for _, found, _ in told for one in found))))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=MOST_RISKS))
    percent_axis(axes.yaxis)
    axes.set_xlabel(f"{unit} by which it was agreed", labelpad=2)
    axes.set_ylabel("share of runs")
    axes.grid(axis="y")
    ask_more(axes, len(told))
    _at_risk(axes, [(name, when) for name, _, when in told], longest)
    legend_below(axes)
    if axes.get_legend() is not None:
        axes.get_legend().set_bbox_to_anchor((0.0, 0.0), below(axes, 3.6 + len(told)))
    axes.set_title(_finding(told, unit), loc="left")
    return axes


def _at_risk(axes: Any, told: list[tuple[str, Any]], longest: int) -> None:
    """Write under the axis how many runs are still open at some moments."""
    marks = sorted({round(value) for value in np.linspace(0, longest, min(MOST_RISKS, longest + 1))})
    axes.text(0.0, 0.0, "runs still open", transform=below(axes, 2.9), fontsize="x-small", color="#444444", va="center")
    for row, (name, when) in enumerate(told):
        words, *more = broken(name, letters(axes, 0.2)).split("\n")
        words += "\N{HORIZONTAL ELLIPSIS}" if more else ""
        where = below(axes, 3.8 + row)
        axes.text(-0.045, 0.0, words, transform=where, fontsize="x-small", ha="right", va="center", color=PALETTE[row % 6])
        for mark in marks:
            axes.text(
                (mark) / (longest + 0.3),
                0.0,
                f"{int((when > mark).sum()):,}",
                transform=where,
                fontsize="x-small",
                ha="center",
                va="center",
            )


def _finding(told: list[Any], unit: str) -> str:
    name, found, when = max(told, key=lambda one: one[1][-1].share)
    if found[-1].share == 0.0:
        return "No track is agreed in any run"
    middle = float(np.median(when[np.isfinite(when)]))
    text = f"{name}: agreed in {percent(found[-1].share)} of runs, half of them by {unit} {math.ceil(middle)}"
    rest = [f"{other} in {percent(shares[-1].share)}" for other, shares, _ in told if other != name]
    return text + (f"; {', '.join(rest)}" if rest else "")
