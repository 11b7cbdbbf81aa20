"""Who refused what: issue by party."""

from typing import Any

import numpy as np

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches for a scenario's issues."""
    return 10.0, 2.2 + 0.42 * len(scenario.issues)


@plot("refusals", size)
def refusals(subject: Subject, axes: Any) -> Any:
    """Share of runs in which each party, or its principal, was the last to refuse each issue."""
    scenario, table = subject.scenario, subject.table
    parties = list(scenario.parties)
    columns = [*parties, *(f"{party} (principal)" for party in parties)]
    issues = [key for track in scenario.tracks for key, issue in scenario.issues.items() if issue.track == track]
    shares = np.zeros((len(issues), len(columns)))
    for row, key in enumerate(issues):
        found = table[f"refused_by.{key}"].to_pylist()
        shares[row] = [found.count(name) / max(1, len(found)) for name in columns]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(*shares.shape):
        value = shares[row, column]
        axes.text(
            column, row, f"{100 * value:.0f}%", ha="center", va="center", fontsize=9, color="white" if value > 0.55 else "black"
        )
    names = [scenario.parties[party].name or party for party in parties]
    axes.set_xticks(range(len(columns)), [*names, *(f"principal of\n{name}" for name in names)], fontsize=9)
    axes.set_yticks(range(len(issues)), [scenario.label(key) for key in issues], fontsize=9)
    axes.set_xlabel("last to refuse a change, share of runs (the rest: agreed, or never raised)")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return axes
