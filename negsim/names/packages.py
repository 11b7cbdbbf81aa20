"""Packages, and what would have to give way for one, in words."""

from negsim.analysis.draws.blocking import Constraint, behind
from negsim.analysis.draws.deals import Deal, Table, package_of
from negsim.names.actors import cite, name_of

MOST_NAMED = 8  # issues of a package


def describe(table: Table, deal: Deal, package: tuple[int, ...]) -> str:
    """Put a package into words: what leaves the status quo."""
    scenario = table.scenario
    parts = []
    for key, option in package_of(table, deal, package).items():
        if option != scenario.quo_of(key):
            parts.append(f"{scenario.label(key)}: {scenario.issues[key].option(option).label}")
    if len(parts) > MOST_NAMED:
        parts[MOST_NAMED:] = [f"and {len(parts) - MOST_NAMED} more"]
    return "; ".join(parts) or "no change"


def give_way(table: Table, deal: Deal, constraint: Constraint) -> str:
    """Say what it would mean for a constraint to give way, with the statements behind it."""
    scenario = table.scenario
    who = name_of(scenario, constraint.who)
    statements = behind(table, deal, constraint)
    cited = f" ({cite(scenario, statements)})" if statements else " (assumed: no statement says so)"
    if constraint.kind == "floor":
        return f"{who}: less is enough for it{cited}"
    return f"{who}: its {'red line' if constraint.kind == 'red line' else 'veto'} is given up{cited}"
