"""Who blocks what was not closed: whose red line, price, floor, aim or ratification, given up alone, would have closed it then.

Causes are counterfactual (Halpern & Pearl 2005, "Causes and explanations", British Journal for the Philosophy of Science 56): an
actor blocks an issue if, had it given up what held it back and all else been as it was, some package that changes the issue would
have been acceptable to all. Who spoke last or stands first in a file is no part of it.
"""

from typing import Any

import numpy as np

from negsim.core.cases import at_stage, first_stage, words_at
from negsim.core.packages import copy_into
from negsim.core.registry import helper, maker
from negsim.core.space import SLACK, all_accept
from negsim.core.state import HARD, PRICE, Behind, Case, Desk, Prior
from negsim.talks.redlines import shut_out, takes_consent
from negsim.talks.refusals import ASPIRATION, CONSENT, JOINTLY, KINDS, RATIFICATION, RED_LINE, SEVERAL, own_bound
from negsim.talks.tally import quo_of
from negsim.talks.zones import is_core, shut_quo

NO_FLOOR = -1e9
ANY, CORE = -1, -2  # targets that are no position: any change, or all core issues (of a track t: CORE - t)


@maker
def assign_blame(prior: Prior, desk: Desk, behind: Behind, case: Case) -> None:
    """Write, for each position and track that was not closed, why each actor blocks it, from where each deal was left.

    A code is that of `refusals`: a red line or withheld consent with its statement, what puts it below the floor, hopes for more
    (there was a zone), ratification; SEVERAL of one actor's own, or JOINTLY, where none alone would have done.
    """
    behind.blame[:] = 0
    lay_masks(prior, behind, case)
    prior, case = words_at(prior, int(behind.stage[0])), at_stage(case, int(behind.stage[0]))
    deals, tracks, actors = len(case.deals), len(case.tracks), behind.blame.shape[1]
    told = np.zeros((deals, tracks, actors), np.int64)
    asked = np.zeros((deals, tracks), np.int64)
    for deal in range(deals):
        blame_deal(prior, desk, behind, case, deal, told[deal], asked[deal])
    for track in range(tracks):
        blame_track(case, told[:, track], asked[:, track], track, behind.blame[len(case.positions) + track])


@maker
def lay_masks(prior: Prior, behind: Behind, case: Case) -> None:
    """Write what each refusal bars if it is a red line or consent withheld, once: it is the same in every run."""
    if behind.masked[0] == 1:
        return
    behind.masked[0] = 1
    for r in range(len(prior.refusals)):
        stage = first_stage(prior, r)
        mask = shut_out(words_at(prior, stage), at_stage(case, stage), r)
        copy_into(behind.masks[r], mask)


@maker
def blame_track(case: Case, told: Any, asked: Any, track: int, codes: Any) -> None:
    """Blame a track on who blocks each of its deals with an open core issue; without core issues, on who blocks any deal.

    Parameters
    ----------
    told : array of int, shape (deal, actor)
    asked : array of int, shape (deal,)
        1 where a deal kept the track open.
    """
    anything, number = case.tracks["cores"][track] == 0, 0
    times = np.zeros(len(codes), np.int64)
    for deal in range(len(asked)):
        number += asked[deal]
        for actor in range(len(codes)):
            if asked[deal] == 1 and told[deal, actor] != 0:
                times[actor] += 1
                codes[actor] = told[deal, actor]
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


@helper
def is_left_open(behind: Behind, case: Case, deal: int, track: int) -> bool:
    """Tell whether a deal keeps a track open: by an open core issue; without core, as nothing was closed."""
    anything = case.tracks["cores"][track] == 0
    mine = False
    for j in range(len(case.positions)):
        if case.positions["track"][j] != track:
            continue
        closed = is_closed(behind, case, j)
        if anything and closed:
            return False
        here = is_in_deal(case, deal, j)
        mine = mine or (here and (anything or (case.positions["core"][j] == 1 and not closed)))
    return mine


