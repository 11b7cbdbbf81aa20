"""How parties, deals and statements are called in words."""

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


def who_of(scenario: Scenario, party: str) -> str:
    """Name a party or its principal as tables call it."""
    key, space, rest = party.partition(" ")
    return (scenario.parties[key].name or key) + space + rest if key in scenario.parties else party


def cite(scenario: Scenario, statements: Iterable[str]) -> str:
    """Name statements with the paragraphs they stand in."""
    return "; ".join(f"{key}, par. {scenario.statements[key].paragraph}" for key in statements)
