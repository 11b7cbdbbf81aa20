"""A single negotiating text: a mediator changes a point, or the whole of it, and a change stays only if nobody objects."""

import math

import numpy as np

from negsim.core.cases import roll
from negsim.core.clock import break_off, next_turn, seal
from negsim.core.dice import PROTOCOL, uniform
from negsim.core.moves import note_refusal, put_offer
from negsim.core.packages import is_empty, utility
from negsim.core.registry import maker, protocol
from negsim.core.state import Case, Clock, Desk, Speakers

WHOLE = 1 << 16  # draws of a stream from here on are those of a whole package
HEAT = 0.2  # temperature of the annealed text at the start, in gains of the track; it falls to 0 with the time


@maker
def _revise(clock: Clock, desk: Desk, case: Case, heat: float) -> Clock:
    """Put one change to everybody; at the last turn, the text is agreed if it is acceptable to all."""
    deal = case.deals[clock.deal]
    lo, hi = int(deal["first"]), int(deal["after"])
    parties, turn = len(case.parties), clock.turn
    dice = roll(case, int(deal["key"]), PROTOCOL, clock.session * 65536 + turn)
    text = np.zeros(hi - lo, np.int64)
    if clock.speaker >= 0:
        text[:] = desk.offers[0, lo:hi]
    changed = text.copy()
    point = min(hi - lo - 1, int(uniform(dice, 0) * (hi - lo)))
    whole = uniform(dice, WHOLE) < 0.5
    for i in range(hi - lo):
        if whole or i == point:
            options = int(case.issues["options"][lo + i])
            changed[i] = min(options - 1, int(uniform(dice, 1 if i == point else WHOLE + 1 + i) * options))
    agreed = True
    for party in range(parties):
        mine = desk.worths[party, party, lo:hi]
        before, after = utility(mine, text), utility(mine, changed)
        rise = after - before if before > -np.inf else 0.0  # out of what a red line excludes, any way is good
        if heat > 0.0 and rise < 0.0:
            agreed = agreed and uniform(dice, 2 + party) < math.exp(max(-700.0, rise / heat))
        else:
            agreed = agreed and rise >= 0.0
    if agreed:
        text[:] = changed
    put_offer(clock, desk, case, 0, text, -1)
    now = next_turn(clock, 0, 0)
    if turn + 1 < clock.turns:
        return now
    fine = not (deal["quo"] == 1 and is_empty(text))
    for party in range(parties):
        if utility(desk.worths[party, party, lo:hi], text) < desk.stands["floor"][party, clock.deal]:
            note_refusal(now, desk, case, party)
            fine = False
    return seal(now) if fine else break_off(now)


@protocol("single_text")
def single_text(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:  # noqa: ARG001
    """Change a mediator's text; a change stays if nobody is worse off by it (hill-climbing).

    With equal chance a change is of one point, or a whole package: only so can enter what one side gives on one issue for a gain
    on the next. Delegations vote by their own surplus; their offer rules are not asked. At the last turn the text is agreed if
    all are at or above their floors.

    References
    ----------
    Fisher (1978), "International Mediation: A Working Guide" (the one-text procedure); Raiffa (1982), "The Art and Science of
    Negotiation"; Klein, Faratin, Sayama & Bar-Yam (2003), "Negotiating complex contracts", Group Decision and Negotiation 12.
    """
    return _revise(clock, desk, case, 0.0)


@protocol("annealed_text")
def annealed_text(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:  # noqa: ARG001
    """Change a mediator's text as `single_text` does; a side takes a loss dU with probability e^{dU/T}, T falling (annealing).

    References
    ----------
    Klein, Faratin, Sayama & Bar-Yam (2003), as for `single_text`.
    """
    return _revise(clock, desk, case, HEAT * (1.0 - (clock.turn + 1) / clock.turns))
