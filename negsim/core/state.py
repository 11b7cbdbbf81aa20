"""The state of the hot path: what is fixed, what lies on the table, what lies behind it, and what each actor sees.

A row that is a thing (a party, a deal, a promise, a move) is a record with named fields: `deals["status"][deal]`, or
`deal["status"]` where one row is handed on. Other arrays give their axes in a comment. An *issue* here is an issue as bargained
over: a compound (a ceasefire with its conditions) is one. What a scenario calls an issue is a *position*, and a compound has
several.

Indices: c an issue, j and k positions, o an option, m a mediator, q a point of a frontier, lo:hi the issues of a deal.
Arrays are read only unless they are marked "written": those are changed in place. Each array costs nanoseconds a hand-over.
"""

from typing import Any, NamedTuple

import numpy as np

from negsim.core.dice import Dice
from negsim.core.parameters import PARAMETERS

INT, FLOAT = np.int64, np.float64
NOTES = 2  # slots of a memory that belong to the acceptance condition


def record(*, ints: str = "", floats: str = "") -> np.dtype[Any]:
    """Return the type of a record from the names of its whole numbers and of its real ones.

    Examples
    --------
    >>> record(ints="deal turn", floats="share").names
    ('deal', 'turn', 'share')
    """
    return np.dtype([*((name, INT) for name in ints.split()), *((name, FLOAT) for name in floats.split())], align=True)


# --- words for the numbers that stand in records ---

OPEN, TABLED, IN_FORCE, DONE = range(4)  # status of a deal
# moves:
OFFERS, ACCEPTS, WALKS_OUT, RATIFIES, DECLINES, BREAKS, DELIVERS, STAYS_AWAY, WAR_ENDS, PUTS, SAYS_NO, HAPPENS = range(12)
BROKEN_OFF = -1  # assents of a clock that has run out because somebody left, or talks broke down
HARD, PRICE, POSTURE, GIVEN_UP = range(4)  # readings of a refusal; the last only by hand
SILENT, WANTS, CONCEDES, REFUSES = range(4)  # what an actor's words come to on an option
NOBODY_ALONE, OWN_DOING, OTHERS_DOING = range(3)  # who could bring an option about without the others
NEVER, AT_OPENING, EVERY_TURN = range(3)  # when a mediator's style can act on a deal
ALL_TRACKS = -1  # track of a deal that ties all of them into one package
NO, YES, NOT_KNOWN = range(3)  # whether there is a zone of agreement
UNACCEPTABLE, ACCEPTABLE, BUT_FOR_FLOOR = range(3)  # what a refused offer was to the party that refused it

# --- records of what is fixed ---

SEAT = record(ints="key remembers own insists stated")
# a party: stable hash of its id; 1 if its offer rule keeps a memory; 1 if a user's own code makes its offers; 1 if its acceptance
# condition is asked at last call too; 1 if its utility is stated outright, and not read from its words
HELPER = record(ints="key acts")  # a mediator: stable hash of its id; when its style can act
DEAL = record(ints="key first after widest quo track")
# a deal: stable hash of its id, its issues (first, and the one after the last), most options of an issue, 1 if option 0
# everywhere is the status quo and so not an offer, its track (ALL_TRACKS: one package of all)
ISSUE = record(ints="options deal track first after")  # options, deal, track, its positions
POSITION = record(ints="issue options core key track first second staged judged")
# a scenario issue: the issue it is part of, options, 1 if core, stable hash of its id, track; the two sides of a swap (-1 none),
# 1 if one hands over before the other; 1 if principals judge it
EFFECT = record(floats="stops guarantee days")
# of an option: share of the fighting stopped, guarantee that a truce holds, days it lasts (0: for good)
TRUST = record(ints="key cores", floats="kept broken all part none")
# of a track: stable hash of its id, how many core issues it has, a and b of the Beta prior on truces, pseudo-counts of deliveries
EVENT = record(ints="session on_track who parameter", floats="size probability least most")
# the session before which it happens, 1 if to a track, party or track, number of the parameter; how far it moves it, how likely,
# within what
LINK = record(ints="party position option other other_option")  # two options worth more together, to whom
LIFT = record(ints="party position option other other_option")  # an option that a party takes only with another one

TAKEN = record(ints="purpose actor item")  # streams of a purpose, of one actor and one item; -1: of all

# --- records of what is written ---

