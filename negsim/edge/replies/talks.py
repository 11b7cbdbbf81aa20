"""Runs, and what is behind them: `run`, `replay`, `cite`, `explain`, `score`, `validate`, `forecast`."""

from typing import Any

from pydantic import ConfigDict

from negsim.analysis.runs.scores import Extra, Mean, Pooled, Score
from negsim.domain.record import IssueRecord, Move, ReadingRecord, TrackRecord
from negsim.edge.replies.base import Interval, Number, Reply, Statement, told
from negsim.validity.judging import Verdict


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
