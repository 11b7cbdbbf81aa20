"""A scenario as the arrays that the hot path reads: what a run is drawn from, and its fixed structure."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from negsim.core.parameters import PARAMETERS
from negsim.core.registry import ACCEPTANCES, ACTS, MAX_TRAITS, MEDIATORS, STRATEGIES, Trait, no_memory
from negsim.core.state import (
    AT_OPENING,
    DEAL,
    EFFECT,
    EVENT,
    EVERY_TURN,
    HELPER,
    ISSUE,
    LIFT,
    LINK,
    NEED,
    NEVER,
    NOTES,
    POSITION,
    PURSE,
    RANGE,
    REFUSED,
    SEAT,
    TAKEN,
    TRUST,
    Case,
    Guesses,
    Prior,
)
from negsim.domain.party import Party
from negsim.domain.positions import remembered
from negsim.domain.scenario import Link, Scenario
from negsim.domain.statement import CUES, known
from negsim.engine.cast import acceptance_of, register_all
from negsim.engine.inputs import every_input
from negsim.engine.layout import Layout, lay_out
from negsim.engine.stances import ladders_of, option_number, places_of, stable_hash, tiers_of

READINGS = ("hard", "price", "posture", "given_up")
WHEN = dict(zip(ACTS, (NEVER, AT_OPENING, EVERY_TURN), strict=True))
GUESSES, FEWEST = 64, 8  # about each side, of which all that is believed of it is made; fewer where there are many options
MOST_GUESSED = 32_768  # options of all guesses about a side
ALWAYS = -1e9  # a threshold that every gain passes: a party without a principal


def to_arrays(
    scenario: Scenario, seed: int, *, traced: bool = False, drawn: bool = False, rankings: Any = None
) -> tuple[Prior, Case]:
    """Lay a scenario out as arrays.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Key of every draw, 0 to 2^63 - 1.
    traced : bool
        Whether a log of moves is kept.
    drawn : bool
        Whether what each run is drawn to be is kept.
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
    prior = _prior(scenario, layout, traced=traced, drawn=drawn)
    parts = *(getattr(scenario, name) for name in type(scenario).model_fields), seed
    prior = prior._replace(guesses=remembered(parts, lambda: prior.guesses))  # laid once, however often a scenario is played
    case = _case(scenario, layout, seed, prior.every_places)
    return prior if rankings is None else prior._replace(rankings=rankings), case


def replicate(case: Case, number: int) -> Case:
    """Return a case with another replicate number."""
    return case._replace(replicate=number)


def rows(kind: Any, values: Iterable[Sequence[Any]]) -> Any:
    """Return records of a kind, one for each sequence of its fields."""
    return np.array([tuple(row) for row in values], kind)


def ranges(pairs: Any) -> Any:
    """Return pairs of a least and a most number as records, of the shape they come in."""
    return np.ascontiguousarray(np.asarray(pairs, float)).view(RANGE)[..., 0]


