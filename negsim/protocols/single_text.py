"""A single negotiating text: a mediator changes one point at a time, and a change stays only if nobody objects."""

import math

import numpy as np

from negsim.core.dice import PROTOCOL, stream, uniform
from negsim.core.moves import note_refusal, put_offer, read_out
from negsim.core.packages import is_empty, utility
from negsim.core.registry import maker, protocol
from negsim.core.state import Agenda, Clock, Desk, Speakers

HEAT = 0.2  # temperature of the annealed text at the start, in gains of the track; it falls to 0 with the time


@maker
def _revise(clock: Clock, desk: Desk, agenda: Agenda, heat: float) -> Clock:
    """Put one change to everybody; at the last turn, the text is agreed if it is acceptable to all."""
    lo, hi = int(agenda.bounds[clock.deal]), int(agenda.bounds[clock.deal + 1])
    parties, turn = len(agenda.actors), clock.turn
    dice = stream(agenda.seed, agenda.replicate, int(agenda.deal_keys[clock.deal]), PROTOCOL, clock.session * 65536 + turn)
    text = np.zeros(hi - lo, np.int64)
    if clock.speaker >= 0:
        text[:] = desk.offers[0, lo:hi]
    changed = text.copy()
    i = min(hi - lo - 1, int(uniform(dice, 0) * (hi - lo)))
    changed[i] = min(int(agenda.sizes[lo + i]) - 1, int(uniform(dice, 1) * agenda.sizes[lo + i]))
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
    put_offer(clock, desk, agenda, 0, text, -1)
    now = Clock(clock.session, clock.deal, turn + 1, clock.turns, 0, 0, False, False)  # noqa: FBT003
    if turn + 1 < clock.turns:
        return now
    fine = not (agenda.quo[clock.deal] == 1 and is_empty(text))
    for party in range(parties):
        if utility(desk.worths[party, party, lo:hi], text) < desk.floors[party, clock.deal]:
            note_refusal(now, desk, agenda, party)
            fine = False
    return read_out(now, fine)


@protocol("single_text")
def single_text(clock: Clock, desk: Desk, agenda: Agenda, speakers: Speakers) -> Clock:  # noqa: ARG001
    """Change a mediator's text point by point; a change stays if nobody is worse off by it (hill-climbing).

    Delegations vote by their own surplus; their offer rules are not asked. At the last turn the text is agreed if all are at
    or above their floors.

    References
    ----------
    Fisher (1978), "International Mediation: A Working Guide" (the one-text procedure); Raiffa (1982), "The Art and Science of
    Negotiation"; Klein, Faratin, Sayama & Bar-Yam (2003), "Negotiating complex contracts", Group Decision and Negotiation 12.
    """
    return _revise(clock, desk, agenda, 0.0)


@protocol("annealed_text")
def annealed_text(clock: Clock, desk: Desk, agenda: Agenda, speakers: Speakers) -> Clock:  # noqa: ARG001
    """Change a mediator's text point by point; a side takes a loss dU with probability e^{dU/T}, T falling (annealing).

    References
    ----------
    Klein, Faratin, Sayama & Bar-Yam (2003), as for `single_text`.
    """
    return _revise(clock, desk, agenda, HEAT * (1.0 - (clock.turn + 1) / clock.turns))
