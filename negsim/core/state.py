"""The named tuples of the hot path: what is fixed, what lies on the table, what lies behind it, and what each actor sees.

Axes are given as (party, issue, option). "issue" in these tuples is an issue as bargained over: a compound issue (a ceasefire
with its conditions) is one. What a scenario calls an issue is a *position* here, and a compound has several.
Tuples are read only; arrays marked "written" are changed in place. Small tuples: each array costs nanoseconds a hand-over.
"""

from typing import Any, NamedTuple

from negsim.core.dice import Dice

# A party's drawn parameters, columns of `Behind.types` (units: gains of a track, shares, or none). Append only.
THETA, WAR_COST, DRIFT_WEIGHT, PATIENCE, HOPE, HOPED_GAIN, BREACH_LOSS, NOISE, RATIFY_LOW, RATIFY_WIDTH = range(10)
HANDOVER_COST, CURVATURE, BELIEF_UP, BELIEF_DOWN, READINESS, READINESS_RATE, READINESS_THRESHOLD = range(10, 17)
TYPES = 17

# The talks' drawn parameters, columns of `Behind.course`; the first are drawn, the rest move between sessions. Append only.
DRIFT_UP, SHARE_A, SHARE_B, LAG_LOW, LAG_HIGH, TRUST_MEMORY, POSITION, DAY, UPS, DOWNS, WAR_OVER = range(11)
COURSE, COURSE_DRAWN = 11, 6

# Columns of `Behind.deals`: the state of a deal, and what was ever true of it.
STATUS, ZONE, EVER_TABLED = range(3)
OPEN, TABLED, IN_FORCE, DONE = range(4)

# Columns of `Behind.issues`, one row a position: option agreed at the table, option ratified, when, who refused last and why.
AT_TABLE, RATIFIED, SESSION, TURN, REFUSED_BY, BOUND_BY, RATIFIED_IN = range(7)

# Columns of `Desk.refusals`, one row an issue: the last refused option other than the status quo.
REFUSER, REFUSED_OPTION, WAS_ACCEPTABLE = range(3)  # the last: 1 yes, 2 but for its floor, 0 no

# Columns of `Desk.log`: one row a move.
LOG_SESSION, LOG_DEAL, LOG_TURN, LOG_PARTY, LOG_MOVE, LOG_PACKAGE = range(6)
OFFERS, ACCEPTS, WALKS_OUT, RATIFIES, DECLINES, BREAKS, DELIVERS, STAYS_AWAY, WAR_ENDS = range(9)


NOTES = 2  # slots of a memory that belong to the acceptance condition


class Clock(NamedTuple):
    """Where the talks stand; replaced each turn. `speaker` is whose offer stands (-1: nothing on the table)."""

    session: int
    deal: int
    turn: int
    turns: int  # a session has for a deal
    speaker: int
    assents: int
    agreed: bool
    over: bool


class Agenda(NamedTuple):
    """What a protocol needs to know, read only."""

    sizes: Any  # (issue,) options of each
    bounds: Any  # (deal + 1,) first issue of each deal
    widest: Any  # (deal,) most options of an issue of each
    quo: Any  # (deal,) 1 where option 0 everywhere is the status quo and so not an offer
    actors: Any  # (party,) stable hash of each party's id
    deal_keys: Any  # (deal,) stable hash of each deal's id
    breakdown: float  # chance that a session on a deal ends after a round without agreement
    seed: int
    replicate: int


class Desk(NamedTuple):
    """What lies on the table; arrays written in place."""

    worths: Any  # (viewer, party, issue, option) surplus: own exact at [i, i], others' as believed; -inf is a red line
    floors: Any  # (party, deal) surplus below which a party does not go
    menus: Any  # (deal, party, point, 1 + issue) own surplus and package along each party's frontier
    points: Any  # (deal, party) rows of each menu in use
    rankings: Any  # (party, 2, package) orders that a caller gives, as in `View.ranking`; no packages: search instead
    laid: Any  # (viewer, party, issue, option) worths that the menus were laid for; kept from run to run, as they may not change
    laid_floors: Any  # (party, deal) the floors they were laid for
    zones: Any  # (deal, 1 + track) whether there is a zone under those, over all tracks and for each; -1 not looked for
    offers: Any  # (party, issue) last offer of each, -1 none yet, written
    text: Any  # (issue,) a mediator's own package, -1 none, written
    memory: Any  # (party, deal, slot) a strategy's own, written, zero when talks begin
    traits: Any  # (party, 2 * MAX_TRAITS) drawn parameters of offer rule and acceptance condition
    talking: Any  # (party,) what talking itself pays each, theta
    refusals: Any  # (issue, 3) written
    log: Any  # (move, 5 + issue) written; no rows: nothing is logged
    pen: Any  # (1,) next row of the log, written


class View(NamedTuple):
    """All that a delegation knows on its turn."""

    worths: Any  # (party, issue, option) surplus: mine exact at [me], the others' as I believe
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
    elapsed: float  # relative time, (round + 1) / (rounds + 1)
    session: int
    turns: int
    dice: Dice


class Sight(NamedTuple):
    """All that a mediator sees and may change."""

    traits: Any  # (MAX_TRAITS,)
    purse: Any  # (2, party) carrots and sticks it still has
    pledge: Any  # (2, party) those it holds out on its target in this deal, written
    clarity: Any  # (1,) its factor on the noise in what each side believes of the others, written
    offers: Any  # (party, issue) last offer of each
    speaker: int
    concerned: bool  # whether its target is part of this deal
    deal: int
    turn: int
    session: int
    elapsed: float
    dice: Dice
    before: float  # elapsed at the turn before
    worths: Any  # (viewer, party, issue, option) surpluses; each party's own, exact, at [i, i]
    floors: Any  # (party,)
    sizes: Any  # (issue,)
    quo: int
    text: Any  # (issue,) its own package, -1 none, written
    word: Dice  # the same all through a run


