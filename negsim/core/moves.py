"""What happens at the table: what a delegation sees on its turn, and how offers, refusals and other moves are written down."""

from typing import Any

from negsim.core.clock import seal, with_offer
from negsim.core.dice import OFFER, stream
from negsim.core.packages import utility
from negsim.core.registry import helper, maker
from negsim.core.state import (
    ACCEPTABLE,
    ACCEPTS,
    BUT_FOR_FLOOR,
    OFFERS,
    UNACCEPTABLE,
    Case,
    Clock,
    Desk,
    Speakers,
    View,
)


@helper
def look(clock: Clock, desk: Desk, case: Case, party: int) -> View:
    """Return what a party sees of the current deal. Rounds are turns of everybody, so all share one relative time."""
    deal = case.deals[clock.deal]
    lo, hi = deal["first"], deal["after"]
    stand = desk.stands[party, clock.deal]
    parties = len(case.parties)
    rounds = clock.turns // parties
    return View(
        desk.worths[party, :, lo:hi, : deal["widest"]],
        desk.offers[:, lo:hi],
        desk.menus[clock.deal, party, : stand["points"], : 1 + hi - lo],
        desk.rankings[party],
        case.issues["options"][lo:hi],
        desk.traits[party],
        desk.memory[party, clock.deal],
        party,
        clock.speaker,
        float(stand["floor"]),
        float(desk.talking[party]),
        int(deal["quo"]),
        (clock.turn // parties + 1) / (rounds + 1),
        clock.session,
        clock.turns,
        stream(
            case.seed,
            case.replicate,
            (int(case.parties["key"][party]) + int(deal["key"])) & 0xFFFFFFFF,
            OFFER,
            clock.session * 65536 + clock.turn,
        ),
    )


@helper
def write_log(clock: Clock, desk: Desk, deal: int, party: int, move: int) -> int:
    """Write a move down without a package; return its row, -1 if no log is kept."""
    row = int(desk.pen[0])
    if row >= len(desk.log):
        return -1
    line = desk.log[row]
    line["session"], line["deal"], line["turn"] = clock.session, deal, clock.turn
    line["party"], line["move"] = party, move
    for c in range(desk.said.shape[1]):
        desk.said[row, c] = -1
    desk.pen[0] = row + 1
    return row


@helper
def write_offer(clock: Clock, desk: Desk, lo: int, package: Any, author: int) -> None:
    """Write an offer down; its author is a party, or -1 if it is nobody's own. `lo` is the deal's first issue."""
    row = write_log(clock, desk, clock.deal, author, OFFERS)
    if row >= 0:
        for i in range(len(package)):
            desk.said[row, lo + i] = package[i]


@helper
def check_package(clock: Clock, case: Case, package: Any) -> None:
    """Check what a rule came up with, as soon as it has: compiled code would read past the end of a table.

    Raises
    ------
    ValueError
        If it neither walks out nor names an option that exists on each issue.
    """
    deal = case.deals[clock.deal]
    lo = int(deal["first"])
    if len(package) != deal["after"] - lo:
        raise ValueError("an offer has the wrong number of issues")
    if package[0] < 0:
        return
    options = case.issues["options"]
    for i in range(len(package)):
        if package[i] < 0 or package[i] >= options[lo + i]:
            raise ValueError("an offer names an option that does not exist")


@helper
def put_offer(clock: Clock, desk: Desk, case: Case, party: int, package: Any, author: int) -> None:
    """Lay an offer on a party's place at the table; its author is that party, or -1 if it is nobody's own."""
    lo = int(case.deals["first"][clock.deal])
    for i in range(len(package)):
        desk.offers[party, lo + i] = package[i]
    write_offer(clock, desk, lo, package, author)


@helper
def note_refusal(clock: Clock, desk: Desk, case: Case, party: int) -> None:
    """Remember, issue by issue, that a party refused what stands on the table, and whether it could have agreed to it."""
    deal = case.deals[clock.deal]
    lo, hi = int(deal["first"]), int(deal["after"])
    refused = desk.offers[clock.speaker, lo:hi]
    worth = utility(desk.worths[party, party, lo:hi], refused)
    was = UNACCEPTABLE
    if worth >= desk.stands["floor"][party, clock.deal]:
        was = ACCEPTABLE
    elif worth >= 0.0:
        was = BUT_FOR_FLOOR
    for i in range(hi - lo):
        if refused[i] != 0 or deal["quo"] == 0:
            refusal = desk.refusals[lo + i]
            refusal["party"], refusal["option"], refusal["was"] = party, refused[i], was


@helper
def note_walkout(clock: Clock, desk: Desk, case: Case, party: int) -> None:
    """Remember who left, on the issues that nobody had raised."""
    for c in range(case.deals["first"][clock.deal], case.deals["after"][clock.deal]):
        refusal = desk.refusals[c]
        if refusal["party"] < 0:
            refusal["party"], refusal["option"], refusal["was"] = party, -1, UNACCEPTABLE


@maker
def aside(view: View) -> View:
    """Return the same view over a copy of its memory: to ask what a party would do, without its doing it."""
    return View(
        view.worths,
        view.offers,
        view.menu,
        view.ranking,
        view.sizes,
        view.traits,
        view.memory.copy(),
        view.me,
        view.speaker,
        view.floor,
        view.talking,
        view.quo,
        view.elapsed,
        view.session,
        view.turns,
        view.dice,
    )


@maker
def put_text(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:
    """Ask every party whether it accepts a mediator's text, as it would another party's offer; it is agreed if all do."""
    lo, hi = int(case.deals["first"][clock.deal]), int(case.deals["after"][clock.deal])
    parties = len(case.parties)
    text = desk.text[lo:hi].copy()
    desk.text[lo:hi] = -1
    write_offer(clock, desk, lo, text, -1)
    for party in range(parties):
        other = (party + 1) % parties
        kept = desk.offers[other, lo:hi].copy()
        desk.offers[other, lo:hi] = text
        asked = with_offer(clock, other, 1)
        view = look(asked, desk, case, party)
        preview = speakers.offer[party](aside(view))
        check_package(clock, case, preview)
        accepted = speakers.accept[party](view, preview)
        if not accepted:
            note_refusal(asked, desk, case, party)
        desk.offers[other, lo:hi] = kept
        if not accepted:
            return clock
        write_log(clock, desk, clock.deal, party, ACCEPTS)
    desk.offers[0, lo:hi] = text
    return seal(with_offer(clock, 0, parties))