PARTY = record(floats=f"{' '.join(PARAMETERS)} asked ready")
# a party: its drawn parameters (see `parameters`), the gain its principal asks for, its readiness now
COURSE = record(floats="drift_up lag_low lag_high trust_memory position day ups downs war_over")
# the talks: the first four are drawn; where the front stands, day, steps of the front seen up and down, 1 if the war is over
STAND = record(ints="points holds left", floats="floor laid_floor")
# a party in a deal: rows of its menu in use, 1 if it opens with its last position, 1 if it left the deal as it had nothing to
# offer, surplus below which it does not go, and the floor that the menu was laid for
BARGAIN = record(ints="status zone tabled declined decliners", floats="due delivered truce_ends truce truce_held")
# a deal: its status, whether it ever had a zone, 1 if it was ever agreed at the table, 1 + the party whose principal declined
# what `Behind.declined` holds (0 none), how many principals declined what was signed last; of its swaps: day due, mean share that
# was delivered; of its truce: day it ends, 1 if there is one, 1 once it has held
OUTCOME = record(ints="at_table ratified session turn refused_by bound_by ratified_in", floats="to_first to_second")
# a position: options agreed and ratified; when it was last agreed at the table before it was ratified (a renewal does not move
# it); who refused last (-1 nobody; a principal comes as many later as there are parties), what bound it (see `talks/refusals`);
# session in which it was ratified; of a swap the share of what was promised that reached each of its two sides
REFUSAL = record(ints="party option was")
# an issue: who refused last (-1 nobody), the option refused (-1: it left without one being raised), and what that was to it
PURSE = record(floats="carrot stick carrot_shown stick_shown owed counted")
# a mediator's leverage on a party: what is left, what is held out on the target in this deal; of a target agreed at the table but
# not ratified yet: the carrot, and what a principal counts for it
RECORD = record(floats="kept promised trust received due expected all part zone")
# a track: truces kept and made, discounted, and tau; swaps delivered and due, and the share expected; drawn chances that all, or
# part, is delivered; whether a package had a zone
MOVE = record(ints="session deal turn party move")
# of the log: party -1 nobody's, -2 the first mediator's, -3 the second's; deal -1 none; of an event, its number stands for the
# turn; see `Desk.said`
POINT = record(ints="source", floats="x y")  # a point of a frontier on the way: where it came from, worth to me, to the others


class Clock(NamedTuple):
    """Where the talks stand; replaced each turn. `speaker` is whose offer stands (-1: nothing on the table)."""

    session: int
    deal: int
    turn: int
    turns: int  # a session has for a deal
    speaker: int
    assents: int  # how many stand behind the offer, its speaker included; BROKEN_OFF: there is no last call
    agreed: bool
    over: bool


class Case(NamedTuple):
    """What is fixed in a run, read only: the structure of a scenario, with seed and replicate."""

    seed: int
    replicate: int
    least: int  # rounds of a session
    most: int  # the same: all that the delegations know of how many there will be
    breakdown: float  # chance that a session on a deal ends after a round without agreement
    pace: float  # steps of the front a week
    horizon: float  # days after the last session up to which deliveries count
    parties: Any  # SEAT (party,)
    mediators: Any  # HELPER (mediator,): without mediators there is one that does nothing
    tracks: Any  # TRUST (track,)
    deals: Any  # DEAL (deal,)
    issues: Any  # ISSUE (issue,)
    positions: Any  # POSITION (position,)
    effects: Any  # EFFECT (position, option)
    option_of: Any  # (position, issue's option) its option there
    received: Any  # (party, position, option) size of what each receives in a swap, 0..1
    demanded: Any  # (party, position, option) 2 if its words demand it, 1 if they offer it; at the stage at hand
    floors: Any  # (party, deal) reservation value where there is no status quo, else 0
    leverage: Any  # PURSE (mediator, party) at the outset
    targets: Any  # (mediator, issue, option) 1 on what the leverage is for
    days: Any  # (session,) day of each, from 0
    events: Any  # EVENT (event,)
    links: Any  # LINK (link,)
    lifts: Any  # LIFT (row,) at the stage at hand
    stages: Any  # (session,) stage of each: a new one begins where words were said, or no longer hold, since the session before
    every_demanded: Any  # (stage, party, position, option)
    every_lifts: Any  # LIFT (row,) of all stages, one after the other
    lift_ends: Any  # (1 + stage,) where those of each begin, and end
    taken: Any  # TAKEN (row,) the draws that are those of the run's partner; none: all are its own


