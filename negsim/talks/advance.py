"""One turn of the whole talks: mediators, protocol, and whatever follows when a deal, a track or a session ends."""

from collections.abc import Callable
from typing import Any, NamedTuple

from negsim.core.cases import at_stage, roll
from negsim.core.clock import break_off, end_talks, open_at, turns_of, with_turn
from negsim.core.dice import MEDIATE, PROTOCOL, uniform
from negsim.core.moves import elapsed_of, put_text, write_log
from negsim.core.packages import is_empty
from negsim.core.registry import helper
from negsim.core.state import (
    AT_OPENING,
    BROKEN_OFF,
    EVERY_TURN,
    OPEN,
    STAYS_AWAY,
    TABLED,
    WAR_ENDS,
    Behind,
    Case,
    Clock,
    Desk,
    Prior,
    Sight,
)
from negsim.talks.appraise import appraise, appraise_believed, open_deal, withdraw_pledges
from negsim.talks.beliefs import convey, hear
from negsim.talks.delivery import settle
from negsim.talks.drift import walk_front
from negsim.talks.events import happen
from negsim.talks.last_call import call_last
from negsim.talks.menus import lay_menu, lay_menus
from negsim.talks.openings import lay_openings
from negsim.talks.ratify import ask_more, ratify
from negsim.talks.refusals import explain_refusals
from negsim.talks.restate import restate
from negsim.talks.tally import session_gain
from negsim.talks.trust import fade, reckon
from negsim.talks.zones import note_zones

WORD = -1 & 0xFFFFFFFF  # item of the stream that stays the same all through a run


@helper
def is_concerned(case: Case, m: int, deal: int) -> bool:
    """Tell whether a mediator's target is part of a deal."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for o in range(case.issues["options"][c]):
            if case.targets[m, c, o] == 1:
                return True
    return False


@helper
def sight_of(clock: Clock, desk: Desk, behind: Behind, case: Case, m: int) -> Sight:
    """Return what a mediator sees of the current deal."""
    deal, key = case.deals[clock.deal], int(case.mediators["key"][m])
    lo, hi = deal["first"], deal["after"]
    return Sight(
        behind.traits[m],
        behind.leverage[m],
        behind.clarity[m : m + 1],
        desk.text[m, lo:hi],
        desk.offers[:, lo:hi],
        desk.worths[:, :, lo:hi, : deal["widest"]],
        desk.stands["floor"][:, clock.deal],
        case.issues["options"][lo:hi],
        clock.speaker,
        is_concerned(case, m, clock.deal),
        int(deal["quo"]),
        clock.deal,
        clock.turn,
        clock.session,
        (clock.turn + 1) / (clock.turns + 1),
        clock.turn / (clock.turns + 1),
        roll(
            case,
            (key + int(deal["key"])) & 0xFFFFFFFF,
            MEDIATE,
            clock.session * 65536 + clock.turn,
        ),
        roll(case, key, MEDIATE, WORD),
    )


@helper
def shake_hands(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Write down what was agreed at the table. A package that changes nothing is no agreement."""
    deal, bargain = case.deals[clock.deal], behind.deals[clock.deal]
    if deal["quo"] == 1 and is_empty(desk.offers[clock.speaker, deal["first"] : deal["after"]]):
        return
    bargain["status"], bargain["tabled"] = TABLED, 1
    for c in range(deal["first"], deal["after"]):
        behind.agreed[c] = desk.offers[clock.speaker, c]
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            outcome = behind.positions[j]
            outcome["at_table"] = case.option_of[j, behind.agreed[c]]
            if outcome["ratified"] < deal["quo"]:  # when it was first agreed for good: a renewal does not move it
                outcome["session"], outcome["turn"] = clock.session, clock.turn


