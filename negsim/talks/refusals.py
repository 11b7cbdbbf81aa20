"""Why something was refused: the reading, red line, floor or hope for more that bound the last to say no."""

from negsim.core.packages import best_option
from negsim.core.registry import helper
from negsim.core.state import ACCEPTABLE, BUT_FOR_FLOOR, TABLED, Behind, Case, Desk
from negsim.talks.appraise import issue_delivery, issue_trust, option_gain, side_of
from negsim.talks.values import SILENCE

# A bound is kind + KINDS * (1 + statement); statement -1 where none is behind it.
NOTHING, RED_LINE, CONSENT, PRICED, SILENT, HANDOVER, DOUBT, FLOOR, OTHER_ISSUES, ASPIRATION, RATIFICATION, SEVERAL, JOINTLY = (
    range(13)
)
KINDS = 16


@helper
def bound_of(desk: Desk, behind: Behind, case: Case, party: int, j: int, option: int, was: int) -> int:
    """Say what kept a party from an option (of the issue as bargained over), seen from one scenario issue of it."""
    c = int(case.positions["issue"][j])
    mark = int(behind.barred[party, c, option])
    if mark > 0:
        return RED_LINE + KINDS * mark
    if mark < 0:
        return CONSENT + KINDS * -mark
    if was == ACCEPTABLE:
        return ASPIRATION
    if was == BUT_FOR_FLOOR:
        return FLOOR
    return own_bound(desk, behind, case, party, j, option)


@helper
def own_bound(desk: Desk, behind: Behind, case: Case, party: int, j: int, option: int) -> int:
    """Say what puts an option that is not barred below a party's floor."""
    c = int(case.positions["issue"][j])
    named = int(case.option_of[j, option])
    if behind.values[party, j, named] < behind.values[party, j, 0]:
        return price_of(behind, case, party, j, named)
    if case.effects["stops"][j, named] > 0.0:
        return truce_bound(desk, behind, case, party, c, option)
    return OTHER_ISSUES


@helper
def price_of(behind: Behind, case: Case, party: int, j: int, named: int) -> int:
    """Say what puts an option below the status quo for a party: a statement, its silence, or the cost of handing over."""
    why = int(behind.why[party, j, named])
    if why >= 0:
        return PRICED + KINDS * (1 + why)
    if why == SILENCE:
        return SILENT
    return HANDOVER if case.positions["first"][j] >= 0 else PRICED


@helper
def truce_bound(desk: Desk, behind: Behind, case: Case, party: int, c: int, option: int) -> int:
    """Say what kept a party from a truce that is worth more to it than none: doubt that it holds, its floor, or other issues."""
    side = side_of(behind, case, party, party, int(case.issues["deal"][c]))
    trust, expected = issue_trust(behind, case, c), issue_delivery(behind, case, c)
    if option_gain(side, case, c, option, trust, expected) < 0.0:
        return DOUBT if option_gain(side, case, c, option, 1.0, 1.0) >= 0.0 else OTHER_ISSUES
    return FLOOR if desk.worths[party, party, c, option] < 0.0 else OTHER_ISSUES


@helper
def explain_refusals(desk: Desk, behind: Behind, case: Case, deal: int) -> None:
    """Write down, for each scenario issue of a deal left at the status quo, who refused a change last and why."""
    tabled = behind.deals["status"][deal] == TABLED
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        refusal, issue = desk.refusals[c], case.issues[c]
        party, option = int(refusal["party"]), int(refusal["option"])
        if party < 0 or (tabled and behind.agreed[c] != 0):
            continue
        if option < 0 and issue["options"] == 1:
            continue  # nothing but the status quo to be had
        if option < 0:
            option = best_option(desk.worths[party, party], c, int(issue["options"]), 1)
        for j in range(issue["first"], issue["after"]):
            if j == issue["first"] or case.option_of[j, option] != 0:
                outcome = behind.positions[j]
                outcome["refused_by"] = party
                outcome["bound_by"] = bound_of(desk, behind, case, party, j, option, int(refusal["was"]))