def _case(scenario: Scenario, layout: Layout, seed: int, places: Any) -> Case:
    tracks = list(scenario.tracks.values())
    compounds = range(len(layout.compounds))
    counts = [len(packages) for packages in layout.packages]
    firsts = np.cumsum([0, *(len(compound) for compound in layout.compounds)]).tolist()
    member = [c for c in compounds for _ in layout.compounds[c]]
    track_of = {key: list(scenario.tracks).index(scenario.issues[key].track) for key in layout.positions}
    core = {key for track in tracks for key in track.core}
    deals = []
    for deal, (name, track) in enumerate(zip(layout.deals, layout.track_of)):
        own = [c for c in compounds if layout.deal_of[c] == deal]
        quo = int(track < 0 or tracks[track].status_quo)
        deals.append((stable_hash("deal " + name), own[0], own[-1] + 1, max(counts[c] for c in own), quo, track))
    positions = [
        (member[j], len(scenario.issues[key].options), key in core, stable_hash(key), track_of[key], *_swap(scenario, key))
        for j, key in enumerate(layout.positions)
    ]
    option_of = _option_of(layout)
    leverage, targets = _leverage(scenario, layout, member, option_of)
    floors = [
        [0.0 if side.utility is None or quo else side.utility.reservation for *_, quo, _ in deals]
        for side in scenario.parties.values()
    ]
    first = scenario.talks.sessions[0]
    every_demanded = np.ascontiguousarray(places["proposed"])
    lifts = [list(_lifts(scenario, layout, stage)) for stage in range(scenario.stage_count())]
    every_lifts, lift_ends = rows(LIFT, itertools.chain(*lifts)), np.cumsum([0, *map(len, lifts)])
    return Case(
        seed=seed,
        replicate=0,
        least=scenario.talks.rounds[0],
        most=scenario.talks.rounds[1],
        breakdown=scenario.talks.breakdown,
        pace=scenario.talks.drift.pace,
        horizon=float(scenario.talks.horizon_days),
        parties=rows(SEAT, [_seat(key, side) for key, side in scenario.parties.items()]),
        mediators=rows(
            HELPER,
            [(stable_hash(key), WHEN[MEDIATORS[m.style].acts]) for key, m in scenario.mediators.items()] or [(0, NEVER)],
        ),
        tracks=rows(TRUST, _tracks(scenario)),
        deals=rows(DEAL, deals),
        issues=rows(
            ISSUE,
            [(counts[c], layout.deal_of[c], track_of[layout.compounds[c][0]], firsts[c], firsts[c + 1]) for c in compounds],
        ),
        positions=rows(POSITION, positions),
        effects=_effects(scenario, layout),
        option_of=option_of,
        received=_received(scenario, layout),
        demanded=every_demanded[0],
        floors=np.array(floors),
        leverage=leverage,
        targets=targets,
        days=np.array([float((day - first).days) for day in scenario.talks.sessions]),
        events=rows(EVENT, _events(scenario)),
        links=rows(LINK, [_link(scenario, layout, link) for link in scenario.links]),
        lifts=every_lifts[: lift_ends[1]],
        stages=np.array(scenario.stages()),
        every_demanded=every_demanded,
        every_lifts=every_lifts,
        lift_ends=lift_ends,
        taken=rows(TAKEN, ()),
    )


def _seat(key: str, side: Party) -> tuple[int, ...]:
    """Return a party as the fields of a SEAT.

    One whose offer rule keeps a memory may say something else when it is asked again.
    """
    remembers = int(STRATEGIES[side.strategy].memory is not no_memory)
    return stable_hash(key), remembers, 0, int(acceptance_of(side).insists), int(side.utility is not None)


def _option_of(layout: Layout) -> Any:
    """Return the option of each position at each option of its issue, shape (position, issue's option)."""
    found = np.zeros((len(layout.positions), max(map(len, layout.packages))), np.int64)
    for compound, packages in zip(layout.compounds, layout.packages, strict=True):
        for at, key in enumerate(compound):
            found[layout.positions.index(key), : len(packages)] = [package[at] for package in packages]
    return found


def _tracks(scenario: Scenario) -> Iterator[tuple[float, ...]]:
    """Yield each track as the fields of a TRUST."""
    for key, track in scenario.tracks.items():
        known = track.delivery
        yield stable_hash("track " + key), len(track.core), *track.trust, known.all, known.part, known.none


def _swap(scenario: Scenario, key: str) -> tuple[int, int, int, int]:
    """Return the two sides of a swap, -1 if an issue is none, whether it is staged, and whether principals judge it."""
    issue, parties = scenario.issues[key], list(scenario.parties)
    judged = int(issue.is_judged)
    if not issue.swap:
        return -1, -1, 0, judged
    return parties.index(issue.swap[0]), parties.index(issue.swap[1]), int(issue.staged), judged


def _received(scenario: Scenario, layout: Layout) -> Any:
    """Return the size of what each party receives with each option of a swap."""
    issues = [scenario.issues[key] for key in layout.positions]
    received = np.zeros((len(scenario.parties), len(issues), max(len(issue.options) for issue in issues)))
    for p, party in enumerate(scenario.parties):
        for j, issue in enumerate(issues):
            if party in issue.swap:
                received[p, j, : len(issue.options)] = [option.received(party) for option in issue.options]
    return received


