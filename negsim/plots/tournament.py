"""Who gets what against whom: one cell a pair of strategies."""

from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.ensembles import mean_of
from negsim.analysis.runs.tournament import Score, Standing
from negsim.plots import Subject, plot
from negsim.plots.marks import ask_room, letters

NOTE = (
    "Cells: mean score, % of the most made on the domain in that seat; first column: mean over all opponents, with 95% interval."
)


class Ranked(NamedTuple):
    """A tournament: its scores, and the standings, best first."""

    scores: list[Score]
    standings: list[Standing]


@plot("tournament", "matches", NOTE)
def tournament(subject: Subject, axes: Any) -> Any:
    """Mean score of each strategy against each other, with means of rows; by `negsim tournament`."""
    if not isinstance(subject.found, Ranked):
        raise ValueError("a tournament is drawn by `negsim tournament DOMAIN... --out DIR`")
    found = subject.found
    names = [one.strategy for one in found.standings]
    grid = np.full((len(names), len(names)), np.nan)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            held = [score.share for score in found.scores if (score.strategy, score.against) == (one, other)]
            grid[i, j] = float(np.mean(held)) if held else np.nan
    means = [mean_of([score.share for score in found.scores if score.strategy == name]) for name in names]
    shown = np.column_stack([np.full(len(names), np.nan), grid])
    axes.imshow(shown, cmap="cividis_r", vmin=0.0, vmax=max(1e-9, float(np.nanmax(grid))), aspect="auto")
    dark, size = 0.5 * float(np.nanmax(grid)), "small" if letters(axes, 0.7) > 4 * len(names) else "xx-small"
    for i, j in np.ndindex(*grid.shape):
        told = "" if np.isnan(grid[i, j]) else f"{100 * grid[i, j]:.0f}"
        axes.text(j + 1, i, told, ha="center", va="center", fontsize=size, color="white" if grid[i, j] > dark else "black")
    for i, (mean, low, high) in enumerate(means):
        told = (
            f"{100 * mean:.0f} ({100 * max(0.0, low):.0f}-{100 * min(1.0, high):.0f})"
            if np.isfinite(high)
            else f"{100 * mean:.0f}"
        )
        axes.text(0, i, told, ha="center", va="center", fontsize=size, fontweight="bold")
    axes.set_xticks(range(len(names) + 1), ["mean", *names], rotation=50, ha="left", rotation_mode="anchor", fontsize="small")
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(names)), names, fontsize="small")
    axes.set_xlim(-0.9, len(names) + 0.5)
    axes.set_xlabel("against")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    ask_room(axes, 1.5 * len(names) + 5)
    axes.set_title(_finding(names, means), loc="left")
    return axes


def _finding(names: list[str], means: list[tuple[float, float, float]]) -> str:
    best = means[0]
    level = sum(high >= best[1] for _, _, high in means[1:])
    told = f"{names[0]} does best, {100 * best[0]:.0f}% of the most made on average"
    return told + (f"; {level} more are within its interval" if level else ", by more than chance")
