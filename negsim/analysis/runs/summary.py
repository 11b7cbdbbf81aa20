"""How sure an ensemble is and on what: ranges over what is assumed, and what decided each track."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from negsim.analysis.runs.assumptions import Assumed, over_ensemble
from negsim.analysis.runs.decided import Decided, Part, what_decided
from negsim.analysis.runs.members import Advance, Make
from negsim.domain.scenario import Scenario

MEMBER_RUNS, PAIRS = 500, 1000


class Summary(NamedTuple):
    """What is said of an ensemble beyond its shares.

    Attributes
    ----------
    assumed : dict of str to Assumed
        The range of each outcome over the ensemble.
    decided : list of Decided
        What decided each track.
    """

    assumed: dict[str, Assumed]
    decided: list[Decided]


def left(scenario: Scenario, issue: str) -> str:
    """Return the outcome that an issue leaves its status quo, or where it has none, that it is agreed.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> left(load_scenario("istanbul-2025-06-02"), "ceasefire")
    'option.ceasefire != none'
    """
    quo = scenario.quo_of(issue)
    return f"option.{issue} != {quo}" if quo else f"closed_in.{issue} >= 0"


def ends_at(issue: str, option: str) -> str:
    """Return the outcome that an issue ends at an option."""
    return f"option.{issue} == {option}"


def tracks_of(scenario: Scenario) -> list[str]:
    """Return the outcome that each track is agreed."""
    return [f"agreed.{track}" for track in scenario.tracks]


def outcomes_of(scenario: Scenario) -> list[str]:
    """Return the outcomes that a summary tells of: tracks, issues and options."""
    found = tracks_of(scenario)
    for key, issue in scenario.issues.items():
        found.append(left(scenario, key))
        found += [ends_at(key, option.id) for option in issue.options]
    return found


def summarize(
    make: Make,
    seed: int,
    workers: int,
    advance: Advance | None = None,
    *,
    runs: int = MEMBER_RUNS,
    pairs: int = PAIRS,
) -> Summary:
    """Play what a summary takes.

    Parameters
    ----------
    make : callable
        From changes to a scenario.
    seed : int
    workers : int
        Threads.
    advance : callable, optional
    runs : int
        Of each combination of the ensemble.
    pairs : int
        Of runs, for what decided it; 0: that is not asked.
    """
    scenario = make(())
    assumed = over_ensemble(make, outcomes_of(scenario), runs, seed, workers, advance)
    decided = what_decided(make, tracks_of(scenario), pairs, seed, workers, advance) if pairs else []
    return Summary({one.outcome: one for one in assumed}, decided)


def explained(
    make: Make, outcomes: Sequence[str], runs: int, pairs: int, seed: int, workers: int, advance: Advance | None = None
) -> tuple[list[Decided], list[Assumed]]:
    """Return what decided some outcomes, and their ranges over an ensemble: of each combination half the runs of a variant."""
    decided = what_decided(make, outcomes, pairs, seed, workers, advance)
    return decided, over_ensemble(make, outcomes, max(10, runs // 2), seed, workers, advance)


def certainty(decided: Sequence[Decided], assumed: Sequence[Assumed], scenario: Scenario, pairs: int) -> dict[str, Any]:
    """Return what decided some outcomes, and their ranges over what is assumed, as `negsim explain --json` prints them."""
    return {
        "pairs": pairs,
        "decided": [
            {
                "outcome": one.outcome,
                "share": one.share.share,
                "interval": [one.share.low, one.share.high],
                "groups": [_part(part, scenario) for part in one.groups],
                "readings": [_part(part, scenario) for part in one.readings],
            }
            for one in decided
        ],
        "assumed": [
            {
                "outcome": one.outcome,
                "combinations": one.members,
                "least": one.least.share,
                "most": one.most.share,
                "least_at": one.least_at,
                "most_at": one.most_at,
            }
            for one in assumed
        ],
    }


def _part(part: Part, scenario: Scenario) -> dict[str, Any]:
    return {
        "draws": part.id,
        "words": part.words,
        "statements": [
            {"statement": key, "source": scenario.source_of.get(key), "paragraph": scenario.statements[key].paragraph}
            for key in part.statements
        ],
        "first": part.first._asdict(),
        "total": part.total._asdict(),
    }
