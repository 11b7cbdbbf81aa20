"""A scenario as the arrays that the hot path reads: what a run is drawn from, and its fixed structure."""

import math
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from negsim.core.registry import ACCEPTANCES, MAX_TRAITS, MEDIATORS, STRATEGIES, Trait
from negsim.core.state import (
    BYSTANDER,
    CARROT,
    GIVES,
    NOTES,
    PLACE,
    PLAIN,
    RECEIVES,
    SILENT,
    STANDS,
    STICK,
    TIER,
    Agenda,
    Case,
    Frame,
    Prior,
)
from negsim.domain.party import BOUNDS, Party
from negsim.domain.scenario import CUES, Link, Scenario
from negsim.domain.statement import REJECTING, WANTING, known
from negsim.engine.cast import register_all
from negsim.engine.layout import Layout, lay_out

TYPE_NAMES = (
    "theta",
    "war_cost",
    "drift_weight",
    "patience",
    "hope",
    "hoped_gain",
    "breach_loss",
    "noise",
    "ratify_low",
    "ratify_width",
    "handover_cost",
    "curvature",
    "belief_up",
    "belief_down",
    "readiness",
    "readiness_rate",
    "readiness_threshold",
)
READINGS = ("hard", "price", "posture")
ALWAYS = -1e9  # a threshold that every gain passes: a party without a principal


def stable_hash(name: str) -> int:
    """Return a 32-bit hash of an id that is the same in every process (CRC-32)."""
    return zlib.crc32(name.encode())


def rejecting_ids(scenario: Scenario) -> list[str]:
    """Return the ids of the statements that reject something, in the order of the arrays."""
    return [key for key, statement in scenario.used().items() if statement.stance in REJECTING]


def to_arrays(scenario: Scenario, seed: int, *, traced: bool = False, rankings: Any = None) -> tuple[Prior, Case]:
    """Lay a scenario out as arrays.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Key of every draw, 0 to 2^63 - 1.
    traced : bool
        Whether a log of moves is kept.
    rankings : array of int, shape (party, 2, package), optional
        Numbers of packages of the one deal there is, from each party's worst up: those below its floor first, then all. For
        strategies that go by rank where ties have been broken elsewhere.

    Returns
    -------
    prior, case
        `case` is that of replicate 0.
    """
    register_all()
    layout = lay_out(scenario)
    frame = _frame(scenario, layout)
    bounds = [layout.deal_of.index(d) for d in range(len(layout.deals))] + [len(layout.compounds)]
    agenda = Agenda(
        np.array([len(packages) for packages in layout.packages], np.int64),
        np.array(bounds, np.int64),
        np.array([_widest(layout, deal) for deal in range(len(layout.deals))], np.int64),
        np.array([int(t < 0 or list(scenario.tracks.values())[t].status_quo) for t in layout.track_of], np.int64),
        np.array([stable_hash(key) for key in scenario.parties], np.int64),
        np.array([stable_hash("deal " + name) for name in layout.deals], np.int64),
        scenario.talks.breakdown,
        seed,
        0,
    )
    prior = _prior(scenario, layout, traced=traced)
    return prior if rankings is None else prior._replace(rankings=rankings), Case(agenda, frame)


def replicate(case: Case, number: int) -> Case:
    """Return a case with another replicate number."""
    return case._replace(agenda=case.agenda._replace(replicate=number))


