"""One turn of the whole talks: mediators, protocol, and whatever follows when a deal, a track or a session ends."""

from typing import Any

from negsim.core.dice import MEDIATE, PROTOCOL, stream, uniform
from negsim.core.moves import put_text, write_log
from negsim.core.packages import is_empty
from negsim.core.registry import helper
from negsim.core.state import (
    AT_TABLE,
    CARROT,
    DAY,
    EVER_TABLED,
    HELD_OUT,
    HOPED_GAIN,
    OPEN,
    OWED,
    RATIFIED,
    READINESS_RATE,
    READINESS_THRESHOLD,
    READY,
    REFUSED_OPTION,
    REFUSER,
    SESSION,
    STATUS,
    STAYS_AWAY,
    STICK,
    TABLED,
    TRACK,
    TURN,
    WAR_ENDS,
    WAR_OVER,
    ZONE,
    Behind,
    Case,
    Clock,
    Desk,
    Sight,
)
from negsim.talks.appraise import appraise, has_zone, lay_menus, open_deal
from negsim.talks.delivery import settle
from negsim.talks.drift import walk_front
from negsim.talks.events import happen
from negsim.talks.ratify import ratify
from negsim.talks.refusals import explain_refusals
from negsim.talks.tally import session_gain
from negsim.talks.trust import fade, reckon


@helper
def sight_of(clock: Clock, desk: Desk, behind: Behind, case: Case, m: int) -> Sight:
    """Return what a mediator sees of the current deal."""
    lo, hi = case.agenda.bounds[clock.deal], case.agenda.bounds[clock.deal + 1]
    concerned = False
    for c in range(lo, hi):
        for o in range(case.agenda.sizes[c]):
            if case.frame.targets[m, c, o] == 1:
                concerned = True
    return Sight(
        behind.traits[m],
        behind.leverage[m, :HELD_OUT],
        behind.leverage[m, HELD_OUT:OWED],
        behind.traits[m, behind.traits.shape[1] - 1 :],
        desk.offers[:, lo:hi],
        clock.speaker,
        concerned,
        clock.deal,
        clock.turn,
        clock.session,
        (clock.turn + 1) / (clock.turns + 1),
        stream(
            case.agenda.seed,
            case.agenda.replicate,
            (int(case.frame.helpers[m]) + int(case.agenda.deal_keys[clock.deal])) & 0xFFFFFFFF,
            MEDIATE,
            clock.session * 65536 + clock.turn,
        ),
        clock.turn / (clock.turns + 1),
        desk.worths[:, :, lo:hi, : case.agenda.widest[clock.deal]],
        desk.floors[:, clock.deal],
        case.agenda.sizes[lo:hi],
        int(case.agenda.quo[clock.deal]),
        desk.text[lo:hi],
        stream(case.agenda.seed, case.agenda.replicate, int(case.frame.helpers[m]), MEDIATE, -1 & 0xFFFFFFFF),
    )


