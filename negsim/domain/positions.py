"""Positions: what an actor's latest words come to on each option, of which its statements are the signs.

Preferences rest on positions, never on a count of statements: saying a thing twice is no new evidence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar, cast

from negsim.domain.statement import CUES, REJECTING, WANTING, Statement

T = TypeVar("T")
Side = Literal["for", "against", "only with"]
TERMS = ("demands", "offers", "conditions-on")  # new terms: what an actor proposes, not what it would put up with
STANDING_DOWN = ("offers", "accepts", "concedes")  # what new terms on an issue put an end to
TIERS = {"red line": 0, "priority": 0, "stated": 1, "secondary": 1}  # of an issue, by the strength of what is said on it
THE_REST = 2


class Word(NamedTuple):
    """One option as one statement speaks of it."""

    id: str
    statement: Statement
    option: str

    @property
    def side(self) -> Side:
        """Whether it is for the option, against it, or for it only with a condition."""
        if self.statement.stance == "conditions-on":
            return "only with"
        return "against" if self.statement.stance in REJECTING else "for"


class Position(NamedTuple):
    """What an actor's words come to on an option.

    Attributes
    ----------
    actor : str
    option : str
        `issue.option`.
    stance : str
        "wants" (demands, offers, accepts), "concedes", or "refuses".
    statements : tuple of str
        Those behind it, the strongest first.
    words : tuple of Statement
        The same.
    """

    actor: str
    option: str
    stance: Literal["wants", "concedes", "refuses"]
    statements: tuple[str, ...]
    words: tuple[Statement, ...]

    @property
    def cue(self) -> str:
        """The strongest words in which it is refused."""
        return min((word.cue for word in self.words), key=list(CUES).index)

    @property
    def condition(self) -> tuple[str, ...]:
        """Options with any of which the refusal is lifted."""
        return self.words[0].conditions


class Refusal(NamedTuple):
    """An option that an actor refuses, as a run reads it.

    Attributes
    ----------
    actor, option, cue : str
    statements : tuple of str
        Those behind it, the strongest first.
    reading : str or None
        Set by hand instead of drawn.
    condition : tuple of str
        Options with any of which it is lifted.
    group : str
        Refusals of an actor with the same group are read together.
    milder_than : int
        Number of the refusal of which this is a milder option, on which the actor, an outsider, is silent; -1: a refusal itself.
    """

    actor: str
    option: str
    cue: str
    statements: tuple[str, ...]
    reading: str | None
    condition: tuple[str, ...]
    group: str
    milder_than: int


class Tied(NamedTuple):
    """An option that an actor takes only with another one.

    Attributes
    ----------
    actor, option, other : str
    spoken : bool
        Whether its words say so; else it lies below such an option in its order, and it is silent on it.
    """

    actor: str
    option: str
    other: str
    spoken: bool


class Tier(NamedTuple):
    """How an issue ranks for a party.

    Attributes
    ----------
    number : int
        0 red lines and priorities, 1 stated, 2 the rest.
    statements : tuple of str
        Those that put it there; empty for the rest.
    contested : bool
        Whether they are another side's.
    """

    number: int
    statements: tuple[str, ...]
    contested: bool


def mine_of(positions: Iterable[Position], actor: str, issue: str) -> list[Position]:
    """Return an actor's positions on the options of an issue."""
    return [one for one in positions if (one.actor, one.option.partition(".")[0]) == (actor, issue)]


def tier_of(positions: Sequence[Position], parties: Iterable[str], party: str, issue: str) -> Tier:
    """Return the tier of an issue for a party.

    Red lines and priorities come first (protected values: Tetlock 2003, "Thinking the unthinkable", Trends in Cognitive Sciences
    7), then what is stated, then the rest. An issue that another side puts higher is contested and takes that tier. What the
    party itself says comes after others ("secondary") ranks a tier lower than its words otherwise would, contested or not.
    """
    said: dict[str, dict[int, list[str]]] = {}
    for one in positions:
        if one.option.partition(".")[0] == issue and one.actor in parties:
            for key, word in zip(one.statements, one.words):
                said.setdefault(one.actor, {}).setdefault(TIERS[word.strength], []).append(key)
    own = said.pop(party, {})
    mine = min(own, default=THE_REST)
    if any(word.strength == "secondary" for one in mine_of(positions, party, issue) for word in one.words):
        return Tier(mine + 1, tuple(dict.fromkeys(key for keys in own.values() for key in keys)), contested=False)
    theirs = min((min(tiers) for tiers in said.values()), default=THE_REST)
    if mine <= theirs:
        return Tier(mine, tuple(dict.fromkeys(own.get(mine, []))), contested=False)
    behind = [key for tiers in said.values() for key in tiers.get(theirs, [])]
    return Tier(theirs, tuple(dict.fromkeys(behind)), contested=True)


