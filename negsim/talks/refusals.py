"""Why something was refused: the reading, red line, floor or hope for more that bound the last to say no."""

from negsim.core.packages import best_option
from negsim.core.registry import helper
from negsim.core.state import (
    BOUND_BY,
    BREACH_LOSS,
    GIVES,
    ISSUE_DEAL,
    MEMBER,
    REFUSED_BY,
    REFUSED_OPTION,
    REFUSER,
    STATUS,
    STOPS,
    TABLED,
    TRACK,
    WAS_ACCEPTABLE,
    Behind,
    Case,
    Desk,
)
from negsim.talks.appraise import option_gain, track_weight
from negsim.talks.trust import issue_trust

# A bound is kind + KINDS * (1 + statement); statement -1 where none is behind it.
NOTHING, RED_LINE, CONSENT, PRICED, SILENT, HANDOVER, DOUBT, FLOOR, OTHER_ISSUES, ASPIRATION, RATIFICATION = range(11)
KINDS = 16


@helper
def bound_of(desk: Desk, behind: Behind, case: Case, party: int, j: int, option: int, acceptable: int) -> int:
    """Say what kept a party from an option (of the issue as bargained over), seen from one scenario issue of it."""
    frame = case.frame
    c = int(frame.positions[j, MEMBER])
    mark = int(behind.barred[party, c, option])
    if mark > 0:
        return RED_LINE + KINDS * mark
    if mark < 0:
        return CONSENT + KINDS * -mark
    if acceptable == 1:
        return ASPIRATION
    if acceptable == 2:
        return FLOOR
    named = int(frame.option_of[j, option])
    if behind.values[party, j, named] < behind.values[party, j, 0]:
        if behind.why[party, j, named] >= 0:
            return PRICED + KINDS * (1 + int(behind.why[party, j, named]))
        if behind.why[party, j, named] == -2:
            return SILENT
        return HANDOVER if frame.roles[party, j] == GIVES else PRICED
    deal = int(frame.issues[c, ISSUE_DEAL])
    track = int(frame.deals[deal, TRACK])
    quo = int(case.agenda.quo[deal])
    if frame.effects[j, named, STOPS] > 0.0:
        total = track_weight(behind.weights[party], case, track)
        values, weights, roles = behind.values[party], behind.weights[party], frame.roles[party]
        loss = float(behind.types[party, BREACH_LOSS])
        gain = option_gain(values, weights, total, roles, loss, issue_trust(behind, case, c), quo, case, c, option)
        if gain < 0.0:
            sure = option_gain(values, weights, total, roles, loss, 1.0, quo, case, c, option)
            return DOUBT if sure >= 0.0 else OTHER_ISSUES
        if desk.worths[party, party, c, option] < 0.0:
            return FLOOR
    return OTHER_ISSUES


@helper
def explain_refusals(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Write down, for each scenario issue of a deal left at the status quo, who refused a change last and why."""
    frame = case.frame
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        party = int(desk.refusals[c, REFUSER])
        if party < 0 or (behind.deals[deal, STATUS] == TABLED and behind.agreed[c] != 0):
            continue
        option = int(desk.refusals[c, REFUSED_OPTION])
        if option < 0 and case.agenda.sizes[c] == 1:
            continue  # nothing but the status quo to be had
        if option < 0:
            option = best_option(desk.worths[party, party], c, int(case.agenda.sizes[c]), 1)
        for j in range(frame.parts[c], frame.parts[c + 1]):
            if j == frame.parts[c] or frame.option_of[j, option] != 0:
                behind.issues[j, REFUSED_BY] = party
                behind.issues[j, BOUND_BY] = bound_of(desk, behind, case, party, j, option, int(desk.refusals[c, WAS_ACCEPTABLE]))
