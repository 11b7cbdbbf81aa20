"""Who blocks: which red line, withheld consent or floor shuts each option out, and the fewest that must give way.

A zone of agreement exists or not, given a set of constraints; dropping one never closes it. So the smallest sets whose dropping
opens it (repairs) and the smallest that keep it closed whatever else is dropped (conflicts) are dual: each repair meets each
conflict (Reiter 1987, "A theory of diagnosis from first principles", Artificial Intelligence 32).
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.draws.deals import Deal, Table, compounds, core_only, space
from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.spaces.space import ROUNDING, Space, can_agree
from negsim.core.pareto import can_agree as _can_agree
from negsim.core.registry import maker
from negsim.core.state import HARD, PRICE
from negsim.engine.compiler import native
from negsim.talks.blame import NO_FLOOR
from negsim.talks.values import CONCESSION, SILENCE

MOST_REPAIR = 3  # constraints in a set that is looked for in each draw
MOST_DRAWS = 300  # without a zone, in which sets are looked for
MOST_LISTED = 12  # constraints of which all sets are gone through


class Constraint(NamedTuple):
    """Something that keeps packages out.

    Attributes
    ----------
    kind : str
        "red line", "consent" (withheld), or "floor".
    who : str
    statement : str
        Empty for a floor.
    """

    kind: str
    who: str
    statement: str = ""


class Block(NamedTuple):
    """Why an option is in no package acceptable to all: one cause, and the share of draws in which it is that.

    Attributes
    ----------
    kind : str
        "red line", "consent", "price" (a statement puts it below the status quo, and nothing makes up for it), "silence" (the
        same, from saying nothing on the issue), "floor" (no package with it reaches what the party asks for at least, by no
        statement on it) or "together" (each could have it, not all at once).
    """

    kind: str
    who: str
    statement: str
    share: float


class Blocked(NamedTuple):
    """An option of an issue: the share of draws in which some acceptable package has it, and what shuts it out in the others."""

    issue: str
    option: str
    possible: Share
    blocks: list[Block]


class Tally(NamedTuple):
    """A set of constraints, and the share of the draws without a zone in which it opens or shuts it."""

    constraints: tuple[Constraint, ...]
    share: Share


def zones(table: Table, deal: Deal) -> Any:
    """Return in which draws a deal has a zone of agreement, shape (draw,)."""
    return np.array([can_agree(core_only(table, deal, space(table, deal, row))) for row in range(len(table.draws.floors))])


@maker
def reachable(worths: Any, floors: Any, sizes: Any, first: Any, quo: int, found: Any) -> int:
    """Write, for each draw and option, whether some package with it is acceptable to all.

    Parameters
    ----------
    worths : array, shape (draw, party, issue, option)
    floors : array, shape (draw, party)
    found : array of bool, shape (draw, issue, option)
        Written.
    """
    least, most = first.copy(), sizes.copy()
    for row in range(len(floors)):
        for i in range(len(sizes)):
            for o in range(first[i], sizes[i]):
                least[i], most[i] = o, o + 1
                found[row, i, o] = _can_agree(worths[row], floors[row], most, least, quo)
                least[i], most[i] = first[i], sizes[i]
    return len(floors)


def blocked(table: Table, deal: Deal) -> list[Blocked]:
    """Return every option with the share of draws in which it is possible, and its blocks.

    Left out is the status quo; an issue that depends on another has none. A draw names every red line and withheld consent that
    covers the option; if there is none, every party that has no package with it at or above its floor; else that all could not
    have it together. So shares may add up to more than the draws in which it is shut out.
    """
    draws = table.draws
    worths = np.ascontiguousarray(draws.worths[:, :, deal.lo : deal.hi])
    floors = np.ascontiguousarray(draws.floors[:, :, deal.number]) - ROUNDING
    sizes = np.ascontiguousarray(table.sizes[deal.lo : deal.hi])
    reach = np.zeros((len(floors), *worths.shape[2:]), bool)
    native(reachable)(worths, floors, sizes, np.zeros_like(sizes), deal.quo, reach)
    found = []
    position = {key: j for j, key in enumerate(table.layout.positions)}
    for c in range(deal.lo, deal.hi):
        best = np.where(np.isfinite(worths), worths, -np.inf).max(axis=3)  # (draw, party, issue)
        others = np.delete(best, c - deal.lo, axis=2).sum(axis=2)
        for at, key in enumerate(table.layout.compounds[c]):
            ids = table.scenario.issues[key].option_ids()
            upon = table.scenario.issues[key].available_after
            arises = table.layout.compounds[c].index(upon) if upon else -1
            for number in range(0 if upon else deal.quo, len(ids)):
                having = [
                    o
                    for o, package in enumerate(table.layout.packages[c])
                    if package[at] == number and (arises < 0 or package[arises] > 0)
                ]
                possible: Any = reach[:, c - deal.lo, having].any(axis=1)
                causes: dict[tuple[str, str, str], int] = {}
                for row in np.flatnonzero(~possible).tolist():
                    for cause in _causes(table, row, c, having, others[row], floors[row], position[key], number):
                        causes[cause] = causes.get(cause, 0) + 1
                shares = sorted(((n / len(floors), cause) for cause, n in causes.items()), reverse=True)
                blocks = [Block(*cause, share) for share, cause in shares]
                found.append(Blocked(key, ids[number], share(int(possible.sum()), len(possible)), blocks))
    return found


def _causes(
    table: Table, row: int, c: int, having: list[int], others: Any, floors: Any, j: int, number: int
) -> list[tuple[str, str, str]]:
    """Say what shuts an option of a compound's issue out in one draw: every cause that would do so by itself."""
    parties = list(table.scenario.parties)
    touching = [(key, mask[:, c, having].any(axis=0)) for key, mask in active(table, row)]
    alone = [key for key, shut in touching if shut.all()]
    if not alone and touching and np.any([shut for _, shut in touching], axis=0).all():
        alone = [key for key, shut in touching if shut.any()]  # none by itself, but all of them together
    causes = []
    for key in alone:
        actor = table.scenario.statements[key].actor
        causes.append(("red line" if actor in parties else "consent", actor, key))
    if causes:
        return causes
    worths = table.draws.worths[row, :, c, having]  # (option, party)
    for p in np.flatnonzero(worths.max(axis=0) + others < floors).tolist():
        kind, statement = priced(table, row, p, j, number)
        causes.append((kind, parties[p], statement))
    return causes or [("together", "", "")]


