"""The two sides' gains over the status quo: where runs end, and how many at each place."""

from typing import Any

import numpy as np

from negsim.names.actors import name_of
from negsim.names.numbers import percent
from negsim.names.outcomes import without_deal
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import PALETTE, broken, legend_below, letters

FEW = 400  # different ends up to which each has a mark of its own; above it, hexagons
NOTE = (
    "Circles: runs that end there, area by their number; dark hexagons: many. Beyond the lines a side is better off than without."
    " In shares of all that a side weighs."
)


@plot("gains", RUNS, NOTE)
def gains(subject: Subject, axes: Any) -> Any:
    """Gains of the first two parties over the status quo: where runs end, and how many."""
    from matplotlib import rcParams

    scenario, table = subject.scenario, subject.table
    assert table is not None
    first, second = list(scenario.parties)[:2]
    x, y = (table[f"gain.{party}"].to_numpy(zero_copy_only=False) for party in (first, second))
    names = [name_of(scenario, party) for party in (first, second)]
    ends, counts = np.unique(np.round(np.column_stack([x, y]), 9), axis=0, return_counts=True)
    away = ~np.isclose(ends, 0.0).all(axis=1)
    if away.sum() > FEW:
        from matplotlib import colormaps
        from matplotlib.colors import ListedColormap, LogNorm

        greys = ListedColormap(colormaps["Blues"](np.linspace(0.25, 1.0, 256)))  # a single run is not white
        rows = np.repeat(ends[away], counts[away], axis=0)
        shown = axes.hexbin(rows[:, 0], rows[:, 1], gridsize=32, cmap=greys, mincnt=1, norm=LogNorm(1), linewidths=0.1)
        shown.set_clim(1, max(2.0, float(shown.get_array().max())))
        bar = axes.figure.colorbar(shown, ax=axes, shrink=0.8, label="runs, a hexagon")
        bar.ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    elif away.any():
        area = (2.7 * float(rcParams["font.size"])) ** 2 * counts[away] / counts.sum()
        axes.scatter(
            ends[away, 0], ends[away, 1], s=np.maximum(14.0, area), color=PALETTE[0], alpha=0.55, edgecolor="white", lw=0.6,
            clip_on=False,
        )  # fmt: skip
    over = without_deal(scenario)
    was = "as it was" if over == "the status quo" else over
    stay = 1.0 - float(counts[away].sum()) / max(1.0, float(counts.sum()))
    axes.axhline(0, color="#444444", linewidth=0.9, linestyle=":")
    axes.axvline(0, color="#444444", linewidth=0.9, linestyle=":")
    axes.plot(0, 0, marker="X", markersize=9, color="black", linestyle="none", label=f"{was}: {percent(stay)} of runs")
    mean = float(x.mean()), float(y.mean())
    axes.plot(*mean, marker="+", markersize=12, mew=2, color=PALETTE[1], linestyle="none", label="mean of all runs")
    axes.margins(0.08)
    axes.set_xlabel(broken(f"gain of {names[0]} over {over}", letters(axes, 0.75)))
    axes.set_ylabel(broken(f"gain of {names[1]} over {over}", letters(axes, 0.3)))
    legend_below(axes)
    both = float(((x > 1e-9) & (y > 1e-9)).mean())
    told = f"Both {names[0]} and {names[1]} gain in {percent(both)} of runs"
    if stay > 0.995:
        told = "Nothing changes in nearly any run" if stay < 1.0 else "Nothing changes in any run"
    axes.set_title(f"{told}; mean gains {mean[0]:+.2f} and {mean[1]:+.2f}", loc="left")
    return axes
