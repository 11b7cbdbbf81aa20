"""The menus of a deal: each party's frontier against what it believes of the others, laid when a deal opens."""

from negsim.core.menus import menu_into
from negsim.core.packages import copy_into
from negsim.core.registry import helper
from negsim.core.state import Case, Desk


@helper
def is_laid(desk: Desk, case: Case, deal: int) -> bool:
    """Tell whether the menus of a deal were laid for these very worths and floors."""
    parties = len(case.parties)
    for party in range(parties):
        if desk.stands["laid_floor"][party, deal] != desk.stands["floor"][party, deal]:
            return False
        for other in range(parties):
            for c in range(case.deals["first"][deal], case.deals["after"][deal]):
                for o in range(case.issues["options"][c]):
                    if desk.laid[party, other, c, o] != desk.worths[party, other, c, o]:
                        return False
    return True


@helper
def add_others(desk: Desk, case: Case, deal: int, party: int) -> None:
    """Write what a party believes the others make of each option, added up."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for o in range(case.issues["options"][c]):
            total = 0.0
            for other in range(len(case.parties)):
                if other != party:
                    total += desk.worths[party, other, c, o]
            desk.theirs[c, o] = total


@helper
def lay_menus(desk: Desk, case: Case, deal: int) -> None:
    """Lay the menus of a deal anew, unless they lie there already.

    Raises
    ------
    ValueError
        If a frontier has more points than there is room for.
    """
    if is_laid(desk, case, deal):
        return
    for party in range(len(case.parties)):
        lay_menu(desk, case, deal, party)
    desk.zones[deal] = -1


@helper
def lay_menu(desk: Desk, case: Case, deal: int, party: int) -> None:
    """Lay one party's menu of a deal."""
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    stand = desk.stands[party, deal]
    add_others(desk, case, deal, party)
    stand["points"] = menu_into(
        desk.menus[deal, party],
        desk.worths[party, party, lo:hi],
        desk.theirs[lo:hi],
        case.issues["options"][lo:hi],
        float(stand["floor"]),
        int(case.deals["quo"][deal]),
        desk.points,
        desk.trails[: hi - lo],
        desk.package[: hi - lo],
    )
    stand["laid_floor"] = stand["floor"]
    for other in range(len(case.parties)):
        copy_into(desk.laid[party, other, lo:hi], desk.worths[party, other, lo:hi])
