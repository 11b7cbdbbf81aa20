"""Trust, delivery and leverage over the sessions, as fans of runs."""

from typing import Any

import numpy as np

from negsim.analysis.runs.courses import courses
from negsim.names.numbers import number
from negsim.plots import SCENARIO, Subject, plot
from negsim.plots.marks import LINES, PALETTE, SHAPES, legend_below, percent_axis

PLAYED = 100  # runs that are followed
NOTE = (
    f"Lines: medians over {PLAYED} runs; bands: the middle half of runs, and fainter the middle 90%. Session 0: before talks."
    " What never moves is left out, unless nothing does."
)


@plot("fans", SCENARIO, NOTE)
def fans(subject: Subject, axes: Any) -> Any:
    """Trust, what is expected to be delivered, and leverage left over the sessions, as fans over runs.

    Raises
    ------
    ValueError
        If the talks have one session.
    """
    scenario = subject.scenario
    if len(scenario.talks.sessions) < 2:
        raise ValueError("fans are over sessions, and these talks have one")
    found = courses(scenario, subject.seed, PLAYED)
    moving = {name: values for name, values in found.items() if np.ptp(values) > 1e-9}
    moved = []
    for at, (name, values) in enumerate((moving or found).items()):
        colour, steps = PALETTE[at % 6], np.arange(values.shape[1])
        low, quarter, middle, three, high = np.nanquantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
        axes.fill_between(steps, low, high, color=colour, alpha=0.1, linewidth=0)
        axes.fill_between(steps, quarter, three, color=colour, alpha=0.2, linewidth=0)
        axes.plot(steps, middle, color=colour, linestyle=LINES[at % 6], marker=SHAPES[at % 6], markersize=4, label=name)
        moved.append((name, float(middle[0]), float(middle[-1])))
    axes.set_xticks(range(len(scenario.talks.sessions) + 1))
    axes.set_ylim(0, 1.02)
    percent_axis(axes.yaxis)
    axes.set_xlabel("after session")
    axes.set_ylabel("level")
    axes.grid(axis="y")
    legend_below(axes)
    name, first, last = max(moved, key=lambda one: abs(one[2] - one[1]))
    told = f"{name}: median from {100 * first:.0f}% to {100 * last:.0f}% over {number(len(scenario.talks.sessions))} sessions"
    axes.set_title(told if abs(last - first) > 0.005 else "Neither trust nor leverage moves in the median run", loc="left")
    return axes
