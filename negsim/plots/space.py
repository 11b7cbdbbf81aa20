"""What one negotiation could have ended in: packages, frontier, floors, fair points, and the path of offers."""

from typing import Any

import numpy as np

from negsim.analysis.draws.deals import lay_table, space
from negsim.analysis.runs.offers import deal_number, spoken
from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.space import frontier_of
from negsim.names.actors import deal_name, name_of
from negsim.plots import SCENARIO, Subject, plot
from negsim.plots.marks import SHAPES, SOFT, broken, colour_of, legend_below, letters

MOST_PACKAGES = 20_000
FAIR = {"nash": "Nash", "kalai_smorodinsky": "Kalai-Smorodinsky", "egalitarian": "egalitarian", "utilitarian": "utilitarian"}
NOTE = (
    "Small dots: packages, crosses: those that a red line rules out; line: frontier of what all accept; dotted: floors, below"
    " which a side would rather have no deal; stars: fair points. Preferences as drawn for this run, at its first session."
    " Of more sides than two, the first two are drawn."
)


@plot("space", SCENARIO, NOTE, takes=("run", "deal"))
def utility_space(subject: Subject, axes: Any) -> Any:
    """Frontier, floors, fair points and the path of offers of one negotiation, in the space of utilities.

    Raises
    ------
    ValueError
        If no such deal is bargained over, or no preferences can be drawn.
    """
    scenario = subject.scenario
    run = spoken(scenario, subject.seed, subject.replicate)
    table = lay_table(scenario, 1, subject.seed, first=subject.replicate)
    number = max(0, deal_number(run, subject.deal))
    deal = table.deals[number]
    whole = space(table, deal, 0)
    free = table.draws.free[0][:, deal.lo : deal.hi]
    first, second = list(scenario.parties)[:2]
    names = [name_of(scenario, party) for party in (first, second)]
    if whole.outcomes <= MOST_PACKAGES:
        sums = [_sums(worths, whole.sizes)[deal.quo :] for worths in (free, whole.worths)]  # the first is the status quo
        fine = np.isfinite(sums[1]).all(axis=1)
        if not fine.all():
            axes.plot(*sums[0][~fine][:, :2].T, "x", color="#bbbbbb", markersize=3.5, label=f"ruled out ({int((~fine).sum()):,})")
        axes.plot(*sums[0][fine][:, :2].T, "o", color="#888888", markersize=3, label=f"packages ({int(fine.sum()):,})")
    for which, floor in ((axes.axvline, whole.floors[0]), (axes.axhline, whole.floors[1])):
        which(float(floor), color=SOFT, linewidth=1, linestyle=":")
    frontier = frontier_of(whole)
    if len(frontier.points):
        line = "-" if len(scenario.parties) == 2 else "none"  # of more sides it is no line in this plane
        order = np.argsort(frontier.points[:, 0], kind="stable")
        axes.plot(*frontier.points[order][:, :2].T, linestyle=line, color="black", linewidth=1.4, marker=".", label="frontier")
        points = np.maximum(frontier.points - whole.floors, 0.0)
        rows: dict[int, list[str]] = {}
        for rule, words in FAIR.items():
            rows.setdefault(solutions.SOLUTIONS[rule](points), []).append(words)
        for row, rules in rows.items():
            told = "all standards" if len(rules) == len(FAIR) else ", ".join(rules)
            axes.plot(
                *frontier.points[row][:2],
                marker="*",
                markersize=13,
                color="#b58900",
                mec="black",
                mew=0.5,
                linestyle="none",
                label=f"fair: {told}",
            )
    for seat, party in enumerate((first, second)):
        path = [_worth(free, one.package[deal.lo : deal.hi]) for one in run.offers if one.deal == number and one.party == seat]
        if path:
            x, y = np.array(path)[:, :2].T
            axes.plot(
                x,
                y,
                marker=SHAPES[seat],
                color=colour_of(scenario, party),
                linewidth=1.2,
                markersize=5,
                label=f"offers of {names[seat]}",
            )
    nothing = (0.0, 0.0) if deal.quo else whole.floors[:2]
    axes.plot(*nothing, marker="X", markersize=9, color="black", linestyle="none", label="no deal")
    axes.margins(0.08)
    counted = "surplus over no deal" if deal.quo else "utility"
    axes.set_xlabel(broken(f"{counted}, {names[0]}", letters(axes, 0.75)))
    axes.set_ylabel(broken(f"{counted}, {names[1]}", letters(axes, 0.3)))
    legend_below(axes, 4)
    ended = "agreed" if number in run.closed else "not agreed"
    count = len(frontier.points)
    room = f"{count} efficient package{'s' if count > 1 else ''} all could accept" if count else "no package all could accept"
    axes.set_title(f"{deal_name(scenario, deal.id)}, run {subject.replicate}: {room}; {ended} at the table", loc="left")
    return axes


def _sums(worths: Any, sizes: Any) -> Any:
    """Return what every package is worth, shape (package, party)."""
    total = np.zeros((1, len(worths)))
    for issue, size in enumerate(sizes.tolist()):
        total = (total[:, None, :] + worths[:, issue, :size].T[None, :, :]).reshape(-1, len(worths))
    return total


def _worth(free: Any, package: Any) -> Any:
    return np.sum([free[:, issue, option] for issue, option in enumerate(package.tolist())], axis=0)
