"""What of a scenario does nothing, or rests on nobody's words: to be looked at by its coder before it is run."""

from collections.abc import Iterator

from negsim.domain.citation import DEFAULT, citations
from negsim.domain.positions import latest, replaced, words_of
from negsim.domain.scenario import Scenario


def loose_ends(scenario: Scenario) -> list[str]:
    """Return, one line each: statements without effect, options that nobody spoke of, tracks without core issues.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> loose_ends(load_scenario("three-fleets"))[0]
    'nobody speaks of inspectors.own: it lies where orders put it, or counts as silence'
    """
    return [*_without_effect(scenario), *_unspoken(scenario), *_without_core(scenario), *_idle(scenario)]


def _without_effect(scenario: Scenario) -> Iterator[str]:
    stages = [scenario.used(stage) for stage in range(scenario.stage_count())]
    used = {key for stage in stages for key in stage}
    standing = [word for stage in stages for word in latest(stage)]
    paths = [entry.path for entry in citations(scenario) if entry.rule != DEFAULT]
    linked = {key for link in scenario.links for key in link.statements}
    for key, statement in scenario.statements.items():
        said = f"{key} ({statement.actor} {statement.stance})"
        if statement.stance == "outcome":
            continue
        if statement.stance == "claims":
            if key not in linked and not any(path.startswith(statement.about) for path in paths):
                yield f"{said} has no effect: there is no number '{statement.about}'"
        elif key not in used:
            yield f"{said} is not used: {_why_unused(scenario, key)}"
        elif not any(word.id == key for word in standing):
            yield f"{said} has no effect: {_why_ended(scenario, key)}"
        elif statement.actor in scenario.mediators and not _asked(scenario, key):
            yield f"{said} has no effect: an outsider's words count where it refuses what takes its consent (needs)"


def _why_unused(scenario: Scenario, key: str) -> str:
    statement, first = scenario.statements[key], scenario.talks.sessions[0]
    if statement.made_on > first and scenario.leave_out_later:
        return f"made on {statement.made_on}, after the first session on {first} (leave_out_later)"
    if statement.until is not None and statement.until < first:
        return f"it held until {statement.until}"
    return "made on the day, but not at the table (same_day)"


def _why_ended(scenario: Scenario, key: str) -> str:
    used = next(found for stage in range(scenario.stage_count()) if key in (found := scenario.used(stage)))
    by_hand = [other for other, one in used.items() if key in one.supersedes]
    if by_hand:
        return f"superseded by {by_hand[0]}"
    ended = {other for one in used.values() for other in one.supersedes}
    words = [word for word in words_of(used) if word.statement.actor == used[key].actor and word.id not in ended]
    later = [
        replaced(word, [other for other in words if other.option.partition(".")[0] == word.option.partition(".")[0]])
        for word in words
        if word.id == key
    ]
    return f"its actor's later words end it ({', '.join(dict.fromkeys(filter(None, later)))})"


def _asked(scenario: Scenario, key: str) -> bool:
    """Tell whether an outsider's refusal is of something that takes its consent."""
    actor = scenario.statements[key].actor
    for refusal in scenario.refusals():
        issue, _, option = refusal.option.partition(".")
        needs = scenario.issues[issue].option(option).needs
        if refusal.actor == actor and key in refusal.statements and actor in needs:
            return True
    return False


def _unspoken(scenario: Scenario) -> Iterator[str]:
    if all(side.utility is not None for side in scenario.parties.values()):
        return
    spoken = {position.option for stage in range(scenario.stage_count()) for position in scenario.positions(stage)}
    conditions = {name for refusal in scenario.refusals() for name in refusal.condition}
    for key, issue in scenario.issues.items():
        for option in issue.options[1:]:
            name = f"{key}.{option.id}"
            if name in spoken or name in conditions:
                continue
            if issue.swap:
                yield f"nobody speaks of {name}: that it is on the menu is assumed"
            else:
                yield f"nobody speaks of {name}: it lies where orders put it, or counts as silence"


def _without_core(scenario: Scenario) -> Iterator[str]:
    for key, track in scenario.tracks.items():
        if not track.core:
            yield f"the track {key} names no core issues: anything that is agreed on it counts"


def _idle(scenario: Scenario) -> Iterator[str]:
    """Yield what is set on an issue and changes nothing."""
    for key, issue in scenario.issues.items():
        if issue.deal and issue.available_when:
            yield f"issues.{key}.deal has no effect: it closes with {issue.available_after}, on which it depends"
        elif issue.deal and scenario.tracks[issue.track].procedure == "package":
            yield f"issues.{key}.deal has no effect: the track {issue.track} closes as one package"
        for party in issue.order if issue.swap else ():
            yield f"issues.{key}.order.{party} has no effect: what the sizes of a swap are worth follows from its costs"
    for position in scenario.positions():
        issue = scenario.issues[position.option.partition(".")[0]]
        if issue.swap and position.actor in scenario.parties and position.actor not in issue.swap:
            yield f"{position.statements[0]} ({position.actor} on {position.option}) has no effect: it is no side of that swap"
