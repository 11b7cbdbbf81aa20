"""A survey of what could be agreed: the outcome space of every deal, who blocks, and what would open it."""

from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.draws.acceptability import Candidate, candidates
from negsim.analysis.draws.blocking import Blocked, Tally, behind, blocked, conflicts, repairs, zones
from negsim.analysis.draws.deals import Deal, Table, expected_space, lay_table, options_of, package_of
from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.counting import Count, count, sample
from negsim.analysis.spaces.fairness import Fairness, fairness
from negsim.analysis.spaces.ranking import Ranking, best_for, best_for_all
from negsim.analysis.spaces.space import Frontier, Space, frontier_of
from negsim.domain.scenario import Scenario


class Ask(NamedTuple):
    """What is asked beyond the survey itself.

    Attributes
    ----------
    package : dict of str to str
        An option an issue, to be measured; empty for none.
    power : list of float
        Bargaining power of each party in the Nash solution; empty for equal.
    best, sample : int
        How many of the best acceptable packages for each party and for all together, and how many drawn evenly.
    """

    package: dict[str, str] = {}  # noqa: RUF012
    power: list[float] = []  # noqa: RUF012
    best: int = 3
    sample: int = 0


NOTHING_MORE = Ask()


class Outlook(NamedTuple):
    """What could be agreed if every party got what it is expected to want.

    Attributes
    ----------
    space : Space
    acceptable : Count
        Packages acceptable to all.
    frontier : Frontier or None
        None if it has too many points to be listed.
    solved : dict of str to int
        Row of the frontier that each solution chooses; empty if there is none.
    opposition, win_win : float or None
    best : list of Ranking
        The best acceptable packages for each party.
    joint : Ranking or None
        Those with the greatest joint surplus.
    drawn : array of int, shape (draw, issue) or None
        Acceptable packages drawn evenly.
    """

    space: Space
    acceptable: Count
    frontier: Frontier | None
    solved: dict[str, int]
    opposition: float | None
    win_win: float | None
    best: list[Ranking]
    joint: Ranking | None
    drawn: Any


class DealSurvey(NamedTuple):
    """One deal: in expectation, and over the draws of what the texts leave open.

    Attributes
    ----------
    deal : Deal
    outlook : Outlook
    zone : Share
        Of draws with a package that changes every core issue and is acceptable to all.
    blocked : list of Blocked
    repairs, conflicts : list of Tally
    candidates : list of Candidate
    fairness : Fairness or None
        Of the package asked about.
    """

    deal: Deal
    outlook: Outlook
    zone: Share
    blocked: list[Blocked]
    repairs: list[Tally]
    conflicts: list[Tally]
    candidates: list[Candidate]
    fairness: Fairness | None


class Survey(NamedTuple):
    """All deals of a scenario, and all of them as one package if they can be tied together."""

    table: Table
    deals: list[DealSurvey]
    whole: tuple[Table, Outlook] | None


def outlook(space: Space, ask: Ask = NOTHING_MORE, seed: int = 0) -> Outlook:
    """Return what could be agreed on a space: how much, how good, how fair.

    Examples
    --------
    >>> from negsim.analysis.spaces.space import space_of
    >>> found = outlook(space_of([[[0.0, 1.0, 3.0]], [[3.0, 2.0, 0.0]]], [0.0, 0.0]))
    >>> found.acceptable.number, found.solved["nash"]
    (3, 1)
    """
    counted = count(space)
    best = [best_for(space, party, ask.best) for party in range(len(space.floors))] if ask.best else []
    joint = best_for_all(space, ask.best) if ask.best else None
    drawn = sample(space, ask.sample, seed) if ask.sample else None
    rest = (best, joint, drawn)
    try:
        frontier = frontier_of(space)
    except ValueError:
        return Outlook(space, counted, None, {}, None, None, *rest)
    if not len(frontier.points):
        return Outlook(space, counted, frontier, {}, None, None, *rest)
    points = np.maximum(frontier.points - space.floors, 0.0)
    solved = {name: rule(points) for name, rule in solutions.SOLUTIONS.items()}
    if ask.power:
        solved["nash"] = solutions.nash(points, ask.power)
    return Outlook(space, counted, frontier, solved, solutions.opposition(points), solutions.win_win(points), *rest)


def survey(scenario: Scenario, draws: int, seed: int, ask: Ask = NOTHING_MORE) -> Survey:
    """Survey a scenario.

    Parameters
    ----------
    scenario : Scenario
    draws : int
        Of preferences; one is enough where all utilities are stated.
    seed : int
    ask : Ask, optional

    Examples
    --------
    >>> from negsim import load_scenario
    >>> found = survey(load_scenario("two-issues"), draws=5, seed=1)
    >>> [one.zone.share for one in found.deals]
    [1.0]
    """
    table = lay_table(scenario, draws, seed)
    deals = [_survey_deal(table, deal, ask) for deal in table.deals]
    if len(deals) == 1:
        return Survey(table, deals, (table, deals[0].outlook))
    if not all(track.status_quo for track in scenario.tracks.values()):
        return Survey(table, deals, None)
    tied = lay_table(scenario.model_copy(update={"package": True}), draws, seed)
    return Survey(table, deals, (tied, outlook(expected_space(tied, tied.deals[0]), ask, seed)))


