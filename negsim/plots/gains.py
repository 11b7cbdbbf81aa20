"""The two sides' gains over the status quo: how runs spread, and the path of offers of one of them."""

import math
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import ListedColormap, LogNorm

from negsim.core.state import OFFERS
from negsim.domain.scenario import Scenario
from negsim.engine.mesa_engine import Talks
from negsim.plots import Subject, plot

MARKS = ("o", "s")
GREYS = ListedColormap(colormaps["Greys"](np.linspace(0.2, 1.0, 256)))  # a single run is not white
COLOURS = ("#1f5a8f", "#c46210")


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 10.0, 8.4


@plot("gains", size)
def gains(subject: Subject, axes: Any) -> Any:
    """Gains of the first two parties over the status quo: density of runs, floors, and the offers of run 0."""
    first, second = list(subject.scenario.parties)[:2]
    x, y = (subject.table[f"gain.{party}"].to_numpy(zero_copy_only=False) for party in (first, second))
    names = [subject.scenario.parties[party].name or party for party in (first, second)]
    away = (np.abs(x) > 1e-12) | (np.abs(y) > 1e-12)
    if away.any():
        shown = axes.hexbin(x[away], y[away], gridsize=32, cmap=GREYS, mincnt=1, norm=LogNorm(1), linewidths=0.1)
        shown.set_clim(1, max(2.0, float(shown.get_array().max())))
        axes.figure.colorbar(shown, ax=axes, shrink=0.7, label="runs that leave the status quo, a hexagon")
    axes.axhline(0, color="#444444", linewidth=1, linestyle=":", label="floor of a side: its status quo")
    axes.axvline(0, color="#444444", linewidth=1, linestyle=":")
    axes.plot(
        0,
        0,
        marker="X",
        markersize=11,
        color="black",
        linestyle="none",
        label=f"status quo: {100 * (1 - away.mean()):.0f}% of runs",
    )  # fmt: skip
    for seat, path in enumerate(offer_paths(subject)):
        axes.plot(
            *path, marker=MARKS[seat], color=COLOURS[seat], linewidth=1.2, markersize=6, label=f"offers of {names[seat]}, run 0"
        )
    axes.set_xlabel(f"gain of {names[0]} over the status quo (share of all its weights)")
    axes.set_ylabel(f"gain of {names[1]} over the status quo (share of all its weights)")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2, fontsize=9, frameon=False)
    return axes


def offer_paths(subject: Subject) -> list[tuple[list[float], list[float]]]:
    """Return, for the first two parties, what each offer of run 0 would have brought both (offers of all deals in turn)."""
    talks = Talks(subject.scenario, seed=subject.seed)
    talks.play()
    behind, packages = talks.behind, talks.layout.packages
    totals = behind.weights[:, :].sum(axis=1)
    paths: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    last = [-1, -1]
    for row, said in zip(talks.desk.log[: talks.desk.pen[0]], talks.desk.said):
        if row["move"] != OFFERS or row["party"] > 1:
            continue
        worth = [0.0, 0.0]
        for issue, option in enumerate(said):
            if option < 0:
                continue
            start = talks.case.issues["first"][issue]
            for at, place in enumerate(packages[issue][option]):
                for side in (0, 1):
                    rise = behind.values[side, start + at, place] - behind.values[side, start + at, 0]
                    worth[side] += float(behind.weights[side, start + at] * rise / totals[side])
        party = int(row["party"])
        if last[party] not in (-1, row["deal"]):  # a line joins offers on one deal only
            paths[party][0].append(math.nan)
            paths[party][1].append(math.nan)
        last[party] = int(row["deal"])
        paths[party][0].append(worth[0])
        paths[party][1].append(worth[1])
    return paths
