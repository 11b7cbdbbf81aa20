"""Which inputs an outcome hangs on: their indices with intervals."""

from typing import Any

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot

COLOURS = ("#0b6e4f", "#c8553d")
MARKS = ("o", "s")


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches."""
    del scenario
    return 11.0, 6.5


@plot("indices", size, over_points=True)
def indices(subject: Subject, axes: Any) -> Any:
    """Sensitivity indices of each varied input with 95% intervals; drawn by `negsim sensitivity`."""
    if "index" not in subject.table.column_names:
        raise ValueError("indices are drawn by `negsim sensitivity DIR -o FILE`")
    rows = subject.table.to_pylist()
    inputs = list(dict.fromkeys(row["input"] for row in rows))[::-1]
    kinds = list(dict.fromkeys(row["index"] for row in rows))
    for number, kind in enumerate(kinds):
        chosen = [row for row in rows if row["index"] == kind]
        places = [inputs.index(row["input"]) + 0.16 * (0.5 - number) * 2 for row in chosen]
        values = [row["value"] for row in chosen]
        reach = [row["high"] - row["value"] for row in chosen]
        axes.errorbar(
            values, places, xerr=reach, fmt=MARKS[number % 2], color=COLOURS[number % 2], capsize=4, markersize=7, label=kind
        )
    axes.axvline(0.0, color="#888888", linewidth=0.8)
    axes.set_yticks(range(len(inputs)), inputs, fontsize=9)
    axes.set_ylim(-0.6, len(inputs) - 0.4)
    axes.set_xlabel(f"{subject.experiment['unit']} of {subject.experiment['outcome']} (95% interval)")
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.legend(fontsize=10, frameon=False, loc="lower right")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