@maker
def blame_deal(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, told: Any, asked: Any) -> None:
    """Write why each actor blocks each open position of a deal, and the core of each track that it keeps open.

    Parameters
    ----------
    told : array of int, shape (track, actor)
        Written.
    asked : array of int, shape (track,)
        Written: 1 where the deal keeps the track open.
    """
    positions, tracks, actors = len(case.positions), len(told), told.shape[1]
    targets, quo = np.zeros(positions + tracks, np.int64), int(case.deals["quo"][deal])
    count = 0
    for j in range(positions):
        if is_in_deal(case, deal, j) and not is_closed(behind, case, j) and (quo == 1 or count == 0):
            targets[count] = j
            count += 1
    own = count
    for track in range(tracks):
        if is_left_open(behind, case, deal, track):
            asked[track] = 1
            targets[count] = ANY if case.tracks["cores"][track] == 0 else CORE - track
            count += 1
    if count == 0:
        return
    codes = np.zeros((count, actors), np.int64)
    blame_targets(prior, desk, behind, case, deal, targets[:count], codes)
    for k in range(own):
        copy_into(behind.blame[targets[k]], codes[k])
    if quo == 0 and own > 0:  # where there is no status quo, all issues of a deal stand or fall together
        for j in range(positions):
            if is_in_deal(case, deal, j):
                copy_into(behind.blame[j], codes[0])
    for track in range(tracks):
        if asked[track] == 1:
            copy_into(told[track], codes[own])
            own += 1


@maker
def blame_targets(prior: Prior, desk: Desk, behind: Behind, case: Case, deal: int, targets: Any, codes: Any) -> None:
    """Write why each actor blocks each target of a deal; nothing where it would take too long to tell."""
    parties, actors = len(case.parties), codes.shape[1]
    lo, hi = int(case.deals["first"][deal]), int(case.deals["after"][deal])
    worths, floors = np.empty((parties, hi - lo, int(case.deals["widest"][deal]))), np.empty(parties)
    row = np.empty(worths.shape[1:])
    is_done, found = np.zeros(len(targets), np.bool_), np.zeros(len(targets), np.bool_)
    closed = is_deal_closed(behind, case, deal)
    free_up(prior, desk, behind, case, deal, -1, -1, -1, worths, floors)
    for k in range(len(targets)):
        if blame_principals(behind, case, deal, int(targets[k]), codes[k]):
            is_done[k] = True
            continue
        now = is_possible(case, deal, int(targets[k]), worths, floors, row)
        is_done[k] = now != 0
        if now == 1 and (targets[k] < 0 or not closed):
            codes[k, :parties] = ASPIRATION
    if is_done.all():
        return
    stakes = np.zeros(actors, np.bool_)
    for actor in range(actors):
        stakes[actor] = actor < parties or holds_anything(prior, behind, case, deal, actor)
    for actor in range(actors):
        if not stakes[actor]:
            continue
        free_up(prior, desk, behind, case, deal, actor, -1, -1, worths, floors)
        hit = False
        for k in range(len(targets)):
            if not is_done[k] and is_possible(case, deal, int(targets[k]), worths, floors, row) == 1:
                codes[k, actor], found[k], hit = SEVERAL, True, True
        if hit:
            tell_why(prior, desk, behind, case, deal, actor, targets, codes, worths, floors, row)
    if (is_done | found).all():
        return
    for actor in range(actors):
        for other in range(actor + 1, actors):
            if not stakes[actor] or not stakes[other]:
                continue
            free_up(prior, desk, behind, case, deal, actor, other, -1, worths, floors)
            for k in range(len(targets)):
                open_ = not is_done[k] and not found[k]
                if open_ and is_possible(case, deal, int(targets[k]), worths, floors, row) == 1:
                    codes[k, actor], codes[k, other] = JOINTLY, JOINTLY


@maker
def tell_why(
    prior: Prior,
    desk: Desk,
    behind: Behind,
    case: Case,
    deal: int,
    actor: int,
    targets: Any,
    codes: Any,
    worths: Any,
    floors: Any,
    row: Any,
) -> None:
    """Say what of an actor's alone would have closed what it blocks: words of its own first, then its price or floor."""
    parties = len(case.parties)
    for r in range(len(prior.refusals)):
        refusal = prior.refusals[r]
        mine = refusal["actor"] == actor and is_in_deal(case, deal, int(refusal["position"]))
        if not mine or not is_active(prior, behind, r, parties) or is_told(prior, behind, r, parties):
            continue
        free_up(prior, desk, behind, case, deal, -1, -1, r, worths, floors)
        for k in range(len(targets)):
            if codes[k, actor] == SEVERAL and is_possible(case, deal, int(targets[k]), worths, floors, row) == 1:
                codes[k, actor] = (RED_LINE if actor < parties else CONSENT) + KINDS * (1 + r)
    if actor >= parties:
        return
    free_up(prior, desk, behind, case, deal, -1, -1, -1, worths, floors)
    floors[actor] = NO_FLOOR
    for k in range(len(targets)):
        if codes[k, actor] == SEVERAL and is_possible(case, deal, int(targets[k]), worths, floors, row) == 1:
            codes[k, actor] = priced(desk, behind, case, deal, int(targets[k]), actor)


