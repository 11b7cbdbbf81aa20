"""What the parties' words say of options, and how a draw read them: in one place, whatever shape cases have."""

from typing import Any

from negsim.domain.positions import tier_of
from negsim.domain.statement import WANTING


def options_of(scenario: Any, names: Any) -> Any:
    """Return names `issue.option` as (issue, option number)."""
    found = set()
    for name in names:
        issue, _, option = name.partition(".")
        found.add((issue, scenario.issues[issue].option_ids().index(option)))
    return found


def red_lines(scenario: Any, party: Any) -> Any:
    """Return what a party red-lines: (issue, option number) -> what lifts the refusal, or None."""
    found: dict[Any, Any] = {}
    for one in scenario.positions():
        if one.actor == party and one.stance == "refuses" and one.cue == "red line":
            lifting = next(iter(options_of(scenario, one.condition))) if one.condition else None
            found.update(dict.fromkeys(options_of(scenario, [one.option]), lifting))
    return found


def refused(scenario: Any, party: Any) -> Any:
    """Return the statements by which a party refuses something outright: id -> its options."""
    found: dict[Any, Any] = {}
    for one in scenario.positions():
        if one.actor == party and one.stance == "refuses" and not one.condition:
            found.setdefault(one.statements[0], set()).update(options_of(scenario, [one.option]))
    return found


def wanted(scenario: Any, party: Any, stances: Any = WANTING) -> Any:
    """Return what a party's latest words want."""
    found = set()
    for one in scenario.positions():
        if one.actor == party and one.stance == "wants" and any(word.stance in stances for word in one.words):
            found |= options_of(scenario, [one.option])
    return {(issue, option) for issue, option in found if option > 0}


def asked(scenario: Any, party: Any) -> Any:
    """Return what a party makes a condition of something else: it wants that in return."""
    found = set()
    for one in scenario.positions():
        if one.actor == party:
            found |= options_of(scenario, one.condition)
    return found


def conceded(scenario: Any, party: Any) -> Any:
    """Return what a party would give at a price."""
    found = set()
    for one in scenario.positions():
        if one.actor == party and one.stance == "concedes":
            found |= options_of(scenario, [one.option])
    return found


def wanted_or_on_the_way(scenario: Any, party: Any) -> Any:
    """Return what a party's latest words want, and what lies on the way to it in the party's order, unless it refuses that."""
    found = wanted(scenario, party)
    spoken = set().union(*(options_of(scenario, [one.option]) for one in scenario.positions() if one.actor == party))
    for issue, option in list(found):
        ids = scenario.issues[issue].option_ids()
        order = scenario.issues[issue].order.get(party, ids[1:])
        below = {(issue, ids.index(name)) for name in order[: order.index(ids[option])] if name != ids[0]}
        found |= below - spoken
    return found


def plain_wishes(scenario: Any, party: Any) -> Any:
    """Return the issues on which a party says nothing stronger than a plain demand, and no other side anything either.

    An issue on which another side is stronger is contested: by theory (protected values) it ranks as that side's words rank it.
    """
    strengths: dict[Any, Any] = {}
    for one in scenario.positions():
        if one.actor == party:
            for issue, _ in options_of(scenario, [one.option]):
                strengths.setdefault(issue, set()).update((word.stance, word.strength) for word in one.words)
    contested = {key for key in strengths if tier_of(scenario.positions(), scenario.parties, party, key).contested}
    return [key for key, said in strengths.items() if said == {("demands", "stated")} and key not in contested]


def readings(scenario: Any, draws: Any, party: Any, statement: Any, option: Any) -> Any:
    """Return in each draw how a party's refusal of an option was read: 0 hard, 1 price, 2 posture."""
    name = f"{option[0]}.{scenario.issues[option[0]].option_ids()[option[1]]}"
    rows = [number for number, one in enumerate(scenario.refusals()) if (one.actor, one.option) == (party, name)]
    return draws.readings[:, rows[0]]


def is_swap(scenario: Any, issue: Any) -> Any:
    return bool(scenario.issues[issue].swap)
