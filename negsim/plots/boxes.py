"""Under which inputs an outcome is frequent: how PRIM trades coverage for density, and the boxes in words."""

from typing import Any

import numpy as np

from negsim.analysis.runs.discovery import Discovery
from negsim.names.inputs import bound_words
from negsim.names.numbers import percent
from negsim.names.outcomes import outcome_name
from negsim.plots import Subject, plot
from negsim.plots.marks import PALETTE, SHAPES, SOFT, ask_room, below, broken, letters, percent_axis

MOST = 3  # boxes that are told
FLOOR = 18  # lines of text that the picture above their words is tall
NOTE = (
    "Line: boxes that PRIM peels, on the half of runs it is fitted to (colour: share of all runs in them); large marks: the boxes"
    " chosen, judged by the other half."
)


@plot("boxes", "boxes", NOTE, takes=("outcome",))
def boxes(subject: Subject, axes: Any) -> Any:
    """How PRIM trades coverage for density, and the boxes it chose, in words; by `negsim discover`."""
    if not isinstance(subject.found, Discovery):
        raise ValueError("boxes are drawn of what `negsim discover` finds")
    found, scenario = subject.found, subject.scenario
    base = found.hits / found.runs
    peels = np.array(found.peels)
    if len(peels):
        axes.plot(peels[:, 0], peels[:, 1], color="#bbbbbb", linewidth=1)
        shown = axes.scatter(peels[:, 0], peels[:, 1], c=peels[:, 2], cmap="cividis_r", s=16, vmin=0, vmax=1, zorder=3)
        bar = axes.figure.colorbar(shown, ax=axes, shrink=0.8, label="share of all runs")
        percent_axis(bar.ax.yaxis)
    axes.axhline(base, color=SOFT, linestyle=":", linewidth=1)
    axes.annotate("all runs", (0.0, base), (2, 3), textcoords="offset points", fontsize="x-small", color=SOFT)
    under = 3.4 if letters(axes) > 110 else 4.6
    for at, box in enumerate(found.prim[:MOST]):
        axes.plot(box.coverage, box.density, SHAPES[at], color=PALETTE[1], mec="black", markersize=13, zorder=4)
        where = (box.coverage, box.density)
        axes.annotate(f"{at + 1}", where, ha="center", va="center", color="white", fontsize="small", fontweight="bold", zorder=5)
        told = f"box {at + 1}: the outcome in {percent(box.density)} of its runs; {percent(box.coverage)} of all with the outcome"
        for text in (told, *(f"- {bound_words(scenario, bound)}" for bound in box.bounds)):
            words = broken(text, int(letters(axes, 0.92) / 0.83))
            axes.text(0.0, 0.0, words, transform=below(axes, under), fontsize="small", va="top")
            under += 0.98 * (words.count("\n") + 1)
        under += 0.4
    ask_room(axes, FLOOR + under)
    axes.set_xlim(-0.02, 1.05)
    axes.set_ylim(0, 1.05)
    percent_axis(axes.xaxis)
    percent_axis(axes.yaxis)
    axes.set_xlabel(broken("coverage: share of all runs with the outcome that lie in the box", letters(axes, 0.55)))
    axes.set_ylabel("density: share with the outcome")
    axes.grid()
    name = outcome_name(scenario, found.outcome)
    if found.prim and found.prim[0].density > base:
        best = found.prim[0]
        inputs = f"{len(best.bounds)} inputs lie" if len(best.bounds) > 1 else "one input lies"
        axes.set_title(f"{name}: {percent(best.density)} of runs where {inputs} in box 1, {percent(base)} over all", loc="left")
    else:
        axes.set_title(f"{name}: no box of inputs makes it frequent ({percent(base)} over all runs)", loc="left")
    return axes
