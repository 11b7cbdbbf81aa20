"""What the parties' words say of options, and how a draw read them: in one place, whatever shape cases have."""

from negsim.domain.statement import REJECTING, WANTING
from negsim.engine.arrays import rejecting_ids


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
    for one in scenario.used().values():
        if one.actor == party and one.stance in REJECTING and one.strength == "red line":
            lifting = next(iter(options_of(scenario, [one.condition]))) if one.condition else None
            found.update(dict.fromkeys(options_of(scenario, one.options), lifting))
    return found


def refused(scenario, party):
    """Return the statements by which a party refuses something outright: id -> its options."""
    return {
        key: options_of(scenario, one.options)
        for key, one in scenario.used().items()
        if one.actor == party and one.stance in REJECTING and not one.condition
    }


def wanted(scenario, party, stances=WANTING):
    """Return what a party's statements want."""
    found = set()
    for one in scenario.used().values():
        if one.actor == party and one.stance in stances:
            found |= options_of(scenario, one.options)
    return {(issue, option) for issue, option in found if option > 0}


def plain_wishes(scenario, party):
    """Return the issues on which a party says nothing stronger than a plain demand."""
    strengths = {}
    for one in scenario.used().values():
        if one.actor == party:
            for issue, _ in options_of(scenario, one.options):
                strengths.setdefault(issue, set()).add((one.stance, one.strength))
    return [key for key, said in strengths.items() if said == {("demands", "stated")}]


def readings(scenario, draws, party, statement, option):
    """Return in each draw how a party's refusal of an option was read: 0 hard, 1 price, 2 posture."""
    return draws.readings[:, rejecting_ids(scenario).index(statement)]


def is_swap(scenario, issue):
    return bool(scenario.issues[issue].receiver)
