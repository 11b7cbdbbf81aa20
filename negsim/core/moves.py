"""What happens at the table: what a delegation sees on its turn, and how offers, refusals and other moves are written down."""

from typing import Any

from negsim.core.dice import OFFER, stream
from negsim.core.packages import utility
from negsim.core.registry import helper, maker
from negsim.core.state import (
    ACCEPTS,
    LOG_PACKAGE,
    OFFERS,
    REFUSED_OPTION,
    REFUSER,
    WAS_ACCEPTABLE,
    Agenda,
    Clock,
    Desk,
    Speakers,
    View,
)


@helper
def look(clock: Clock, desk: Desk, agenda: Agenda, party: int) -> View:
    """Return what a party sees of the current deal. Rounds are turns of everybody, so all share one relative time."""
    lo, hi = agenda.bounds[clock.deal], agenda.bounds[clock.deal + 1]
    parties = len(agenda.actors)
    rounds = clock.turns // parties
    return View(
        desk.worths[party, :, lo:hi, : agenda.widest[clock.deal]],
        desk.offers[:, lo:hi],
        desk.menus[clock.deal, party, : desk.points[clock.deal, party], : 1 + hi - lo],
        desk.rankings[party],
        agenda.sizes[lo:hi],
        desk.traits[party],
        desk.memory[party, clock.deal],
        party,
        clock.speaker,
        float(desk.floors[party, clock.deal]),
        float(desk.talking[party]),
        int(agenda.quo[clock.deal]),
        (clock.turn // parties + 1) / (rounds + 1),
        clock.session,
        clock.turns,
        stream(
            agenda.seed,
            agenda.replicate,
            (int(agenda.actors[party]) + int(agenda.deal_keys[clock.deal])) & 0xFFFFFFFF,
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
    desk.log[row, 0], desk.log[row, 1], desk.log[row, 2] = clock.session, deal, clock.turn
    desk.log[row, 3], desk.log[row, 4] = party, move
    desk.pen[0] = row + 1
    return row


@helper
def check_package(clock: Clock, agenda: Agenda, package: Any) -> None:
    """Check what a rule came up with, as soon as it has: compiled code would read past the end of a table.

    Raises
    ------
    ValueError
        If it neither walks out nor names an option that exists on each issue.
    """
    lo = int(agenda.bounds[clock.deal])
    if len(package) != agenda.bounds[clock.deal + 1] - lo:
        raise ValueError("an offer has the wrong number of issues")
    if package[0] < 0:
        return
    for i in range(len(package)):
        if package[i] < 0 or package[i] >= agenda.sizes[lo + i]:
            raise ValueError("an offer names an option that does not exist")


@helper
def put_offer(clock: Clock, desk: Desk, agenda: Agenda, party: int, package: Any, author: int) -> None:
    """Lay an offer on a party's place at the table; its author is that party, or -1 if it is nobody's own."""
    lo = int(agenda.bounds[clock.deal])
    for i in range(len(package)):
        desk.offers[party, lo + i] = package[i]
    row = write_log(clock, desk, clock.deal, author, OFFERS)
    if row >= 0:
        for i in range(len(package)):
            desk.log[row, LOG_PACKAGE + lo + i] = package[i]


@helper
def note_refusal(clock: Clock, desk: Desk, agenda: Agenda, party: int) -> None:
    """Remember, issue by issue, that a party refused what stands on the table, and whether it could have agreed to it."""
    lo, hi = int(agenda.bounds[clock.deal]), int(agenda.bounds[clock.deal + 1])
    standing = desk.offers[clock.speaker, lo:hi]
    worth = utility(desk.worths[party, party, lo:hi], standing)
    acceptable = 1 if worth >= desk.floors[party, clock.deal] else (2 if worth >= 0.0 else 0)
    for i in range(hi - lo):
        if standing[i] != 0 or agenda.quo[clock.deal] == 0:
            desk.refusals[lo + i, REFUSER] = party
            desk.refusals[lo + i, REFUSED_OPTION] = standing[i]
            desk.refusals[lo + i, WAS_ACCEPTABLE] = acceptable


@helper
def note_walkout(clock: Clock, desk: Desk, agenda: Agenda, party: int) -> None:
    """Remember who left, on the issues that nobody had raised."""
    for i in range(int(agenda.bounds[clock.deal]), int(agenda.bounds[clock.deal + 1])):
        if desk.refusals[i, REFUSER] < 0:
            desk.refusals[i, REFUSER] = party
            desk.refusals[i, REFUSED_OPTION] = -1
            desk.refusals[i, WAS_ACCEPTABLE] = 0


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


@helper
def read_out(clock: Clock, agreed: bool) -> Clock:  # noqa: FBT001
    """Return the clock with what lies on the first place agreed, or not."""
    return Clock(clock.session, clock.deal, clock.turn, clock.turns, clock.speaker, clock.assents, agreed, False)  # noqa: FBT003


@maker
def put_text(clock: Clock, desk: Desk, agenda: Agenda, speakers: Speakers) -> Clock:
    """Ask every party whether it accepts a mediator's text, as it would another party's offer; it is agreed if all do."""
    lo, hi = int(agenda.bounds[clock.deal]), int(agenda.bounds[clock.deal + 1])
    parties = len(agenda.actors)
    text = desk.text[lo:hi].copy()
    desk.text[lo:hi] = -1
    row = write_log(clock, desk, clock.deal, -1, OFFERS)
    if row >= 0:
        for i in range(hi - lo):
            desk.log[row, LOG_PACKAGE + lo + i] = text[i]
    for party in range(parties):
        other = (party + 1) % parties
        kept = desk.offers[other, lo:hi].copy()
        desk.offers[other, lo:hi] = text
        asked = Clock(clock.session, clock.deal, clock.turn, clock.turns, other, 1, False, False)  # noqa: FBT003
        view = look(asked, desk, agenda, party)
        preview = speakers.offer[party](aside(view))
        check_package(clock, agenda, preview)
        accepted = speakers.accept[party](view, preview)
        if not accepted:
            note_refusal(asked, desk, agenda, party)
        desk.offers[other, lo:hi] = kept
        if not accepted:
            return clock
        write_log(clock, desk, clock.deal, party, ACCEPTS)
    desk.offers[0, lo:hi] = text
    return Clock(clock.session, clock.deal, clock.turn, clock.turns, 0, parties, True, False)  # noqa: FBT003
