"""How a scenario's issues are laid out for bargaining: compounds, deals and tracks, in one fixed order."""

import itertools
from typing import NamedTuple

from negsim.domain.scenario import Scenario


class Layout(NamedTuple):
    """Order and grouping of a scenario's issues.

    Attributes
    ----------
    positions : list of str
        Scenario issues; those of one compound stand together, and so do those of one deal.
    compounds : list of list of str
        Issues as bargained over: one scenario issue, or one with those that depend on it.
    packages : list of list of tuple of int
        For each compound its options, as one option index a member; the status quo first.
    deals : list of str
    deal_of : list of int
        Deal of each compound.
    track_of : list of int
        Track of each deal; -1 for all of them as one package.
    """

    positions: list[str]
    compounds: list[list[str]]
    packages: list[list[tuple[int, ...]]]
    deals: list[str]
    deal_of: list[int]
    track_of: list[int]


def lay_out(scenario: Scenario) -> Layout:
    """Group a scenario's issues, track by track in the order of the file."""
    compounds: list[list[str]] = []
    deals: list[str] = []
    deal_of: list[int] = []
    track_of: list[int] = []
    for t, (track_id, track) in enumerate(scenario.tracks.items()):
        groups: dict[str, list[list[str]]] = {}
        for key, issue in scenario.issues.items():
            if issue.track != track_id or issue.available_when:
                continue
            dependents = [other for other, candidate in scenario.issues.items() if candidate.available_when == f"{key} > 0"]
            name = track_id if scenario.package or track.procedure == "package" else issue.deal or key
            groups.setdefault(name, []).append([key, *dependents])
        for name, members in groups.items():
            deals.append(name)
            track_of.append(t)
            for compound in members:
                compounds.append(compound)
                deal_of.append(len(deals) - 1)
    if scenario.package:
        deals, track_of, deal_of = ["everything"], [-1], [0] * len(compounds)
    return Layout(
        [key for compound in compounds for key in compound],
        compounds,
        [_packages(scenario, compound) for compound in compounds],
        deals,
        deal_of,
        track_of,
    )


def _packages(scenario: Scenario, compound: list[str]) -> list[tuple[int, ...]]:
    sizes = [len(scenario.issues[key].options) for key in compound]
    nothing = (0,) * len(compound)
    changed = itertools.product(range(1, sizes[0]), *(range(size) for size in sizes[1:]))
    return [nothing, *changed]
