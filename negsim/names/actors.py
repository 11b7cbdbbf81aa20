"""How parties, deals and statements are called in words."""

import re
from collections.abc import Iterable

from negsim.domain.scenario import Scenario


def deal_name(scenario: Scenario, deal: str) -> str:
    """Return how a deal is called."""
    if deal in scenario.deals:
        return scenario.deals[deal]
    if deal in scenario.tracks:
        return scenario.tracks[deal].name or deal
    if deal in scenario.issues:
        return scenario.label(deal)
    return deal.replace("_", " ").capitalize()


def name_of(scenario: Scenario, actor: str) -> str:
    """Return how an actor is called."""
    found = scenario.parties.get(actor) or scenario.mediators.get(actor)
    return (found.name if found else "") or actor


def who_of(scenario: Scenario, actors: str) -> str:
    """Name those who block something: "; " stands between those who do alone, " + " between those who do together."""
    parts = re.split(r"(; | \+ )", actors)
    return "".join(part if place % 2 else name_of(scenario, part) for place, part in enumerate(parts))


def cite(scenario: Scenario, statements: Iterable[str]) -> str:
    """Name statements with the paragraphs they stand in."""
    return "; ".join(f"{key}, par. {scenario.statements[key].paragraph}" for key in statements)
