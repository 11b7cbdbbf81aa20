"""Simultaneous demands: all say at once what they want; if a package gives everybody that much, it is agreed."""

import numpy as np

from negsim.core.clock import break_off, next_turn, seal, with_offer
from negsim.core.moves import check_package, look, note_refusal, note_walkout, offer_of, put_offer, write_log
from negsim.core.packages import utility
from negsim.core.pareto import pareto
from negsim.core.registry import protocol
from negsim.core.state import WALKS_OUT, Case, Clock, Desk, Speakers


@protocol("simultaneous_demands")
def simultaneous_demands(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:
    """Take every party's offer as its demand, once a round and unseen by the others; agree on what meets all demands, if any.

    Of several such packages the one is taken whose least surplus over a demand is greatest: the difference is split. A round
    is as many turns as there are parties; all is said at its last.

    References
    ----------
    Nash (1953), "Two-person cooperative games", Econometrica 21 (the demand game); Chatterjee & Samuelson (1983), "Bargaining
    under incomplete information", Operations Research 31 (the sealed-bid double auction).
    """
    parties = len(case.parties)
    deal = case.deals[clock.deal]
    lo, hi = int(deal["first"]), int(deal["after"])
    later = next_turn(clock, -1, 0)
    if clock.turn % parties < parties - 1:
        return later
    demanded = np.zeros((parties, hi - lo), np.int64)
    worths = np.empty((parties, hi - lo, desk.worths.shape[3]))
    demands = np.empty(parties)
    for party in range(parties):
        package = offer_of(clock, desk, case, speakers, look(clock, desk, case, party))
        check_package(clock, case, package)
        if package[0] < 0:
            note_walkout(clock, desk, case, party)
            write_log(clock, desk, clock.deal, party, WALKS_OUT)
            return break_off(clock)
        demanded[party] = package
        for i in range(hi - lo):
            for o in range(worths.shape[2]):
                worths[party, i, o] = desk.worths[party, party, lo + i, o]
        demands[party] = max(utility(worths[party], package), float(desk.stands["floor"][party, clock.deal])) - 1e-12
    for party in range(parties):
        put_offer(clock, desk, case, party, demanded[party], party)
    sizes = case.issues["options"][lo:hi]
    points, packages = pareto(worths, demands, sizes, np.zeros(hi - lo, np.int64), int(deal["quo"]))
    if len(points) == 0:
        for party in range(parties):  # each refuses what the next one asks for
            note_refusal(with_offer(clock, (party + 1) % parties, 0), desk, case, party)
        return later
    best, row = -np.inf, 0
    for q in range(len(points)):
        least = np.inf
        for party in range(parties):
            least = min(least, points[q, party] - demands[party])
        if least > best:
            best, row = least, q
    put_offer(clock, desk, case, 0, packages[row], -1)
    return seal(next_turn(clock, 0, parties))
