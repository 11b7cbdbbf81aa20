"""A scenario's deals as outcome spaces: one space a draw of preferences, and one for what is expected over all draws."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.spaces.space import Space
from negsim.domain.positions import Refusal
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import draw_batch
from negsim.engine.draws import Draws
from negsim.engine.layout import Layout, lay_out
from negsim.talks.redlines import shut_out


class Deal(NamedTuple):
    """What is bargained over at one go.

    Attributes
    ----------
    id : str
    track : str
        Empty for all tracks as one package.
    number : int
    lo, hi : int
        First of its compound issues, and the first after them.
    quo : int
        1 if it has a status quo, which is no agreement.
    """

    id: str
    track: str
    number: int
    lo: int
    hi: int
    quo: int


class Table(NamedTuple):
    """A scenario laid out for analysis, with draws of what its parties want.

    Attributes
    ----------
    scenario : Scenario
    layout : Layout
    deals : list of Deal
    sizes : array of int, shape (issue,)
    core : array of bool, shape (issue, option)
        Whether an option changes every core issue of its compound.
    refusals : list of Refusal
    masks : list of array of bool, shape (party, issue, option)
        What each of them shuts out for whom, if it is read as hard (consent withheld: as hard or price).
    draws : Draws
    seed : int
    """

    scenario: Scenario
    layout: Layout
    deals: list[Deal]
    sizes: Any
    core: Any
    refusals: list[Refusal]
    masks: list[Any]
    draws: Draws
    seed: int


def lay_table(scenario: Scenario, draws: int, seed: int, first: int = 0) -> Table:
    """Draw preferences, as the replicates from the first on begin with them, and lay a scenario out.

    Raises
    ------
    ValueError
        If no preferences can be drawn, as the statements leave the status quo no place.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> table = lay_table(load_scenario("two-issues"), draws=1, seed=1)
    >>> [deal.id for deal in table.deals]
    ['sale']
    """
    layout = lay_out(scenario)
    prior, case = to_arrays(scenario, seed)
    found = draw_batch(scenario, seed, first, draws)
    if found.failed.all():
        raise ValueError("no preferences can be drawn: the readings of a party's statements leave the status quo no place")
    found = Draws(*(part[~found.failed] for part in found))
    if all((part == part[:1]).all() for part in (found.worths, found.free, found.floors)):
        found = Draws(*(part[:1] for part in found))  # nothing is left open
    tracks = list(scenario.tracks)
    deals = []
    for number, (name, track) in enumerate(zip(layout.deals, layout.track_of)):
        found_deal = case.deals[number]
        lo, hi, quo = int(found_deal["first"]), int(found_deal["after"]), int(found_deal["quo"])
        deals.append(Deal(name, tracks[track] if track >= 0 else "", number, lo, hi, quo))
    core = np.ones((len(case.issues), case.option_of.shape[1]), bool)
    cores = {key for track in scenario.tracks.values() for key in track.core}
    for j, key in enumerate(layout.positions):
        if key in cores:
            core[case.positions["issue"][j]] &= case.option_of[j] != 0
    sizes = np.ascontiguousarray(case.issues["options"])
    refusals = scenario.refusals()
    masks = [shut_out(prior, case, r) != 0 for r in range(len(refusals))]
    return Table(scenario, layout, deals, sizes, core, refusals, masks, found, seed)


def space(table: Table, deal: Deal, draw: int) -> Space:
    """Return what could be agreed on a deal in one draw."""
    return _space(table, deal, table.draws.worths[draw], table.draws.floors[draw])


def expected_space(table: Table, deal: Deal) -> Space:
    """Return the deal with the surpluses and floors expected over all draws, and the red lines that hold in most of them.

    Surpluses add up over issues, so the expected surplus of a package is the sum of what is expected of its options.
    """
    barred = np.isneginf(table.draws.worths).mean(axis=0) > 0.5
    worths = np.where(barred, -np.inf, _mean(table.draws.free))
    return _space(table, deal, worths, table.draws.floors.mean(axis=0))


def core_only(table: Table, deal: Deal, whole: Space) -> Space:
    """Return a space without the packages that leave a core issue of the deal as it is: it holds the zone of agreement."""
    if deal.quo == 0 or table.core[deal.lo : deal.hi].all():
        return whole
    worths = whole.worths.copy()
    worths[0][~table.core[deal.lo : deal.hi]] = -np.inf
    return whole._replace(worths=worths, quo=0)


def compounds(table: Table, deal: Deal) -> list[list[str]]:
    """Return the scenario issues of a deal, compound by compound."""
    return table.layout.compounds[deal.lo : deal.hi]


def package_of(table: Table, deal: Deal, options: Any) -> dict[str, str]:
    """Return a package as option ids by issue."""
    named = {}
    for c, option in zip(range(deal.lo, deal.hi), options):
        for key, number in zip(table.layout.compounds[c], table.layout.packages[c][option]):
            named[key] = table.scenario.issues[key].option_ids()[number]
    return named


def options_of(table: Table, deal: Deal, package: dict[str, str]) -> list[int]:
    """Return a package's option numbers, one a compound; issues that are not named stay at their first option.

    Raises
    ------
    ValueError
        If an issue that depends on another is set while that one stays as it is.
    """
    found = []
    for c in range(deal.lo, deal.hi):
        names = table.layout.compounds[c]
        wanted = tuple(table.scenario.issues[key].option_ids().index(package[key]) if key in package else 0 for key in names)
        if wanted not in table.layout.packages[c]:
            raise ValueError(f"package: {names[1]} arises only where {names[0]} leaves its status quo")
        found.append(table.layout.packages[c].index(wanted))
    return found


def gains_of(table: Table, deal: Deal, package: tuple[int, ...]) -> Any:
    """Return what a package brings, red lines apart: over the status quo, or where there is none over the reservation value.

    Returns
    -------
    array, shape (draw, party)

    Examples
    --------
    >>> from negsim import load_scenario
    >>> table = lay_table(load_scenario("two-issues"), draws=1, seed=1)
    >>> gains_of(table, table.deals[0], (1, 2)).round(3).tolist()  # price high, delivery soon
    [[0.3, 0.3]]
    """
    gains = np.sum([table.draws.free[:, :, deal.lo + issue, option] for issue, option in enumerate(package)], axis=0)
    return gains if deal.quo else gains - table.draws.floors[:, :, deal.number]


def expected(gains: Any) -> Any:
    """Return what gains are expected to be, and the bounds of the middle 95% of draws, shape (party, 3)."""
    return np.stack([gains.mean(axis=0), *np.quantile(gains, [0.025, 0.975], axis=0)], axis=1)


def _space(table: Table, deal: Deal, worths: Any, floors: Any) -> Space:
    sizes = table.sizes[deal.lo : deal.hi]
    return Space(
        np.ascontiguousarray(worths[:, deal.lo : deal.hi]),
        np.ascontiguousarray(floors[:, deal.number]),
        np.ascontiguousarray(sizes),
        np.zeros_like(sizes),
        deal.quo,
    )


def _mean(worths: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the padding of short issues is -inf throughout
        return worths.mean(axis=0)
