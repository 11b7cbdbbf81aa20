"""How each setting of the levers holds over what nobody knows."""

from typing import Any

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 11.0, 7.0


@plot("levers", size, over_points=True)
def levers(subject: Subject, axes: Any) -> Any:
    """Outcome of each setting of the levers from its worst to its best point; drawn by `negsim robustness`."""
    if "worst" not in subject.table.column_names:
        raise ValueError("levers are drawn by `negsim robustness DIR -o FILE`")
    rows = subject.table.to_pylist()[::-1]
    places = range(len(rows))
    axes.hlines(places, [row["worst"] for row in rows], [row["best"] for row in rows], color="#bbbbbb", linewidth=5)
    axes.plot([row["worst"] for row in rows], places, "v", color="#c8553d", markersize=8, label="worst point")
    axes.plot([row["mean"] for row in rows], places, "o", color="#0b6e4f", markersize=7, label="mean over points")
    axes.plot([row["best"] for row in rows], places, "^", color="#555555", markersize=7, label="best point")
    axes.axvline(subject.experiment["at_least"], color="black", linewidth=1, linestyle="--")
    for place, row in zip(places, rows):
        axes.annotate(
            row["enough"], (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize=9, annotation_clip=False
        )
    axes.annotate("enough at", (1.01, 1.0), xycoords="axes fraction", va="bottom", fontsize=9, annotation_clip=False)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_yticks(places, [row["setting"] for row in rows], fontsize=9)
    axes.set_ylabel(subject.experiment["names"])
    axes.set_xlim(left=min(0.0, *(row["worst"] for row in rows)) - 0.02)
    axes.set_xlabel(f"{subject.experiment['outcome']} (dashed: what is asked for)")
    axes.legend(fontsize=10, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
