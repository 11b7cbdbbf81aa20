"""What each command prints with `--json`: a model a command, from which `negsim schema COMMAND` makes its JSON Schema.

A number that is not known is null. Keys are only ever added.
"""

import types
import typing
from dataclasses import is_dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from negsim.analysis.runs.discovery import Discovery
from negsim.analysis.runs.robustness import Setting
from negsim.analysis.runs.scores import Extra, Mean, Pooled, Score
from negsim.analysis.runs.sensitivity import Sensitivity
from negsim.analysis.runs.tournament import Standing
from negsim.domain.record import IssueRecord, Move, ReadingRecord, TrackRecord
from negsim.edge.estimate import Estimate
from negsim.sweeps.chunk import Segment
from negsim.validity.judging import Verdict

Number = float | None
Interval = list[Number]  # its two ends


class Reply(BaseModel):
    """What a command prints; it has these keys and no others."""

    model_config = ConfigDict(extra="forbid")


def told(kind: Any) -> Any:
    """Return a model of a named tuple or dataclass, as it is printed: a mapping of its fields."""
    fields: dict[str, Any] = {name: (_told(hint), ...) for name, hint in typing.get_type_hints(kind).items()}
    return create_model(kind.__name__, __base__=Reply, __doc__=(kind.__doc__ or "").strip(), **fields)


def _told(hint: Any) -> Any:
    if hint is float:
        return Number
    if isinstance(hint, type) and (hasattr(hint, "_fields") or is_dataclass(hint)):
        return told(hint)
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is None:
        return hint
    if origin in (typing.Union, types.UnionType):
        parts = [_told(part) for part in inside]
        return typing.Union[tuple(parts)]  # noqa: UP007
    if origin is tuple and not (len(inside) == 2 and inside[1] is Ellipsis):
        return list[Any]
    parts = [_told(part) for part in inside if part is not Ellipsis]
    return list[parts[0]] if origin is tuple else origin[*parts]  # type: ignore[valid-type]


class Statement(Reply):
    """A statement and where it stands."""

    statement: str | None
    source: str | None
    paragraph: int | None


class Party(Reply):
    """What a party has in the end."""

    utility: Number
    gain: Number


class SessionTold(Reply):
    """A session: how many moves, and what it agreed."""

    session: int
    moves: int
    agreed: list[str]


class Run(Reply):
    """One run: `negsim run --json`; `offers` with --trace."""

    scenario: str
    digest: str
    version: str
    seed: int
    replicate: int
    engine: str
    issues: dict[str, told(IssueRecord)]  # type: ignore[valid-type]
    tracks: dict[str, told(TrackRecord)]  # type: ignore[valid-type]
    parties: dict[str, Party]
    leverage_spent: dict[str, dict[str, dict[str, float]]]
    readings: list[told(ReadingRecord)]  # type: ignore[valid-type]
    sessions: list[SessionTold]
    offers: list[told(Move)] = []  # type: ignore[valid-type]


class Replay(Run):
    """One run of a sweep again: `negsim replay --json`."""

    run: int
    point: int
    in_table: bool


class Frontier(Reply):
    """The Pareto frontier; nothing where it is too large."""

    size: int | None
    points: list[list[Number]]
    packages: list[dict[str, str]]


class Solution(Reply):
    """A solution point, in the order of the parties."""

    utilities: list[Number]
    package: dict[str, str]


class Ranked(Reply):
    """A package and what it is worth."""

    utility: Number
    package: dict[str, str]


class Acceptable(Reply):
    """How many packages every side prefers to no deal; counted, or estimated with an interval."""

    count: Number
    share: Number
    exact: bool
    interval: Interval


class Outlook(Reply):
    """An outcome space."""

    outcomes: int | None
    parties: list[str]
    reservation: list[Number] = []
    pareto: Frontier | None = None
    nash: Solution | None = None
    kalai_smorodinsky: Solution | None = None
    egalitarian: Solution | None = None
    utilitarian: Solution | None = None
    acceptable: Acceptable | None = None
    opposition: Number = None
    win_win: Number = None
    best: dict[str, list[Ranked]] = {}
    best_joint: list[Ranked] = []
    sample: list[dict[str, str]] = []


class Block(Statement):
    """Who shuts an option out, by what, in which share of draws."""

    kind: str
    who: str
    share: Number


class Blocked(Reply):
    """An option that is shut out, and by whom."""

    deal: str
    issue: str
    option: str
    possible: Number
    interval: Interval
    blocked_by: list[Block]


class Constraint(Reply):
    """What would have to give way."""

    kind: str
    who: str
    statements: list[Statement]


class Opening(Reply):
    """The fewest that together open a deal, or shut it."""

    constraints: list[Constraint]
    share_of_draws_without_zone: Number
    interval: Interval


class Zone(Reply):
    """In which share of draws there is a zone of agreement."""

    share: Number
    interval: Interval


class Candidate(Reply):
    """A package with its acceptability over draws."""

    package: dict[str, str]
    acceptable: Number
    interval: Interval
    rank_acceptability: list[Number]
    expected_gain: dict[str, Number]
    gain_interval: dict[str, Interval]
    central_weights: dict[str, dict[str, Number]] | None


class Fair(Reply):
    """How fair a package is that was named."""

    surplus: list[Number] | None
    acceptable: bool
    distance: dict[str, Number] | None
    left_on_the_table: list[Number]
    all_would_rather: list[dict[str, str]]
    points: Any
    adjusted_winner: Any


class Deal(Outlook):
    """One deal: what is closed together."""

    track: str
    zone: Zone
    opens: list[Opening]
    shuts: list[Opening]
    packages: list[Candidate]
    fairness: Fair | None = None