@helper
def blame_principals(behind: Behind, case: Case, deal: int, target: int, codes: Any) -> bool:
    """Blame what principals declined on them; tell whether it was they."""
    deals = behind.deals
    if deals["decliners"][deal] == 0 or not was_signed(behind, case, deal, target):
        return False
    for party in range(len(case.parties)):
        if deals["declined"][deal] == 1 + party or deals["decliners"][deal] > 1:
            codes[party] = RATIFICATION if deals["decliners"][deal] == 1 else JOINTLY
    return True


@helper
def holds_anything(prior: Prior, behind: Behind, case: Case, deal: int, actor: int) -> bool:
    """Tell whether an outsider withholds its consent from something in a deal."""
    for r in range(len(prior.refusals)):
        here = prior.refusals["actor"][r] == actor and is_in_deal(case, deal, int(prior.refusals["position"][r]))
        if here and is_active(prior, behind, r, len(case.parties)):
            return True
    return False


@helper
def free_up(
    prior: Prior,
    desk: Desk,
    behind: Behind,
    case: Case,
    deal: int,
    actor: int,
    other: int,
    given_up: int,
    worths: Any,
    floors: Any,
) -> None:
    """Write surpluses and floors of a deal as it was left, had up to two actors given up all they hold to, or one statement.

    A red line that is given up leaves the option at its price.
    """
    lo, parties = int(case.deals["first"][deal]), len(case.parties)
    for party in range(parties):
        floors[party] = NO_FLOOR if party in (actor, other) else float(desk.stands["floor"][party, deal])
        for c in range(lo, case.deals["after"][deal]):
            for o in range(case.issues["options"][c]):
                worths[party, c - lo, o] = desk.free[party, c, o]
    for r in range(len(prior.refusals)):
        owner = int(prior.refusals["actor"][r])
        if owner in (actor, other) or not is_active(prior, behind, r, parties):
            continue
        if not is_in_deal(case, deal, int(prior.refusals["position"][r])):
            continue
        mine = given_up >= 0 and prior.refusals["actor"][given_up] == owner
        if mine and prior.refusals["statement"][given_up] == prior.refusals["statement"][r]:
            continue
        for party in range(parties):
            for c in range(lo, case.deals["after"][deal]):
                for o in range(case.issues["options"][c]):
                    if behind.masks[r, party, c, o] != 0:
                        worths[party, c - lo, o] = -np.inf


@maker
def is_possible(case: Case, deal: int, target: int, worths: Any, floors: Any, row: Any) -> int:
    """Tell whether some package that meets a target gives all their floors: 1 yes, 0 no, -1 not known."""
    lo, hi = int(case.deals["first"][deal]), int(case.deals["after"][deal])
    quo = int(case.deals["quo"][deal])
    copy_into(row, worths[0])  # put back below: the target shuts options out for the first party
    asked = False
    for c in range(lo, hi):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if quo == 1 and is_meant(case, j, target):
                asked = True
                shut_quo(case, c, j, worths[0, c - lo])
    found = 0
    if may_reach(case, deal, worths, floors):
        sizes = case.issues["options"][lo:hi]
        found = int(all_accept(worths, floors, sizes, np.zeros(hi - lo, np.int64), 0 if asked else quo))
    copy_into(worths[0], row)
    return found


@helper
def may_reach(case: Case, deal: int, worths: Any, floors: Any) -> bool:
    """Tell whether each party alone could reach its floor."""
    lo = int(case.deals["first"][deal])
    for party in range(len(floors)):
        total = 0.0
        for i in range(worths.shape[1]):
            best = -np.inf
            for o in range(case.issues["options"][lo + i]):
                best = max(best, float(worths[party, i, o]))
            total += best
        if total < floors[party] - SLACK:
            return False
    return True


@helper
def is_closed(behind: Behind, case: Case, j: int) -> bool:
    """Tell whether a position left its status quo for good, or, where there is none, was agreed."""
    return bool(behind.positions["ratified"][j] >= quo_of(case, j))


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
    for j in range(len(case.positions)):
        if is_in_deal(case, deal, j) and is_closed(behind, case, j):
            return True
    return False


@helper
def is_meant(case: Case, j: int, target: int) -> bool:
    """Tell whether a position has to change for a target to be met."""
    if target >= 0:
        return j == target
    return bool(target <= CORE and is_core(case, j, CORE - target))


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
