"""Share of runs at each option, with its interval, beside what happened; several sources side by side."""

from typing import Any

from negsim.analysis.runs.arms import unpaired
from negsim.analysis.runs.assumptions import Assumed
from negsim.analysis.runs.ensembles import Share, option_shares
from negsim.analysis.runs.summary import ends_at
from negsim.domain.citation import ASSUMED, READ, STATED, citations, rests_on
from negsim.domain.issue import Option
from negsim.domain.scenario import Scenario
from negsim.names.numbers import percent
from negsim.names.outcomes import tracks_told
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import PALETTE, SHAPES, Row, bar, lay_rows, legend_below, letters, percent_axis, reach

LOOKS: dict[str, dict[str, Any]] = {
    STATED: {"facecolor": "#0b5394", "edgecolor": "#0b5394"},
    READ: {"facecolor": "#86aed6", "edgecolor": "#0b5394"},
    ASSUMED: {"facecolor": "white", "edgecolor": "#555555", "hatch": "////"},
}
RANGE = "range over what is assumed"
WORDS = {STATED: "stated by a source", READ: "read from its words", ASSUMED: "assumed"}
NOTE = (
    "Bars or marks: share of runs that end at an option, where it is not how things stand without agreement; lines: 95%"
    " intervals. The look of a bar says what prevails behind it."
)


def changes_of(scenario: Scenario, issue: str) -> list[Option]:
    """Return the options of an issue that are not its status quo."""
    return [option for option in scenario.issues[issue].options if option.id != scenario.quo_of(issue)]


def lines_of(scenario: Scenario) -> list[tuple[Row, str, str]]:
    """Return the rows of a scenario's tracks, issues and options, each with its issue and option (empty: a heading)."""
    found = []
    for key, track in scenario.tracks.items():
        found.append((Row(track.name or key, 0), "", ""))
        for issue_id, issue in scenario.issues.items():
            if issue.track != key:
                continue
            options = changes_of(scenario, issue_id)
            if len(options) == 1:
                found.append((Row(f"{scenario.label(issue_id)}: {options[0].label}"), issue_id, options[0].id))
                continue
            found.append((Row(scenario.label(issue_id)), issue_id, ""))
            found += [(Row(option.label, 2), issue_id, option.id) for option in options]
    return found


@plot("shares", RUNS, NOTE, takes=("beside",))
def shares(subject: Subject, axes: Any) -> Any:
    """Share of runs that end at each option, with what happened; several sources or arms side by side."""
    every = (subject, *subject.beside)
    scenario, lines = subject.scenario, lines_of(subject.scenario)
    places = lay_rows(axes, [row for row, _, _ in lines], tall=1.25 if len(every) == 1 else 0.55 * len(every) + 0.5)
    cited = citations(scenario)
    found = [_shares_of(one) for one in every]
    was_at = 1.0 + 7.0 / letters(axes, 0.5)  # where what happened is told, right of the widest percentage
    if any(not set(one) & set(found[0]) for one in found[1:]):
        raise ValueError("what is set beside has none of these issues and options")
    seen: set[str] = set()
    known = scenario.outcomes()
    for place, (_, issue, option) in zip(places, lines):
        if not issue:
            continue
        basis = rests_on(scenario, cited, [issue])
        if option and len(every) == 1:
            bar(axes, place, found[0][issue, option], "_" if basis in seen else WORDS[basis], linewidth=0.8, **LOOKS[basis])
            if subject.found and ends_at(issue, option) in subject.found:
                _range(axes, place, subject.found[ends_at(issue, option)], "_" if "range" in seen else RANGE)
                seen.add("range")
            seen.add(basis)
        elif option:
            told = [one.get((issue, option)) for one in found]
            _dots(axes, place, told, ["_" if one.label in seen else one.label for one in every])
            seen |= {one.label for one, held in zip(every, told) if held is not None}
        _happened(axes, (was_at, place), known.get(issue), issue, option, scenario)
    axes.set_xlim(0, was_at + 13.0 / letters(axes, 0.5) if known else was_at)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    percent_axis(axes.xaxis)
    axes.spines["bottom"].set_bounds(0, 1)
    axes.grid(axis="x")
    axes.set_xlabel("share of runs")
    if known:
        axes.text(was_at, -0.1, "what happened", fontsize="small", fontweight="bold", va="bottom")
    legend_below(axes)
    if len(every) == 1:
        axes.set_title(tracks_told(scenario, subject.table), loc="left")
    else:
        axes.set_title(_apart(scenario, every, found), loc="left")
    return axes


def _shares_of(subject: Subject) -> dict[tuple[str, str], Share]:
    """Return the share of each issue's options, by ids, over the runs of a subject; what it does not know is left out."""
    found: dict[tuple[str, str], Share] = {}
    for key, issue in subject.scenario.issues.items():
        if subject.table is not None and f"option.{key}" in subject.table.column_names:
            found |= {(key, option): one for option, one in option_shares(subject.table, key, issue.option_ids()).items()}
    return found


def _range(axes: Any, place: float, held: Assumed, label: str) -> None:
    axes.hlines(place + 0.48, held.least.share, held.most.share, color=PALETTE[1], linewidth=3, alpha=0.7, label=label)


def _dots(axes: Any, place: float, found: list[Share | None], labels: list[str]) -> None:
    for at, (one, label) in enumerate(zip(found, labels)):
        if one is None:
            continue
        where = place + 0.5 * (at - (len(found) - 1) / 2)
        colour = PALETTE[at % len(PALETTE)]
        axes.errorbar(
            one.share, where, xerr=reach(one.low, one.share, one.high), fmt=SHAPES[at % len(SHAPES)], color=colour, capsize=2,
            elinewidth=1.2, markersize=5, label=label, clip_on=False,
        )  # fmt: skip


def _happened(axes: Any, at: tuple[float, float], was: str | None, issue: str, option: str, scenario: Scenario) -> None:
    """Write what came about beside the row it belongs to."""
    if was is None:
        return
    if option and was == option:
        axes.text(*at, "\N{BLACK DIAMOND} so", va="center", fontsize="small")
    elif was == scenario.quo_of(issue) and (not option or len(changes_of(scenario, issue)) == 1):
        axes.text(*at, "left as it was", va="center", fontsize="small", color="#444444")


def _apart(scenario: Scenario, every: tuple[Subject, ...], found: list[dict[tuple[str, str], Share]]) -> str:
    """Say on which option those set side by side differ most."""
    widest, told, sure = 0.0, "", False
    for issue, option in found[0]:
        shares = [(one[issue, option], subject.label) for one, subject in zip(found, every) if (issue, option) in one]
        (low, least), (high, most) = (which(shares, key=lambda one: one[0].share) for which in (min, max))
        sure = sure or unpaired(high, low)[1] > 0.0
        if option != scenario.quo_of(issue) and high.share - low.share > widest:
            widest = high.share - low.share
            label = scenario.issues[issue].option(option).label
            told = f"{scenario.label(issue)}: {label}: {percent(high.share)} with '{most}', {percent(low.share)} with '{least}'"
    if not widest:
        return "They differ in nothing"
    return f"They differ most on {told}" if sure else f"They do not differ beyond chance; furthest apart on {told}"
