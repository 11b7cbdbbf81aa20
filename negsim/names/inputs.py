"""Inputs in a user's words: what a path or a column of a table stands for, and which statement it rests on."""

from negsim.analysis.runs.discovery import Bound
from negsim.core.parameters import PARAMETERS
from negsim.domain.ensemble import WORDS
from negsim.domain.scenario import Scenario
from negsim.engine.inputs import HEADS
from negsim.names.actors import cite, name_of

MEANT = {
    "hard": "a red line",
    "price": "a matter of price",
    "posture": "mere posture",
    "given_up": "a red line set aside",
    "": "nothing said",
}


def input_words(scenario: Scenario, column: str) -> str:
    """Put an input into words, with the paragraph it rests on where it is how a statement is meant.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> chosen = load_scenario("istanbul-2025-06-02")
    >>> input_words(chosen, "parties.russia.theta")
    'Russia: what talking pays, in gains of a track'
    >>> input_words(chosen, "mediators.united_states.carrot.russia")
    'United States: carrot for Russia'
    """
    if column in WORDS or column == "package":
        return WORDS.get(column, "all tracks in one package")
    head, _, rest = column.partition(".")
    names = rest.split(".")
    if head in ("reading", "statements") and names[0] in scenario.statements:
        return _refusal(scenario, names[0], ".".join(names[1:3]) if head == "reading" else "")
    if head in ("parties", "mediators") and names[0] in {**scenario.parties, **scenario.mediators}:
        return f"{name_of(scenario, names[0])}: {_setting(scenario, names[1:])}"
    if head == "issues" and names[0] in scenario.issues and names[1:2] == ["options"] and len(names) == 4:
        option = scenario.issues[names[0]].option(names[2]).label
        return f"{scenario.label(names[0])}: {option}: {names[3].replace('_', ' ')}"
    if head in ("weight", "principal_weight") and len(names) == 2:
        who = name_of(scenario, names[0]) + ("'s principal" if head == "principal_weight" else "")
        return f"{who}: weight of '{scenario.label(names[1])}'"
    if head == "value" and len(names) >= 3:
        option = scenario.issues[names[1]].option(names[2]).label
        return f"{name_of(scenario, names[0])}: worth of '{scenario.label(names[1])}: {option}'"
    if head == "trait":
        return f"{name_of(scenario, names[0])}: {' '.join(names[1:]).replace('_', ' ')}"
    if head == "rounds":
        return f"rounds of session {rest}"
    if head in HEADS and names[0] in scenario.parties:
        return f"{name_of(scenario, names[0])}: {PARAMETERS[head].words if head in PARAMETERS else HEADS[head]}"
    return column


def change_words(scenario: Scenario, change: str) -> str:
    """Put a change to a scenario, written path=value, into words.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> change_words(load_scenario("istanbul-2025-06-02"), "mediators.united_states.carrot.russia=0.2")
    'United States: carrot for Russia = 0.2'
    """
    path, _, value = change.partition("=")
    return f"{input_words(scenario, path.strip())} = {MEANT.get(value.strip(), value.strip())}"


def bound_words(scenario: Scenario, bound: Bound) -> str:
    """Put what a box says of one input into words."""
    name = input_words(scenario, bound.column)
    if bound.words:
        return f"{name}: {' or '.join(MEANT.get(word, word) for word in bound.words)}"
    if bound.low is None:
        return f"{name}: {bound.high:.3g} or less"
    if bound.high is None:
        return f"{name}: {bound.low:.3g} or more"
    return f"{name}: {bound.low:.3g} to {bound.high:.3g}"


def _refusal(scenario: Scenario, key: str, option: str) -> str:
    statement = scenario.statements[key]
    issue, _, chosen = (option or (statement.options[0] if statement.options else "")).partition(".")
    what = f" to '{scenario.label(issue)}: {scenario.issues[issue].option(chosen).label}'" if issue in scenario.issues else ""
    return f"how the no of {name_of(scenario, statement.actor)}{what} is meant ({cite(scenario, [key])})"


def _setting(scenario: Scenario, way: list[str]) -> str:
    if way and way[0] in PARAMETERS:
        return PARAMETERS[way[0]].words
    if len(way) == 2 and way[0] in ("carrot", "stick"):
        return f"{way[0]} for {name_of(scenario, way[1])}"
    return " ".join(way).replace("_", " ")
