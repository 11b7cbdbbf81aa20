"""What each arm or point changes: paired differences to the first, beside the direction that was written down before."""

from typing import Any

from negsim.analysis.runs.arms import by_point, compare, verdict
from negsim.names.inputs import input_words
from negsim.names.numbers import number
from negsim.names.outcomes import outcome_name
from negsim.plots import POINTS, Subject, plot
from negsim.plots.marks import LESS, MORE, SOFT, Row, aside, broken, lay_rows, letters, reach
from negsim.plots.response import inputs_of, outcome_of

MOST = 30  # points that are drawn
NOTE = (
    "Dots: difference to the first, run by run where points share draws; lines: 95% intervals, each for itself. Right: what"
    " was expected, and whether."
)


@plot("differences", POINTS, NOTE, takes=("outcome",))
def differences(subject: Subject, axes: Any) -> Any:
    """Paired difference of each arm or point to the first, with the direction expected beforehand.

    Raises
    ------
    ValueError
        If the sweep has one point.
    """
    assert subject.table is not None
    scenario, inputs = subject.scenario, inputs_of(subject)
    if not inputs:
        raise ValueError("this picture needs a sweep of several points or arms; run one with --vary PATH=A,B,C")
    outcome, common = outcome_of(subject), subject.experiment.get("common", True)
    there = set(subject.table["arm"].to_pylist()) if "arm" in subject.table.column_names else set()
    arms = [arm for arm in subject.experiment.get("arms") or {} if arm in there]
    lines: list[tuple[str, float, float, float, float, str]] = []
    rows: list[str] = []
    if arms:
        for arm in compare(subject.table, arms, outcome, common=common):
            expected = subject.experiment.get("expected", {}).get(arm.name, "")
            told = f"expected: {expected}; {verdict(arm, expected)}" if expected else ""
            lines.append((number(arm.name), arm.share.share, arm.difference, arm.low, arm.high, told))
    else:
        points = len(set(subject.table["point"].to_pylist()))
        if points > MOST:
            raise ValueError(
                f"differences are drawn of up to {MOST} points, and these are {points}; draw 'response' or 'indices'"
            )
        for point in by_point(subject.table, inputs, outcome, common=common):
            words = ", ".join(f"{input_words(scenario, key)} = {number(value)}" for key, value in point.values.items())
            one = point.difference
            rows.append(", ".join(number(value) for value in point.values.values()) if len(inputs) > 1 else words)
            lines.append((words, one.share.share, one.difference, one.low, one.high, ""))
    heading = [Row("; ".join(input_words(scenario, name) for name in inputs), 0)] if rows and len(inputs) > 1 else []
    shown = [Row(f"{words} ({100 * line[1]:.0f}%)") for words, line in zip(rows or [line[0] for line in lines], lines)]
    if len(lines) < 2:
        raise ValueError("differences are to the first point, and there is no other yet")
    places = lay_rows(axes, [*heading, *shown], tall=1.5)[len(heading) :]
    for at, (place, (_, _, value, low, high, told)) in enumerate(zip(places, lines)):
        if at == 0:
            axes.plot(0.0, place, "|", color=SOFT, markersize=12)
            axes.annotate("the first", (0.0, place), (6, 0), textcoords="offset points", va="center", fontsize="small")
            continue
        sure = low > 0.0 or high < 0.0
        colour = (MORE if value > 0 else LESS) if sure else SOFT
        ends = reach(100 * low, 100 * value, 100 * high)
        axes.errorbar(
            100 * value, place, xerr=ends, fmt="o" if sure else "s", color=colour, capsize=3, mfc=colour if sure else "white"
        )
        if told:
            aside(axes, told, place)
    axes.axvline(0.0, color="#555555", linewidth=1)
    axes.grid(axis="x")
    draws = "" if common else "; each with draws of its own"
    axes.set_xlabel(broken(f"percentage points, of runs with: {outcome_name(scenario, outcome)}{draws}", letters(axes, 0.55)))
    axes.set_title(_finding(lines, outcome_name(scenario, outcome)), loc="left")
    return axes


def _finding(lines: list[tuple[str, float, float, float, float, str]], outcome: str) -> str:
    sure = [line for line in lines[1:] if line[3] > 0.0 or line[4] < 0.0]
    if not sure:
        return f"{outcome}: none differs from '{lines[0][0]}' beyond chance"
    words, _, value, low, high, _ = max(sure, key=lambda line: abs(line[2]))
    more = "more" if value > 0 else "less"
    told = f"{outcome}: '{words}' makes it {abs(100 * value):.0f} points {more} frequent ({100 * low:+.0f} to {100 * high:+.0f})"
    against, undecided = (sum(line[5].endswith(end) for line in lines) for end in ("against", "no effect"))
    told += f"; {against} against what was expected" if against else ""
    return told + (f"; {undecided} undecided" if undecided else "")
