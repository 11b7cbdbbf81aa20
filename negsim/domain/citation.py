"""Where every number of a scenario comes from: the statements behind it, or the rule by which it is assumed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from negsim.core.registry import MEDIATORS, STRATEGIES, Trait
from negsim.domain.issue import Option
from negsim.domain.party import Party
from negsim.domain.positions import Position, tier_of
from negsim.domain.scenario import FIXED, Scenario
from negsim.domain.statement import CUES

STATED, READ, ASSUMED = "stated", "read", "assumed"
DEFAULT = "default of the rule"


class Citation(NamedTuple):
    """One number: its path, its value in words, the statements behind it (none: assumed), and the rule that made it."""

    path: str
    value: str
    statements: list[str]
    rule: str

    @property
    def basis(self) -> str:
        """What it rests on: words that say it (stated), words that leave open how they are meant (read), nobody's (assumed)."""
        if not self.statements:
            return ASSUMED
        is_read = self.path.startswith("readings.") or self.rule.startswith(("refused", "conceded", "offered", "another"))
        return READ if is_read else STATED


def citations(scenario: Scenario) -> list[Citation]:
    """Return every number that preferences and talks are drawn from, in the order of the scenario.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> found = {entry.path: entry for entry in citations(load_scenario("istanbul-2025-06-02-article"))}
    >>> found["parties.ukraine.weight.ceasefire"].statements
    ['s01']
    >>> found["parties.ukraine.value.ceasefire.full"].value
    '1, what it wants most'
    >>> found["parties.ukraine.war_cost"].statements
    []
    """
    found: list[Citation] = []
    positions = scenario.positions()
    words = {(one.actor, one.option): one for one in positions}
    for party in scenario.parties:
        for issue in scenario.issues:
            found += _preferences(scenario, positions, words, party, issue)
        found += _parameters(scenario, party)
    uniform = scenario.readings == "uniform"
    for refusal in scenario.refusals():
        shares = (1.0, 1.0, 1.0) if uniform else CUES[refusal.cue]
        value = refusal.reading or "Dirichlet({:g}, {:g}, {:g}) over hard, price, posture".format(*shares)
        rule = f"cue '{refusal.cue}', read together with what is refused in one breath"
        if refusal.milder_than >= 0:
            value, rule = "withheld with probability U(0, 1), unless its refusal is a posture", "silent on a milder option"
        found.append(Citation(f"readings.{refusal.actor}.{refusal.option}", value, list(refusal.statements), rule))
    found += _structure(scenario)
    return found


def assumed_share(found: list[Citation]) -> float:
    """Return the share of numbers without a statement behind them."""
    return sum(not entry.statements for entry in found) / len(found)


class Basis(NamedTuple):
    """How many numbers rest on what."""

    stated: int
    read: int
    assumed: int

    @property
    def most(self) -> str:
        """What most of them rest on: assumed if over half do, else the larger of the others."""
        if 2 * self.assumed > sum(self):
            return ASSUMED
        return STATED if self.stated > self.read else READ


SWAP = ("handover_cost", "benefit_curve", "cost_curve")
TRUCE = ("breach_loss", "war_cost", "drift_weight")
"""Parameters of a side that bear on exchanges, and on what stops the fighting."""


def basis_of(scenario: Scenario, found: Iterable[Citation], issues: Iterable[str] = ()) -> Basis:
    """Count what the numbers behind some issues rest on.

    Parameters
    ----------
    scenario : Scenario
    found : iterable of Citation
    issues : iterable of str
        All numbers count if none is named.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> scenario = load_scenario("istanbul-2025-06-02-article")
    >>> basis_of(scenario, citations(scenario), ["territory"])
    Basis(stated=3, read=3, assumed=0)
    """
    wanted = set(issues)
    bears: set[str] = set()
    for key in wanted:
        issue = scenario.issues[key]
        truce = any(option.stops for option in issue.options)
        sides = issue.swap or (list(scenario.parties) if truce else [])
        bears |= {f"parties.{side}.{name}" for side in sides for name in (SWAP if issue.swap else TRUCE)}
        bears |= {f"tracks.{issue.track}.{name}" for name, tells in (("delivery", issue.swap), ("trust", truce)) if tells}
    own = [one for one in found if not wanted or one.path in bears or wanted & _issue_parts(one)]
    return Basis(*(sum(entry.basis == basis for entry in own) for basis in (STATED, READ, ASSUMED)))


def _issue_parts(one: Citation) -> set[str]:
    return set() if one.path.startswith("tracks.") else set(one.path.replace("+", ".").split("."))


def rests_on(scenario: Scenario, found: Iterable[Citation], issues: Iterable[str]) -> str:
    """Return what most of the numbers behind some issues rest on; one that depends on an issue that is assumed is assumed too.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> scenario = load_scenario("istanbul-2025-06-02-article")
    >>> [rests_on(scenario, citations(scenario), [issue]) for issue in ("territory", "ceasefire_conditions")]
    ['read', 'assumed']
    """
    listed, named = list(found), list(issues)
    behind = [key for issue in named if (key := scenario.issues[issue].available_after)]
    if any(basis_of(scenario, listed, [key]).most == ASSUMED for key in behind):
        return ASSUMED
    return basis_of(scenario, listed, named).most


def _preferences(
    scenario: Scenario, positions: list[Position], words: dict[tuple[str, str], Position], party: str, issue: str
) -> list[Citation]:
    entry = scenario.issues[issue]
    head = f"parties.{party}"
    utility = scenario.parties[party].utility
    if utility is not None:
        return [
            Citation(f"{head}.utility.weights.{issue}", f"{utility.weights[issue]:g}", [], "stated in the scenario"),
            Citation(f"{head}.utility.values.{issue}", str(utility.values[issue]), [], "stated in the scenario"),
        ]
    if entry.swap and party not in entry.swap:
        return []
    tier = tier_of(positions, scenario.parties, party, issue)
    tiers = ("first: red lines and priorities", "second: stated", "the rest")
    own = "its own words" if tier.statements else "never ranked"
    rule = "another side's words, on what is contested" if tier.contested else own
    found = [Citation(f"{head}.weight.{issue}", f"tier {tiers[tier.number]}", list(tier.statements), rule)]
    for option in entry.options[1:]:
        mine = words.get((party, f"{issue}.{option.id}"))
        if entry.swap:
            value, rule = _swapped(scenario, party, issue, option, mine)
        else:
            value, rule = _valued(scenario, words, party, issue, option)
        found.append(Citation(f"{head}.value.{issue}.{option.id}", value, list(mine.statements) if mine else [], rule))
    return found


def _swapped(scenario: Scenario, party: str, issue: str, option: Option, mine: Position | None) -> tuple[str, str]:
    """Say what a size of a swap is worth to one of its sides, and by which rule."""
    (other,) = set(scenario.issues[issue].swap) - {party}
    received, given = option.received(party), option.received(other)
    value = f"{received:g}^a - c {given:g}^b" if received and given else f"{received:g}^a" if received else f"-c {given:g}^b"
    if mine is None:
        return value, "a swap that no statement backs" if scenario.is_assumed(issue) else "a size that it does not speak of"
    if mine.stance == "refuses":
        return f"{value}, at most what the refusal is read as", "refused"
    proposed = any(word.stance in ("demands", "offers") for word in mine.words)
    return value, "proposed: of the sizes it likes none better" if proposed else "wanted"


def _valued(
    scenario: Scenario, words: dict[tuple[str, str], Position], party: str, issue: str, option: Option
) -> tuple[str, str]:
    """Say what an option is worth to a party over the status quo, and by which rule."""
    mine, own = words.get((party, f"{issue}.{option.id}")), party in option.by
    if mine is not None and mine.stance == "refuses":
        posture = "+U(0, 0.5)" if not option.by else "-U(0, 0.25)"
        alone = "" if not option.by else f", as {' and '.join(option.by)} could do it alone"
        lifted = f"; nothing with {' or '.join(mine.condition)}" if mine.condition else ""
        return f"hard: excluded (given up: -U(0.5, 1)), price: -U(0, 1), posture: {posture}{lifted}", f"refused{alone}"
    if mine is not None and (mine.stance == "concedes" or own):
        return "-U(0, 0.5)", "conceded" if mine.stance == "concedes" else "offered, and its own to do: a concession"
    tied = [one for one in scenario.tied() if (one.actor, one.option, one.spoken) == (party, f"{issue}.{option.id}", False)]
    if tied:
        others = " or ".join(one.other for one in tied)
        return f"less than what is tied to {others} and lies above it; nothing with {others}", "silent: by its order"
    order = scenario.issues[issue].order.get(party, [one.id for one in scenario.issues[issue].options[1:]])
    at, quo = order.index(option.id), scenario.issues[issue].options[0].id
    above = [
        name
        for name in order[at + 1 :]
        if name == quo or ((party, f"{issue}.{name}") in words and not words[party, f"{issue}.{name}"].condition)
    ]
    below = [name for name in order[:at] if name == quo or (party, f"{issue}.{name}") in words]
    if mine is not None:
        better = [name for name in above if name != quo and words[party, f"{issue}.{name}"].stance == "wants"]
        return ("U(0, 1), in its order below " + better[0], "wanted") if better else ("1, what it wants most", "wanted")
    wanted = bool(above) and above[0] != quo and words[party, f"{issue}.{above[0]}"].stance == "wants"
    if above and (below or wanted):
        return f"between {below[-1] if below else quo} and {above[0]}", "silent: by its order"
    if own:
        return "-U(0, 1)", "silent, and its own to do: it would have done it"
    return "-U(0, 1) with probability U(0, 1), else 0", "silent: no gain without a wish"


