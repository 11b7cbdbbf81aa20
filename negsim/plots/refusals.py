"""Who blocks what: issue by who alone could have closed it."""

import textwrap
from typing import Any

import numpy as np

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot

RARE = 0.02  # share below which, on every issue, those who block are told together as others


def size(scenario: Scenario) -> tuple[float, float]:
    """Return width and height in inches for a scenario's issues."""
    return 10.0, 2.2 + 0.42 * len(scenario.issues)


@plot("refusals", size)
def refusals(subject: Subject, axes: Any) -> Any:
    """Share of runs in which each issue was left open, by who alone could have closed it."""
    scenario, table = subject.scenario, subject.table
    told = sorted({who for key in scenario.issues for who in set(table[f"blocked_by.{key}"].to_pylist()) if who})
    columns = sorted(told, key=lambda who: (" + " in who, who.count("; "), who)) or [*scenario.parties]
    issues = [key for track in scenario.tracks for key, issue in scenario.issues.items() if issue.track == track]
    shares = np.zeros((len(issues), len(columns)))
    for row, key in enumerate(issues):
        found = table[f"blocked_by.{key}"].to_pylist()
        shares[row] = [found.count(name) / max(1, len(found)) for name in columns]
    often = shares.max(axis=0) >= RARE
    if not often.all():
        shares = np.column_stack([shares[:, often], shares[:, ~often].sum(axis=1)])
        columns = [*(name for name, seen in zip(columns, often) if seen), ""]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(*shares.shape):
        value = shares[row, column]
        axes.text(
            column, row, f"{100 * value:.0f}%", ha="center", va="center", fontsize=9, color="white" if value > 0.55 else "black"
        )
    axes.set_xticks(range(len(columns)), [_name(scenario, who) for who in columns], fontsize=8)
    axes.set_yticks(range(len(issues)), [scenario.label(key) for key in issues], fontsize=9)
    axes.set_xlabel("who alone, or each alone, could have closed it: share of runs (the rest: closed)")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return axes


def _name(scenario: Scenario, blockers: str) -> str:
    """Name those who block, in short lines: each alone, or with each other."""
    if not blockers:
        return "others"
    apart = "; " if "; " in blockers else " + "
    named = {key: party.name for key, party in scenario.parties.items()}
    named |= {key: mediator.name for key, mediator in scenario.mediators.items()}
    names = ["\n".join(textwrap.wrap(named[key] or key, 12)) for key in blockers.split(apart)]
    return "each of\n" + ",\n".join(names) if apart == "; " and len(names) > 1 else "\nwith ".join(names)
