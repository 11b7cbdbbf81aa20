"""Whether what was given a chance came about as often."""

from typing import Any

import numpy as np

from negsim.analysis.runs.ensembles import option_shares, share
from negsim.analysis.runs.scores import final_outcomes
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import PALETTE, SOFT, percent_axis

BINS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0 + 1e-9)
NOTE = (
    "Each tick: an option of an issue whose outcome is known, at the chance it was given, above if it came about, below if not;"
    " dots: how often those in one band of chances did, with 95% intervals. On the line: as often as foretold."
)


@plot("calibration", RUNS, NOTE, takes=("beside",))
def calibration(subject: Subject, axes: Any) -> Any:
    """How often options came about, by the chance they were given.

    Raises
    ------
    ValueError
        If no source says what came about.
    """
    given, came = [], []
    for one in (subject, *subject.beside):
        known, _ = final_outcomes(one.scenario)
        for key, was in known.items():
            if one.table is not None:
                for option, found in option_shares(one.table, key, one.scenario.issues[key].option_ids()).items():
                    given.append(found.share)
                    came.append(option == was.option)
    if not given:
        raise ValueError(f"no source of '{subject.scenario.id}' says what came about in the end")
    chances, happened = np.array(given), np.array(came)
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle="--")
    axes.plot(chances[happened], np.full(happened.sum(), 1.04), "|", color=PALETTE[0], markersize=10, clip_on=False)
    axes.plot(chances[~happened], np.full((~happened).sum(), -0.04), "|", color="#888888", markersize=10, clip_on=False)
    band = np.digitize(chances, BINS) - 1
    inside, filled = 0, 0
    for number in range(len(BINS) - 1):
        mine = band == number
        if mine.any():
            found, mean = share(int(happened[mine].sum()), int(mine.sum())), float(chances[mine].mean())
            arms = [[max(0.0, found.share - found.low)], [max(0.0, found.high - found.share)]]
            axes.errorbar(mean, found.share, yerr=arms, fmt="o", color=PALETTE[1], capsize=3)
            axes.annotate(f"{found.hits}/{found.of}", (mean, found.share), (6, 4), textcoords="offset points", fontsize="small")
            inside += found.low <= mean <= found.high
            filled += 1
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.08, 1.08)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
        percent_axis(axis)
    axes.set_xlabel("chance given: share of runs")
    axes.set_ylabel("how often it came about")
    told = f"{inside} of {filled} bands of chances hold what was foretold"
    axes.set_title(f"{told}; {len(chances)} options, {int(happened.sum())} came about: far too few to be sure", loc="left")
    if happened.sum() > 100:
        axes.set_title(f"{told}; {len(chances)} options, {int(happened.sum())} came about", loc="left")
    return axes
