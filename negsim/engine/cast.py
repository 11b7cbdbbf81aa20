"""Who plays by which rule: names in a scenario turned into the functions that registered under them."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from negsim.core.registry import ACCEPTANCES, MEDIATORS, PROTOCOLS, STRATEGIES, Rule, discover
from negsim.domain.party import Party
from negsim.domain.scenario import Scenario
from negsim.domain.statement import known


class Cast(NamedTuple):
    """The rules of one scenario, one entry a seat."""

    protocol: Callable[..., Any]
    offers: tuple[Callable[..., Any], ...]
    accepts: tuple[Callable[..., Any], ...]
    mediators: tuple[Callable[..., Any], ...]


@functools.cache
def register_all() -> None:
    """Import every built-in strategy, protocol and mediator style."""
    discover("negsim.strategies", "negsim.protocols", "negsim.mediators")


def acceptance_of(side: Party) -> Rule:
    """Return the acceptance condition of a party: the one it names, or that of its strategy."""
    return ACCEPTANCES[side.acceptance or STRATEGIES[side.strategy].acceptance]


def cast(scenario: Scenario) -> Cast:
    """Look up the rules that a scenario names.

    Raises
    ------
    ValueError
        If one is not registered; near misses are suggested.
    """
    register_all()
    known(scenario.talks.protocol, PROTOCOLS, "talks.protocol", "protocol")
    offers, accepts, styles = [], [], []
    for key, party in scenario.parties.items():
        known(party.strategy, STRATEGIES, f"parties.{key}.strategy", "strategy")
        if party.acceptance:
            known(party.acceptance, ACCEPTANCES, f"parties.{key}.acceptance", "acceptance condition")
        strategy = STRATEGIES[party.strategy]
        condition = acceptance_of(party)
        partner = condition.partner
        if partner and STRATEGIES[partner].memory is not strategy.memory:
            raise ValueError(
                f"parties.{key}.acceptance: '{party.acceptance}' goes with strategy '{partner}' alone,"
                f" not with '{party.strategy}'; choose another, as ac_next or ac_combi"
            )
        offers.append(strategy.offer)
        accepts.append(condition.function)
    for key, mediator in scenario.mediators.items():
        known(mediator.style, MEDIATORS, f"mediators.{key}.style", "mediator style")
        styles.append(MEDIATORS[mediator.style].function)
    return Cast(
        PROTOCOLS[scenario.talks.protocol].function,
        tuple(offers),
        tuple(accepts),
        tuple(styles) or (MEDIATORS["null"].function,),
    )