class Desk(NamedTuple):
    """What lies on the table; written."""

    worths: Any  # (viewer, party, issue, option) [i, i]: own surplus, -inf a red line; elsewhere gains as believed
    free: Any  # (party, issue, option) own surplus, as it would be if nothing were barred
    stands: Any  # STAND (party, deal)
    menus: Any  # (deal, party, point, 1 + issue) own surplus and package along each party's frontier
    rankings: Any  # (party, 2, package) orders that a caller gives, as in `View.ranking`; no packages: search instead
    laid: Any  # (viewer, party, issue, option) worths that the menus were laid for; kept from run to run, as they may not change
    zones: Any  # (deal, 1 + track) whether there is a zone under those, over all tracks and for each; -1: not looked for
    offers: Any  # (party, issue) last offer of each, -1 none yet
    openings: Any  # (party, issue) what each opens with, -1: what its offer rule says
    clocks: Any  # (deal,) relative time at which earlier sessions left it
    text: Any  # (mediator, issue) each mediator's own package, -1 none
    memory: Any  # (party, deal, slot) a strategy's own, zero when talks begin
    traits: Any  # (party, 2 * MAX_TRAITS) drawn parameters of offer rule and acceptance condition
    talking: Any  # (party,) what talking itself pays each, theta
    refusals: Any  # REFUSAL (issue,)
    log: Any  # MOVE (move,); no rows: nothing is logged
    said: Any  # (move, issue) the package of each offer, -1 elsewhere
    pen: Any  # (1,) next row of the log
    fresh: Any  # (party,) 1 if what it offers is not what it offered before
    choosers: Any  # (choice,) who made each choice that the others have not taken in yet
    choices: Any  # (choice, 2, issue) the package taken, and the one left for it; zeros: no deal
    chosen: Any  # (1,) how many there are
    points: Any  # POINT (3, point) room to merge a frontier in
    trails: Any  # (issue, point) where each of its points came from, issue by issue
    theirs: Any  # (issue, option) room for worths that a frontier is merged of
    package: Any  # (issue,) room
    nothing: Any  # (issue,) zeros: the status quo


class View(NamedTuple):
    """All that a delegation knows on its turn."""

    worths: Any  # (party, issue, option) [me]: my surplus, -inf a red line; the others' gains as I believe them
    offers: Any  # (party, issue) last offer of each, -1 none yet
    menu: Any  # (point, 1 + issue) my surplus, falling, and the package best for the others at or above it
    ranking: Any  # (2, package) numbers of packages from my worst up, those below my floor first, then all; mostly empty
    sizes: Any  # (issue,)
    traits: Any  # (2 * MAX_TRAITS,) the offer rule's, then the acceptance condition's
    memory: Any  # (slot,) mine alone, written in place; the last NOTES are the acceptance condition's
    me: int
    speaker: int  # whose offer stands, -1 none
    floor: float  # surplus below which I do not go
    talking: float  # what talking itself pays me, in gains of a track: theta
    quo: int  # 1 where the package of all zeros is the status quo
    closing: int  # 1 at last call
    elapsed: float  # relative time, 0..1 (see `moves.elapsed_of`)
    moment: float  # a number that grows with sessions and rounds
    round: int  # of this session, from 0
    session: int
    turns: int  # at most, of a session
    dice: Dice


class Sight(NamedTuple):
    """All that a mediator sees and may change."""

    traits: Any  # (MAX_TRAITS,)
    leverage: Any  # PURSE (party,): it may write what it shows
    clarity: Any  # (1,) its factor on the noise in what each side believes of the others, written
    text: Any  # (issue,) its own package, -1 none, written
    offers: Any  # (party, issue) last offer of each
    worths: Any  # (viewer, party, issue, option) surpluses; each party's own, exact, at [i, i]
    floors: Any  # (party,)
    sizes: Any  # (issue,)
    speaker: int
    concerned: bool  # whether its target is part of this deal
    quo: int
    deal: int
    turn: int
    session: int
    elapsed: float
    before: float  # elapsed at the turn before
    dice: Dice
    word: Dice  # the same all through a run


class Speakers(NamedTuple):
    """The delegations' rules, one entry a seat: `offer(view) -> package`, `accept(view, my_next) -> bool`."""

    offer: Any
    accept: Any


# --- records of what a run is drawn from ---

REFUSED = record(ints="actor position option cue key group reading milder statement")
# an option that an actor refuses: how strongly, hash of the option, hash of what it is read together with, reading (-1: draw);
# for a milder option on which an outsider is silent the number of its refusal, else -1; number of the statement behind it
NEED = record(ints="position option actor")  # whose consent an option takes
PLACE = record(ints="stance proposed alone refusal key")
# a party on an option: what its words come to, 2 if it demands it and 1 if it offers it, who could bring it about alone,
# number of its refusal (-1 none), hash of it
RANGE = record(floats="low high")


