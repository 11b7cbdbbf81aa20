"""What a delegation opens a deal with: its own demands, or where it stood when it was last talked about."""

from typing import Any

import numpy as np

from negsim.core.packages import utility
from negsim.core.registry import helper
from negsim.core.state import Case, Desk


@helper
def lay_openings(desk: Desk, case: Case, deal: int) -> None:
    """Write what each party opens a deal with; it is -1 where its offer rule is to say.

    The last position of an earlier session is held as long as it can be agreed to (Cross 1965, "A theory of the bargaining
    process", American Economic Review 55: no side starts anew). Before any, it is all that its words demand, as far as it can be
    offered: what is barred is left out, and so is what would take the whole below the floor (Pruitt 1981, "Negotiation Behavior":
    high opening demands). Nobody's own code is spoken for, nor where there is no status quo.
    """
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    for party in range(len(case.parties)):
        opening, mine = desk.openings[party, lo:hi], desk.worths[party, party, lo:hi]
        floor = float(desk.stands["floor"][party, deal])
        speaks = case.parties["own"][party] == 0 and case.deals["quo"][deal] == 1
        stood = opening[0] >= 0
        holds = speaks and stood and utility(mine, opening) >= floor
        desk.stands["holds"][party, deal] = 1 if holds else 0
        if not holds and (stood or not speaks or not lay_demands(case, party, int(lo), mine, floor, opening)):
            opening[:] = -1


@helper
def lay_demands(case: Case, party: int, lo: int, mine: Any, floor: float, opening: Any) -> bool:
    """Write what a party demands of a deal, less what would take the whole below its floor; tell whether anything is left."""
    demanded = False
    for i in range(len(opening)):
        opening[i] = demanded_option(case, party, lo + i, mine[i])
        demanded = demanded or opening[i] > 0
    while demanded and utility(mine, opening) < floor:
        demanded = leave_out_worst(opening, mine)
    return demanded


@helper
def demanded_option(case: Case, party: int, c: int, mine: Any) -> int:
    """Return the option of an issue that holds most of what a party demands, 0 if it demands nothing there that it can offer.

    Of several it is one that it can agree to by itself, then the one that leaves most else as it is, then the one it likes best.
    An offer of its own counts as a demand where it does not cost it, and a swap that it has no words on is asked for at the size
    it likes best.
    """
    best, rank = 0, (0.0, 0.0, 0.0, 0.0)
    for o in range(1, case.issues["options"][c]):
        if mine[o] == -np.inf:
            continue
        asked, others = 0, 0
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            option = case.option_of[j, o]
            words = case.demanded[party, j, option]
            if words == 2 or (words == 1 and mine[o] >= 0.0) or asks_for_size(case, party, j, option, mine[o]):
                asked += 1
            elif option != 0:
                others += 1
        mark = (float(asked), 1.0 if mine[o] >= 0.0 else 0.0, -float(others), float(mine[o]))
        if asked > 0 and mark > rank:
            best, rank = o, mark
    return best


@helper
def asks_for_size(case: Case, party: int, j: int, option: int, worth: float) -> bool:
    """Tell whether an option of a position is a size of a swap, both ways alike, that a party without words on it may ask for."""
    position = case.positions[j]
    if position["first"] < 0 or option == 0 or worth <= 0.0:
        return False
    for o in range(position["options"]):
        if case.demanded[party, j, o] != 0:
            return False
    first, second = position["first"], position["second"]
    return bool(party in (first, second) and case.received[first, j, option] == case.received[second, j, option])


@helper
def leave_out_worst(package: Any, mine: Any) -> bool:
    """Take out of a package what is worth least; tell whether anything is left."""
    worst, least, left = -1, 0.0, 0
    for i in range(len(package)):
        if package[i] > 0:
            left += 1
            if worst < 0 or mine[i, package[i]] < least:
                worst, least = i, float(mine[i, package[i]])
    if worst >= 0:
        package[worst] = 0
    return left > 1
