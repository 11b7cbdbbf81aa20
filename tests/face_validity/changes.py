"""Changes to a case that a path and a value do not make, by name."""

from negsim.domain.scenario import Scenario
from negsim.domain.statement import REJECTING

CHANGES = {}


def change(name):
    def keep(made):
        CHANGES[name] = made
        return made

    return keep


def rebuilt(scenario, **tables):
    """Return a scenario with some of its tables replaced, checked anew."""
    return Scenario.model_validate({**scenario.model_dump(), **tables})


def swaps(scenario):
    """Return the exchanges of a scenario: for each, the ids of its issues."""
    return [[key] for key, issue in scenario.issues.items() if issue.swap]


def swap_track(scenario):
    return scenario.issues[swaps(scenario)[0][0]].track


def issue_of(name):
    return name.partition(".")[0]


def with_statements(scenario, statements):
    return rebuilt(scenario, statements={key: one.model_dump(exclude_unset=True) for key, one in statements.items()})


def without_options(scenario, gone):
    """Leave out what statements say of options for which `gone(statement, name)` holds; what then says nothing goes as well."""
    kept = {}
    for key, one in scenario.statements.items():
        options = [name for name in one.options if not gone(one, name)]
        if options or not one.options:
            kept[key] = one.model_copy(update={"options": options})
    return with_statements(scenario, kept)


def without_issues(scenario, gone):
    """Leave issues out, with all that is said of them."""
    lighter = without_options(scenario, lambda _, name: issue_of(name) in gone)
    issues = {key: one for key, one in lighter.model_dump()["issues"].items() if key not in gone}
    tracks = lighter.model_dump()["tracks"]
    for track in tracks.values():
        track["core"] = [key for key in track["core"] if key not in gone]
    return rebuilt(lighter, issues=issues, tracks=tracks, previous={k: v for k, v in lighter.previous.items() if k not in gone})


@change("without political statements")
def without_political_statements(scenario):
    political = {key for key, issue in scenario.issues.items() if issue.track == "political"}
    lighter = scenario.model_copy(update={"links": [x for x in scenario.links if not {*map(issue_of, x.options)} & political]})
    return without_options(lighter, lambda one, name: one.stance != "outcome" and issue_of(name) in political)


@change("refusals of political terms said twice")
def refusals_said_twice(scenario):
    political = {key for key, issue in scenario.issues.items() if issue.track == "political"}
    twice = dict(scenario.statements)
    for key, one in scenario.statements.items():
        if one.stance in REJECTING and one.actor in scenario.parties and {*map(issue_of, one.options)} & political:
            twice[f"{key}_again"] = one
    return with_statements(scenario, twice)


@change("the first swap counts alone")
def first_swap_counts_alone(scenario):
    tracks = scenario.model_dump()["tracks"]
    tracks[swap_track(scenario)]["core"] = swaps(scenario)[0]
    return rebuilt(scenario, tracks=tracks)


@change("the first swap is the only one")
def first_swap_is_the_only_one(scenario):
    return without_issues(scenario, {key for swap in swaps(scenario)[1:] for key in swap})


@change("without demands beside the swaps")
def without_demands_beside_the_swaps(scenario):
    mine = {key for swap in swaps(scenario) for key in swap}
    track = swap_track(scenario)
    return without_issues(scenario, {key for key, issue in scenario.issues.items() if issue.track == track and key not in mine})


@change("without offers of an exchange")
def without_offers_of_an_exchange(scenario):
    mine = {key for swap in swaps(scenario) for key in swap}
    return without_options(scenario, lambda one, name: one.stance in ("offers", "concedes") and issue_of(name) in mine)


@change("parties listed the other way")
def parties_listed_the_other_way(scenario):
    return rebuilt(scenario, parties=dict(reversed(scenario.model_dump()["parties"].items())))


def both(scenario, strategy, **traits):
    parties = scenario.model_dump()["parties"]
    for party in parties.values():
        party.update(strategy=strategy, acceptance="", traits=traits)
    return rebuilt(scenario, parties=parties)


@change("both walk at random")
def both_walk_at_random(scenario):
    return both(scenario, "random_walker")


@change("both are time-dependent")
def both_time_dependent(scenario):
    return both(scenario, "time_dependent", beta=(0.2, 2.0))


@change("both play MiCRO")
def both_play_micro(scenario):
    return both(scenario, "micro")


@change("both play tit for tat")
def both_play_tit_for_tat(scenario):
    return both(scenario, "relative_tit_for_tat")
