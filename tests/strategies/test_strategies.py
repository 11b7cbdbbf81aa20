"""The suite that every strategy, acceptance condition and mediator inherits; `signs.py` beside it runs more cases of it."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from negsim.core.registry import ACCEPTANCES, MEDIATORS, PROTOCOLS, STRATEGIES
from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import cast, register_all
from negsim.engine.mesa_engine import play_mesa

spec = importlib.util.spec_from_file_location("signs", Path(__file__).parent / "signs.py")
signs = sys.modules["signs"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(signs)
register_all()
NAMES = signs.all_strategies()


@pytest.mark.parametrize("sign", signs.SIGNS)
def test_signs(sign):
    for who in signs.SIGNS[sign][1]():
        good, of = signs.held(sign, who, 5)
        assert good == of, f"{sign}: {who}: {good} of {of}"


def same(scenario, runs):
    batch, (mesa, errors) = play_batch(scenario, 5, 0, runs, traced=True), play_mesa(scenario, 5, 0, runs, traced=True)
    assert not errors
    return all(one.tobytes() == other.tobytes() for one, other in zip(batch, mesa))


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_play_a_strategy_alike(name):
    assert same(load_scenario("istanbul-2025-06-02", [f"parties.russia.strategy={name}", "parties.russia.traits={}"]), 4)
    assert same(signs.domain(7, (name, name)), 1)


@pytest.mark.parametrize("name", [name for name, rule in ACCEPTANCES.items() if not rule.partner])
def test_acceptance_conditions_go_with_any_offers(name):
    for strategy in ("micro", "bayesian"):
        changes = [
            f"parties.{p}.{what}"
            for p in ("russia", "ukraine")
            for what in (f"strategy={strategy}", "traits={}", f"acceptance={name}")
        ]
        assert same(load_scenario("istanbul-2025-06-02", changes), 2)


def test_acceptance_that_reads_a_strategys_memory_goes_with_no_other():
    with pytest.raises(ValueError, match="goes with strategy 'micro' alone"):
        cast(load_scenario("istanbul-2025-06-02", ["parties.russia.acceptance=ac_micro"]))


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_both_engines_play_a_protocol_alike(name):
    assert same(load_scenario("istanbul-2025-06-02", [f"talks.protocol={name}"]), 4)
    assert same(load_scenario("three-fleets", [f"talks.protocol={name}"]), 2)


@pytest.mark.parametrize("name", sorted(MEDIATORS))
def test_both_engines_play_a_mediator_alike(name):
    changes = [
        f"mediators.united_states.style={name}",
        "mediators.united_states.stick.russia=0.3",
        "mediators.united_states.traits={}",
    ]
    assert same(load_scenario("istanbul-2025", changes), 3)


def test_every_rule_says_where_it_comes_from():
    rules = [rule.offer for name, rule in STRATEGIES.items() if name in NAMES]
    rules += [rule.function for register in (ACCEPTANCES, PROTOCOLS, MEDIATORS) for rule in register.values()]
    assert not [rule.__qualname__ for rule in rules if "References" not in (rule.__doc__ or "")]


def contested():
    """Return the number of a domain whose parties want different things: a frontier of five points and more."""
    from negsim.analysis.draws.deals import lay_table, space
    from negsim.analysis.spaces.space import frontier_of

    for number in range(200):
        table = lay_table(signs.domain(number, low=0.0, high=0.1), 1, 0)
        if len(frontier_of(space(table, table.deals[0], 0)).points) >= 5:
            return number
    raise AssertionError


def played(scenario, runs=60):
    return play_batch(scenario, 2, 0, runs)


def agreed(results):
    return float((results.tracks["agreed"][:, 0] == 1).mean())


def test_conditions_on_time_and_constants_do_what_they_say():
    base = signs.domain(contested(), ("hardheaded", "hardheaded"), low=0.0, high=0.1, rounds=10)

    def with_acceptance(name, **traits):
        side = base.parties["b"].model_copy(update={"acceptance": name, "traits": {k: (v, v) for k, v in traits.items()}})
        return played(base.model_copy(update={"parties": {**base.parties, "b": side}}), 1)

    assert agreed(with_acceptance("ac_const", share=0.0)) == 1.0 and agreed(with_acceptance("ac_const", share=1.0)) == 0.0
    early, late = with_acceptance("ac_time", after=0.0), with_acceptance("ac_time", after=0.9)
    assert early.positions["turn"][0, 0] < late.positions["turn"][0, 0]
    assert agreed(with_acceptance("ac_combi", after=0.9)) == 1.0  # the same offer again is as good as the best heard


def test_a_hidden_deadline_ends_talks_early():
    shares = [
        agreed(played(load_scenario("three-fleets", [f"talks.breakdown={p}", "talks.rounds=[9, 9]"]))) for p in (0.0, 0.5, 0.95)
    ]
    assert shares[0] > shares[2] and shares[0] >= shares[1]


def test_a_text_that_is_annealed_gets_past_what_hill_climbing_sticks_at():
    def joint(protocol):
        gains = []
        for number in range(60):
            scenario = signs.domain(number, low=0.0, high=0.2, rounds=60)
            scenario = scenario.model_copy(update={"talks": scenario.talks.model_copy(update={"protocol": protocol})})
            gains.append(played(scenario, 1).parties["gain"][0].sum())
        return float(np.mean(gains))

    assert joint("annealed_text") > joint("single_text") > 0.0


def test_formulation_finds_the_nash_package_that_the_parties_miss():
    """Two hardliners who take anything late: without a text the first offer wins, with one the fair package."""
    from negsim.analysis.draws.deals import lay_table, space
    from negsim.analysis.spaces import solutions
    from negsim.analysis.spaces.space import frontier_of

    scenario = signs.domain(contested(), ("hardheaded", "hardheaded"), low=0.0, high=0.1, rounds=10)
    sides = {
        key: side.model_copy(update={"acceptance": "ac_time", "traits": {"after": (0.5, 0.5)}})
        for key, side in scenario.parties.items()
    }
    mediator = {
        "m": load_scenario("istanbul-2025")
        .mediators["turkiye"]
        .model_copy(update={"style": "formulation", "traits": {"noise": (0.0, 0.0), "when": (0.5, 0.5)}})
    }
    table = lay_table(scenario, 1, 0)
    one = space(table, table.deals[0], 0)
    points = frontier_of(one).points - one.floors
    fair = points[solutions.nash(points)]
    with_text = played(scenario.model_copy(update={"parties": sides, "mediators": mediator}), 1)
    assert np.allclose(with_text.parties["gain"][0], fair)


def test_simultaneous_demands_split_the_difference_or_fail():
    scenario = load_scenario(
        "two-issues", ["talks.protocol=simultaneous_demands", "tracks.sale.procedure=package", "talks.rounds=[20, 20]"]
    )
    results = played(scenario, 1)
    assert agreed(results) == 1.0 and (results.parties["gain"][0] > 0).all()
    stubborn = load_scenario(
        "two-issues",
        [
            "talks.protocol=simultaneous_demands",
            "tracks.sale.procedure=package",
            "parties.buyer.strategy=hardheaded",
            "parties.seller.strategy=hardheaded",
            "parties.buyer.traits={}",
            "parties.seller.traits={}",
        ],
    )
    assert agreed(played(stubborn, 1)) in (0.0, 1.0)


def test_a_credible_deadline_widens_the_zone_and_a_bluff_does_not():
    def zones(credibility):
        scenario = load_scenario(
            "istanbul-2025-06-02",
            [
                "mediators.united_states.style=deadline",
                f"mediators.united_states.traits={{credibility={credibility}, due=5}}",
                "mediators.united_states.stick.russia=0.3",
            ],
        )
        return played(scenario, 36).tracks["zone"][:, 1]

    bluff, word, plain = zones(0.0), zones(1.0), played(load_scenario("istanbul-2025-06-02"), 36).tracks["zone"][:, 1]
    assert (bluff == plain).all() and (word >= plain).all() and word.sum() > plain.sum()


def test_leverage_of_a_deadline_is_accounted_for():
    scenario = load_scenario(
        "istanbul-2025",
        [
            "mediators.united_states.style=deadline",
            "mediators.united_states.traits={credibility=1, due=0}",
            "mediators.united_states.stick.russia=0.3",
        ],
    )
    results = played(scenario, 30)
    left = results.leverage["stick"][:, 1, 1]
    assert set(np.round(left, 6)) <= {0.0, 0.3} and (left == 0.0).any()
