"""The record of one run: what was agreed, by whom refused and why, who gained; and every move at the table."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class IssueRecord:
    """How one issue ended. `option` is what is ratified, else the status quo."""

    track: str
    option: str
    agreed: bool
    at_table: str
    session: int | None
    turn: int | None
    refused_by: str  # who said no last
    blocked_by: str  # who alone could have closed it, "; " between them; " + " between those who could only together
    bound_by: str  # what of each held it back


@dataclass(frozen=True)
class TrackRecord:
    """How a track ended, over its core issues."""

    zone: bool | None  # None where it would have taken too long to tell
    table: bool
    ratified: bool
    agreed: bool
    delivered: float
    session: int | None
    turn: int | None
    refused_by: str  # who said no last
    blocked_by: str  # who alone could have closed it, "; " between them; " + " between those who could only together
    bound_by: str  # what of each held it back


@dataclass(frozen=True)
class Move:
    """One move: who did what, on which deal, with which package; or which event happened."""

    session: int
    deal: str
    turn: int
    party: str
    move: str
    package: dict[str, str] = field(default_factory=dict)
    event: str = ""


@dataclass(frozen=True)
class ReadingRecord:
    """How one refusal was read in the run, and in which share of runs it is read so; None where that is set by hand.

    `before` and `after` are how likely the other parties, on average, held that reading to be before and after the talks; None
    of an outsider's refusal.
    """

    actor: str
    option: str
    statement: str
    reading: str
    share: float | None
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Record:
    """One run, with what it takes to play it again."""

    scenario: str
    digest: str
    version: str
    seed: int
    replicate: int
    engine: str
    issues: dict[str, IssueRecord]
    tracks: dict[str, TrackRecord]
    parties: dict[str, dict[str, float]]
    leverage_spent: dict[str, dict[str, dict[str, float]]]
    moves: list[Move]
    readings: list[ReadingRecord]

    def as_json(self, *, offers: bool) -> dict[str, Any]:
        """Return the run as plain values, as `negsim run --json` prints it."""
        sessions: dict[int, dict[str, Any]] = {}
        for move in self.moves:
            entry = sessions.setdefault(move.session, {"session": move.session, "moves": 0, "agreed": []})
            entry["moves"] += 1
        for key, issue in self.issues.items():
            if issue.agreed and issue.session in sessions:
                sessions[issue.session]["agreed"].append(key)
        result: dict[str, Any] = {
            "scenario": self.scenario,
            "digest": self.digest,
            "version": self.version,
            "seed": self.seed,
            "replicate": self.replicate,
            "engine": self.engine,
            "issues": {key: vars(issue) for key, issue in self.issues.items()},
            "tracks": {key: vars(track) for key, track in self.tracks.items()},
            "parties": self.parties,
            "leverage_spent": self.leverage_spent,
            "readings": [vars(reading) for reading in self.readings],
            "sessions": list(sessions.values()),
        }
        if offers:
            result["offers"] = [vars(move) for move in self.moves]
        return result
