"""Ratification: what the delegations agreed on a track goes to their principals at the end of the session."""

from negsim.core.moves import write_log
from negsim.core.packages import copy_into, utility
from negsim.core.registry import helper
from negsim.core.state import DECLINES, OPEN, RATIFIES, TABLED, Behind, Case, Clock, Desk
from negsim.talks.appraise import issue_delivery, issue_trust, link_gain, option_gain, side_of
from negsim.talks.delivery import promise
from negsim.talks.refusals import RATIFICATION

A_LITTLE = 1e-9  # more of a gain, by which what was declined falls below the floor


@helper
def is_put(behind: Behind, case: Case, deal: int, track: int) -> bool:
    """Tell whether a deal is put to the principals of a track: it was agreed at the table this session."""
    return bool(case.deals["track"][deal] == track and behind.deals["status"][deal] == TABLED)


@helper
def is_judged(behind: Behind, case: Case, deal: int) -> bool:
    """Tell whether what was agreed in a deal has to be ratified: swaps alone do not, unless the scenario says so."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if case.positions["judged"][j] == 1 and changes(behind, case, deal, c, j):
                return True
    return False


@helper
def changes(behind: Behind, case: Case, deal: int, c: int, j: int) -> bool:
    """Tell whether what was agreed on an issue of a deal changes one of its positions."""
    return bool(case.deals["quo"][deal] == 0 or case.option_of[j, behind.agreed[c]] != 0)


@helper
def principal_gain(behind: Behind, case: Case, party: int, track: int) -> float:
    """Return what a principal gains, by its own weights, from what it has to judge of a track's agreements this session.

    In units of what was agreed, `sum w (v(x) - v(0)) / sum w` over the issues that change, carrots and sticks counted: what is
    left open is no reason to decline, nor is a small deal.
    """
    principal = len(case.parties) + party
    gain, agreed, unit, quo = 0.0, 0.0, 1.0, 1
    for deal in range(len(behind.deals)):
        if not is_put(behind, case, deal, track) or not is_judged(behind, case, deal):
            continue
        side = side_of(behind, case, party, principal, deal)
        unit, quo = side.unit, int(case.deals["quo"][deal])
        for c in range(case.deals["first"][deal], case.deals["after"][deal]):
            option = int(behind.agreed[c])
            gain += option_gain(side, case, c, option, issue_trust(behind, case, c), issue_delivery(behind, case, c))
            gain += link_gain(behind, case, behind.links, party, c, option)
            for j in range(case.issues["first"][c], case.issues["after"][c]):
                if changes(behind, case, deal, c, j):
                    agreed += float(side.weights[j])
    for m in range(behind.leverage.shape[0]):
        gain += float(behind.leverage["counted"][m, party])
    if quo == 0 or agreed <= 0.0:
        return gain
    return gain * unit / agreed


@helper
def declines(behind: Behind, case: Case, party: int, track: int) -> bool:
    """Tell whether a party's principal gains less than it asks for."""
    return bool(principal_gain(behind, case, party, track) < behind.parties["asked"][party])


@helper
def first_to_decline(behind: Behind, case: Case, track: int) -> int:
    """Return the first party whose principal gains less than it asks for; -1 if none does."""
    for party in range(len(case.parties)):
        if declines(behind, case, party, track):
            return party
    return -1


@helper
def how_many_decline(behind: Behind, case: Case, track: int) -> int:
    """Return how many principals gain less than they ask for."""
    number = 0
    for party in range(len(case.parties)):
        if declines(behind, case, party, track):
            number += 1
    return number


@helper
def ratify(clock: Clock, desk: Desk, behind: Behind, case: Case, track: int) -> None:
    """Put what a session agreed on a track to each principal, who asks for no less than nothing, or for a bar drawn once.

    The bar is U[lo, lo + width] and off (0, 0) unless the scenario sets it (see `begin.draw_party`): `P_i = F(G_i)`, with F its
    distribution function (Putnam 1988, "Diplomacy and domestic politics", International Organization 42; Milner 1997,
    "Interests, Institutions, and Information"). One no undoes the whole of it, but for what needs no ratification.
    """
    judged = False
    for deal in range(len(behind.deals)):
        judged = judged or (is_put(behind, case, deal, track) and is_judged(behind, case, deal))
    decliner = first_to_decline(behind, case, track) if judged else -1
    number = how_many_decline(behind, case, track) if decliner >= 0 else 0
    for deal in range(len(behind.deals)):
        if not is_put(behind, case, deal, track):
            continue
        if decliner < 0 or not is_judged(behind, case, deal):
            put_in_force(clock, desk, behind, case, deal)
        else:
            behind.deals["decliners"][deal] = number
            undo(clock, desk, behind, case, deal, decliner)
    for m in range(behind.leverage.shape[0]):
        for party in range(behind.leverage.shape[1]):
            purse = behind.leverage[m, party]
            if decliner < 0:
                purse["carrot"] -= purse["owed"]
            purse["owed"], purse["counted"] = 0.0, 0.0


@helper
def put_in_force(clock: Clock, desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Ratify a deal."""
    promise(clock, behind, case, deal)
    write_log(clock, desk, deal, -1, RATIFIES)
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            outcome = behind.positions[j]
            outcome["ratified"], outcome["ratified_in"] = outcome["at_table"], clock.session


@helper
def undo(clock: Clock, desk: Desk, behind: Behind, case: Case, deal: int, decliner: int) -> None:
    """Open a deal again that a principal declines."""
    behind.deals["status"][deal], behind.deals["declined"][deal] = OPEN, 1 + decliner
    write_log(clock, desk, deal, decliner, DECLINES)
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        behind.declined[c] = behind.agreed[c]
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            outcome = behind.positions[j]
            if outcome["at_table"] >= case.deals["quo"][deal]:  # something was agreed on it
                outcome["refused_by"] = len(case.parties) + decliner
                outcome["bound_by"] = RATIFICATION


@helper
def ask_more(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Let a delegation whose principal declined a deal ask for more than it brought, unless the principal would take it now.

    So nothing is signed again that was declined, but where something has changed (Iida 1993, "When and how do domestic
    constraints matter?", Journal of Conflict Resolution 37: principals teach their delegations what they take).
    """
    party = int(behind.deals["declined"][deal]) - 1
    if party < 0:
        return
    lo, hi = case.deals["first"][deal], case.deals["after"][deal]
    copy_into(behind.agreed[lo:hi], behind.declined[lo:hi])
    behind.deals["status"][deal] = TABLED
    declines_still = declines(behind, case, party, int(case.deals["track"][deal]))
    behind.deals["status"][deal] = OPEN
    if not declines_still:
        behind.deals["declined"][deal] = 0
        return
    declined = utility(desk.worths[party, party, lo:hi], behind.declined[lo:hi])
    desk.stands["floor"][party, deal] = max(float(desk.stands["floor"][party, deal]), declined + A_LITTLE)