class Speakers(NamedTuple):
    """The delegations' rules, one entry a seat: `offer(view) -> package`, `accept(view, my_next) -> bool`."""

    offer: Any
    accept: Any


PLAIN, RECEIVES, GIVES, BYSTANDER = range(4)  # roles in an exchange
HARD, PRICE, POSTURE = range(3)  # readings of a rejection
PLACE, STANDS = range(2)  # last axis of Prior.places: rank in the owner's order (-1 none), 1 where wanted
TIER, SILENT = range(2)  # last axis of Prior.standings: 0 priority, 1 stated, 2 the rest; 1 where it says nothing
MEMBER, COUNT, REVERSE, CORE, KEY, IN_TRACK = range(6)  # columns of Frame.positions
ISSUE_DEAL, ISSUE_TRACK = range(2)  # columns of Frame.issues
TRACK = 0  # column of Frame.deals
STOPS, GUARANTEES, DAYS = range(3)  # last axis of Frame.effects
THRESHOLD, READY = range(2)  # columns of Behind.sides
CARROT, STICK = range(2)  # rows of Behind.leverage; those held out at present come 2 later
HELD_OUT, OWED = 2, 4  # carrots whose target is agreed at the table, spent when it is ratified


class Prior(NamedTuple):
    """What a run is drawn from, read only. Positions are scenario issues; NaN stands for "draw it"."""

    standings: Any  # (party, position, 2) tier, silence
    places: Any  # (party, position, option, 2) rank in the owner's order, 0 worst; whether it is wanted
    rejections: Any  # (statement, 4) actor, cue, stable hash of the statement's id, reading given (-1: draw)
    names: Any  # (row, 5) statement, position, option that it rejects; position and option that would lift it, or -1
    cues: Any  # (cue, 3) Dirichlet parameters of hard, price, posture
    needs: Any  # (row, 3) position, option, actor whose consent it takes
    weights: Any  # (party, position) given, or NaN
    values: Any  # (party, position, option) given, or NaN
    types: Any  # (party, TYPES, 2) ranges
    course: Any  # (COURSE_DRAWN, 2) ranges
    rounds: Any  # (2,) least and most
    links: Any  # (link, 2) ranges
    traits: Any  # (party, 2 * MAX_TRAITS, 2) ranges
    helps: Any  # (mediator, MAX_TRAITS, 2) ranges
    rankings: Any  # (party, 2, package) see `Desk.rankings`
    slots: int  # memory of a strategy
    moves: int  # rows of the log


class Frame(NamedTuple):
    """The structure of a scenario beyond what protocols need, read only. Without mediators there is one that does nothing."""

    positions: Any  # (position, 6) issue it is part of, options, reverse direction (-1 none), core, stable hash, track
    parts: Any  # (issue + 1,) first position of each issue
    issues: Any  # (issue, 2) its deal; its track
    deals: Any  # (deal, 1) its track; -1 all of them, as one package
    effects: Any  # (position, option, 3) share of the fighting stopped, guarantee that a truce holds, days it lasts (0 for good)
    roles: Any  # (party, position) PLAIN, RECEIVES, GIVES or BYSTANDER
    option_of: Any  # (position, issue's option) its option there
    calendar: Any  # (session,) day of each, from 0
    leverage: Any  # (mediator, 5, party) carrots and sticks at the outset, and zeros
    targets: Any  # (mediator, issue, option) 1 on what the leverage is for
    floors: Any  # (party, deal) reservation value where there is no status quo, else 0
    helpers: Any  # (mediator,) stable hash of each mediator's id
    trust: Any  # (track, 2) a and b of the Beta prior
    events: Any  # (event, 8) session before which it happens, kind (0 party, 1 track), who, parameter, size, probability, bounds
    links: Any  # (link, 5) party, position, option, position, option: what is worth more together
    horizon: float  # days after the last session up to which deliveries count


class Case(NamedTuple):
    """One run's fixed data: what protocols see, and the rest."""

    agenda: Agenda
    frame: Frame


class Behind(NamedTuple):
    """What lies behind the table: drawn in `begin`, moved between sessions; arrays written in place."""

    values: Any  # (party + 1, position, option) 0..1; the last entry is room for one side's as another sees them
    weights: Any  # (2 * party, position) delegations, then their principals
    barred: Any  # (party, issue, option) 0, or 1 + statement of the red line; negative: of the consent withheld
    why: Any  # (party, position, option) statement that binds the value, -1 none, -2 silence
    noise: Any  # (viewer, party, position, option) standard normal
    types: Any  # (party, TYPES)
    sides: Any  # (party, 2) gain that the principal asks for, readiness
    course: Any  # (COURSE,)
    trust: Any  # (track, 4) kept and all, discounted, the current level, whether a package deal had a zone here
    leverage: Any  # (mediator, 5, party) carrots and sticks left, those held out at present, carrots owed
    traits: Any  # (mediator, MAX_TRAITS + 1) and its factor on the noise in what the sides believe of each other
    deals: Any  # (deal, 3)
    promises: Any  # (deal, 6) of its exchange, then of its truce: day due or ending, share kept, what has come of it
    issues: Any  # (position, 7)
    agreed: Any  # (issue,) package agreed at the table last
    readings: Any  # (statement,) how each rejection is read
    links: Any  # (link,) what each is worth, in gains of a track
    room: Any  # (3, position) room to work in
    gains: Any  # (2, issue, option) gains that the frontier below was merged for; kept from run to run
    frontier: Any  # (point, 2)
    reached: Any  # (1,) points of it in use, -1 none