def _claims(scenario: Scenario, path: str) -> list[str]:
    return [key for key, statement in scenario.statements.items() if statement.stance == "claims" and statement.about == path]


def _number(scenario: Scenario, path: str, value: Any, rule: str) -> Citation:
    behind = _claims(scenario, path)
    return Citation(path, _text(value), behind, "by claim" if behind else rule)


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else _range_text(value)


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
    found.append(Citation(f"parties.{party}.strategy", side.strategy, [], "no source says how a side bargains"))
    known = STRATEGIES[side.strategy].traits if side.strategy in STRATEGIES else {}
    return found + _traits(scenario, f"parties.{party}", side.traits, known)


def _traits(scenario: Scenario, head: str, given: Mapping[str, Any], declared: Mapping[str, Trait]) -> list[Citation]:
    """Return the numbers of a rule: those that a scenario sets, and the defaults of the others."""
    found = [_number(scenario, f"{head}.traits.{name}", value, "set in the scenario") for name, value in given.items()]
    for name, trait in declared.items():
        if name not in given:
            found.append(Citation(f"{head}.traits.{name}", _text(trait.default), [], DEFAULT))
    return found


def _structure(scenario: Scenario) -> list[Citation]:
    found = []
    for key, issue in scenario.issues.items():
        for option in issue.options:
            for name in ("stops", "guarantee", "days", "size"):
                if getattr(option, name):
                    path, number = f"issues.{key}.options.{option.id}.{name}", getattr(option, name)
                    gift = isinstance(number, dict)
                    text = ", ".join(f"{who} {share:g}" for who, share in number.items()) if gift else f"{number:g}"
                    behind = _claims(scenario, path)
                    found.append(Citation(path, text, behind, "by claim" if behind else "set by the coder"))
    for key, track in scenario.tracks.items():
        path = f"tracks.{key}.trust"
        behind = _claims(scenario, path)
        rule = "prior and what was kept before" if behind else "Beta(1, 1), nothing known"
        found.append(Citation(path, "Beta({:g}, {:g})".format(*track.trust), behind, rule))
        if any(issue.swap for issue in scenario.issues.values() if issue.track == key):
            path, known = f"tracks.{key}.delivery", track.delivery
            behind = _claims(scenario, path)
            rule = "what was carried out before, on top of one of each" if behind else "one of each, nothing known"
            text = f"Dirichlet({known.all:g}, {known.part:g}, {known.none:g}) over all, part, none"
            found.append(Citation(path, text, behind, rule))
    for key, mediator in scenario.mediators.items():
        for kind in ("carrot", "stick"):
            found += [
                _number(scenario, f"mediators.{key}.{kind}.{party}", amount, "set in the scenario")
                for party, amount in getattr(mediator, kind).items()
            ]
        style = MEDIATORS[mediator.style].traits if mediator.style in MEDIATORS else {}
        found += _traits(scenario, f"mediators.{key}", mediator.traits, style)
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
    found.append(_number(scenario, "talks.breakdown", talks.breakdown, "chance that talks end early: none unless set"))
    found.append(_number(scenario, "talks.horizon_days", talks.horizon_days, "how long deliveries count"))
    found.append(_number(scenario, "talks.drift.pace", talks.drift.pace, "steps of the front a week"))
    found.append(_number(scenario, "talks.drift.up", talks.drift.up, "range of the model"))
    found.append(_number(scenario, "talks.delivery.lag_days", talks.delivery.lag_days, "range of the model"))
    found.append(_number(scenario, "talks.trust_memory", talks.trust_memory, "range of the model"))
    for event in talks.events:
        path = f"talks.events.{event.on}.{event.parameter}"
        found.append(Citation(path, f"{event.by:+g} with probability {event.probability:g}", [], "set in the scenario"))
    return found
