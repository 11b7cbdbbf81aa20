"""How far each side moved in one run."""

from typing import Any

import numpy as np

from negsim.analysis.runs.offers import deal_number, spoken
from negsim.names.actors import deal_name, name_of
from negsim.names.outcomes import without_deal
from negsim.plots import SCENARIO, Subject, plot
from negsim.plots.marks import LINES, SHAPES, broken, colour_of, legend_below, letters

NOTE = "Each mark: an offer, at what it would have brought the side that makes it (filled) and the others (hollow), of one run."


@plot("concession", SCENARIO, NOTE, takes=("run", "deal"))
def concession(subject: Subject, axes: Any) -> Any:
    """Concession curves of one run: what each offer is worth to who makes it, and to the others.

    Raises
    ------
    ValueError
        If nothing is offered in the run, or not on the deal asked for.
    """
    scenario = subject.scenario
    run = spoken(scenario, subject.seed, subject.replicate)
    number = deal_number(run, subject.deal)
    offers = [one for one in run.offers if one.deal == number]
    if not offers:
        raise ValueError(f"run {subject.replicate}: nothing is offered{f' on {subject.deal}' if subject.deal else ''}")
    parties, moved = list(scenario.parties), []
    turn = {one.step: at for at, one in enumerate(offers, start=1)}
    for seat, party in enumerate(parties):
        own = [one for one in offers if one.party == seat]
        if not own:
            continue
        x, worths = [turn[one.step] for one in own], np.array([one.worths for one in own])
        colour, shape, line = colour_of(scenario, party), SHAPES[seat % 6], LINES[seat % 6]
        axes.plot(
            x,
            worths[:, seat],
            color=colour,
            marker=shape,
            linestyle=line,
            label=f"offers of {name_of(scenario, party)}, to itself",
        )
        others = np.delete(worths, seat, axis=1).mean(axis=1)
        axes.plot(
            x,
            others,
            color=colour,
            marker=shape,
            linestyle=line,
            linewidth=0.9,
            mfc="white",
            markersize=4,
            label=f"offers of {name_of(scenario, party)}, to the others",
        )
        moved.append((name_of(scenario, party), float(worths[0, seat]), float(worths[-1, seat])))
    fits = 12.0 * len(offers) / letters(axes, 0.8)  # offers that a label of a session takes the width of
    last = -fits
    for at, (one, before) in enumerate(zip(offers[1:], offers), start=2):
        if one.session != before.session:
            axes.axvline(at - 0.5, color="#999999", linewidth=0.9, linestyle=":")
            if at - last >= fits:
                where = (at - 0.4, 1.0)
                axes.annotate(
                    f"session {one.session + 1}", where, xycoords=("data", "axes fraction"), va="top", fontsize="x-small"
                )
                last = at
    axes.axhline(0.0, color="#444444", linewidth=0.9)
    axes.set_xlabel("offer, in order")
    axes.set_ylabel(broken(f"gain over {without_deal(scenario)} on this deal", letters(axes, 0.3)))
    axes.margins(x=0.04)
    axes.xaxis.get_major_locator().set_params(integer=True)
    legend_below(axes, 4)
    told = "; ".join(f"{name} {_moved(first, last)}" for name, first, last in moved)
    ended = "agreed at the table" if number in run.closed else "no agreement"
    name = deal_name(scenario, run.talks.layout.deals[number])
    axes.set_title(f"{name}, run {subject.replicate}: {told}; {ended}", loc="left")
    return axes


def _moved(first: float, last: float) -> str:
    change = last - first
    if abs(change) < 5e-4:
        return "does not move"
    return f"{'gives up' if change < 0 else 'asks for'} {abs(change):.2f}{'' if change < 0 else ' more'}"
