"""Sweeps, and what mattered in them."""

from negsim.analysis.runs.discovery import Discovery
from negsim.analysis.runs.robustness import Setting
from negsim.analysis.runs.sensitivity import Sensitivity
from negsim.analysis.runs.tournament import Standing
from negsim.edge.replies.base import Number, Reply, told
from negsim.sweeps.chunk import Segment


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


class Tournament(Reply):
    """Strategies against each other: `negsim tournament --json`."""

    standings: list[told(Standing)]  # type: ignore[valid-type]
    matches: int
    runs: int
    folder: str