@helper
def shake_hands(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Write down what was agreed at the table. A package that changes nothing is no agreement."""
    lo, hi = int(case.agenda.bounds[clock.deal]), int(case.agenda.bounds[clock.deal + 1])
    if case.agenda.quo[clock.deal] == 1 and is_empty(desk.offers[clock.speaker, lo:hi]):
        return
    behind.deals[clock.deal, STATUS] = TABLED
    behind.deals[clock.deal, EVER_TABLED] = 1
    for c in range(lo, hi):
        behind.agreed[c] = desk.offers[clock.speaker, c]
        for j in range(case.frame.parts[c], case.frame.parts[c + 1]):
            behind.issues[j, AT_TABLE] = case.frame.option_of[j, behind.agreed[c]]
            # When it was first agreed for good: a renewal does not move it.
            if behind.issues[j, RATIFIED] < case.agenda.quo[clock.deal]:
                behind.issues[j, SESSION] = clock.session
                behind.issues[j, TURN] = clock.turn


@helper
def spend_leverage(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Owe a carrot if its target was agreed at the table; spend a stick if the party it was shown to refused the target.

    What is held out is at stake whole, however little of it is believed.
    """
    tabled = behind.deals[clock.deal, STATUS] == TABLED
    for m in range(len(behind.leverage)):
        for c in range(case.agenda.bounds[clock.deal], case.agenda.bounds[clock.deal + 1]):
            met = tabled and case.frame.targets[m, c, behind.agreed[c]] == 1
            refused = int(desk.refusals[c, REFUSED_OPTION])
            for party in range(len(case.agenda.actors)):
                if met and behind.leverage[m, HELD_OUT + CARROT, party] > 0.0:
                    behind.leverage[m, OWED, party] = behind.leverage[m, CARROT, party]
                shown = not met and behind.leverage[m, HELD_OUT + STICK, party] > 0.0
                if shown and refused >= 0 and case.frame.targets[m, c, refused] == 1 and desk.refusals[c, REFUSER] == party:
                    behind.leverage[m, STICK, party] = 0.0


@helper
def pass_time(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Go on to the day of the next session, or to the horizon after the last: deliveries, trust, readiness, the front."""
    last = clock.session + 1 == len(case.frame.calendar)
    day = float(case.frame.calendar[clock.session])
    until = day + case.frame.horizon if last else float(case.frame.calendar[clock.session + 1])
    for party in range(len(case.agenda.actors)):
        rate = float(behind.types[party, READINESS_RATE])
        if rate > 0.0:
            surprise = session_gain(behind, party, clock.session) - float(behind.types[party, HOPED_GAIN])
            behind.sides[party, READY] = min(1.0, max(0.0, float(behind.sides[party, READY]) + rate * surprise))
    fade(behind)
    settle(clock, desk, behind, case, until)
    if not last:
        happen(behind, case, clock.session + 1)
    reckon(behind, case)
    if not last:
        behind.course[DAY] = until
        walk_front(behind, case, clock.session, int(until // 7.0) - int(day // 7.0))
        if behind.course[WAR_OVER] == 1.0:
            write_log(clock, desk, -1, -1, WAR_ENDS)


@helper
def next_deal(behind: Behind, after: int) -> int:
    """Return the next deal that is open, or the number of deals if none is."""
    deal = after
    while deal < len(behind.deals) and behind.deals[deal, STATUS] != OPEN:
        deal += 1
    return deal


@helper
def stays_away(clock: Clock, desk: Desk, behind: Behind) -> bool:
    """Tell whether some party is not ready to come (Pruitt 2007, "Readiness theory and the Northern Ireland conflict")."""
    for party in range(len(behind.sides)):
        if behind.sides[party, READY] < behind.types[party, READINESS_THRESHOLD]:
            write_log(clock, desk, -1, party, STAYS_AWAY)
            return True
    return False


@helper
def close_deal(clock: Clock, desk: Desk, behind: Behind, case: Case) -> Clock:
    """End the bargaining over a deal, ratify at the end of a track, and move on to the next open deal or session."""
    if clock.agreed:
        shake_hands(clock, desk, behind, case)
    explain_refusals(desk, behind, case, clock.deal)
    spend_leverage(clock, desk, behind, case)
    behind.leverage[:, HELD_OUT:OWED] = 0.0
    track = int(case.frame.deals[clock.deal, TRACK])
    deal = next_deal(behind, clock.deal + 1)
    if deal == len(behind.deals) or case.frame.deals[deal, TRACK] != track:
        ratify(clock, desk, behind, case, track)
    if deal < len(behind.deals):
        return Clock(clock.session, deal, 0, clock.turns, -1, 0, False, False)  # noqa: FBT003
    return adjourn(clock, desk, behind, case)


@helper
def adjourn(clock: Clock, desk: Desk, behind: Behind, case: Case) -> Clock:
    """End a session and go on to the next one that is held and has an open deal, or to the end of the talks."""
    session, deal = clock.session, len(behind.deals)
    while deal == len(behind.deals):
        now = Clock(session, 0, 0, clock.turns, -1, 0, False, False)  # noqa: FBT003
        pass_time(now, desk, behind, case)
        session += 1
        over = session == len(case.frame.calendar) or behind.course[WAR_OVER] == 1.0
        now = Clock(session, 0, 0, clock.turns, -1, 0, False, over)  # noqa: FBT003
        if over:
            return now
        if not stays_away(now, desk, behind):
            deal = next_deal(behind, 0)
    return Clock(session, deal, 0, clock.turns, -1, 0, False, False)  # noqa: FBT003


@helper
def note_zones(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Note whether the current deal has a zone; for a package of all tracks, whether each track has one in it."""
    if case.frame.deals[clock.deal, TRACK] >= 0:
        if has_zone(desk, case, clock.deal, -1):
            behind.deals[clock.deal, ZONE] = 1
        return
    for track in range(len(behind.trust)):
        if has_zone(desk, case, clock.deal, track):
            behind.trust[track, 3] = 1.0


@helper
def breaks_down(clock: Clock, case: Case) -> bool:
    """Tell whether bargaining over a deal ends after a round, by a deadline that nobody knew."""
    agenda = case.agenda
    if agenda.breakdown <= 0.0 or clock.turn % len(agenda.actors) != 0:
        return False
    moment = (1 << 24) + clock.session * 65536 + clock.turn
    dice = stream(agenda.seed, agenda.replicate, int(agenda.deal_keys[clock.deal]), PROTOCOL, moment)
    return uniform(dice, 0) < agenda.breakdown


@helper
def set_table(clock: Clock, desk: Desk, behind: Behind, case: Case, mediators: Any) -> int:
    """Clear the table for a new deal, and let the mediators act; tell whether they changed anything."""
    if clock.turn == 0:
        open_deal(clock, desk, behind, case)
    moved = 0
    for m in range(len(mediators)):
        moved += mediators[m](sight_of(clock, desk, behind, case, m))
    if moved > 0:
        appraise(desk, behind, case, clock.deal)
    return moved


@helper
def advance(clock: Clock, desk: Desk, behind: Behind, case: Case, protocol: Any, speakers: Any, mediators: Any) -> Clock:
    """Play one turn: all that either engine loops over.

    Parameters
    ----------
    protocol : callable
        `(clock, desk, agenda, speakers) -> clock`.
    speakers : Speakers
        One offer rule and one acceptance condition a seat.
    mediators : tuple of callable
        One style a mediator; never empty.

    Returns
    -------
    clock
        The arrays of `desk` and `behind` are written in place.
    """
    opening = clock.turn == 0
    if opening and clock.session == 0 and clock.deal == 0 and stays_away(clock, desk, behind):
        return adjourn(clock, desk, behind, case)
    moved = set_table(clock, desk, behind, case, mediators)
    if opening or moved > 0:
        lay_menus(desk, case.agenda, clock.deal)
    if opening:
        note_zones(clock, desk, behind, case)
    if desk.text[case.agenda.bounds[clock.deal]] >= 0:
        clock = put_text(clock, desk, case.agenda, speakers)
    if not clock.agreed:
        clock = protocol(clock, desk, case.agenda, speakers)
        if not clock.agreed and breaks_down(clock, case):
            clock = Clock(clock.session, clock.deal, clock.turns, clock.turns, clock.speaker, 0, False, False)  # noqa: FBT003
    if clock.agreed or clock.turn >= clock.turns:
        clock = close_deal(clock, desk, behind, case)
    return clock