def priced(table: Table, row: int, p: int, j: int, number: int) -> tuple[str, str]:
    """Return why an option is worth less to a party than it asks for in a draw, as the kind of a block and its statement."""
    why = int(table.draws.why[row, p, j, number])
    values = table.draws.values[row, p, j]
    if why >= 0 and values[number] < values[0]:
        return "price", table.refusals[why].statements[0]
    if why == CONCESSION:
        return "price", _conceding(table, list(table.scenario.parties)[p], j, number)
    return "silence" if why == SILENCE else "floor", ""


def _conceding(table: Table, party: str, j: int, number: int) -> str:
    """Return the statement by which a party concedes an option, or offers what is its own to do."""
    issue = table.layout.positions[j]
    option = f"{issue}.{table.scenario.issues[issue].option_ids()[number]}"
    return next(one.statements[0] for one in table.scenario.positions() if (one.actor, one.option) == (party, option))


def active(table: Table, row: int) -> list[tuple[str, Any]]:
    """Return the statements that shut options out in a draw, with what they shut out, shape (party, issue, option)."""
    found: dict[str, Any] = {}
    for refusal, mask, reading in zip(table.refusals, table.masks, table.draws.readings[row].tolist()):
        withheld = reading == PRICE and refusal.actor in table.scenario.mediators
        if (reading == HARD or withheld) and mask.any():
            key = refusal.statements[0]
            found[key] = found[key] | mask if key in found else mask
    return list(found.items())


def constraints(table: Table, deal: Deal, row: int) -> dict[Constraint, Any]:
    """Return what keeps packages of a deal out in a draw: red lines and withheld consents with their masks, and floors."""
    found: dict[Constraint, Any] = {}
    for statement, mask in active(table, row):
        mine = mask[:, deal.lo : deal.hi]
        if mine.any():
            actor = table.scenario.statements[statement].actor
            kind = "red line" if actor in table.scenario.parties else "consent"
            found[Constraint(kind, actor, statement)] = mine
    for p, party in enumerate(table.scenario.parties):
        found[Constraint("floor", party)] = p
    return found


