"""Who gets what against whom: one cell a pair of strategies."""

from typing import Any

import numpy as np

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot


def size(scenario: Scenario) -> tuple[float, float]:  # noqa: ARG001
    """Return width and height in inches."""
    return 12.0, 9.5


@plot("tournament", size, over_points=True)
def tournament(subject: Subject, axes: Any) -> Any:
    """Mean score of each strategy against each other; drawn by `negsim tournament`."""
    if "strategy" not in subject.table.column_names:
        raise ValueError("a tournament is drawn by `negsim tournament DOMAIN... --out DIR`")
    rows = subject.table.to_pylist()
    names = list(dict.fromkeys(row["strategy"] for row in rows))
    grid = np.full((len(names), len(names)), np.nan)
    for row in rows:
        grid[names.index(row["strategy"]), names.index(row["against"])] = row["score"]
    axes.imshow(grid, cmap="YlGnBu", vmin=0.0, vmax=max(1e-9, float(np.nanmax(grid))), aspect="auto")
    dark = 0.6 * float(np.nanmax(grid))
    for i, j in np.ndindex(*grid.shape):
        colour = "white" if grid[i, j] > dark else "black"
        axes.text(j, i, f"{100 * grid[i, j]:.0f}", ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=9)
    axes.set_yticks(range(len(names)), names, fontsize=9)
    axes.set_xlabel("against")
    axes.set_ylabel("score, % of the most made on the domain in that seat; best on top")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return axes
