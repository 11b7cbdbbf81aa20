"""When each track is agreed, and how often never."""

from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot

STYLES = (("#0b2f52", "-"), ("#c46210", "--"), ("#5b8db8", "-."), ("#777777", ":"))


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 10.0, 6.5


@plot("timing", size)
def timing(subject: Subject, axes: Any) -> Any:
    """Share of runs in which a track is agreed by a session (or turn); what never is stays above the line."""
    scenario, table = subject.scenario, subject.table
    sessions = len(scenario.talks.sessions)
    unit = "session" if sessions > 1 else "turn"
    longest = sessions if sessions > 1 else 1
    for name in scenario.tracks:
        found = [value for value in table[f"turn.{name}"].to_pylist() if value is not None]
        longest = max([longest, *found]) if unit == "turn" else longest
    for (key, track), (colour, line) in zip(scenario.tracks.items(), STYLES * 3):
        when = [
            value + (1 if unit == "session" else 0) if value is not None and agreed else None
            for value, agreed in zip(table[f"{unit}.{key}"].to_pylist(), table[f"agreed.{key}"].to_pylist())
        ]
        reached = np.array([value for value in when if value is not None], float)
        steps = np.arange(0, longest + 1)
        shares = [float((reached <= step).sum()) / len(when) for step in steps]
        never = 100 * (1 - shares[-1])
        axes.step(
            steps, shares, where="post", color=colour, linestyle=line, linewidth=2.2,
            label=f"{track.name or key}: never agreed in {never:.1f}% of runs",
        )  # fmt: skip
    axes.set_xlim(0, longest + 0.25)
    axes.set_ylim(0, 1)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel(f"{unit} by which every core issue was first agreed (and ratified)")
    axes.set_ylabel("share of runs with the track agreed")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.legend(loc="upper left", fontsize=10, frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes
