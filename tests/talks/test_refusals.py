"""Why the last to refuse did: red line, consent, price, doubt, floor, hope for more."""

from negsim.core.state import ACCEPTABLE, BUT_FOR_FLOOR, TABLED, UNACCEPTABLE
from negsim.talks import refusals
from negsim.talks.appraise import appraise
from negsim.talks.refusals import KINDS, bound_of, explain_refusals

NORTH, SOUTH = 0, 1
TO_SOUTH, TRUCE, CROSSING = 1, 2, 3
PART, FULL = 1, 2


def bound(game, party, position, option, was=UNACCEPTABLE):
    case, _, desk, behind = game
    appraise(desk, behind, case, int(case.issues["deal"][case.positions["issue"][position]]))
    return bound_of(desk, behind, case, party, position, option, was)


def test_a_red_line_comes_before_anything_else_and_names_its_statement(small):
    """Statement 4 stands as 1 + 4 in `barred`, statement 0 as 1; a negative mark is consent withheld by that statement."""
    game = small()
    game[3].barred[NORTH, TRUCE, FULL] = 1
    assert bound(game, NORTH, TRUCE, FULL) == refusals.RED_LINE + KINDS
    game[3].barred[NORTH, TRUCE, FULL] = 5
    assert bound(game, NORTH, TRUCE, FULL, ACCEPTABLE) == refusals.RED_LINE + KINDS * 5
    game[3].barred[NORTH, TRUCE, FULL] = -5
    assert bound(game, NORTH, TRUCE, FULL) == refusals.CONSENT + KINDS * 5


def test_who_could_have_agreed_hoped_for_more_and_who_could_but_for_its_floor_had_a_floor(small):
    game = small()
    assert bound(game, NORTH, TRUCE, FULL, ACCEPTABLE) == refusals.ASPIRATION
    assert bound(game, NORTH, TRUCE, FULL, BUT_FOR_FLOOR) == refusals.FLOOR


def test_what_is_worth_less_than_the_status_quo_is_a_price(small):
    """Full is worth 0 to south, none 0.4: a price, by a statement, by silence, or for what it hands over the cost of that."""
    game = small()
    why = game[3].why
    why[SOUTH, TRUCE, FULL] = 0
    assert bound(game, SOUTH, TRUCE, FULL) == refusals.PRICED + KINDS
    why[SOUTH, TRUCE, FULL] = 2
    assert bound(game, SOUTH, TRUCE, FULL) == refusals.PRICED + KINDS * 3
    why[SOUTH, TRUCE, FULL] = -2
    assert bound(game, SOUTH, TRUCE, FULL) == refusals.SILENT
    why[SOUTH, TRUCE, FULL] = why[NORTH, TO_SOUTH, 2] = -1
    assert bound(game, SOUTH, TRUCE, FULL) == refusals.PRICED
    assert bound(game, NORTH, TO_SOUTH, 2) == refusals.HANDOVER


def test_a_truce_worth_having_is_refused_for_doubt_or_for_the_floor(small):
    """North's full at P = 0.5 and L = 1: 0.5 * 0.8 - 0.5 * 1 < 0, though 0.8 if it held for sure: doubt.

    At P = 0.875 and L = 0.4 it gains 0.433: only talking that pays more than that binds.
    """
    doubtful = small("tracks.truce.trust=[1e-9, 1]", "parties.north.breach_loss=1")
    assert bound(doubtful, NORTH, TRUCE, FULL) == refusals.DOUBT
    assert bound(small("parties.north.theta=0.5"), NORTH, TRUCE, FULL) == refusals.FLOOR
    assert bound(small("parties.north.theta=0.4"), NORTH, TRUCE, FULL) == refusals.OTHER_ISSUES
    assert bound(small(), NORTH, CROSSING, 1) == refusals.OTHER_ISSUES


def refused(small, party, option, status=0, agreed=0):
    case, _, desk, behind = small()
    appraise(desk, behind, case, 1)
    behind.deals["status"][1], behind.agreed[TRUCE] = status, agreed
    desk.refusals["party"][:], desk.refusals["party"][TRUCE] = -1, party
    desk.refusals["option"][TRUCE], desk.refusals["was"][TRUCE] = option, UNACCEPTABLE
    explain_refusals(desk, behind, case, 1)
    return behind.positions["refused_by"].tolist()


def test_the_last_to_refuse_is_named_on_what_stays_as_it_is(small):
    assert refused(small, SOUTH, FULL) == [-1, -1, SOUTH, -1]
    assert refused(small, SOUTH, -1) == [-1, -1, SOUTH, -1]  # walked out: its best change is what it is asked about
    assert refused(small, SOUTH, FULL, TABLED, PART) == [-1] * 4  # agreed in the end
    assert refused(small, SOUTH, FULL, TABLED, 0) == [-1, -1, SOUTH, -1]  # agreed on the rest only
