"""Who blocks what was not closed: whose red line, price, floor, aim or ratification, given up alone, would have closed it then.

Causes are counterfactual (Halpern & Pearl 2005, "Causes and explanations", British Journal for the Philosophy of Science 56): an
actor blocks an issue if, had it given up what held it back and all else been as it was, some package that changes the issue would
have been acceptable to all. Who spoke last or stands first in a file is no part of it.
"""

from typing import Any

import numpy as np

from negsim.core.packages import copy_into
from negsim.core.registry import helper, maker
from negsim.core.space import all_accept
from negsim.core.state import ALL_TRACKS, GIVEN_UP, HARD, POSTURE, PRICE, Behind, Case, Desk, Prior
from negsim.talks.redlines import bar, takes_consent
from negsim.talks.refusals import ASPIRATION, CONSENT, JOINTLY, KINDS, RATIFICATION, RED_LINE, SEVERAL, own_bound

NO_FLOOR = -1e9
ANY, CORE = -1, -2  # targets that are no position: any change, or all core issues (of a track t: CORE - t)


@maker
def assign_blame(prior: Prior, desk: Desk, behind: Behind, case: Case) -> None:
    """Write, for each position and track that was not closed, why each actor blocks it, from where each deal was left.

    A code is that of `refusals`: a red line or withheld consent with its statement, what puts it below the floor, hopes for more
    (there was a zone), ratification; SEVERAL of one actor's own, or JOINTLY, where none alone would have done.
    """
    behind.blame[:] = 0
    positions = len(case.positions)
    for deal in range(len(case.deals)):
        known = -1  # where there is no status quo, all issues of a deal stand or fall together
        for c in range(case.deals["first"][deal], case.deals["after"][deal]):
            for j in range(case.issues["first"][c], case.issues["after"][c]):
                if is_closed(behind, case, j):
                    continue
                if known >= 0:
                    copy_into(behind.blame[j], behind.blame[known])
                    continue
                blame_target(prior, desk, behind, case, deal, j, behind.blame[j])
                known = j if case.deals["quo"][deal] == 0 else -1
    for track in range(len(case.tracks)):
        blame_track(prior, desk, behind, case, track, behind.blame[positions + track])


@helper
def is_closed(behind: Behind, case: Case, j: int) -> bool:
    """Tell whether a position left its status quo for good, or, where there is none, was agreed."""
    quo = case.deals["quo"][case.issues["deal"][case.positions["issue"][j]]]
    return bool(behind.positions["ratified"][j] >= quo)


@maker
def blame_track(prior: Prior, desk: Desk, behind: Behind, case: Case, track: int, codes: Any) -> None:
    """Blame a track on who blocks each of its deals with an open core issue; without core issues, on who blocks any deal."""
    anything = case.tracks["cores"][track] == 0
    mine, number = np.zeros(len(codes), np.int64), 0
    times = np.zeros(len(codes), np.int64)
    for deal in range(len(case.deals)):
        if case.deals["track"][deal] not in (track, ALL_TRACKS):
            continue
        is_open, done = False, False
        for c in range(case.deals["first"][deal], case.deals["after"][deal]):
            for j in range(case.issues["first"][c], case.issues["after"][c]):
                if case.positions["track"][j] == track:
                    closed = is_closed(behind, case, j)
                    is_open = is_open or (case.positions["core"][j] == 1 and not closed)
                    done = done or closed
        if anything and done:
            codes[:] = 0
            return
        if not anything and not is_open:
            continue
        number += 1
        mine[:] = 0
        blame_target(prior, desk, behind, case, deal, ANY if anything else CORE - track, mine)
        for actor in range(len(codes)):
            if mine[actor] != 0:
                times[actor] += 1
                codes[actor] = mine[actor]
    alone = False
    for actor in range(len(codes)):
        alone = alone or (codes[actor] != 0 and (anything or times[actor] == number) and codes[actor] != JOINTLY)
    for actor in range(len(codes)):
        if codes[actor] == 0:
            continue
        if not alone:
            codes[actor] = JOINTLY
        elif codes[actor] == JOINTLY or (not anything and times[actor] < number):
            codes[actor] = 0


@maker
def blame_target(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, target: int, codes: Any) -> None:
    """Write why each actor blocks a target of a deal; nothing where it would take too long to tell."""
    parties, actors = len(case.parties), len(codes)
    if behind.deals["decliners"][deal] > 0 and was_signed(behind, case, deal, target):
        for party in range(parties):
            if behind.deals["declined"][deal] == 1 + party or behind.deals["decliners"][deal] > 1:
                codes[party] = RATIFICATION if behind.deals["decliners"][deal] == 1 else JOINTLY
        return
    now = would_close(prior, desk, behind, case, deal, target, -1, -1)
    if now < 0:
        return
    if now == 1:
        if target < 0 or not is_deal_closed(behind, case, deal):
            codes[:parties] = ASPIRATION
        return
    found = False
    for actor in range(actors):
        if would_close(prior, desk, behind, case, deal, target, actor, -1) == 1:
            codes[actor] = why(prior, desk, behind, case, deal, target, actor)
            found = True
    if found:
        return
    for actor in range(actors):
        for other in range(actor + 1, actors):
            if would_close(prior, desk, behind, case, deal, target, actor, other) == 1:
                codes[actor], codes[other] = JOINTLY, JOINTLY


@helper
def was_signed(behind: Behind, case: Case, deal: int, target: int) -> bool:
    """Tell whether what was declined held a target."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if is_meant(case, j, target) and case.option_of[j, behind.declined[c]] == 0 and case.deals["quo"][deal] == 1:
                return False
    return True


@helper
def is_deal_closed(behind: Behind, case: Case, deal: int) -> bool:
    """Tell whether something of a deal was closed."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if is_closed(behind, case, j):
                return True
    return False


