"""How a scenario's issues are laid out for bargaining: compounds, deals and tracks, in one fixed order."""

import itertools
import math
from collections.abc import Iterator
from typing import NamedTuple

from negsim.domain.scenario import Scenario

MOST_LINKED, MOST_COMBINATIONS = 12, 65_536  # issues that links tie into one, and their packages


class Layout(NamedTuple):
    """Order and grouping of a scenario's issues.

    Attributes
    ----------
    positions : list of str
        Scenario issues; those of one compound stand together, and so do those of one deal.
    compounds : list of list of str
        Issues as bargained over: one scenario issue, or one with those that depend on it or are linked to it.
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
    compounds: list[list[list[str]]] = []  # each of parts that are linked, each of an issue and those that depend on it
    deals: list[str] = []
    deal_of: list[int] = []
    track_of: list[int] = []
    for t, (track_id, track) in enumerate(scenario.tracks.items()):
        groups: dict[str, list[list[list[str]]]] = {}
        for key, issue in scenario.issues.items():
            if issue.track != track_id or issue.available_when:
                continue
            dependents = [other for other, candidate in scenario.issues.items() if candidate.available_after == key]
            name = track_id if scenario.package or track.procedure == "package" else issue.deal or key
            groups.setdefault(name, []).append([[key, *dependents]])
        for name, members in groups.items():
            deals.append(name)
            track_of.append(t)
            compounds += members
            deal_of += [len(deals) - 1] * len(members)
    if scenario.package:
        deals, track_of, deal_of = ["everything"], [-1], [0] * len(compounds)
    for tied in _ties(scenario):
        _tie(compounds, deal_of, tied)
    return Layout(
        [key for compound in compounds for part in compound for key in part],
        [[key for part in compound for key in part] for compound in compounds],
        [_packages(scenario, compound) for compound in compounds],
        deals,
        deal_of,
        track_of,
    )


def _ties(scenario: Scenario) -> Iterator[list[str]]:
    """Yield the issues that a link ties together, or a condition on what an actor takes."""
    for link in scenario.links:
        yield [name.partition(".")[0] for name in link.options]
    for refusal in scenario.refusals():
        for name in refusal.condition:
            yield [refusal.option.partition(".")[0], name.partition(".")[0]]


def _tie(compounds: list[list[list[str]]], deal_of: list[int], linked: list[str]) -> None:
    """Make one compound of two that are linked and bargained over together; others keep to what stands agreed elsewhere."""
    one, other = sorted(next(c for c, parts in enumerate(compounds) for part in parts if key in part) for key in linked)
    if one != other and deal_of[one] == deal_of[other]:
        compounds[one] += compounds.pop(other)
        deal_of.pop(other)


def _packages(scenario: Scenario, compound: list[list[str]]) -> list[tuple[int, ...]]:
    """Return the options of a compound, the status quo first.

    Raises
    ------
    ValueError
        If more issues are linked, or they have more combinations, than can be bargained over as one.
    """
    names = [key for part in compound for key in part]
    sizes = [[len(scenario.issues[key].options) for key in part] for part in compound]
    number = math.prod(1 + (first - 1) * math.prod(others) for first, *others in sizes)
    if len(names) > 1 and (len(names) > MOST_LINKED or number > MOST_COMBINATIONS):
        raise ValueError(
            f"links, conditions and available_when tie {len(names)} issues of one deal together, with {number:,} combinations; at"
            f" most {MOST_LINKED} issues and {MOST_COMBINATIONS:,} combinations are possible; untie some of: {', '.join(names)}"
        )
    parts = []
    for first, *others in sizes:
        changed = itertools.product(range(1, first), *(range(size) for size in others))
        parts.append([(0,) * (1 + len(others)), *changed])
    return [tuple(itertools.chain(*package)) for package in itertools.product(*parts)]