class Guesses(NamedTuple):
    """A sample of what the parties may want, by the public words alone; laid once for all runs (see `talks/guesses`)."""

    laid: Any  # (1,) 1 once it is
    gains: Any  # (stage, part, party, issue, option, guess) gain without delivery and trust, and what full of each adds
    means: Any  # (stage, part, party, issue, option) over guesses
    shut: Any  # (stage, party, issue, option, guess) 1 where a red line, or a consent withheld, shuts it out
    readings: Any  # (guess, refusal)
    links: Any  # (link,) mean of what each is worth
    refusals: Any  # REFUSED (refusal,) as in `Prior`
    room: Any  # (2, guess) room for utilities


class Prior(NamedTuple):
    """What a run is drawn from, read only; NaN stands for "draw it"."""

    tiers: Any  # (party, position) 0 red lines and priorities, 1 stated, 2 the rest; as words stand at the stage at hand
    places: Any  # PLACE (party, position, option); the same
    standing: Any  # (refusal,) 1 if it stands; the same
    every_tiers: Any  # (stage, party, position) for every stage
    every_places: Any  # PLACE (stage, party, position, option)
    every_standing: Any  # (stage, refusal)
    ladders: Any  # (party, position, place) options from worst to best, the status quo where its place is known; -1 none
    refusals: Any  # REFUSED (refusal,)
    cues: Any  # (cue, 3) Dirichlet parameters of hard, price, posture
    needs: Any  # NEED (row,)
    weights: Any  # (party, position) given, or NaN
    values: Any  # (party, position, option) given, or NaN
    parameters: Any  # RANGE (party, parameter)
    course: Any  # RANGE (number,) of the course, in order
    links: Any  # RANGE (link,)
    traits: Any  # RANGE (party, 2 * MAX_TRAITS)
    helps: Any  # RANGE (mediator, MAX_TRAITS)
    rankings: Any  # (party, 2, package) see `Desk.rankings`
    guesses: Guesses
    slots: int  # memory of a strategy
    moves: int  # rows of the log
    inputs: int  # how many numbers that a run is drawn to be are kept; 0: none


class Behind(NamedTuple):
    """What lies behind the table: drawn in `begin`, moved between sessions; written."""

    parties: Any  # PARTY (party,)
    drawn: Any  # (party, parameter) the same memory, by number: to write one is to write the other
    values: Any  # (party + 1, position, option) over the status quo, or as stated; the last is room for one side's as seen
    costs: Any  # (party, position, option) of handing over in full, where a swap is staged
    weights: Any  # (2 * party, position) delegations, then their principals
    why: Any  # (party, position, option) refusal that binds the value, -1 none, -2 silence
    barred: Any  # (party, issue, option) 0, or 1 + refusal of the red line; negative: of the consent withheld
    noise: Any  # (viewer, party, position, option) standard normal, where utility is stated
    read: Any  # (refusal,) how each is read, whenever it is said
    readings: Any  # (refusal,) the same of those that stand, -1 of others
    stage: Any  # (1,) at which the words are
    guesses: Guesses
    beliefs: Any  # (viewer, party, guess) how likely the viewer holds each guess about the party to be
    learned: Any  # (viewer, party) 1 once that is more than the public words say
    told: Any  # (refusal,) 1 once a mediator has conveyed how it is to be read
    links: Any  # (link,) what each is worth, in gains of a track
    course: Any  # COURSE (1,)
    tracks: Any  # RECORD (track,)
    deals: Any  # BARGAIN (deal,)
    positions: Any  # OUTCOME (position,)
    masks: Any  # (refusal, party, issue, option) what each bars if it is a red line or consent withheld; kept from run to run
    masked: Any  # (1,) 1 once they are laid
    blame: Any  # (position, then track; actor) why each actor blocks it, 0 if it does not (see `talks/blame`)
    agreed: Any  # (issue,) package agreed at the table last
    declined: Any  # (issue,) package declined last
    leverage: Any  # PURSE (mediator, party)
    traits: Any  # (mediator, MAX_TRAITS)
    clarity: Any  # (mediator,) its factor on the noise in what the sides see; chance that it does not convey a reading
    room: Any  # (3, position) room to work in
    gains: Any  # (2, issue, option) gains that the frontier below was merged for; kept from run to run
    frontier: Any  # (point, 2)
    reached: Any  # (1,) points of it in use, -1 none
    inputs: Any  # (input,) what the run was drawn to be, as it begins (see `talks/inputs`); none: it is not kept
