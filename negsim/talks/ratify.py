"""Ratification: what the delegations agreed on a track goes to their principals at the end of the session."""

from negsim.core.moves import write_log
from negsim.core.registry import helper
from negsim.core.state import (
    AT_TABLE,
    BOUND_BY,
    BREACH_LOSS,
    CARROT,
    DECLINES,
    OPEN,
    OWED,
    RATIFIED,
    RATIFIED_IN,
    RATIFIES,
    REFUSED_BY,
    STATUS,
    TABLED,
    THRESHOLD,
    TRACK,
    Behind,
    Case,
    Clock,
    Desk,
)
from negsim.talks.appraise import link_gain, option_gain, track_weight
from negsim.talks.delivery import promise
from negsim.talks.refusals import RATIFICATION
from negsim.talks.trust import issue_trust


@helper
def principal_gain(behind: Behind, case: Case, party: int, track: int) -> float:
    """Return what a principal gains, by its own weights, from all that was agreed on a track this session."""
    frame = case.frame
    row = len(case.agenda.actors) + party
    total = track_weight(behind.weights[row], case, track)
    gain = 0.0
    for deal in range(len(behind.deals)):
        if frame.deals[deal, TRACK] != track or behind.deals[deal, STATUS] != TABLED:
            continue
        for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
            gain += option_gain(
                behind.values[party],
                behind.weights[row],
                total if case.agenda.quo[deal] == 1 else 1.0,
                frame.roles[party],
                float(behind.types[party, BREACH_LOSS]),
                issue_trust(behind, case, c),
                int(case.agenda.quo[deal]),
                case,
                c,
                int(behind.agreed[c]),
            )
            gain += link_gain(behind, case, party, c, int(behind.agreed[c]))
    return gain


@helper
def ratify(clock: Clock, desk: Desk, behind: Behind, case: Case, track: int) -> None:
    """Put what a session agreed on a track to each principal, who asks for a gain drawn once from Uniform[lo, hi].

    So `P_i = F(G_i)` with F the distribution function of that uniform (Putnam 1988, "Diplomacy and domestic politics",
    International Organization 42). One no undoes the whole of it.
    """
    parties = len(case.agenda.actors)
    tabled = False
    for deal in range(len(behind.deals)):
        if case.frame.deals[deal, TRACK] == track and behind.deals[deal, STATUS] == TABLED:
            tabled = True
    if not tabled:
        return
    refuser = -1
    for party in range(parties):
        if refuser < 0 and principal_gain(behind, case, party, track) < behind.sides[party, THRESHOLD]:
            refuser = party
    for deal in range(len(behind.deals)):
        if case.frame.deals[deal, TRACK] != track or behind.deals[deal, STATUS] != TABLED:
            continue
        if refuser < 0:
            promise(clock, behind, case, deal)
        else:
            behind.deals[deal, STATUS] = OPEN
        write_log(clock, desk, deal, refuser, RATIFIES if refuser < 0 else DECLINES)
        for j in range(case.frame.parts[case.agenda.bounds[deal]], case.frame.parts[case.agenda.bounds[deal + 1]]):
            if refuser < 0:
                behind.issues[j, RATIFIED] = behind.issues[j, AT_TABLE]
                behind.issues[j, RATIFIED_IN] = clock.session
            elif behind.issues[j, AT_TABLE] >= case.agenda.quo[deal]:
                behind.issues[j, REFUSED_BY] = parties + refuser
                behind.issues[j, BOUND_BY] = RATIFICATION
    for m in range(len(behind.leverage)):
        for party in range(parties):
            if refuser < 0:
                behind.leverage[m, CARROT, party] -= behind.leverage[m, OWED, party]
            behind.leverage[m, OWED, party] = 0.0
