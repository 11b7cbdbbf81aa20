"""A case, and what it is drawn from, as one run sees them at one stage of the talks."""

from typing import Any

from negsim.core.dice import Dice, stream
from negsim.core.registry import helper
from negsim.core.state import Case, Prior

PARTNER = 1 << 30  # from a run to the other run that some of its draws may be taken from; no run has a number that high


@helper
def roll(case: Case, actor: int, purpose: int, item: int) -> Dice:
    """Return the stream of an actor for a purpose and an item: that of the run at hand, or of its partner if taken from there."""
    number = case.replicate
    if len(case.taken) > 0 and number < PARTNER:
        for row in range(len(case.taken)):
            one = case.taken[row]
            if one["purpose"] == purpose and one["actor"] in (-1, actor) and one["item"] in (-1, item):
                number += PARTNER
                break
    return stream(case.seed, number, actor, purpose, item)


@helper
def replicate_of(case: Case, number: int) -> Case:
    """Return a case with another replicate number, in compiled code too."""
    return _with(case, number, case.demanded, case.lifts)


@helper
def at_stage(case: Case, stage: int) -> Case:
    """Return a case with the words as they stand at a stage."""
    lifts = case.every_lifts[case.lift_ends[stage] : case.lift_ends[stage + 1]]
    return _with(case, case.replicate, case.every_demanded[stage], lifts)


@helper
def _with(case: Case, number: int, demanded: Any, lifts: Any) -> Case:
    return Case(
        case.seed,
        number,
        case.least,
        case.most,
        case.breakdown,
        case.pace,
        case.horizon,
        case.parties,
        case.mediators,
        case.tracks,
        case.deals,
        case.issues,
        case.positions,
        case.effects,
        case.option_of,
        case.received,
        demanded,
        case.floors,
        case.leverage,
        case.targets,
        case.days,
        case.events,
        case.links,
        lifts,
        case.stages,
        case.every_demanded,
        case.every_lifts,
        case.lift_ends,
        case.taken,
    )


@helper
def words_at(prior: Prior, stage: int) -> Prior:
    """Return what a run is drawn from with the words as they stand at a stage."""
    return Prior(
        prior.every_tiers[stage],
        prior.every_places[stage],
        prior.every_standing[stage],
        prior.every_tiers,
        prior.every_places,
        prior.every_standing,
        prior.ladders,
        prior.refusals,
        prior.cues,
        prior.needs,
        prior.weights,
        prior.values,
        prior.parameters,
        prior.course,
        prior.links,
        prior.traits,
        prior.helps,
        prior.rankings,
        prior.guesses,
        prior.slots,
        prior.moves,
        prior.inputs,
    )


@helper
def first_stage(prior: Prior, r: int) -> int:
    """Return the stage at which a refusal is said."""
    stage = 0
    while prior.every_standing[stage, r] == 0:
        stage += 1
    return stage
