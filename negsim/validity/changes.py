"""Changes to a case that a path and a value do not make, by name."""

from collections.abc import Callable
from typing import Any

from negsim.domain.scenario import Scenario
from negsim.domain.statement import REJECTING, Statement

CHANGES: dict[str, Callable[[Scenario], Scenario]] = {}


def change(name: str) -> Callable[[Callable[[Scenario], Scenario]], Callable[[Scenario], Scenario]]:
    """Register a change to a case under a name that arms of statements call it by."""

    def keep(made: Callable[[Scenario], Scenario]) -> Callable[[Scenario], Scenario]:
        CHANGES[name] = made
        return made

    return keep


def rebuilt(scenario: Scenario, **tables: Any) -> Scenario:
    """Return a scenario with some of its tables replaced, checked anew."""
    return Scenario.model_validate({**scenario.model_dump(), **tables})


def swaps(scenario: Any) -> Any:
    """Return the exchanges of a scenario: for each, the ids of its issues."""
    return [[key] for key, issue in scenario.issues.items() if issue.swap]


def swap_track(scenario: Any) -> Any:
    return scenario.issues[swaps(scenario)[0][0]].track


def issue_of(name: Any) -> Any:
    return name.partition(".")[0]


def with_statements(scenario: Scenario, statements: dict[str, Statement]) -> Scenario:
    return rebuilt(scenario, statements={key: one.model_dump(exclude_unset=True) for key, one in statements.items()})


def without_options(scenario: Scenario, gone: Callable[[Statement, str], bool]) -> Scenario:
    """Leave out what statements say of options for which `gone(statement, name)` holds; what then says nothing goes as well."""
    kept = {}
    for key, one in scenario.statements.items():
        options = [name for name in one.options if not gone(one, name)]
        if options or not one.options:
            kept[key] = one.model_copy(update={"options": options})
    return with_statements(scenario, kept)


def without_issues(scenario: Scenario, gone: set[str]) -> Scenario:
    """Leave issues out, with all that is said of them."""
    lighter = without_options(scenario, lambda _, name: issue_of(name) in gone)
    issues = {key: one for key, one in lighter.model_dump()["issues"].items() if key not in gone}
    tracks = lighter.model_dump()["tracks"]
    for track in tracks.values():
        track["core"] = [key for key in track["core"] if key not in gone]
    return rebuilt(lighter, issues=issues, tracks=tracks, previous={k: v for k, v in lighter.previous.items() if k not in gone})


@change("without political statements")
def without_political_statements(scenario: Scenario) -> Scenario:
    political = {key for key, issue in scenario.issues.items() if issue.track == "political"}
    lighter = scenario.model_copy(update={"links": [x for x in scenario.links if not {*map(issue_of, x.options)} & political]})
    return without_options(lighter, lambda one, name: one.stance != "outcome" and issue_of(name) in political)


@change("refusals of political terms said twice")
def refusals_said_twice(scenario: Scenario) -> Scenario:
    political = {key for key, issue in scenario.issues.items() if issue.track == "political"}
    twice = dict(scenario.statements)
    for key, one in scenario.statements.items():
        if one.stance in REJECTING and one.actor in scenario.parties and {*map(issue_of, one.options)} & political:
            twice[f"{key}_again"] = one
    return with_statements(scenario, twice)


@change("the first swap counts alone")
def first_swap_counts_alone(scenario: Scenario) -> Scenario:
    tracks = scenario.model_dump()["tracks"]
    tracks[swap_track(scenario)]["core"] = swaps(scenario)[0]
    return rebuilt(scenario, tracks=tracks)


@change("the first swap is the only one")
def first_swap_is_the_only_one(scenario: Scenario) -> Scenario:
    return without_issues(scenario, {key for swap in swaps(scenario)[1:] for key in swap})


@change("without demands beside the swaps")
def without_demands_beside_the_swaps(scenario: Scenario) -> Scenario:
    mine = {key for swap in swaps(scenario) for key in swap}
    track = swap_track(scenario)
    return without_issues(scenario, {key for key, issue in scenario.issues.items() if issue.track == track and key not in mine})


@change("without offers of an exchange")
def without_offers_of_an_exchange(scenario: Scenario) -> Scenario:
    mine = {key for swap in swaps(scenario) for key in swap}
    return without_options(scenario, lambda one, name: one.stance in ("offers", "concedes") and issue_of(name) in mine)


@change("parties listed the other way")
def parties_listed_the_other_way(scenario: Scenario) -> Scenario:
    return rebuilt(scenario, parties=dict(reversed(scenario.model_dump()["parties"].items())))


def both(scenario: Scenario, strategy: str, **traits: Any) -> Scenario:
    parties = scenario.model_dump()["parties"]
    for party in parties.values():
        party.update(strategy=strategy, acceptance="", traits=traits)
    return rebuilt(scenario, parties=parties)


@change("both walk at random")
def both_walk_at_random(scenario: Scenario) -> Scenario:
    return both(scenario, "random_walker")


@change("both are time-dependent")
def both_time_dependent(scenario: Scenario) -> Scenario:
    return both(scenario, "time_dependent", beta=(0.2, 2.0))


@change("both play MiCRO")
def both_play_micro(scenario: Scenario) -> Scenario:
    return both(scenario, "micro")


@change("both play tit for tat")
def both_play_tit_for_tat(scenario: Scenario) -> Scenario:
    return both(scenario, "relative_tit_for_tat")