def _frame(scenario: Scenario, layout: Layout) -> Frame:
    positions, issues = layout.positions, [scenario.issues[key] for key in layout.positions]
    parties = list(scenario.parties)
    index = {key: j for j, key in enumerate(positions)}
    member = [c for c, compound in enumerate(layout.compounds) for _ in compound]
    parts = np.cumsum([0, *(len(compound) for compound in layout.compounds)]).astype(np.int64)
    most, width = max(map(len, layout.packages)), max(len(issue.options) for issue in issues)
    option_of = np.zeros((len(positions), most), np.int64)
    for compound, packages in zip(layout.compounds, layout.packages, strict=True):
        for at, key in enumerate(compound):
            option_of[index[key], : len(packages)] = [package[at] for package in packages]
    roles = np.full((len(parties), len(positions)), PLAIN, np.int64)
    reverse = np.full(len(positions), -1, np.int64)
    for j, issue in enumerate(issues):
        if issue.receiver:
            roles[:, j] = BYSTANDER
            roles[parties.index(issue.receiver), j] = RECEIVES
            roles[parties.index(issue.giver), j] = GIVES
            for k, other in enumerate(issues):
                if issue.deal and other.deal == issue.deal and (other.receiver, other.giver) == (issue.giver, issue.receiver):
                    reverse[j] = k
    core = {key for track in scenario.tracks for key in scenario.core_of(track)}
    mediators = list(scenario.mediators.values())
    targets = np.zeros((max(1, len(mediators)), len(layout.compounds), most), np.int64)
    leverage = np.zeros((max(1, len(mediators)), 5, len(parties)))
    for m, mediator in enumerate(mediators):
        for p, key in enumerate(parties):
            leverage[m, CARROT, p], leverage[m, STICK, p] = mediator.carrot.get(key, 0.0), mediator.stick.get(key, 0.0)
        for target in mediator.target:
            name, _, option = target.partition(".")
            j = index[name]
            named = scenario.issues[name].option_ids().index(option)
            size = len(layout.packages[member[j]])
            targets[m, member[j], :size] |= option_of[j, :size] == named
    by_option = {
        name: np.array([[getattr(o, name) for o in i.options] + [0.0] * (width - len(i.options)) for i in issues])
        for name in ("stops", "guarantee", "days")
    }
    first = scenario.talks.sessions[0]
    floors = [
        [
            0.0 if side.utility is None or t < 0 or list(scenario.tracks.values())[t].status_quo else side.utility.reservation
            for t in layout.track_of
        ]
        for side in scenario.parties.values()
    ]
    tracks = [list(scenario.tracks).index(issue.track) for issue in issues]
    issue_tracks = [tracks[index[compound[0]]] for compound in layout.compounds]
    counts = [len(issue.options) for issue in issues]
    keys = [stable_hash(key) for key in positions]
    return Frame(
        np.array([member, counts, reverse, [key in core for key in positions], keys, tracks], np.int64).T.copy(),
        parts,
        np.array([layout.deal_of, issue_tracks], np.int64).T.copy(),
        np.array([layout.track_of], np.int64).T.copy(),
        np.stack([by_option[name] for name in ("stops", "guarantee", "days")], axis=2).copy(),
        roles,
        option_of,
        np.array([float((day - first).days) for day in scenario.talks.sessions]),
        leverage,
        targets,
        np.array(floors),
        np.array([stable_hash(key) for key in scenario.mediators] or [0], np.int64),
        np.array([track.trust for track in scenario.tracks.values()], float),
        np.array(_events(scenario), float).reshape(-1, 8),
        np.array([[parties.index(link.party), *_ends(scenario, index, link)] for link in scenario.links], np.int64).reshape(
            -1, 5
        ),
        float(scenario.talks.horizon_days),
    )


def _ends(scenario: Scenario, index: Mapping[str, int], link: Link) -> list[int]:
    """Return position and option of both ends of a link."""
    ends = []
    for name in link.options:
        issue, _, option = name.partition(".")
        ends += [index[issue], scenario.issues[issue].option_ids().index(option)]
    return ends


def _events(scenario: Scenario) -> list[list[float]]:
    """Return each event: session before which it happens, kind (0 party, 1 track), who, parameter, size, probability, bounds."""
    rows = []
    for event in scenario.talks.events:
        kind, who, name = event.parameter.split(".")
        later = [s for s, day in enumerate(scenario.talks.sessions) if day >= event.on]
        if later:
            among = list(scenario.parties if kind == "parties" else scenario.tracks)
            column = TYPE_NAMES.index(name) if kind == "parties" else 0
            bounds = BOUNDS[name] if kind == "parties" else (0.0, 1.0)
            rows.append([later[0], float(kind == "tracks"), among.index(who), column, event.by, event.probability, *bounds])
    return rows


