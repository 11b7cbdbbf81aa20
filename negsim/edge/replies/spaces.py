"""What could be agreed, as `negsim analyze` prints it."""

from typing import Any

from negsim.edge.replies.base import Interval, Number, Reply, Statement


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
