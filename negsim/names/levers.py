"""What can be moved, and what is drawn, in words."""

from negsim.analysis.runs.decided import Decided, Interval, Part
from negsim.analysis.runs.pivots import Lever
from negsim.domain.scenario import Scenario
from negsim.names.actors import cite, name_of

NOTHING_MUCH = 0.05  # shares of the variance below it are not listed
ALONE = 0.5  # a group that explains more than this decides it alone


def lever_name(scenario: Scenario, lever: Lever) -> str:
    """Put a lever into words."""
    who = name_of(scenario, lever.who) if lever.who else ""
    return f"{who}: {lever.words}" if who else lever.words[0].upper() + lever.words[1:]


def setting_words(lever: Lever, value: str) -> str:
    """Put what a lever is moved to into words, to stand behind its name."""
    readings = {"hard": "a red line for certain", "price": "a matter of price", "posture": "mere posture"}
    return f": {readings[value]}" if value in readings else f" at {value} (now {lever.now})"


def leaf_name(scenario: Scenario, part: Part) -> str:
    """Name a group of draws of readings."""
    if part.statements:
        refused = [name for key in part.statements for name in scenario.statements[key].options]
        issue, _, option = refused[0].partition(".")
        label = scenario.issues[issue].option(option).label
        more = len(set(refused)) - 1
        others = f" and {more} more, read together," if more else ""
        who = name_of(scenario, scenario.statements[part.statements[0]].actor)
        what = f"'{scenario.issues[issue].name or issue}: {label}'{others}"
        return f"how the no of {who} to {what} is meant ({cite(scenario, part.statements)})"
    return f"how {name_of(scenario, part.id.removeprefix('words of '))} uses words and silence at large"


def sentence(scenario: Scenario, one: Decided) -> str:
    """Say in a sentence what decided an outcome."""
    first = max(one.groups, key=lambda part: part.first.value)
    leaf = max(one.readings, key=lambda part: part.first.value, default=None)
    if leaf is not None and leaf.first.low > ALONE:
        return f"decided by one thing, {leaf_name(scenario, leaf)}: {plain(leaf.first)} alone."
    if first.first.low > ALONE:
        return f"decided by one thing, {first.words}: {plain(first.first)} alone."
    strong = [part for part in one.groups if part.total.value >= NOTHING_MUCH][:3]
    named = "; ".join(f"{part.words} ({plain(part.total)})" for part in strong)
    told = f"no one thing decides it alone. The largest parts, with others: {named}."
    return f"{told} The most that knowing one thing alone explains is about {plain(first.first)}."


def plain(found: Interval) -> str:
    """Return a share of the variance as a percentage."""
    return f"{100 * min(1.0, max(0.0, found.value)):.0f}%"
