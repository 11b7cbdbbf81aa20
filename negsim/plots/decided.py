"""What decided it: which draws make runs differ."""

from typing import Any

from negsim.analysis.runs.decided import Decided, Part
from negsim.names.levers import NOTHING_MUCH, leaf_name, sentence
from negsim.names.outcomes import outcome_name
from negsim.plots import Subject, plot
from negsim.plots.marks import LESS, PALETTE, Row, lay_rows, legend_below, percent_axis, reach

MOST, LEAVES = 5, 3  # rows of an outcome, and of readings below them
NOTE = (
    "Squares: how much of the difference between runs would be gone if that one thing were known; dots: how much it has a part"
    " in, together with others (these overlap). Lines: 95% intervals."
)


@plot("decided", "decided", NOTE, takes=("outcome",))
def decided(subject: Subject, axes: Any) -> Any:
    """Shares of each group of draws in what makes runs differ; by `negsim explain`."""
    found: list[Decided] = subject.found or []
    if not found or not isinstance(found[0], Decided):
        raise ValueError("what decided it is drawn of what `negsim explain` finds")
    scenario, rows = subject.scenario, list[tuple[Row, Part | None]]()
    for one in found:
        rows.append((Row(outcome_name(scenario, one.outcome), 0), None))
        if not one.groups:
            rows.append((Row("the same in all runs"), None))
        for group in [group for group in one.groups if group.total.value >= NOTHING_MUCH][:MOST]:
            rows.append((Row(group.words), group))
            if group.id == "readings":
                leaves = [leaf for leaf in one.readings if leaf.total.value >= NOTHING_MUCH][:LEAVES]
                rows += [(Row(leaf_name(scenario, leaf), 2), leaf) for leaf in leaves]
    places, new = lay_rows(axes, [row for row, _ in rows], tall=1.5), True
    for place, (_, part) in zip(places, rows):
        if part is None:
            continue
        for number, shape, colour, words, shift in (
            (part.first, "s", PALETTE[0], "known alone", -0.25),
            (part.total, "o", LESS, "together with others", 0.25),
        ):
            value, low, high = (min(1.0, max(0.0, end)) for end in number)
            axes.errorbar(
                value, place + shift, xerr=reach(low, value, high), fmt=shape, color=colour, capsize=2,
                markersize=5, label=words if new else "_",
            )  # fmt: skip
        new = False
    axes.set_xlim(-0.02, 1.02)
    percent_axis(axes.xaxis)
    axes.grid(axis="x")
    axes.set_xlabel("share of the difference between runs")
    legend_below(axes)
    told = max(found, key=lambda one: one.share.share * (1 - one.share.share))
    text = "it never varies" if not told.groups else sentence(scenario, told).split(". The")[0]
    axes.set_title(f"{outcome_name(scenario, told.outcome)}: {text}", loc="left")
    return axes