def opens(table: Table, deal: Deal, row: int) -> tuple[list[Constraint], Callable[[Iterable[Constraint]], bool]]:
    """Return the constraints of a draw, and a function that tells whether there is a zone once some of them give way."""
    known = constraints(table, deal, row)
    whole = space(table, deal, row)
    free = table.draws.free[row][:, deal.lo : deal.hi]

    def zone_without(dropped: Iterable[Constraint]) -> bool:
        gone = set(dropped)
        worths, floors = free.copy(), whole.floors.copy()
        for constraint, held in known.items():
            if constraint.kind == "floor":
                if constraint in gone:
                    floors[held] = NO_FLOOR
            elif constraint not in gone:
                worths[held] = -np.inf
        return can_agree(core_only(table, deal, Space(worths, floors, whole.sizes, whole.first, whole.quo)))

    return list(known), zone_without


def by_size(items: list[Any], holds: Callable[[tuple[Any, ...]], bool], most: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield for each size up to `most` the sets of items for which something holds, without those that contain another one.

    Parameters
    ----------
    items : list
    holds : callable
        Whether it holds for a set; if so, then for every larger one.

    Examples
    --------
    >>> list(by_size([1, 2, 3], lambda chosen: sum(chosen) >= 3, 3))
    [[], [(3,)], [(1, 2)], []]
    """
    found: list[tuple[Any, ...]] = []
    for size in range(min(most, len(items)) + 1):
        new = [
            chosen
            for chosen in itertools.combinations(items, size)
            if not any(set(smaller) <= set(chosen) for smaller in found) and holds(chosen)
        ]
        found += new
        yield new


def smallest_sets(items: list[Any], holds: Callable[[tuple[Any, ...]], bool]) -> list[tuple[Any, ...]]:
    """Return the sets for which something holds and no part of which would do; of many items, those of up to three."""
    most = len(items) if len(items) <= MOST_LISTED else MOST_REPAIR
    return [chosen for sets in by_size(items, holds, most) for chosen in sets]


def repairs_of(table: Table, deal: Deal, row: int) -> list[tuple[Constraint, ...]]:
    """Return the smallest sets of constraints whose giving way opens the zone of one draw; an empty set if it is open."""
    return smallest_sets(*opens(table, deal, row))


def conflicts_of(table: Table, deal: Deal, row: int) -> list[tuple[Constraint, ...]]:
    """Return the smallest sets of constraints that leave no zone in one draw, whatever else gives way."""
    items, zone_without = opens(table, deal, row)
    return smallest_sets(items, lambda kept: not zone_without(item for item in items if item not in kept))


def repairs(table: Table, deal: Deal, zone: Any) -> list[Tally]:
    """Return the fewest constraints that open the zone by giving way, over the draws without one; the most frequent first.

    Parameters
    ----------
    zone : array of bool, shape (draw,)
        From `zones`.
    """

    def fewest(row: int) -> list[tuple[Constraint, ...]]:
        items, zone_without = opens(table, deal, row)
        return next((sets for sets in by_size(items, zone_without, MOST_REPAIR) if sets), [])

    return _tallied(zone, fewest)


def conflicts(table: Table, deal: Deal, zone: Any) -> list[Tally]:
    """Return the smallest sets of constraints that leave no zone by themselves, over the draws without one; see `repairs`."""

    def fewest(row: int) -> list[tuple[Constraint, ...]]:
        items, zone_without = opens(table, deal, row)
        shut = by_size(items, lambda kept: not zone_without(item for item in items if item not in kept), MOST_REPAIR)
        return next((sets for sets in shut if sets), [])

    return _tallied(zone, fewest)


def _tallied(zone: Any, sets_of: Callable[[int], list[tuple[Constraint, ...]]]) -> list[Tally]:
    empty = np.flatnonzero(~zone)[:MOST_DRAWS].tolist()
    found: dict[tuple[Constraint, ...], int] = {}
    for row in empty:
        for chosen in sets_of(row):
            found[chosen] = found.get(chosen, 0) + 1
    ranked = sorted(found.items(), key=lambda entry: (-entry[1], len(entry[0])))
    return [Tally(chosen, share(number, len(empty))) for chosen, number in ranked]


def behind(table: Table, deal: Deal, constraint: Constraint) -> list[str]:
    """Return the statements behind a constraint: of a floor, those by which the party refuses options of the deal."""
    if constraint.statement:
        return [constraint.statement]
    issues = {key for compound in compounds(table, deal) for key in compound}
    named = [
        refusal.statements[0]
        for refusal in table.refusals
        if refusal.actor == constraint.who and refusal.option.partition(".")[0] in issues
    ]
    return list(dict.fromkeys(named))
