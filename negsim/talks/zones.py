"""Whether a deal has a zone of agreement: a package that changes its core issues and is acceptable to all."""

import numpy as np

from negsim.core.frontier import merge_into
from negsim.core.packages import copy_into
from negsim.core.pareto import can_agree
from negsim.core.registry import helper, maker
from negsim.core.state import ALL_TRACKS, Behind, Case, Clock, Desk


@helper
def is_core(case: Case, j: int, track: int) -> bool:
    """Tell whether a position is core, and of a track unless that is -1."""
    return bool(case.positions["core"][j] == 1 and (track < 0 or case.positions["track"][j] == track))


@helper
def has_zone(desk: Desk, case: Case, deal: int, track: int) -> bool:
    """Tell whether some package that changes the deal's core issues is acceptable to all; the menus are laid.

    Parameters
    ----------
    track : int
        Only core issues of this track have to change; -1: all.
    """
    if desk.zones[deal, 1 + track] < 0:
        desk.zones[deal, 1 + track] = 1 if find_zone(desk, case, deal, track) else 0
    return bool(desk.zones[deal, 1 + track] == 1)


@helper
def change_asked(desk: Desk, case: Case, deal: int, track: int) -> bool:
    """Write the first party's worths into `desk.theirs`; what leaves a core issue as it is is shut out. Tell if there is one."""
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    copy_into(desk.theirs[lo:hi], desk.worths[0, 0, lo:hi])
    asked = False
    for c in range(lo, hi):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if case.deals["quo"][deal] == 0 or not is_core(case, j, track):
                continue
            asked = True
            for o in range(case.issues["options"][c]):
                if case.option_of[j, o] == 0:
                    desk.theirs[c, o] = -np.inf
    return asked


@helper
def find_zone(desk: Desk, case: Case, deal: int, track: int) -> bool:
    """Look for a zone: of two parties on the frontier, else by a search."""
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    quo = 0 if change_asked(desk, case, deal, track) else int(case.deals["quo"][deal])
    if len(case.parties) > 2 or quo == 1:
        return search_zone(desk, case, deal, quo)
    sizes = case.issues["options"][lo:hi]
    now, kept = merge_into(desk.theirs[lo:hi], desk.worths[1, 1, lo:hi], sizes, desk.points, desk.trails[:0])
    floors = desk.stands["floor"]
    for q in range(kept):
        if desk.points["x"][now, q] >= floors[0, deal] and desk.points["y"][now, q] >= floors[1, deal]:
            return True
    return False


@maker
def search_zone(desk: Desk, case: Case, deal: int, quo: int) -> bool:
    """Look for a package acceptable to any number of parties; what is asked of the first lies in `desk.theirs`."""
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    worths = np.empty((len(case.parties), hi - lo, desk.worths.shape[3]))
    copy_into(worths[0], desk.theirs[lo:hi])
    for party in range(1, len(case.parties)):
        copy_into(worths[party], desk.worths[party, party, lo:hi])
    return can_agree(worths, desk.stands["floor"][:, deal], case.issues["options"][lo:hi], np.zeros(hi - lo, np.int64), quo)


@helper
def note_zones(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Note whether the current deal has a zone; for a package of all tracks, whether each track has one in it."""
    if case.deals["track"][clock.deal] != ALL_TRACKS:
        if has_zone(desk, case, clock.deal, -1):
            behind.deals["zone"][clock.deal] = 1
        return
    for track in range(len(behind.tracks)):
        if has_zone(desk, case, clock.deal, track):
            behind.tracks["zone"][track] = 1.0
