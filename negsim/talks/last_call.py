"""Last call: when time is up, what lies on the table is put to all, yes or no."""

from typing import Any

import numpy as np

from negsim.core.cases import roll
from negsim.core.clock import seal, with_offer
from negsim.core.dice import PROTOCOL, uniform
from negsim.core.moves import author_of, look, note_choice, note_refusal, write_log, write_package
from negsim.core.packages import copy_into, is_empty, utility
from negsim.core.registry import helper, maker
from negsim.core.state import ACCEPTS, PUTS, SAYS_NO, Case, Clock, Desk, Speakers


@maker
def call_last(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:
    """Put each side's standing offer to the others once, by dice, then each mediator's text; agree on the first that all take.

    Each accepts what is not below its floor, in which what later sessions may bring is counted: no deal is the alternative, and
    hopes for more have no more time (Stahl 1972, "Bargaining Theory"; Roth, Murnighan & Schoumaker 1988, "The deadline effect
    in bargaining", American Economic Review 78).
    """
    lo, hi = int(case.deals["first"][clock.deal]), int(case.deals["after"][clock.deal])
    parties, last = len(case.parties), -1.0
    for _ in range(parties):
        author, last = next_author(clock, case, case.parties["key"], last)
        if desk.offers[author, lo] < 0 or is_empty(desk.offers[author, lo:hi]):
            continue
        write_package(clock, desk, lo, desk.offers[author, lo:hi], author, PUTS)
        if all_take(with_offer(clock, author, 1), desk, case, speakers, author):
            return seal(with_offer(clock, author, parties))
    kept, last = desk.offers[0, lo:hi].copy(), -1.0
    for _ in range(len(case.mediators)):
        m, last = next_author(clock, case, case.mediators["key"], last)
        if desk.text[m, lo] < 0 or is_empty(desk.text[m, lo:hi]):
            continue
        write_package(clock, desk, lo, desk.text[m, lo:hi], author_of(m), PUTS)
        copy_into(desk.offers[0, lo:hi], desk.text[m, lo:hi])
        if all_take(with_offer(clock, 0, 1), desk, case, speakers, -1):
            return seal(with_offer(clock, 0, parties))
        copy_into(desk.offers[0, lo:hi], kept)
    return clock


@helper
def next_author(clock: Clock, case: Case, keys: Any, last: float) -> tuple[int, float]:
    """Return whose draw comes next after one, and that draw: an order that does not hang on who is listed first.

    Parameters
    ----------
    keys : array of int
        Stable hashes of those who may have something to put.
    """
    best, draw = -1, np.inf
    moment = (1 << 25) + clock.session
    for one in range(len(keys)):
        key = (int(keys[one]) + int(case.deals["key"][clock.deal])) & 0xFFFFFFFF
        u = uniform(roll(case, key, PROTOCOL, moment), 0)
        if last < u < draw:
            best, draw = one, u
    return best, draw


@maker
def all_take(clock: Clock, desk: Desk, case: Case, speakers: Speakers, author: int) -> bool:
    """Ask all but its author whether they take what stands, each once, until one refuses."""
    lo, hi = int(case.deals["first"][clock.deal]), int(case.deals["after"][clock.deal])
    for party in range(len(case.parties)):
        if party == author:
            continue
        takes = (
            utility(desk.worths[party, party, lo:hi], desk.offers[clock.speaker, lo:hi])
            >= desk.stands["floor"][party, clock.deal]
        )
        if takes and case.parties["insists"][party] == 1:
            takes = speakers.accept[party](
                look(clock, desk, case, party), desk.offers[party, lo:hi].copy()
            )  # there is no next offer
        if takes:
            note_choice(desk, lo, party, desk.offers[clock.speaker, lo:hi], desk.nothing[: hi - lo])
        else:
            note_choice(desk, lo, party, desk.nothing[: hi - lo], desk.offers[clock.speaker, lo:hi])
        if not takes:
            note_refusal(clock, desk, case, party)
            write_log(clock, desk, clock.deal, party, SAYS_NO)
            return False
        write_log(clock, desk, clock.deal, party, ACCEPTS)
    return True
