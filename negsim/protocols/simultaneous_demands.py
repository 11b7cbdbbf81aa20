"""Simultaneous demands: all say at once what they want; if a package gives everybody that much, it is agreed."""

import numpy as np

from negsim.core.moves import check_package, look, note_refusal, note_walkout, put_offer, write_log
from negsim.core.packages import utility
from negsim.core.pareto import pareto
from negsim.core.registry import protocol
from negsim.core.state import WALKS_OUT, Agenda, Clock, Desk, Speakers


@protocol("simultaneous_demands")
def simultaneous_demands(clock: Clock, desk: Desk, agenda: Agenda, speakers: Speakers) -> Clock:
    """Take every party's offer as its demand, once a round and unseen by the others; agree on what meets all demands, if any.

    Of several such packages the one is taken whose least surplus over a demand is greatest: the difference is split. A round
    is as many turns as there are parties; all is said at its last.

    References
    ----------
    Nash (1953), "Two-person cooperative games", Econometrica 21 (the demand game); Chatterjee & Samuelson (1983), "Bargaining
    under incomplete information", Operations Research 31 (the sealed-bid double auction).
    """
    parties = len(agenda.actors)
    lo, hi = int(agenda.bounds[clock.deal]), int(agenda.bounds[clock.deal + 1])
    later = Clock(clock.session, clock.deal, clock.turn + 1, clock.turns, -1, 0, False, False)  # noqa: FBT003
    if clock.turn % parties < parties - 1:
        return later
    demanded = np.zeros((parties, hi - lo), np.int64)
    worths = np.empty((parties, hi - lo, desk.worths.shape[3]))
    demands = np.empty(parties)
    for party in range(parties):
        package = speakers.offer[party](look(clock, desk, agenda, party))
        check_package(clock, agenda, package)
        if package[0] < 0:
            note_walkout(clock, desk, agenda, party)
            write_log(clock, desk, clock.deal, party, WALKS_OUT)
            return Clock(clock.session, clock.deal, clock.turns, clock.turns, -1, 0, False, False)  # noqa: FBT003
        demanded[party] = package
        for i in range(hi - lo):
            for o in range(worths.shape[2]):
                worths[party, i, o] = desk.worths[party, party, lo + i, o]
        demands[party] = max(utility(worths[party], package), float(desk.floors[party, clock.deal])) - 1e-12
    for party in range(parties):
        put_offer(clock, desk, agenda, party, demanded[party], party)
    sizes = agenda.sizes[lo:hi]
    points, packages = pareto(worths, demands, sizes, np.zeros(hi - lo, np.int64), int(agenda.quo[clock.deal]))
    if len(points) == 0:
        for party in range(parties):  # each refuses what the next one asks for
            other = Clock(clock.session, clock.deal, clock.turn, clock.turns, (party + 1) % parties, 0, False, False)  # noqa: FBT003
            note_refusal(other, desk, agenda, party)
        return later
    best, row = -np.inf, 0
    for q in range(len(points)):
        least = np.inf
        for party in range(parties):
            least = min(least, points[q, party] - demands[party])
        if least > best:
            best, row = least, q
    put_offer(clock, desk, agenda, 0, packages[row], -1)
    return Clock(clock.session, clock.deal, clock.turn + 1, clock.turns, 0, parties, True, False)  # noqa: FBT003
