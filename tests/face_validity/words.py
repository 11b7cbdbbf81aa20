"""What the parties' words say of options, and how a draw read them: in one place, whatever shape cases have."""

from negsim.domain.statement import WANTING


def options_of(scenario, names):
    """Return names `issue.option` as (issue, option number)."""
    found = set()
    for name in names:
        issue, _, option = name.partition(".")
        found.add((issue, scenario.issues[issue].option_ids().index(option)))
    return found


def red_lines(scenario, party):
    """Return what a party red-lines: (issue, option number) -> what lifts the refusal, or None."""
    found = {}
    for one in scenario.positions():
        if one.actor == party and one.stance == "refuses" and one.cue == "red line":
            lifting = next(iter(options_of(scenario, one.condition))) if one.condition else None
            found.update(dict.fromkeys(options_of(scenario, [one.option]), lifting))
    return found


def refused(scenario, party):
    """Return the statements by which a party refuses something outright: id -> its options."""
    found = {}
    for one in scenario.positions():
        if one.actor == party and one.stance == "refuses" and not one.condition:
            found.setdefault(one.statements[0], set()).update(options_of(scenario, [one.option]))
    return found


def wanted(scenario, party, stances=WANTING):
    """Return what a party's latest words want."""
    found = set()
    for one in scenario.positions():
        if one.actor == party and one.stance == "wants" and any(word.stance in stances for word in one.words):
            found |= options_of(scenario, [one.option])
    return {(issue, option) for issue, option in found if option > 0}


def plain_wishes(scenario, party):
    """Return the issues on which a party says nothing stronger than a plain demand."""
    strengths = {}
    for one in scenario.positions():
        if one.actor == party:
            for issue, _ in options_of(scenario, [one.option]):
                strengths.setdefault(issue, set()).update((word.stance, word.strength) for word in one.words)
    return [key for key, said in strengths.items() if said == {("demands", "stated")}]


def readings(scenario, draws, party, statement, option):
    """Return in each draw how a party's refusal of an option was read: 0 hard, 1 price, 2 posture."""
    name = f"{option[0]}.{scenario.issues[option[0]].option_ids()[option[1]]}"
    rows = [number for number, one in enumerate(scenario.refusals()) if (one.actor, one.option) == (party, name)]
    return draws.readings[:, rows[0]]


def is_swap(scenario, issue):
    return bool(scenario.issues[issue].swap)