def _prior(scenario: Scenario, layout: Layout, *, traced: bool) -> Prior:
    parties, actors = list(scenario.parties), [*scenario.parties, *scenario.mediators]
    positions = layout.positions
    index = {key: j for j, key in enumerate(positions)}
    width = max(len(scenario.issues[key].options) for key in positions)
    shape = (len(parties), len(positions))
    standings, places = np.ones((*shape, 2), np.int64), np.zeros((*shape, width, 2), np.int64)
    standings[:, :, TIER], places[:, :, :, PLACE] = 2, -1
    weights, values = np.full(shape, math.nan), np.full((*shape, width), math.nan)
    rejections, names = [], []
    for key, statement in scenario.used().items():
        rejecting = statement.stance in REJECTING
        if rejecting:
            fixed = READINGS.index(statement.reading) if statement.reading else -1
            rejections.append([actors.index(statement.actor), list(CUES).index(statement.cue), stable_hash(key), fixed])
        for name in statement.options:
            issue, _, option = name.partition(".")
            j, o = index[issue], scenario.issues[issue].option_ids().index(option)
            if rejecting:
                tied = [-1, -1]
                if statement.condition:
                    other, _, needed = statement.condition.partition(".")
                    tied = [index[other], scenario.issues[other].option_ids().index(needed)]
                names.append([len(rejections) - 1, j, o, *tied])
            if statement.actor not in scenario.parties:
                continue
            p = parties.index(statement.actor)
            standings[p, j, SILENT] = 0
            if statement.strength != "red line":
                tier = 0 if statement.strength == "priority" else 1
                standings[p, j, TIER] = min(standings[p, j, TIER], tier)
            if statement.stance in WANTING and o > 0:
                places[p, j, o, STANDS] = 1
    for p, (party, side) in enumerate(scenario.parties.items()):
        for j, key in enumerate(positions):
            scenario_issue = scenario.issues[key]
            ids = scenario_issue.option_ids()
            natural = ids[:0:-1] if party == scenario_issue.giver else ids[1:]  # to hand over more is worse
            for place, option in enumerate(scenario_issue.order.get(party, natural)):
                places[p, j, ids.index(option), PLACE] = place
            if side.utility is not None:
                weights[p, j] = side.utility.weights[key]
                values[p, j, : len(ids)] = side.utility.values[key]
    turns = scenario.talks.rounds[1] * len(parties)
    uniform = scenario.readings == "uniform"
    helps = {name for rule in MEDIATORS.values() for name in rule.traits}
    course = scenario.talks
    lag = course.delivery.lag_days
    return Prior(
        standings,
        places,
        np.array(rejections, np.int64).reshape(-1, 4),
        np.array(names, np.int64).reshape(-1, 5),
        np.array([(1.0, 1.0, 1.0) if uniform else shares for shares in CUES.values()]),
        np.array(
            [
                [j, o, actors.index(actor)]
                for j, key in enumerate(positions)
                for o, option in enumerate(scenario.issues[key].options)
                for actor in option.needs
            ],
            np.int64,
        ).reshape(-1, 3),
        weights,
        values,
        np.array([[_type_range(side, name) for name in TYPE_NAMES] for side in scenario.parties.values()], float),
        np.array(
            [
                course.drift.up,
                course.delivery.share_a,
                course.delivery.share_b,
                (lag[0], lag[0]),
                (lag[1], lag[1]),
                course.trust_memory,
            ],
            float,
        ),
        np.array(course.rounds, np.int64),
        np.array([link.value for link in scenario.links], float).reshape(-1, 2),
        np.array([_party_traits(key, side) for key, side in scenario.parties.items()], float),
        np.array(
            [_traits(f"mediators.{key}", MEDIATORS[m.style].traits, m.traits, helps) for key, m in scenario.mediators.items()]
            or [_traits("", {}, {}, [])],
            float,
        ),
        np.zeros((len(parties), 2, 0), np.int64),
        NOTES
        + max(
            STRATEGIES[side.strategy].memory(layout.deal_of.count(deal), _widest(layout, deal), turns)
            for side in scenario.parties.values()
            for deal in range(len(layout.deals))
        ),
        len(course.sessions) * (len(layout.deals) * (turns + 4) + 2) if traced else 0,
    )


def _widest(layout: Layout, deal: int) -> int:
    return max(len(packages) for packages, of in zip(layout.packages, layout.deal_of) if of == deal)


def _type_range(side: Party, name: str) -> tuple[float, float]:
    if name.startswith("ratify") and not side.principal:
        return (ALWAYS, ALWAYS) if name == "ratify_low" else (0.0, 0.0)
    lo, hi = getattr(side, name)
    return lo, hi


def _party_traits(key: str, side: Party) -> list[tuple[float, float]]:
    strategy = STRATEGIES[side.strategy]
    accept = ACCEPTANCES[side.acceptance or strategy.acceptance]
    every = {name for rule in STRATEGIES.values() for name in rule.traits} | {
        name for rule in ACCEPTANCES.values() for name in rule.traits
    }
    return _traits(f"parties.{key}", strategy.traits, side.traits, every) + _traits(
        f"parties.{key}", accept.traits, side.traits, every
    )


def _traits(
    where: str, declared: Mapping[str, Trait], given: Mapping[str, Any], every: Iterable[str]
) -> list[tuple[float, float]]:
    """Return the ranges of declared traits. One that only another rule knows waits until that rule is chosen."""
    for name in given:
        known(name, list(every), f"{where}.traits", "trait")
    ranges = [given.get(name, (trait.default, trait.default)) for name, trait in declared.items()]
    for (name, trait), (lo, hi) in zip(declared.items(), ranges):
        if lo < trait.least or hi > trait.most:
            raise ValueError(f"{where}.traits.{name}: lies outside {trait.least:g}..{trait.most:g}")
    return ranges + [(0.0, 0.0)] * (MAX_TRAITS - len(ranges))
