"""Which inputs an outcome hangs on: their indices with intervals."""

from typing import Any

from negsim.analysis.runs.sensitivity import Sensitivity
from negsim.names.inputs import input_words
from negsim.names.numbers import percent
from negsim.names.outcomes import outcome_name
from negsim.plots import Subject, plot
from negsim.plots.marks import PALETTE, Row, lay_rows, legend_below, reach

NOTE = "Marks: index, free of the noise of replicates; lines: 95% intervals."
KINDS = {"saltelli": {"first": "alone", "total": "with others"}, "morris": {"mu": "mean effect", "size": "size"}}


@plot("indices", "indices", NOTE, takes=("outcome", "numbers"))
def indices(subject: Subject, axes: Any) -> Any:
    """Sensitivity indices of each varied input with 95% intervals; by `negsim sensitivity`."""
    if not isinstance(subject.found, Sensitivity):
        raise ValueError("indices are drawn of what `negsim sensitivity` finds")
    found, scenario = subject.found, subject.scenario
    places = lay_rows(axes, [Row(input_words(scenario, one.path)) for one in found.inputs], tall=1.8)
    kinds = KINDS[found.design]
    for at, (kind, words) in enumerate(kinds.items()):
        for place, one in zip(places, found.inputs):
            index = one.indices[kind]
            axes.errorbar(
                index.value, place + 0.35 * (2 * at - 1), xerr=reach(index.low, index.value, index.high), fmt="so"[at],
                color=PALETTE[at], capsize=3, label=words if place == places[0] else "_",
            )  # fmt: skip
    axes.axvline(0.0, color="#888888", linewidth=0.8)
    axes.grid(axis="x")
    axes.set_xlabel("share of the variance between points" if found.design == "saltelli" else "effect over the whole range")
    legend_below(axes)
    first, last = found.inputs[0], list(kinds)[-1]
    name, index = outcome_name(scenario, found.outcome), first.indices[last]
    told = (
        f"{percent(min(1.0, index.value))} of what varies between points"
        if found.design == "saltelli"
        else f"an effect of {index.value:.2f}"
    )
    idle = sum(one.indices[last].low <= 0.0 for one in found.inputs)
    text = (
        f"{name} hangs most on '{input_words(scenario, first.path)}': {told}"
        if index.low > 0.0
        else f"{name}: no input moves it beyond noise"
    )
    axes.set_title(
        text + (f"; {idle} input{'s' if idle > 1 else ''} may do nothing" if 0 < idle < len(found.inputs) else ""), loc="left"
    )
    return axes