KEPT: dict[tuple[int, ...], tuple[tuple[Any, ...], Any]] = {}
MOST_KEPT = 32


def remembered(parts: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what is made of some objects, made once as long as they are the same ones; not to be changed."""
    key = tuple(map(id, parts))
    found = KEPT.get(key)
    if found is None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        found = KEPT[key] = (parts, make())  # the parts are kept too, so that no other object takes their place
    return cast("T", found[1])


def words_of(statements: Mapping[str, Statement]) -> list[Word]:
    """Return every option that statements speak of, in order of time, then of the file."""
    found = [Word(key, one, option) for key, one in statements.items() for option in one.options]
    return sorted(found, key=lambda word: word.statement.made_on)


def replaced(word: Word, words: Iterable[Word]) -> str:
    """Return the later statement that puts an end to a word, or nothing; all words are of one actor on one issue.

    Later words on an option replace its earlier opposite ones, and a condition an earlier one; new terms on an issue end what was
    offered, accepted or conceded on it before.
    """
    mine = word.statement
    for other in words:
        later = other.statement
        if later.made_on <= mine.made_on:
            continue
        if other.option == word.option and (other.side != word.side or word.side == "only with"):
            return other.id
        if other.option != word.option and later.stance in TERMS and mine.stance in STANDING_DOWN:
            return other.id
    return ""


def latest(statements: Mapping[str, Statement]) -> list[Word]:
    """Return the words that stand: not superseded by hand, and replaced by no later ones."""
    ended = {key for one in statements.values() for key in one.supersedes}
    by_issue: dict[tuple[str, str], list[Word]] = {}
    words = [word for word in words_of(statements) if word.id not in ended]
    for word in words:
        by_issue.setdefault((word.statement.actor, word.option.partition(".")[0]), []).append(word)
    return [word for word in words if not replaced(word, by_issue[word.statement.actor, word.option.partition(".")[0]])]


def positions_of(statements: Mapping[str, Statement]) -> list[Position]:
    """Return the positions that statements come to, in the order in which options are first spoken of.

    Raises
    ------
    ValueError
        If an actor is for and against an option on one day.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> found = positions_of(load_scenario("three-fleets").used())
    >>> [(one.actor, one.stance, one.option) for one in found][:2]
    [('coast', 'wants', 'quota.tight'), ('coast', 'wants', 'inspectors.joint')]
    """
    heard: dict[tuple[str, str], list[Word]] = {}
    for word in latest(statements):
        heard.setdefault((word.statement.actor, word.option), []).append(word)
    found = []
    for (actor, option), words in heard.items():
        _check_agree(actor, option, words)
        behind = sorted(words, key=_weakness)
        said = behind[0].statement
        stance: Literal["wants", "concedes", "refuses"] = (
            "refuses" if said.stance in REJECTING else "wants" if said.stance in WANTING else "concedes"
        )
        found.append(Position(actor, option, stance, tuple(w.id for w in behind), tuple(w.statement for w in behind)))
    return found


def _weakness(word: Word) -> int:
    """Order words by strength: of refusals by cue, of others by how much their actor wants the option."""
    said = word.statement
    return list(CUES).index(said.cue) if said.stance in REJECTING else (*WANTING, "concedes").index(said.stance)


def _check_agree(actor: str, option: str, words: list[Word]) -> None:
    sides = {word.side: word.id for word in words}
    conditions = {word.statement.conditions: word.id for word in words if word.side == "only with"}
    clash = list(sides.values()) if len(sides) > 1 else list(conditions.values()) if len(conditions) > 1 else []
    if clash:
        day = words[0].statement.made_on
        raise ValueError(
            f"statements '{clash[0]}' and '{clash[1]}': {actor} speaks both ways on '{option}' on {day};"
            f' say which holds, supersedes = ["{clash[0]}"]'
        )


def check_readings(positions: Iterable[Position]) -> None:
    """Check that no option is given two readings by hand.

    Raises
    ------
    ValueError
    """
    for one in positions:
        fixed = {word.reading: key for key, word in zip(one.statements, one.words) if word.reading}
        if len(fixed) > 1:
            told = " and ".join(f"'{key}' {reading}" for reading, key in fixed.items())
            raise ValueError(f"statements: {one.actor}'s refusal of '{one.option}' has two readings, {told}; keep one")


def check_order(
    positions: Iterable[Position], actor: str, issue: str, order: list[str], quo: str, own: Iterable[str] = ()
) -> None:
    """Check an actor's order of an issue's options, worst first, against its words.

    Parameters
    ----------
    quo : str
        The status quo.
    own : iterable of str
        Options that the actor could bring about alone: to offer one is a concession, and no wish.

    Raises
    ------
    ValueError
        If it puts the status quo, or what the actor refuses outright, above what the actor wants.
    """
    mine = {one.option.partition(".")[2]: one for one in mine_of(positions, actor, issue)}
    for place, option in enumerate(order):
        if option == quo or option not in mine or mine[option].stance == "refuses":
            continue
        wanted = mine[option].stance == "wants" and option not in own
        for better in order[place + 1 :]:
            refused = better in mine and mine[better].stance == "refuses" and not mine[better].condition
            if refused or (wanted and better == quo):
                what = "the status quo" if better == quo else f"'{better}', which '{mine[better].statements[0]}' refuses,"
                verb = "wants" if wanted else "would give"
                raise ValueError(
                    f"issues.{issue}.order.{actor}: puts {what} above '{option}', which '{mine[option].statements[0]}' {verb};"
                    " correct the order or the coding"
                )


def tied_of(positions: Sequence[Position], orders: Mapping[str, Mapping[str, list[str]]]) -> list[Tied]:
    """Return what is taken only with something else: who takes x only with y takes nothing less than x without it either.

    Parameters
    ----------
    positions : sequence of Position
    orders : dict of str to dict of str to list of str
        For each issue and actor its options from worst to best.
    """
    spoken = {(one.actor, one.option) for one in positions}
    found: dict[tuple[str, str, str], Tied] = {}
    for one in positions:
        issue, _, name = one.option.partition(".")
        order = orders[issue].get(one.actor, [])
        worse = [f"{issue}.{less}" for less in order[: order.index(name)]] if name in order else []
        for other in one.condition if one.stance == "refuses" else ():
            found[one.actor, one.option, other] = Tied(one.actor, one.option, other, spoken=True)
            for less in worse:
                if (one.actor, less) not in spoken:
                    found.setdefault((one.actor, less, other), Tied(one.actor, less, other, spoken=False))
    return list(found.values())


def refusals_of(
    positions: Iterable[Position], parties: Iterable[str], outsiders: Iterable[str], milder: Mapping[str, list[str]]
) -> list[Refusal]:
    """Return all that is refused, actor by actor, in one fixed order; then the milder options on which outsiders are silent.

    Parameters
    ----------
    positions : iterable of Position
    parties, outsiders : iterable of str
    milder : dict of str to list of str
        For each option, the milder ones of its issue that take an outsider's consent.
    """
    known = list(positions)
    order = [*parties, *outsiders]
    refused = sorted(
        (one for one in known if one.stance == "refuses"), key=lambda one: (order.index(one.actor), list(CUES).index(one.cue))
    )
    groups = _groups(refused)
    found = [
        Refusal(
            one.actor,
            one.option,
            one.cue,
            one.statements,
            next((word.reading for word in one.words if word.reading), None),
            one.condition,
            groups[one.actor, one.option],
            -1,
        )
        for one in refused
    ]
    spoken = {(one.actor, one.option) for one in known}
    for number, refusal in enumerate(list(found)):
        for option in milder.get(refusal.option, []) if refusal.actor not in parties else ():
            if (refusal.actor, option) not in spoken:
                spoken.add((refusal.actor, option))
                found.append(refusal._replace(option=option, reading=None, condition=(), milder_than=number))
    return found


def _groups(refused: list[Position]) -> dict[tuple[str, str], str]:
    """Name, for each actor and option refused, the group it is read with: what one breath names, or statements share."""
    group = {(one.actor, one.option): one.option for one in refused}
    by_statement: dict[str, list[tuple[str, str]]] = {}
    for one in refused:
        for key in one.statements:
            by_statement.setdefault(key, []).append((one.actor, one.option))
    changed = True
    while changed:
        changed = False
        for together in by_statement.values():
            first = min(group[each] for each in together)
            for each in together:
                changed = changed or group[each] != first
                group[each] = first
    return group