@helper
def spend_leverage(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Owe a carrot if its target was agreed at the table; spend a stick if the party it was shown to refused the target.

    What is held out is at stake whole, however little of it is believed.
    """
    tabled = behind.deals["status"][clock.deal] == TABLED
    for m in range(behind.leverage.shape[0]):
        for c in range(case.deals["first"][clock.deal], case.deals["after"][clock.deal]):
            met = tabled and case.targets[m, c, behind.agreed[c]] == 1
            refusal = desk.refusals[c]
            refused = int(refusal["option"])
            for party in range(len(case.parties)):
                purse = behind.leverage[m, party]
                if met and purse["carrot_shown"] > 0.0:
                    purse["owed"] = purse["carrot"]
                if met:
                    purse["counted"] = purse["carrot_shown"] + purse["stick_shown"]
                shown = not met and purse["stick_shown"] > 0.0
                if shown and refused >= 0 and case.targets[m, c, refused] == 1 and refusal["party"] == party:
                    purse["stick"] = 0.0


@helper
def grow_ready(clock: Clock, behind: Behind) -> None:
    """Let a party's readiness move with how a session went against what it hoped for."""
    for party in range(len(behind.parties)):
        me = behind.parties[party]
        rate = float(me["readiness_rate"])
        if rate > 0.0:
            surprise = session_gain(behind, party, clock.session) - float(me["hoped_gain"])
            me["ready"] = min(1.0, max(0.0, float(me["ready"]) + rate * surprise))


@helper
def pass_time(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Go on to the day of the next session, or to the horizon after the last: deliveries, trust, readiness, the front."""
    last = clock.session + 1 == len(case.days)
    day = float(case.days[clock.session])
    until = day + case.horizon if last else float(case.days[clock.session + 1])
    grow_ready(clock, behind)
    fade(behind)
    settle(clock, desk, behind, case, until)
    if not last:
        happen(clock, desk, behind, case)
    reckon(behind, case)
    if not last:
        course = behind.course[0]
        course["day"] = until
        walk_front(behind, case, clock.session, int(case.pace * until // 7.0) - int(case.pace * day // 7.0))
        if course["war_over"] == 1.0:
            write_log(clock, desk, -1, -1, WAR_ENDS)


@helper
def next_deal(behind: Behind, after: int) -> int:
    """Return the next deal that is open, or the number of deals if none is."""
    deal = after
    while deal < len(behind.deals) and behind.deals["status"][deal] != OPEN:
        deal += 1
    return deal


@helper
def stays_away(clock: Clock, desk: Desk, behind: Behind) -> bool:
    """Tell whether some party is not ready to come (Pruitt 2007, "Readiness theory and the Northern Ireland conflict")."""
    for party in range(len(behind.parties)):
        if behind.parties["ready"][party] < behind.parties["readiness_threshold"][party]:
            write_log(clock, desk, -1, party, STAYS_AWAY)
            return True
    return False


@helper
def close_deal(clock: Clock, prior: Prior, desk: Desk, behind: Behind, case: Case) -> Clock:
    """End the bargaining over a deal, ratify at the end of a track, and move on to the next open deal or session."""
    if clock.agreed:
        shake_hands(clock, desk, behind, case)
    if clock.assents != BROKEN_OFF:  # a later session goes on from here
        desk.clocks[clock.deal] = elapsed_of(with_turn(clock, clock.turn - 1), desk, case)
    explain_refusals(desk, behind, case, clock.deal)
    spend_leverage(clock, desk, behind, case)
    withdraw_pledges(behind)
    track = int(case.deals["track"][clock.deal])
    deal = next_deal(behind, clock.deal + 1)
    if deal == len(behind.deals) or case.deals["track"][deal] != track:
        ratify(clock, desk, behind, case, track)
    if deal < len(behind.deals):
        return open_at(clock.session, deal, clock.turns)
    return adjourn(clock, prior, desk, behind, case)


@helper
def adjourn(clock: Clock, prior: Prior, desk: Desk, behind: Behind, case: Case) -> Clock:
    """End a session and go on to the next one that is held and has an open deal, or to the end of the talks."""
    session, deal = clock.session, len(behind.deals)
    while deal == len(behind.deals):
        pass_time(open_at(session, 0, clock.turns), desk, behind, case)
        session += 1
        if session == len(case.days) or behind.course["war_over"][0] == 1.0:
            return end_talks(clock, session)
        if case.stages[session] != behind.stage[0]:
            restate(prior, desk, behind, case, int(case.stages[session]))
        if not stays_away(open_at(session, 0, clock.turns), desk, behind):
            deal = next_deal(behind, 0)
    return open_at(session, deal, turns_of(case, session))


@helper
def stays_left(desk: Desk, case: Case, deal: int) -> bool:
    """Tell whether a deal is not taken up again: a party left it, and still has nothing to offer that it could accept."""
    gone = False
    for party in range(len(case.parties)):
        stand = desk.stands[party, deal]
        if stand["points"] > 0:
            stand["left"] = 0
        gone = gone or (stand["left"] == 1 and case.parties["own"][party] == 0)
    return gone


@helper
def breaks_down(clock: Clock, case: Case) -> bool:
    """Tell whether bargaining over a deal ends after a round, by a deadline that nobody knew."""
    if case.breakdown <= 0.0 or clock.turn % len(case.parties) != 0:
        return False
    moment = (1 << 24) + clock.session * 65536 + clock.turn
    dice = roll(case, int(case.deals["key"][clock.deal]), PROTOCOL, moment)
    return uniform(dice, 0) < case.breakdown


@helper
def mediate(clock: Clock, desk: Desk, behind: Behind, case: Case, mediators: Any) -> int:
    """Let those mediators act who can at this turn; tell whether they changed anything."""
    moved = 0
    for m in range(len(mediators)):
        acts = case.mediators["acts"][m]
        if acts == EVERY_TURN or (acts == AT_OPENING and clock.turn == 0):
            moved += mediators[m](sight_of(clock, desk, behind, case, m))
    return moved


@helper
def listen(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Let all learn from the choices of this turn; while bargaining goes on, menus are laid anew by what is believed now."""
    deal = clock.deal
    heard = hear(desk, behind, case, deal)
    if clock.agreed or clock.turn >= clock.turns:
        return
    parties = len(case.parties)
    for owner in range(parties):
        for viewer in range(parties):
            if viewer != owner and heard & (1 << owner) != 0:
                appraise_believed(desk, behind, case, deal, owner, viewer)
    for viewer in range(parties):
        if heard & ~(1 << viewer) != 0:
            lay_menu(desk, case, deal, viewer)


class Parts(NamedTuple):
    """What a turn is made of beside what the actors do: the plain functions here, or machine code of the same."""

    open_deal: Callable[[Clock, Desk, Behind, Case], None]
    appraise: Callable[[Desk, Behind, Case, int], None]
    lay_menus: Callable[[Desk, Case, int], None]
    note_zones: Callable[[Clock, Desk, Behind, Case], None]
    close_deal: Callable[[Clock, Prior, Desk, Behind, Case], Clock]


PLAIN = Parts(open_deal, appraise, lay_menus, note_zones, close_deal)


@helper
def set_table(clock: Clock, desk: Desk, behind: Behind, case: Case, mediators: Any) -> None:
    """Clear the table for a new deal, and let the mediators act."""
    open_deal(clock, desk, behind, case)
    if mediate(clock, desk, behind, case, mediators) > 0:
        convey(behind, case)
        appraise(desk, behind, case, clock.deal)


def made_of(parts: Parts) -> Callable[..., Clock]:
    """Return `advance`, the function that plays one turn, made of these parts."""
    open_deal, appraise, lay_menus, note_zones, close_deal = parts

    def advance(
        clock: Clock, prior: Prior, desk: Desk, behind: Behind, case: Case, protocol: Any, speakers: Any, mediators: Any
    ) -> Clock:
        if behind.stage[0] > 0:
            case = at_stage(case, int(behind.stage[0]))
        opening = clock.turn == 0
        if opening:
            if clock.session == 0 and clock.deal == 0 and stays_away(clock, desk, behind):
                return adjourn(clock, prior, desk, behind, case)
            open_deal(clock, desk, behind, case)
        moved = mediate(clock, desk, behind, case, mediators)
        if moved > 0:
            convey(behind, case)
            appraise(desk, behind, case, clock.deal)
        if opening or moved > 0:
            ask_more(desk, behind, case, clock.deal)
            lay_menus(desk, case, clock.deal)
        if opening:
            lay_openings(desk, case, clock.deal)
            note_zones(clock, desk, behind, case)
            if stays_left(desk, case, clock.deal):
                return close_deal(break_off(clock), prior, desk, behind, case)
        quo = case.deals["quo"][clock.deal]
        for m in range(len(case.mediators) if quo == 0 else 0):
            if not clock.agreed and desk.text[m, case.deals["first"][clock.deal]] >= 0:
                clock = put_text(clock, desk, case, speakers, m)
        if not clock.agreed:
            clock = protocol(clock, desk, case, speakers)
            if not clock.agreed and breaks_down(clock, case):
                clock = break_off(clock)
        if quo == 1 and not clock.agreed and clock.turn >= clock.turns and clock.assents != BROKEN_OFF:
            clock = call_last(clock, desk, case, speakers)
        if desk.chosen[0] > 0:
            listen(clock, desk, behind, case)
        if clock.agreed or clock.turn >= clock.turns:
            clock = close_deal(clock, prior, desk, behind, case)
        return clock

    return advance


advance = helper(made_of(PLAIN))
"""Play one turn: all that either engine loops over.

Parameters
----------
clock, prior, desk, behind, case
    The arrays of `desk` and `behind` are written in place; `prior` is drawn from again when words are said between sessions.
protocol : callable
    `(clock, desk, case, speakers) -> clock`.
speakers : Speakers
    One offer rule and one acceptance condition a seat.
mediators : tuple of callable
    One style a mediator; never empty.

Returns
-------
clock
"""