def _effects(scenario: Scenario, layout: Layout) -> Any:
    """Return what each option of each position does to the fighting."""
    issues = [scenario.issues[key] for key in layout.positions]
    effects = np.zeros((len(issues), max(len(issue.options) for issue in issues)), EFFECT)
    for j, issue in enumerate(issues):
        for o, option in enumerate(issue.options):
            effects[j, o] = (option.stops, option.guarantee, option.days)
    return effects


def _leverage(scenario: Scenario, layout: Layout, member: list[int], option_of: Any) -> tuple[Any, Any]:
    """Return what each mediator has for each party, and the options that it is for."""
    mediators = list(scenario.mediators.values())
    leverage = np.zeros((max(1, len(mediators)), len(scenario.parties)), PURSE)
    targets = np.zeros((len(leverage), len(layout.compounds), option_of.shape[1]), np.int64)
    for m, mediator in enumerate(mediators):
        for p, key in enumerate(scenario.parties):
            leverage["carrot"][m, p], leverage["stick"][m, p] = mediator.carrot.get(key, 0.0), mediator.stick.get(key, 0.0)
        for target in mediator.target:
            j, named = option_number(scenario, layout, target)
            size = len(layout.packages[member[j]])
            targets[m, member[j], :size] |= option_of[j, :size] == named
    return leverage, targets


def _link(scenario: Scenario, layout: Layout, link: Link) -> list[int]:
    """Return a link as the fields of a LINK."""
    ends = [number for name in link.options for number in option_number(scenario, layout, name)]
    return [list(scenario.parties).index(link.party), *ends]


def _lifts(scenario: Scenario, layout: Layout, stage: int) -> Iterator[list[int]]:
    """Yield for each option that a party takes only with another one at a stage the fields of a LIFT."""
    for tied in scenario.tied(stage):
        if tied.actor in scenario.parties:
            ends = [number for end in (tied.option, tied.other) for number in option_number(scenario, layout, end)]
            if ends[1] > 0:
                yield [list(scenario.parties).index(tied.actor), *ends]


def _events(scenario: Scenario) -> list[list[float]]:
    """Return each event that a session follows as the fields of an EVENT."""
    found = []
    for event in scenario.talks.happening():
        kind, who, name = event.parameter.split(".")
        session = next(s for s, day in enumerate(scenario.talks.sessions) if day >= event.on)
        on_track = kind == "tracks"
        number = 0 if on_track else list(PARAMETERS).index(name)
        least, most = (0.0, 1.0) if on_track else (PARAMETERS[name].least, PARAMETERS[name].most)
        among = list(scenario.tracks if on_track else scenario.parties)
        found.append([session, on_track, among.index(who), number, event.by, event.probability, least, most])
    return found


