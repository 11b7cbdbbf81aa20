"""What happens at the table: what a delegation sees on its turn, and how offers, refusals and other moves are written down."""

from typing import Any

from negsim.core.cases import roll
from negsim.core.clock import seal, with_offer
from negsim.core.dice import OFFER
from negsim.core.packages import is_same, utility
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
def elapsed_of(clock: Clock, desk: Desk, case: Case) -> float:
    """Return relative time on a deal: 0 at the first own offer, 1 at the last that there may be.

    How many rounds there are is drawn and unknown to the delegations, who know the most. A later session goes on from where
    the one before left the clock. Where there is no status quo, as in domains of other tools, it is theirs: `(round + 1) /
    (rounds + 1)` of the rounds there are.
    """
    parties = len(case.parties)
    now = clock.turn // parties
    if case.deals["quo"][clock.deal] == 0:
        return (now + 1) / (clock.turns // parties + 1)
    before = float(desk.clocks[clock.deal])
    return before + (1.0 - before) * min(1.0, now / max(1, case.most - 1))


@maker
def offer_of(clock: Clock, desk: Desk, case: Case, speakers: Speakers, view: View) -> Any:
    """Return what a party offers next: its opening first, if it has one; then what its rule says.

    Who holds a position from an earlier session does not ask for more than that again.
    """
    party = view.me
    lo, hi = int(case.deals["first"][clock.deal]), int(case.deals["after"][clock.deal])
    opening = desk.openings[party, lo:hi]
    if opening[0] >= 0 and desk.offers[party, lo] < 0:
        return opening.copy()
    package = speakers.offer[party](view)
    if desk.stands["holds"][party, clock.deal] == 1 and len(package) == hi - lo and package[0] >= 0:
        check_package(clock, case, package)
        if utility(view.worths[party], package) > utility(view.worths[party], opening):
            return opening.copy()
    return package


@helper
def look(clock: Clock, desk: Desk, case: Case, party: int) -> View:
    """Return what a party sees of the current deal. Rounds are turns of everybody, so all share one relative time."""
    deal = case.deals[clock.deal]
    lo, hi = deal["first"], deal["after"]
    stand = desk.stands[party, clock.deal]
    parties = len(case.parties)
    now = clock.turn // parties
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
        1 if clock.turn >= clock.turns else 0,
        elapsed_of(clock, desk, case),
        clock.session + 1.0 + (now + 1.0) / 65536.0,
        now,
        clock.session,
        case.most * parties,
        roll(
            case,
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
    write_package(clock, desk, lo, package, author, OFFERS)


@helper
def write_package(clock: Clock, desk: Desk, lo: int, package: Any, author: int, move: int) -> None:
    """Write a move with a package down."""
    row = write_log(clock, desk, clock.deal, author, move)
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
    if author == party:
        note_offer(clock, desk, case, party, package)
    for i in range(len(package)):
        desk.offers[party, lo + i] = package[i]
    write_offer(clock, desk, lo, package, author)


@helper
def note_offer(clock: Clock, desk: Desk, case: Case, party: int, package: Any) -> None:
    """Note what an offer says of its author: it takes it over no deal, and over what it refuses with it.

    An offer said before, and an opening, which says what is known from its words or from where it stood, are no news.
    """
    deal = case.deals[clock.deal]
    lo, hi = int(deal["first"]), int(deal["after"])
    if deal["quo"] == 0:
        return
    fresh = not is_same(desk.offers[party, lo:hi], package) and not is_same(desk.openings[party, lo:hi], package)
    desk.fresh[party] = 1 if fresh else 0
    if fresh:
        note_choice(desk, lo, party, package, desk.nothing[: hi - lo])
    if clock.speaker >= 0 and clock.speaker != party and (fresh or desk.fresh[clock.speaker] == 1):
        note_choice(desk, lo, party, package, desk.offers[clock.speaker, lo:hi])


@helper
def note_choice(desk: Desk, lo: int, party: int, taken: Any, left: Any) -> None:
    """Note that a party took one package over another, for the others to take in."""
    row = int(desk.chosen[0])
    if row >= len(desk.choosers):
        return
    desk.choosers[row] = party
    for i in range(len(taken)):
        desk.choices[row, 0, lo + i], desk.choices[row, 1, lo + i] = taken[i], left[i]
    desk.chosen[0] = row + 1


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
    """Remember who left, and that on the issues that nobody had raised."""
    desk.stands["left"][party, clock.deal] = 1
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
        view.closing,
        view.elapsed,
        view.moment,
        view.round,
        view.session,
        view.turns,
        view.dice,
    )


@helper
def author_of(m: int) -> int:
    """Return what stands for a mediator where a party's number would."""
    return -2 - m


@maker
def put_text(clock: Clock, desk: Desk, case: Case, speakers: Speakers, m: int) -> Clock:
    """Ask every party whether it accepts a mediator's text, as it would another party's offer; it is agreed if all do."""
    lo, hi = int(case.deals["first"][clock.deal]), int(case.deals["after"][clock.deal])
    parties = len(case.parties)
    text = desk.text[m, lo:hi].copy()
    desk.text[m, lo:hi] = -1
    write_offer(clock, desk, lo, text, author_of(m))
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