def _survey_deal(table: Table, deal: Deal, ask: Ask) -> DealSurvey:
    expected = expected_space(table, deal)
    zone = zones(table, deal)
    asked = None
    if any(key in ask.package for c in range(deal.lo, deal.hi) for key in table.layout.compounds[c]):
        asked = tuple(options_of(table, deal, ask.package))
        if deal.quo == 1 and not any(asked):
            asked = None  # it was left as it was
    seen = outlook(expected, ask, table.seed)
    return DealSurvey(
        deal,
        seen,
        share(int(zone.sum()), len(zone)),
        blocked(table, deal),
        repairs(table, deal, zone),
        conflicts(table, deal, zone),
        candidates(table, deal, (asked,) if asked else ()),
        fairness(expected, asked) if asked and seen.frontier is not None else None,
    )


def as_json(found: Survey) -> dict[str, Any]:
    """Return a survey as the JSON that `negsim analyze --json` prints."""
    table = found.table
    body: dict[str, Any] = {"scenario": table.scenario.id, "draws": len(table.draws.floors), "seed": table.seed}
    blockers = [line for one in found.deals for line in _blockers(table, one)]
    if found.whole is None:
        body |= {"outcomes": None, "parties": list(table.scenario.parties), "blockers": blockers}
    else:
        tied, seen = found.whole
        body |= _outlook(tied, tied.deals[0], seen) | {"blockers": blockers}
    body["deals"] = {one.deal.id: _deal(table, one) for one in found.deals}
    return body


def _outlook(table: Table, deal: Deal, seen: Outlook) -> dict[str, Any]:
    points = [] if seen.frontier is None else seen.frontier.points.tolist()
    packages = [] if seen.frontier is None else [package_of(table, deal, row) for row in seen.frontier.packages]
    chosen = {
        name: {"utilities": points[seen.solved[name]], "package": packages[seen.solved[name]]} if seen.solved else None
        for name in solutions.SOLUTIONS
    }
    return {
        "outcomes": seen.space.outcomes,
        "parties": list(table.scenario.parties),
        "reservation": seen.space.floors.tolist(),
        "pareto": {"size": None if seen.frontier is None else len(points), "points": points, "packages": packages},
        **chosen,
        "acceptable": {
            "count": seen.acceptable.number,
            "share": seen.acceptable.share,
            "exact": seen.acceptable.exact,
            "interval": [seen.acceptable.low, seen.acceptable.high],
        },
        "opposition": seen.opposition,
        "win_win": seen.win_win,
        "best": {party: _ranked(table, deal, found) for party, found in zip(table.scenario.parties, seen.best)},
        "best_joint": _ranked(table, deal, seen.joint) if seen.joint is not None else [],
        "sample": [package_of(table, deal, row) for row in seen.drawn] if seen.drawn is not None else [],
    }


def _ranked(table: Table, deal: Deal, found: Ranking) -> list[dict[str, Any]]:
    return [
        {"utility": value, "package": package_of(table, deal, row)} for value, row in zip(found.values.tolist(), found.packages)
    ]


def _blockers(table: Table, one: DealSurvey) -> list[dict[str, Any]]:
    return [
        {
            "deal": one.deal.id,
            "issue": line.issue,
            "option": line.option,
            "possible": line.possible.share,
            "interval": [line.possible.low, line.possible.high],
            "blocked_by": [
                {"kind": block.kind, "who": block.who, "share": block.share, **_place(table, block.statement)}
                for block in line.blocks
            ],
        }
        for line in one.blocked
        if line.blocks
    ]


def _place(table: Table, statement: str) -> dict[str, Any]:
    if not statement:
        return {"statement": None, "source": None, "paragraph": None}
    source = table.scenario.source_of.get(statement, table.scenario.id)
    return {"statement": statement, "source": source, "paragraph": table.scenario.statements[statement].paragraph}


def _deal(table: Table, one: DealSurvey) -> dict[str, Any]:
    parties = list(table.scenario.parties)
    body = {"track": one.deal.track, **_outlook(table, one.deal, one.outlook)}
    body["zone"] = {"share": one.zone.share, "interval": [one.zone.low, one.zone.high]}
    for name, found in (("opens", one.repairs), ("shuts", one.conflicts)):
        body[name] = [
            {
                "constraints": [
                    {
                        "kind": item.kind,
                        "who": item.who,
                        "statements": [_place(table, key) for key in behind(table, one.deal, item)],
                    }
                    for item in tally.constraints
                ],
                "share_of_draws_without_zone": tally.share.share,
                "interval": [tally.share.low, tally.share.high],
            }
            for tally in found
        ]
    body["packages"] = [
        {
            "package": package_of(table, one.deal, candidate.package),
            "acceptable": candidate.acceptable.share,
            "interval": [candidate.acceptable.low, candidate.acceptable.high],
            "rank_acceptability": candidate.ranks,
            "expected_gain": {party: gains[0] for party, gains in zip(parties, candidate.gains.tolist())},
            "gain_interval": {party: gains[1:] for party, gains in zip(parties, candidate.gains.tolist())},
            "central_weights": None
            if candidate.central_weights is None
            else {
                party: dict(zip(table.layout.positions, row))
                for party, row in zip(parties, candidate.central_weights.round(6).tolist())
            },
        }
        for candidate in one.candidates
    ]
    if one.fairness is not None:
        body["fairness"] = _fairness(table, one.deal, one.fairness)
    return body


def _fairness(table: Table, deal: Deal, found: Fairness) -> dict[str, Any]:
    finite = np.isfinite(found.surplus).all()
    return {
        "surplus": found.surplus.tolist() if finite else None,
        "acceptable": found.acceptable,
        "distance": {"pareto": found.frontier_distance, **found.distances} if finite and found.distances else None,
        "left_on_the_table": found.left.tolist(),
        "all_would_rather": [package_of(table, deal, row) for row in found.better.packages],
        "points": None if found.points is None else found.points.tolist(),
        "adjusted_winner": found.adjusted_winner,
    }
