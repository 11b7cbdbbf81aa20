"""What is offered."""

from typing import Any

import numpy as np

from negsim.core.state import OFFERS
from negsim.engine.layout import lay_out
from negsim.validity import changes, words
from negsim.validity.cases import FEW, can_offer, measure, place


def offered(variant: Any) -> Any:
    """Return every offer as options a position, -1 where it says nothing, shape (run, move, position); None elsewhere."""
    layout, said = lay_out(variant.scenario), variant.results.said
    found = np.full((*said.shape[:2], len(layout.positions)), -1)
    j = 0
    for c, (compound, packages) in enumerate(zip(layout.compounds, layout.packages)):
        options = np.array([*packages, (-1,) * len(compound)])
        for at in range(len(compound)):
            found[:, :, j] = options[said[:, :, c], at]
            j += 1
    return found


def moves(variant: Any, party: Any) -> Any:
    """Return which moves of the log are offers of a party, shape (run, move)."""
    log = variant.results.log
    number = list(variant.scenario.parties).index(party)
    taken = np.arange(log.shape[1]) < variant.results.moves[:, None]
    return taken & (log["move"] == OFFERS) & (log["party"] == number)


def openings(variant: Any, party: Any) -> Any:
    """Return a party's first offers of the first session on every deal, as options a position, shape (run, position)."""
    log, said = variant.results.log, offered(variant)
    mine = moves(variant, party) & (log["session"] == 0)
    found = np.full((len(log), said.shape[2]), -1)
    for deal in range(len(lay_out(variant.scenario).deals)):
        here = mine & (log["deal"] == deal)
        first = here.argmax(axis=1)
        opened = said[np.arange(len(log)), first]
        found = np.where(here.any(axis=1)[:, None] & (opened >= 0), opened, found)
    return found


def holds_red_line(variant: Any, party: Any, said: Any) -> Any:
    """Tell which offers hold something that their author's red-line statement rejects, with options on the last axis."""
    hit = np.zeros(said.shape[:-1], bool)
    for (issue, option), lifting in words.red_lines(variant.scenario, party).items():
        here = said[..., place(variant, issue)] == option
        if lifting is not None:
            here &= said[..., place(variant, lifting[0])] != lifting[1]
        hit |= here
    return hit


@measure
def openings_across_red_lines(entry: Any, variants: Any) -> Any:
    one = variants[0]
    sides = [party for party in one.scenario.parties if words.red_lines(one.scenario, party)]
    return max((holds_red_line(one, party, openings(one, party)).mean() for party in sides), default=None)


@measure
def red_lines_given_for_nothing(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for party in one.scenario.parties:
        if not words.red_lines(one.scenario, party):
            continue
        said = offered(one)
        given = holds_red_line(one, party, said) & moves(one, party)
        for issue, option in words.wanted_or_on_the_way(one.scenario, party):
            given &= said[..., place(one, issue)] != option
        found.append(given.any(axis=1).mean())
    return max(found, default=None)


@measure
def openings_with_all_demands(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for party in one.scenario.parties:
        demands: dict[Any, Any] = {}
        for issue, option in words.wanted(one.scenario, party, ("demands",)):
            demands.setdefault(issue, []).append(option)
        opened = openings(one, party)
        asked, held = np.zeros(len(opened), bool), np.ones(len(opened), bool)
        for issue, options in demands.items():
            said = opened[:, place(one, issue)]
            due = np.array([can_offer(one, party, issue, option) for option in options]).any(axis=0) & (said >= 0)
            asked |= due
            held &= ~due | np.isin(said, options)
        if asked.sum() >= FEW:
            found.append(held[asked].mean())
    return min(found, default=None)


@measure
def openings_nobody_wants(entry: Any, variants: Any) -> Any:
    one = variants[0]
    anybodys = set().union(
        *(words.wanted(one.scenario, party) | words.asked(one.scenario, party) for party in one.scenario.parties)
    )
    found = []
    for party in one.scenario.parties:
        opened, odd = openings(one, party), np.zeros(one.runs, bool)
        for issue, entry_ in one.scenario.issues.items():
            if words.is_swap(one.scenario, issue):
                continue  # where no statement backs a swap, the wish is assumed and said to be
            for option in range(1, len(entry_.options)):
                if (issue, option) not in anybodys:
                    odd |= opened[:, place(one, issue)] == option
        found.append(odd.mean())
    return max(found)


@measure
def swaps_opened_for_nothing(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for (swap,) in changes.swaps(one.scenario):
        issue = one.scenario.issues[swap]
        for party in one.scenario.parties:
            (other,) = set(issue.swap) - {party}
            offered_ = words.wanted(one.scenario, other) | words.conceded(
                one.scenario, other
            )  # to take up an offer is no such thing
            gifts = [
                o
                for o, option in enumerate(issue.options)
                if option.received(party) > option.received(other) == 0.0 and (swap, o) not in offered_
            ]
            opened = openings(one, party)[:, place(one, swap)]
            if (opened >= 0).sum() >= FEW:
                found.append(np.isin(opened, gifts)[opened >= 0].mean())
    return max(found)
