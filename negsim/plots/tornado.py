"""What moves an outcome most: one bar a lever, from its lowest share to its highest."""

from typing import Any

from negsim.analysis.runs.pivots import EVEN, Move, Pivots
from negsim.names.levers import lever_name, setting_words
from negsim.names.numbers import percent
from negsim.names.outcomes import outcome_name
from negsim.plots import Subject, plot
from negsim.plots.marks import LESS, MORE, Row, lay_rows, letters, percent_axis, reach

MOST, FEW = 14, 4  # levers that are drawn, and where none moves it
LEAST = 0.2  # of shares that are in view
NOTE = (
    "Each bar: the lever moved alone, under the same draws; lines: 95% intervals of the difference. Dotted: even odds. What moves"
    " nothing is left out, unless nothing does."
)


@plot("tornado", "pivots", NOTE, takes=("outcome",))
def tornado(subject: Subject, axes: Any) -> Any:
    """Share of runs with an outcome as each lever is moved alone, with intervals; by `negsim explain`."""
    if not isinstance(subject.found, Pivots):
        raise ValueError("a tornado is drawn of what `negsim explain` finds")
    found, scenario = subject.found, subject.scenario
    base = found.share.share
    levers: dict[str, list[Move]] = {}
    for move in found.moves:
        lever = move.levers[0]
        cited = f" ({', '.join(lever.statements)})" if lever.statements else " (assumed)"
        levers.setdefault(lever_name(scenario, lever) + cited, []).append(move)
    reached_by = {name: max(abs(move.difference) for move in levers[name]) for name in levers}
    moving = [name for name in levers if reached_by[name]] or list(levers)[:FEW]
    shown = sorted(moving, key=lambda name: -reached_by[name])[:MOST]
    places = lay_rows(axes, [Row(name) for name in shown], tall=1.8)
    for place, name in zip(places, shown):
        for sign, colour in ((1, MORE), (-1, LESS)):
            mine = [move for move in levers[name] if sign * move.difference > 0.0]
            if mine:
                _bar(axes, place, base, max(mine, key=lambda move: abs(move.difference)), colour)
    axes.axvline(base, color="black", linewidth=1)
    axes.axvline(0.5, color="#888888", linewidth=0.8, linestyle=":")
    ends = [end for moves in levers.values() for move in moves for end in (move.difference, move.low, move.high)]
    reached = [min(1.0, max(0.0, base + end)) for end in (ends or [0.0])]
    room = [_room(axes, [move for name in shown for move in levers[name] if sign * move.difference > 0.0]) for sign in (-1, 1)]
    spare = max(0.0, LEAST - (max(reached) - min(reached))) / 2.0
    low, high = min(reached) - spare, max(reached) + spare
    whole = (high - low) / max(0.2, 1.0 - sum(room))  # with words on either side
    axes.set_xlim(low - room[0] * whole, high + room[1] * whole)
    axes.set_xticks(
        [tick for tick in axes.get_xticks() if -1e-9 <= tick <= 1.0 + 1e-9 and axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
    )
    percent_axis(axes.xaxis)
    axes.set_xlabel("share of runs")
    axes.set_title(_finding(found, scenario), loc="left")
    return axes


def _bar(axes: Any, place: float, base: float, move: Move, colour: str) -> None:
    """Draw a move from where the outcome stands, with its interval and what the lever is moved to."""
    up = move.difference > 0.0
    axes.barh(place, move.difference, left=base, height=0.9, color=colour, alpha=0.85)
    arms = reach(max(move.low, -base), move.difference, min(move.high, 1.0 - base))  # a share ends at 0 and 1
    axes.errorbar(base + move.difference, place, xerr=arms, fmt="none", ecolor="black", elinewidth=1, capsize=2)
    far = min(1.0, base + max(move.difference, move.high)) if up else max(0.0, base + min(move.difference, move.low))
    axes.annotate(
        _value(move), (far, place), (4 if up else -4, 0), textcoords="offset points", va="center", ha="left" if up else "right",
        fontsize="x-small",
    )  # fmt: skip


def _room(axes: Any, moves: list[Move]) -> float:
    """Return the share of the axes that the words beside bars take."""
    return 0.04 + max((0.72 * len(_value(move)) / letters(axes, 0.52) for move in moves), default=0.0)


def _value(move: Move) -> str:
    """Return what a lever is moved to, without what it is now."""
    return setting_words(move.levers[0], move.values[0]).removeprefix(": ").removeprefix(" at ").partition(" (now")[0]


def _finding(found: Pivots, scenario: Any) -> str:
    name = outcome_name(scenario, found.outcome)
    sure = [move for move in found.moves if move.low > 0.0 or move.high < 0.0]
    if not sure:
        return f"{name}: no lever moves it from {percent(found.share.share)} of runs"
    best = max(sure, key=lambda move: abs(move.difference))
    lever = best.levers[0]
    moved = f"{lever_name(scenario, lever)}{setting_words(lever, best.values[0])}"
    flips = sum(move.flips for move in found.moves)
    told = f"{name}, {percent(found.share.share)} of runs, moves most with {moved}: {percent(best.share.share)}"
    even = "below even odds" if found.share.share > EVEN else "to even odds"
    return told + ("" if flips else f"; no lever alone takes it {even}")
