"""Where every number of a scenario comes from: the statements behind it, or the rule by which it is assumed."""

from typing import Any, NamedTuple

from negsim.domain.party import Party
from negsim.domain.scenario import FIXED, Scenario
from negsim.domain.statement import CUES, REJECTING, WANTING


class Citation(NamedTuple):
    """One number: its path, its value in words, the statements behind it (none: assumed), and the rule that made it."""

    path: str
    value: str
    statements: list[str]
    rule: str


def citations(scenario: Scenario) -> list[Citation]:
    """Return every number that preferences and talks are drawn from, in the order of the scenario.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> found = {entry.path: entry for entry in citations(load_scenario("istanbul-2025-06-02"))}
    >>> found["parties.ukraine.weight.ceasefire"].statements
    ['s01', 's02', 's06']
    >>> found["parties.ukraine.war_cost"].statements
    []
    """
    found: list[Citation] = []
    for party in scenario.parties:
        for issue in scenario.issues:
            found += _preferences(scenario, party, issue)
        found += _parameters(scenario, party)
    uniform = scenario.readings == "uniform"
    for key, statement in scenario.used().items():
        if statement.stance in REJECTING:
            shares = (1.0, 1.0, 1.0) if uniform else CUES[statement.cue]
            value = statement.reading or "Dirichlet({:g}, {:g}, {:g}) over hard, price, posture".format(*shares)
            found.append(Citation(f"statements.{key}.reading", value, [key], f"cue '{statement.cue}'"))
    found += _structure(scenario)
    return found


def assumed_share(found: list[Citation]) -> float:
    """Return the share of numbers without a statement behind them."""
    return sum(not entry.statements for entry in found) / len(found)


def _preferences(scenario: Scenario, party: str, issue: str) -> list[Citation]:
    entry = scenario.issues[issue]
    head = f"parties.{party}"
    utility = scenario.parties[party].utility
    if utility is not None:
        return [
            Citation(f"{head}.utility.weights.{issue}", f"{utility.weights[issue]:g}", [], "stated in the scenario"),
            Citation(f"{head}.utility.values.{issue}", str(utility.values[issue]), [], "stated in the scenario"),
        ]
    if entry.swap:
        return [_weight(scenario, party, issue)] if party in entry.swap else []
    mine: dict[str, list[str]] = {}
    for key, statement in scenario.used().items():
        for name in statement.options:
            if statement.actor == party and name.partition(".")[0] == issue:
                mine.setdefault(name.partition(".")[2], []).append(key)
    found = [_weight(scenario, party, issue)]
    ids = entry.option_ids()[1:]
    for place, option in enumerate(entry.order.get(party, ids)):
        if len(ids) > 1:
            rule = "named by the party" if option in mine else "placed by the coder"
            found.append(
                Citation(f"{head}.order.{issue}.{option}", f"place {place + 1} of {len(ids)}", mine.get(option, []), rule)
            )
    behind = list(dict.fromkeys(key for keys in mine.values() for key in keys))
    bounds = _bounds(scenario, behind)
    found.append(
        Citation(f"{head}.status_quo.{issue}", bounds, behind, "v(0) between what is refused and wanted" if behind else "silent")
    )
    return found


def _bounds(scenario: Scenario, behind: list[str]) -> str:
    statements = scenario.used()
    wanted = [key for key in behind if statements[key].stance in WANTING]
    refused = [key for key in behind if statements[key].stance in REJECTING]
    if not behind:
        return "price with probability U(0, 1), else posture"
    parts = [f"not above {', '.join(wanted)}" if wanted else "", f"by the reading of {', '.join(refused)}" if refused else ""]
    return "uniform, " + " and ".join(part for part in parts if part)


def _weight(scenario: Scenario, party: str, issue: str) -> Citation:
    ranked = {
        key: statement.strength
        for key, statement in scenario.used().items()
        if statement.actor == party
        and statement.strength != "red line"
        and any(name.partition(".")[0] == issue for name in statement.options)
    }
    tier = "priority" if "priority" in ranked.values() else "stated" if ranked else "the rest"
    rule = "uniform on the simplex ordered by tiers" if ranked else "never ranked by the party"
    return Citation(f"parties.{party}.weight.{issue}", f"tier: {tier}", list(ranked), rule)


def _claims(scenario: Scenario, path: str) -> list[str]:
    return [key for key, statement in scenario.statements.items() if statement.stance == "claims" and statement.about == path]


def _number(scenario: Scenario, path: str, value: Any, rule: str) -> Citation:
    text = f"{value:g}" if isinstance(value, int | float) else _range_text(value)
    behind = _claims(scenario, path)
    return Citation(path, text, behind, "by claim" if behind else rule)


def _range_text(value: tuple[float, float]) -> str:
    return f"{value[0]:g}" if value[0] == value[1] else f"U({value[0]:g}, {value[1]:g})"


def _parameters(scenario: Scenario, party: str) -> list[Citation]:
    side = scenario.parties[party]
    found = []
    for name, field in Party.model_fields.items():
        if name in FIXED:
            continue
        value = getattr(side, name)
        rule = "default of the model" if value == field.default else "set in the scenario"
        found.append(_number(scenario, f"parties.{party}.{name}", value, rule))
    found += [
        _number(scenario, f"parties.{party}.traits.{name}", value, "set in the scenario") for name, value in side.traits.items()
    ]
    return found


def _structure(scenario: Scenario) -> list[Citation]:
    found = []
    for key, issue in scenario.issues.items():
        for option in issue.options:
            for name in ("stops", "guarantee", "days"):
                if getattr(option, name):
                    path = f"issues.{key}.options.{option.id}.{name}"
                    found.append(_number(scenario, path, getattr(option, name), "set by the coder"))
    for key, track in scenario.tracks.items():
        path = f"tracks.{key}.trust"
        behind = _claims(scenario, path)
        rule = "prior and what was kept before" if behind else "Beta(1, 1), nothing known"
        found.append(Citation(path, "Beta({:g}, {:g})".format(*track.trust), behind, rule))
    for key, mediator in scenario.mediators.items():
        for kind in ("carrot", "stick"):
            found += [
                _number(scenario, f"mediators.{key}.{kind}.{party}", amount, "set in the scenario")
                for party, amount in getattr(mediator, kind).items()
            ]
        found += [
            _number(scenario, f"mediators.{key}.traits.{name}", value, "set in the scenario")
            for name, value in mediator.traits.items()
        ]
    for link in scenario.links:
        path = f"links.{link.party}.{'+'.join(link.options)}"
        found.append(Citation(path, _range_text(link.value), link.statements, "stated in the scenario"))
    talks = scenario.talks
    found.append(
        Citation(
            "talks.rounds",
            f"{talks.rounds[0]} to {talks.rounds[1]}",
            _claims(scenario, "talks.rounds"),
            "by the length of the session",
        )
    )
    found.append(_number(scenario, "talks.drift.up", talks.drift.up, "range of the model"))
    found.append(_number(scenario, "talks.delivery.lag_days", talks.delivery.lag_days, "range of the model"))
    found.append(_number(scenario, "talks.trust_memory", talks.trust_memory, "range of the model"))
    return found
