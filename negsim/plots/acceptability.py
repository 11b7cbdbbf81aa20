"""Which packages all sides could accept, and how often."""

from typing import Any

from negsim.analysis.draws.acceptability import Candidate
from negsim.analysis.draws.survey import Survey, survey
from negsim.names.actors import deal_name, name_of
from negsim.names.numbers import percent
from negsim.names.packages import describe
from negsim.plots import SCENARIO, Subject, plot
from negsim.plots.marks import PALETTE, Row, aside, bar, broken, lay_rows, percent_axis

DRAWS = 1000
MOST = 5  # packages of a deal
NOTE = (
    "Bars: share of draws of what the texts leave open in which every side prefers the package to no deal; lines: 95% intervals."
)


@plot("acceptability", SCENARIO, NOTE)
def acceptability(subject: Subject, axes: Any) -> Any:
    """Share of draws in which each fair package is acceptable to all, with what it is expected to bring each side."""
    found: Survey = subject.found or survey(subject.scenario, DRAWS, subject.seed)
    scenario, rows = subject.scenario, list[tuple[Row, Candidate | None]]()
    for one in found.deals:
        rows.append((Row(deal_name(scenario, one.deal.id), 0), None))
        rows += [(Row(describe(found.table, one.deal, entry.package)), entry) for entry in one.candidates[:MOST]]
        if not one.candidates:
            rows.append((Row("none is acceptable in any draw"), None))
    places = lay_rows(axes, [row for row, _ in rows], tall=1.4)
    for place, (_, entry) in zip(places, rows):
        if entry is None:
            continue
        known = entry.acceptable
        sure = known if known.of > 1 else known._replace(low=known.share, high=known.share)  # nothing is left open
        bar(axes, place, sure, color=PALETTE[0])
        aside(axes, " / ".join(f"{gain[0]:+.2f}" for gain in entry.gains.tolist()), place, 5.0)
    parties = " / ".join(name_of(scenario, party) for party in scenario.parties)
    aside(axes, broken(f"gain: {parties}", 18), places[0], 5.0, "x-small")
    axes.set_xlim(0, 1.02)
    percent_axis(axes.xaxis)
    axes.grid(axis="x")
    draws = len(found.table.draws.floors)
    axes.set_xlabel(f"share of {draws:,} draws" if draws > 1 else "what all want is stated: a package is acceptable or not")
    axes.set_title(_finding(found), loc="left")
    return axes


def _finding(found: Survey) -> str:
    told = []
    for one in found.deals:
        name = deal_name(found.table.scenario, one.deal.id)
        if not one.candidates or not one.candidates[0].acceptable.hits:
            told.append((0.0, f"{name}: no package is"))
        else:
            best = one.candidates[0].acceptable.share
            told.append((best, f"{name}: the best package is in {percent(best)}"))
    told.sort(key=lambda entry: -entry[0])
    chosen = [told[0], told[-1]] if len(told) > 1 else told
    return "Acceptable to all. " + "; ".join(text for _, text in chosen)
