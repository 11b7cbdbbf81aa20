"""How each setting of the levers holds over what nobody knows."""

from typing import Any, NamedTuple

from negsim.analysis.runs.expression import is_share
from negsim.analysis.runs.robustness import Setting, least
from negsim.names.inputs import input_words
from negsim.names.numbers import number
from negsim.names.outcomes import outcome_name
from negsim.plots import Subject, plot
from negsim.plots.marks import LESS, MORE, SOFT, Row, aside, broken, lay_rows, legend_below, letters

NOTE = (
    "Bars: from the worst point of what nobody knows to the best; dashed: what is asked for. Right: at how many points it is met."
)


class Held(NamedTuple):
    """How the settings of levers hold, and what is asked of the outcome."""

    settings: list[Setting]
    outcome: str
    at_least: float


@plot("levers", "levers", NOTE, takes=("outcome", "numbers", "at-least"))
def levers(subject: Subject, axes: Any) -> Any:
    """Outcome of each setting of the levers from its worst to its best point; by `negsim robustness`."""
    if not isinstance(subject.found, Held):
        raise ValueError("levers are drawn of what `negsim robustness` finds")
    found, scenario = subject.found, subject.scenario
    settings = found.settings
    rows = [", ".join(number(value) for value in one.levers.values()) for one in settings]
    names = [input_words(scenario, name) for name in settings[0].levers]
    places = lay_rows(axes, [Row("; ".join(names), 0), *(Row(text) for text in rows)], tall=1.3)
    heading, places = places[0], places[1:]
    axes.hlines(places, [one.worst.value for one in settings], [one.best for one in settings], color="#bbbbbb", linewidth=5)
    for shape, colour, label, values in (
        ("v", LESS, "worst point", [one.worst.value for one in settings]),
        ("o", MORE, "mean over points", [one.mean.value for one in settings]),
        ("^", SOFT, "best point", [one.best for one in settings]),
    ):
        axes.plot(values, places, shape, color=colour, label=label)
    axes.axvline(found.at_least, color="black", linewidth=1, linestyle="--")
    for place, one in zip(places, settings):
        told = f"{one.satisfices.hits}/{one.satisfices.of}"
        aside(axes, told, place)
    aside(axes, "met at", heading)
    axes.set_xlim(left=min(0.0, *(one.worst.value for one in settings)) - 0.02)
    axes.grid(axis="x")
    axes.set_xlabel(
        broken(
            f"{'share of runs' if is_share(found.outcome) else 'mean'}: {outcome_name(scenario, found.outcome)}",
            letters(axes, 0.55),
        )
    )
    legend_below(axes)
    first = least(settings)
    nearest = first or max(settings, key=lambda one: (one.surely.hits, one.worst.value))
    set_to = [number(value) for value in nearest.levers.values()]
    named = f"'{names[0]}: {set_to[0]}'" if len(set_to) == 1 else ", ".join(set_to)
    text = f"{named} is the first setting that is enough at every point"
    if first is None:
        points = f"{nearest.surely.hits} of {nearest.surely.of} points"
        text = f"No setting is enough everywhere: the nearest, {named}, surely is at {points}"
    axes.set_title(text, loc="left")
    return axes
