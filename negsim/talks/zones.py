"""Whether a deal has a zone of agreement: a package that changes its core issues and is acceptable to all."""

from typing import Any

import numpy as np

from negsim.core.frontier import merge_into
from negsim.core.packages import copy_into
from negsim.core.pareto import pareto_within
from negsim.core.registry import helper, maker
from negsim.core.space import all_accept
from negsim.core.state import ALL_TRACKS, NO, NOT_KNOWN, YES, Behind, Case, Clock, Desk

MOST_PARTIES = 3  # whose frontier is gone through where a short search does not tell


@helper
def is_core(case: Case, j: int, track: int) -> bool:
    """Tell whether a position is core, and of a track unless that is -1."""
    return bool(case.positions["core"][j] == 1 and (track < 0 or case.positions["track"][j] == track))


@helper
def zone_of(desk: Desk, case: Case, deal: int, track: int) -> int:
    """Return whether some package that changes the deal's core issues is acceptable to all; the menus are laid.

    Parameters
    ----------
    track : int
        Only core issues of this track have to change; -1: all.

    Returns
    -------
    int
        YES, NO, or NOT_KNOWN where an answer would take too long.
    """
    if desk.zones[deal, 1 + track] < 0:
        desk.zones[deal, 1 + track] = find_zone(desk, case, deal, track)
    return int(desk.zones[deal, 1 + track])


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
            shut_quo(case, c, j, desk.theirs[c])
    return asked


@helper
def shut_quo(case: Case, c: int, j: int, row: Any) -> None:
    """Shut out, in worths of the options of an issue, what leaves one of its positions as it is."""
    for o in range(case.issues["options"][c]):
        if case.option_of[j, o] == 0:
            row[o] = -np.inf


@helper
def find_zone(desk: Desk, case: Case, deal: int, track: int) -> int:
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
            return YES
    return NO


@maker
def search_zone(desk: Desk, case: Case, deal: int, quo: int) -> int:
    """Look for a package acceptable to any number of parties; what is asked of the first lies in `desk.theirs`.

    A short search first; of up to three parties, the whole frontier then. Nobody bargains by the answer, so it is not waited for.
    """
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    worths = np.empty((len(case.parties), hi - lo, desk.worths.shape[3]))
    copy_into(worths[0], desk.theirs[lo:hi])
    for party in range(1, len(case.parties)):
        copy_into(worths[party], desk.worths[party, party, lo:hi])
    floors, sizes, first = desk.stands["floor"][:, deal], case.issues["options"][lo:hi], np.zeros(hi - lo, np.int64)
    found = all_accept(worths, floors, sizes, first, quo)
    if found >= 0:
        return YES if found == 1 else NO
    if len(worths) > MOST_PARTIES:
        return NOT_KNOWN
    points, _, whole = pareto_within(worths, floors, sizes, first, quo)
    if not whole:
        return NOT_KNOWN
    return YES if len(points) > 0 else NO


@helper
def note_zones(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Note whether the current deal has a zone; for a package of all tracks, whether each track has one in it."""
    if case.deals["track"][clock.deal] != ALL_TRACKS:
        behind.deals["zone"][clock.deal] = ever(behind.deals["zone"][clock.deal], zone_of(desk, case, clock.deal, -1))
        return
    for track in range(len(behind.tracks)):
        behind.tracks["zone"][track] = ever(int(behind.tracks["zone"][track]), zone_of(desk, case, clock.deal, track))


@helper
def ever(before: int, now: int) -> int:
    """Return whether there ever was a zone: a yes stands, and what is not known may have been one.

    Examples
    --------
    >>> ever(YES, NO) == YES, ever(NO, NOT_KNOWN) == NOT_KNOWN, ever(NO, NO) == NO
    (True, True, True)
    """
    if before == YES or now == YES:
        return YES
    return NOT_KNOWN if before == NOT_KNOWN or now == NOT_KNOWN else NO