class Analysis(Outlook):
    """What could be agreed: `negsim analyze --json`."""

    scenario: str
    draws: int
    seed: int
    blockers: list[Blocked]
    deals: dict[str, Deal]


class Cited(Reply):
    """A number, what it is, and what it rests on."""

    path: str
    value: str
    statements: list[str]
    rule: str
    basis: str


class Citations(Reply):
    """Every number with what it rests on: `negsim cite --json`."""

    assumed: Number
    counts: dict[str, int]
    numbers: list[Cited]


class Moved(Reply):
    """What a change does to an outcome, under the same draws."""

    set: dict[str, str]
    now: dict[str, str]
    share: Number
    interval: Interval
    difference: Number
    difference_interval: Interval
    flips: bool
    flips_at: Number
    statements: list[Statement]


class Pivot(Reply):
    """What moves an outcome."""

    outcome: str
    share: Number
    interval: Interval
    likely: bool
    moves: list[Moved]
    pairs: list[Moved]


class Parted(Reply):
    """A group of draws and its shares of the variance."""

    draws: str
    words: str
    statements: list[Statement]
    first: dict[str, Number]
    total: dict[str, Number]


class DecidedBy(Reply):
    """What decided an outcome."""

    outcome: str
    share: Number
    interval: Interval
    groups: list[Parted]
    readings: list[Parted]


class Assumption(Reply):
    """The range of an outcome over what is assumed."""

    outcome: str
    combinations: int
    least: Number
    most: Number
    least_at: list[str]
    most_at: list[str]


class Explanation(Reply):
    """What is pivotal: `negsim explain --json`."""

    scenario: str
    runs: int
    seed: int
    outcomes: list[Pivot]
    pairs: int
    decided: list[DecidedBy]
    assumed: list[Assumption]


class Scored(Reply):
    """Scores against what came about: `negsim score --json`."""

    issues: list[told(Score)]  # type: ignore[valid-type]
    extras: list[told(Extra)]  # type: ignore[valid-type]
    means: list[told(Mean)]  # type: ignore[valid-type]
    worse: list[told(Mean)]  # type: ignore[valid-type]
    as_well: list[str]
    left_out: list[Any]


class Validation(Reply):
    """What an expert would check first: `negsim validate --json`."""

    statements: list[told(Verdict)]  # type: ignore[valid-type]
    scores: dict[str, Scored]
    pooled: list[told(Pooled)]  # type: ignore[valid-type]


class PointOutcome(Reply):
    """The mean of an outcome at a point of a design, with its 95% interval."""

    outcome: str
    point: dict[str, bool | int | float | str]
    mean: Number
    low: Number
    high: Number


class Swept(Reply):
    """A sweep: `negsim sweep --json`; of a shard without outcomes."""

    scenario: str
    points: int
    runs: int
    seed: int
    rows: int
    failed: int
    folder: str
    outcomes: list[PointOutcome] = []


class Merged(Reply):
    """Shards joined: `negsim merge --json`; rows are 0 while runs are missing."""

    rows: int
    missing: int
    segments: list[told(Segment)]  # type: ignore[valid-type]
    folder: str


class Verified(Reply):
    """A sweep checked: `negsim verify --json`."""

    faults: list[str]
    rows: int
    parts: int
    replayed: int
    root: str
    programs: list[str]


class Sensitive(Reply):
    """Which inputs matter: `negsim sensitivity --json`."""

    outcomes: list[told(Sensitivity)]  # type: ignore[valid-type]


class Discovered(told(Discovery)):  # type: ignore[misc]
    """Under which inputs an outcome comes about: `negsim discover --json`; scores by column."""

    scores: dict[str, Number]


class Robust(Reply):
    """How levers hold: `negsim robustness --json`; `least` is the first setting that is surely enough everywhere."""

    outcome: str
    at_least: float
    settings: list[told(Setting)]  # type: ignore[valid-type]
    least: dict[str, bool | int | float | str] | None


class Listed(Reply):
    """An entry of a list."""

    name: str
    summary: str


class Lists(Reply):
    """What there is, by kind: `negsim list --json`."""

    lists: dict[str, list[Listed]]


class Checked(Reply):
    """A file: whether it is valid, what it holds or what is wrong with it."""

    path: str
    valid: bool
    lines: list[str]


class Checks(Reply):
    """Files checked: `negsim check --json`."""

    files: list[Checked]


class Tournament(Reply):
    """Strategies against each other: `negsim tournament --json`."""

    standings: list[told(Standing)]  # type: ignore[valid-type]
    matches: int
    runs: int
    folder: str


class Forecast(Reply):
    """A sealed forecast: the file that `negsim forecast` writes, and prints with --json."""

    model_config = ConfigDict(extra="allow")
    kind: str
    scenario: str
    digest: str
    program: str
    version: str
    sealed_on: str
    runs: int
    seed: int
    tracks: dict[str, dict[str, Any]]
    issues: dict[str, dict[str, Any]]
    checksum: str


REPLIES: dict[str, type[BaseModel]] = {
    "analyze": Analysis,
    "check": Checks,
    "cite": Citations,
    "discover": Discovered,
    "dry-run": told(Estimate),
    "explain": Explanation,
    "forecast": Forecast,
    "list": Lists,
    "merge": Merged,
    "replay": Replay,
    "robustness": Robust,
    "run": Run,
    "score": Scored,
    "sensitivity": Sensitive,
    "sweep": Swept,
    "tournament": Tournament,
    "validate": Validation,
    "verify": Verified,
}
"""What each command prints with `--json`; `dry-run` is `negsim sweep --dry-run --json`."""
