"""A draft agreement on the table: who cannot live with it, on which words, and the least change that would open it."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.draws.blocking import Block, active, priced
from negsim.analysis.draws.deals import Deal, Table, expected, gains_of, options_of
from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.spaces.space import ROUNDING

MOST_CHANGES = 3  # options that are changed at once
MOST_TRIED = 20_000  # packages at one number of changes; of more, only those beside the best
KEPT = 20  # of the best changes of one size, those that the next size goes on from
EVEN = 0.5  # a draft is open if all accept it in more draws than this


class Change(NamedTuple):
    """A draft with some options changed.

    Attributes
    ----------
    package : tuple of int
    changed : int
        Compound issues at another option than in the draft.
    acceptable : Share
        Of draws in which all accept it.
    """

    package: tuple[int, ...]
    changed: int
    acceptable: Share


class Draft(NamedTuple):
    """What a draft means for one deal.

    Attributes
    ----------
    deal : Deal
    package : tuple of int
    acceptable : Share
        Of draws in which every party prefers it to no deal, and no red line or withheld consent rules it out.
    parties : list of Share
        Of draws in which each party accepts it.
    gains : array, shape (party, 3)
        Expected gain over no deal, and the bounds of the middle 95% of draws.
    objections : list of Block
        Who objects, on which words, and in which share of draws; the most frequent first.
    sets : list of (tuple of Block, Share)
        What would have to give way together, as a share of the draws in which it is not acceptable.
    changes : list of Change
        The best change of each number of options that does better than any smaller one; of equals, that which is best for the
        worst-off side.
    """

    deal: Deal
    package: tuple[int, ...]
    acceptable: Share
    parties: list[Share]
    gains: Any
    objections: list[Block]
    sets: list[tuple[tuple[Block, ...], Share]]
    changes: list[Change]

    @property
    def opening(self) -> Change | None:
        """The least change that all accept in more than half of the draws; None if there is none."""
        return next((change for change in self.changes if change.acceptable.share > EVEN), None)


def draft_of(table: Table, package: dict[str, str]) -> list[Draft]:
    """Return what a draft means for each deal that it settles something of.

    Parameters
    ----------
    table : Table
    package : dict of str to str
        Option by issue; issues that are not named stay as they are.

    Raises
    ------
    ValueError
        If it sets an issue that depends on one that stays as it is.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> from negsim.analysis.draws.deals import lay_table
    >>> (found,) = draft_of(lay_table(load_scenario("two-issues"), draws=1, seed=1), {"price": "low", "delivery": "late"})
    >>> found.acceptable.share, [block.who for block in found.objections], found.opening.changed
    (0.0, ['buyer', 'seller'], 2)
    """
    found = []
    for deal in table.deals:
        if not any(key in package for c in range(deal.lo, deal.hi) for key in table.layout.compounds[c]):
            continue
        chosen = tuple(options_of(table, deal, package))
        if any(chosen) or deal.quo == 0:
            found.append(_draft(table, deal, chosen))
    return found


def _draft(table: Table, deal: Deal, package: tuple[int, ...]) -> Draft:
    free = table.draws.free[:, :, deal.lo : deal.hi]  # (draw, party, issue, option)
    shut = np.isneginf(table.draws.worths[:, :, deal.lo : deal.hi]) & np.isfinite(free)
    floors = table.draws.floors[:, :, deal.number]
    worth = _worth(free, package)
    fine = worth >= floors - ROUNDING
    barred = np.any([shut[:, :, issue, option] for issue, option in enumerate(package)], axis=0)  # (draw, party)
    accepted = fine & ~barred
    parties = [share(int(accepted[:, p].sum()), len(accepted)) for p in range(accepted.shape[1])]
    objections, sets = _objections(table, deal, package, fine)
    gains = expected(gains_of(table, deal, package))
    whole = share(int(accepted.all(axis=1).sum()), len(accepted))
    changes = list(_changes(table, deal, package, whole.share))
    return Draft(deal, package, whole, parties, gains, objections, sets, changes)


def _worth(free: Any, package: tuple[int, ...]) -> Any:
    return np.sum([free[:, :, issue, option] for issue, option in enumerate(package)], axis=0)


def _objections(
    table: Table, deal: Deal, package: tuple[int, ...], fine: Any
) -> tuple[list[Block], list[tuple[tuple[Block, ...], Share]]]:
    """Return every objection with its share of draws, and the sets of them that occur together."""
    parties = list(table.scenario.parties)
    alone: dict[Block, int] = {}
    together: dict[tuple[Block, ...], int] = {}
    refused = 0
    for row in range(len(fine)):
        mine: list[Block] = []
        for key, mask in active(table, row):
            if any(mask[:, deal.lo + issue, option].any() for issue, option in enumerate(package)):
                actor = table.scenario.statements[key].actor
                mine.append(Block("red line" if actor in parties else "consent", actor, key, 0.0))
        for p in np.flatnonzero(~fine[row]).tolist():
            if not any(block.who == parties[p] for block in mine):
                mine.append(_priced(table, deal, package, row, p))
        for block in mine:
            alone[block] = alone.get(block, 0) + 1
        if mine:
            refused += 1
            key_of = tuple(sorted(mine, key=lambda block: (block.who, block.kind, block.statement)))
            together[key_of] = together.get(key_of, 0) + 1
    listed = [block._replace(share=count / len(fine)) for block, count in alone.items()]
    listed.sort(key=lambda block: (-block.share, block))
    sets = [(chosen, share(count, refused)) for chosen, count in together.items()]
    return listed, sorted(sets, key=lambda one: (-one[1].hits, len(one[0]), one[0]))


def _priced(table: Table, deal: Deal, package: tuple[int, ...], row: int, p: int) -> Block:
    """Name what costs a party most in a package below its floor: the refusal behind it, where there is one."""
    party, worst, cause = list(table.scenario.parties)[p], 0.0, ("floor", "")
    position = {key: j for j, key in enumerate(table.layout.positions)}
    for c, option in zip(range(deal.lo, deal.hi), package):
        for key, number in zip(table.layout.compounds[c], table.layout.packages[c][option]):
            j = position[key]
            before = table.draws.values[row, p, j, 0] if deal.quo else 0.0
            loss = float(table.draws.weights[row, p, j] * (table.draws.values[row, p, j, number] - before))
            if loss < worst:
                worst, cause = loss, priced(table, row, p, j, number)
    return Block(cause[0], party, cause[1], 0.0)


def _changes(table: Table, deal: Deal, package: tuple[int, ...], before: float) -> Iterator[Change]:
    """Yield the best change of one option, of two and so on, as long as each does better than what came before."""
    free = table.draws.free[:, :, deal.lo : deal.hi]
    shut = (np.isneginf(table.draws.worths[:, :, deal.lo : deal.hi]) & np.isfinite(free)).any(axis=1)  # (draw, issue, option)
    floors = table.draws.floors[:, :, deal.number] - ROUNDING
    others = [[o for o in range(size) if o != kept] for size, kept in zip(table.sizes[deal.lo : deal.hi].tolist(), package)]
    best, bases = before, [package]
    for size in range(1, min(MOST_CHANGES, len(package)) + 1):
        scored: dict[tuple[int, ...], tuple[int, float]] = {}  # draws in which all accept; gain of the worst-off side
        for other in _all_at(package, others, size) if _count(others, size) <= MOST_TRIED else _beside(bases, package, others):
            if other not in scored and (deal.quo == 0 or any(other)):
                worth = _worth(free, other)
                fine = (worth >= floors).all(axis=1)
                for issue, option in enumerate(other):
                    fine &= ~shut[:, issue, option]
                scored[other] = (int(fine.sum()), float(worth.mean(axis=0).min()))
        ranked = sorted(scored, key=lambda other: (-scored[other][0], -scored[other][1], other))
        if not ranked:
            return
        bases = ranked[:KEPT]
        top = share(scored[ranked[0]][0], len(floors))
        if top.share > best:
            best = top.share
            yield Change(ranked[0], size, top)


def _count(others: list[list[int]], size: int) -> int:
    """Return how many packages lie at so many changes: the elementary symmetric polynomial of the numbers of other options."""
    ways = [1] + [0] * size
    for options in others:
        for k in range(size, 0, -1):
            ways[k] += ways[k - 1] * len(options)
    return ways[size]


def _all_at(draft: tuple[int, ...], others: list[list[int]], size: int) -> Iterator[tuple[int, ...]]:
    """Yield every package at so many changes from a draft."""
    for issues in combinations(range(len(draft)), size):
        for options in product(*(others[issue] for issue in issues)):
            changed = dict(zip(issues, options))
            yield tuple(changed.get(issue, kept) for issue, kept in enumerate(draft))


def _beside(bases: list[tuple[int, ...]], draft: tuple[int, ...], others: list[list[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the packages at one change more than some that were good, where there are too many for all."""
    for base in bases:
        for issue, options in enumerate(others):
            if base[issue] == draft[issue]:
                yield from (tuple(option if i == issue else kept for i, kept in enumerate(base)) for option in options)