def _prior(scenario: Scenario, layout: Layout, *, traced: bool, drawn: bool) -> Prior:
    parties, actors = list(scenario.parties), [*scenario.parties, *scenario.mediators]
    positions = layout.positions
    width = max(len(scenario.issues[key].options) for key in positions)
    shape = (len(parties), len(positions))
    weights, values = np.full(shape, math.nan), np.full((*shape, width), math.nan)
    refusals, said = [], list(scenario.statements)
    for refusal in scenario.refusals():
        fixed = READINGS.index(refusal.reading) if refusal.reading else -1
        keys = stable_hash(refusal.option), stable_hash(refusal.group)
        actor, cue = actors.index(refusal.actor), list(CUES).index(refusal.cue)
        refusals.append(
            (
                actor,
                *option_number(scenario, layout, refusal.option),
                cue,
                *keys,
                fixed,
                refusal.milder_than,
                said.index(refusal.statements[0]),
            )
        )
    for p, side in enumerate(scenario.parties.values()):
        for j, key in enumerate(positions):
            if side.utility is not None:
                weights[p, j] = side.utility.weights[key]
                values[p, j, : len(scenario.issues[key].options)] = side.utility.values[key]
    turns = scenario.talks.rounds[1] * len(parties)
    uniform = scenario.readings == "uniform"
    helps = {name for rule in MEDIATORS.values() for name in rule.traits}
    course = scenario.talks
    lag = course.delivery.lag_days
    needs = [
        (j, o, actors.index(actor))
        for j, key in enumerate(positions)
        for o, option in enumerate(scenario.issues[key].options)
        for actor in option.needs
    ]
    steady = (course.drift.up, (lag[0], lag[0]), (lag[1], lag[1]))
    mediating = [_traits(f"mediators.{key}", MEDIATORS[m.style].traits, m.traits, helps) for key, m in scenario.mediators.items()]
    stages = range(scenario.stage_count())
    tiers = np.array([tiers_of(scenario, layout, stage) for stage in stages])
    places = np.array([places_of(scenario, layout, width, stage) for stage in stages])
    standing = np.array([scenario.standing(stage) for stage in stages], np.int64)
    return Prior(
        tiers=tiers[0],
        places=places[0],
        standing=standing[0],
        every_tiers=tiers,
        every_places=places,
        every_standing=standing,
        ladders=ladders_of(scenario, layout, width),
        refusals=rows(REFUSED, refusals),
        cues=np.array([(1.0, 1.0, 1.0) if uniform else shares for shares in CUES.values()]),
        needs=rows(NEED, needs),
        weights=weights,
        values=values,
        parameters=ranges([[_parameter_range(side, name) for name in PARAMETERS] for side in scenario.parties.values()]),
        course=ranges([*steady, course.trust_memory]),
        links=rows(RANGE, [link.value for link in scenario.links]),
        traits=ranges([_party_traits(key, side) for key, side in scenario.parties.items()]),
        helps=ranges(mediating or [_traits("", {}, {}, [])]),
        rankings=np.zeros((len(parties), 2, 0), np.int64),
        guesses=_guesses(scenario, layout, rows(REFUSED, refusals)),
        slots=NOTES
        + max(
            STRATEGIES[side.strategy].memory(layout.deal_of.count(deal), _widest(layout, deal), turns)
            for side in scenario.parties.values()
            for deal in range(len(layout.deals))
        ),
        moves=_most_moves(scenario, layout, turns) if traced else 0,
        inputs=len(every_input(scenario, layout)) if drawn else 0,
    )


def _most_moves(scenario: Scenario, layout: Layout, turns: int) -> int:
    """Return how many moves a run can have: each turn of each deal, its last call, what follows a session, and events."""
    on_a_deal = turns + 4 + (1 + len(scenario.parties)) ** 2
    return len(scenario.talks.sessions) * (len(layout.deals) * on_a_deal + 2) + len(scenario.talks.events)


def _guesses(scenario: Scenario, layout: Layout, refusals: Any) -> Guesses:
    """Return room for guesses; there are none to make where all utility is stated."""
    coded = any(side.utility is None for side in scenario.parties.values())
    shape = (len(scenario.parties), len(layout.compounds), max(map(len, layout.packages)))
    count = max(FEWEST, min(GUESSES, MOST_GUESSED // sum(map(len, layout.packages)))) if coded else 0
    stages = scenario.stage_count()
    return Guesses(
        laid=np.array([0 if coded else 1]),
        gains=np.zeros((stages, 3, *shape, count)),
        means=np.zeros((stages, 3, *shape)),
        shut=np.zeros((stages, *shape, count), np.int64),
        readings=np.zeros((count, len(refusals)), np.int64),
        links=np.zeros(len(scenario.links)),
        refusals=refusals,
        room=np.zeros((2, count)),
    )


def _widest(layout: Layout, deal: int) -> int:
    return max(len(packages) for packages, of in zip(layout.packages, layout.deal_of) if of == deal)


def _parameter_range(side: Party, name: str) -> tuple[float, float]:
    if name.startswith("ratify") and not side.principal:
        return (ALWAYS, ALWAYS) if name == "ratify_low" else (0.0, 0.0)
    lo, hi = getattr(side, name)
    return lo, hi


def _party_traits(key: str, side: Party) -> list[tuple[float, float]]:
    strategy = STRATEGIES[side.strategy]
    accept = acceptance_of(side)
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