@helper
def is_meant(case: Case, j: int, target: int) -> bool:
    """Tell whether a position has to change for a target to be met."""
    if target >= 0:
        return j == target
    return bool(target <= CORE and case.positions["core"][j] == 1 and case.positions["track"][j] == CORE - target)


@maker
def would_close(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, target: int, actor: int, other: int) -> int:
    """Tell whether some package that meets a target would be acceptable to all, if one or two actors gave up all they hold to."""
    parties = len(case.parties)
    readings = behind.readings.copy()
    for r in range(len(readings)):
        if prior.refusals["actor"][r] in (actor, other):
            give_up(prior, readings, r, parties)
    worths, floors = space_of(prior, desk, behind, case, deal, readings)
    for party in range(parties):
        if party in (actor, other):
            floors[party] = NO_FLOOR
    return is_possible(case, deal, target, worths, floors)


@helper
def give_up(prior: Prior, readings: Any, r: int, parties: int) -> None:
    """Let a refusal give way: a red line leaves the option at its price, consent is no longer withheld."""
    if prior.refusals["actor"][r] >= parties:
        readings[r] = POSTURE
    elif readings[r] == HARD:
        readings[r] = GIVEN_UP


@maker
def space_of(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, readings: Any) -> tuple[Any, Any]:
    """Return surpluses and floors of a deal as they would be under readings, from where it was left."""
    lo, hi = int(case.deals["first"][deal]), int(case.deals["after"][deal])
    parties = len(case.parties)
    barred = np.zeros(behind.barred.shape, np.int64)
    bar(prior, case, readings, barred)
    worths, floors = np.full((parties, hi - lo, barred.shape[2]), -np.inf), np.zeros(parties)
    for party in range(parties):
        floors[party] = desk.stands["floor"][party, deal]
        for c in range(lo, hi):
            for o in range(case.issues["options"][c]):
                if barred[party, c, o] == 0:
                    worths[party, c - lo, o] = desk.free[party, c, o]
    return worths, floors


@maker
def is_possible(case: Case, deal: int, target: int, worths: Any, floors: Any) -> int:
    """Tell whether some package that meets a target gives all their floors: 1 yes, 0 no, -1 not known."""
    lo, hi = int(case.deals["first"][deal]), int(case.deals["after"][deal])
    quo = int(case.deals["quo"][deal])
    for c in range(lo, hi):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if quo == 1 and is_meant(case, j, target):
                for o in range(case.issues["options"][c]):
                    if case.option_of[j, o] == 0:
                        worths[0, c - lo, o] = -np.inf
    return int(all_accept(worths, floors, case.issues["options"][lo:hi], np.zeros(hi - lo, np.int64), quo))


@maker
def why(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, target: int, actor: int) -> int:
    """Say what alone would have closed a target, had an actor given it up: words of its own first, then its price or floor."""
    parties = len(case.parties)
    for r in range(len(prior.refusals)):
        refusal = prior.refusals[r]
        mine = refusal["actor"] == actor and is_in_deal(case, deal, int(refusal["position"]))
        if not mine or not is_active(prior, behind, r, parties) or is_told(prior, behind, r, parties):
            continue
        readings = behind.readings.copy()
        for k in range(len(readings)):
            if prior.refusals["actor"][k] == actor and prior.refusals["statement"][k] == refusal["statement"]:
                give_up(prior, readings, k, parties)
        worths, floors = space_of(prior, desk, behind, case, deal, readings)
        if is_possible(case, deal, target, worths, floors) == 1:
            return (RED_LINE if actor < parties else CONSENT) + KINDS * (1 + r)
    if actor >= parties:
        return SEVERAL
    worths, floors = space_of(prior, desk, behind, case, deal, behind.readings)
    floors[actor] = NO_FLOOR
    if is_possible(case, deal, target, worths, floors) == 1:
        return priced(desk, behind, case, deal, target, actor)
    return SEVERAL


@helper
def is_in_deal(case: Case, deal: int, j: int) -> bool:
    """Tell whether a position is part of a deal."""
    return bool(case.issues["deal"][case.positions["issue"][j]] == deal)


@helper
def is_active(prior: Prior, behind: Behind, r: int, parties: int) -> bool:
    """Tell whether a refusal bars something in this run."""
    refusal, reading = prior.refusals[r], behind.readings[r]
    if refusal["actor"] < parties:
        return bool(reading == HARD)
    return (reading in (HARD, PRICE)) and takes_consent(
        prior, int(refusal["position"]), int(refusal["option"]), int(refusal["actor"])
    )


@helper
def is_told(prior: Prior, behind: Behind, r: int, parties: int) -> bool:
    """Tell whether an earlier refusal that bars something rests on the same statement: they give way together."""
    for k in range(r):
        same = prior.refusals["statement"][k] == prior.refusals["statement"][r]
        if same and prior.refusals["actor"][k] == prior.refusals["actor"][r] and is_active(prior, behind, k, parties):
            return True
    return False


@helper
def priced(desk: Desk, behind: Behind, case: Case, deal: int, target: int, party: int) -> int:
    """Say what puts a target below a party's floor: its dearest part, taken at the option that costs it least."""
    worst, least, named = -1, np.inf, 0
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if not is_meant(case, j, target) and not (target == ANY and worst < 0):
                continue
            best, at = -np.inf, -1
            for o in range(case.issues["options"][c]):
                if case.option_of[j, o] != 0 and desk.worths[party, party, c, o] > best:
                    best, at = float(desk.worths[party, party, c, o]), o
            if at >= 0 and best < least:
                worst, least, named = j, best, at
    return own_bound(desk, behind, case, party, worst, named) if worst >= 0 else SEVERAL
