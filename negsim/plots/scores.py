"""How far off an ensemble was from what came about, beside models that know nothing."""

from typing import Any

from negsim.analysis.runs.scores import NULLS, Scores, as_well
from negsim.analysis.runs.scores import scores as scores_of
from negsim.names.numbers import percent
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import PALETTE, Row, aside, lay_rows, legend_below, reach

MARKS = dict(zip(NULLS, ("|", "x", "^", "v", "D"), strict=False))
NOTE = (
    "Ranked probability score: 0 foretold for certain, 1 the opposite foretold for certain; line: 95% interval of its sampling"
    " error. Marks: models that know nothing."
)


@plot("scores", RUNS, NOTE)
def scores(subject: Subject, axes: Any) -> Any:
    """Score of each issue whose outcome is known, and their mean, beside null models.

    Raises
    ------
    ValueError
        If no source says what came about.
    """
    scenario = subject.scenario
    found: Scores = subject.found or scores_of(subject.table, scenario, subject.seed)
    if not found.issues:
        raise ValueError(f"no source of '{scenario.id}' says what came about in the end")
    rows = [Row("Mean over all events", 0), *(Row(scenario.label(one.issue)) for one in found.issues)]
    places = lay_rows(axes, rows, tall=1.4)
    own = found.means[0]
    axes.errorbar(
        own.value, places[0], xerr=reach(own.low, own.value, own.high), fmt="o", color=PALETTE[0], capsize=3, label="negsim"
    )
    for one in found.means[1:]:
        _null(axes, one.value, places[0], one.name, one.name)
    for place, issue in zip(places[1:], found.issues):
        axes.plot(issue.model, place, "o", color=PALETTE[0])
        for name, value in issue.nulls.items():
            _null(axes, value, place, name, "_")
        was = scenario.issues[issue.issue].option(issue.was).label
        aside(axes, f"was: {was} ({percent(issue.probability)})", place, size="x-small")
    axes.set_xlim(left=-0.02)
    axes.grid(axis="x")
    axes.set_xlabel("ranked probability score (less is better)")
    legend_below(axes, 6)
    level = as_well(found)
    events = len({one.event for one in found.issues})
    over = f"{events} event{'s' if events > 1 else ''}"
    told = f"Mean score {own.value:.2f} over {over}"
    if level:
        names = ", ".join(f"'{name}'" for name in level[:2]) + (f" and {len(level) - 2} more" if level[2:] else "")
        axes.set_title(f"{told}: cannot be told from {names}, which know nothing", loc="left")
    else:
        axes.set_title(f"{told}: better than every model that knows nothing", loc="left")
    return axes


def _null(axes: Any, value: float, place: float, name: str, label: str) -> None:
    axes.plot(value, place, MARKS.get(name, "x"), color=PALETTE[1], mfc="none", markersize=7, linestyle="none", label=label)
