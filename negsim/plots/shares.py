"""Share of runs at each option, one bar an issue."""

from typing import Any

from negsim.analysis.runs.ensembles import option_shares
from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot

# Light grey for the status quo, then darker along one colour-blind-safe ramp (cividis-like), told apart in greyscale too.
COLOURS = ("#eeeeee", "#a6c3dc", "#5b8db8", "#1f5a8f", "#0b2f52", "#061a2e")


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches for a scenario's issues."""
    return 10.0, 1.6 + 0.62 * len(scenario.issues)


@plot("shares", size)
def shares(subject: Subject, axes: Any) -> Any:
    """Share of runs that end at each option, per issue.

    Parameters
    ----------
    subject : Subject
    axes : matplotlib Axes

    Returns
    -------
    matplotlib Axes
    """
    table, scenario = subject.table, subject.scenario
    issues = [key for track in scenario.tracks for key, issue in scenario.issues.items() if issue.track == track]
    for row, key in enumerate(issues):
        issue = scenario.issues[key]
        left, notes = 0.0, []
        found_shares = option_shares(table, key, issue.option_ids())
        for number, option in enumerate(issue.options):
            found = found_shares[option.id]
            axes.barh(row, found.share, left=left, height=0.5, color=COLOURS[min(number, 5)], edgecolor="white")
            if found.share >= 0.07:
                axes.text(
                    left + found.share / 2,
                    row,
                    f"{100 * found.share:.0f}%",
                    ha="center",
                    va="center",
                    fontsize=9,
                    color="black" if number < 2 else "white",
                )
            left += found.share
            notes.append(f"{option.label} {100 * found.share:.1f}%" if number else "")
        axes.text(
            0.0,
            row - 0.30,
            "  |  ".join(note for note in notes if note),
            fontsize=7.5,
            va="bottom",
            ha="left",
            color="#444444",
        )
    axes.set_yticks(range(len(issues)), [scenario.label(key) for key in issues], fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("share of runs; lightest: status quo, darker: options later in the issue's list")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
