"""Signs that must hold whatever is drawn (paired runs: the same draws, one parameter moved)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.core.state import OFFERS
from negsim.edge.scenarios import load_scenario
from negsim.engine.layout import lay_out
from negsim.engine.mesa_engine import Talks, set_stage

CEASEFIRE, CASES = 1, 60


def zones(changes, name="istanbul-2025-06-02", cases=CASES):
    from negsim.engine.mesa_engine import play_mesa

    results, errors = play_mesa(load_scenario(name, changes), 7, 0, cases)
    assert not errors
    return results.tracks["zone"]


def test_theta_up_never_opens_the_ceasefire_zone():
    found = [zones([f"parties.russia.theta={theta}"])[:, CEASEFIRE] for theta in (0.0, 0.1, 0.3)]
    assert (found[1] <= found[0]).all() and (found[2] <= found[1]).all()
    assert found[2].sum() < found[0].sum()


def test_leverage_up_never_closes_the_zone():
    found = [zones([f"mediators.united_states.carrot.russia={carrot}"])[:, CEASEFIRE] for carrot in (0.0, 0.1, 0.3)]
    assert (found[1] >= found[0]).all() and (found[2] >= found[1]).all()
    assert found[2].sum() > found[0].sum()


def test_leverage_that_is_not_believed_is_none():
    with_it = zones(["mediators.united_states.carrot.russia=0.3", "mediators.united_states.traits.credibility=0"])
    assert (with_it == zones([])).all()


def test_softer_reading_never_closes_the_zone():
    found = [
        zones([f"statements.s04.reading={reading}"], "istanbul-2025-06-02-article")[:, CEASEFIRE]
        for reading in ("hard", "posture")
    ]
    assert (found[1] >= found[0]).all() and found[1].sum() > found[0].sum()


def test_without_a_zone_nothing_is_agreed():
    scenario = load_scenario("istanbul-2025-06-02")
    stage, _ = set_stage(scenario, 9, CASES, traced=False, drawn=False)
    for number in range(CASES):
        talks = Talks(scenario, seed=9, replicate=number, stage=stage)
        talks.play()
        for deal in talks.behind.deals[:4]:
            assert deal["zone"] == 1 or deal["tabled"] == 0


@pytest.mark.parametrize("name", ["istanbul-2025-06-02", "istanbul-2025"])
def test_the_null_mediator_changes_nothing_bit_for_bit(name):
    from negsim.engine.mesa_engine import play_mesa

    base = load_scenario(name)
    facilitated = {"turkiye": base.mediators["turkiye"].model_copy(update={"style": "null", "traits": {}})}
    silent = {"turkiye": base.mediators["turkiye"].model_copy(update={"traits": {"facilitation": (0.0, 0.0)}})}
    played = []
    for change in (facilitated, silent):
        scenario = base.model_copy(update={"mediators": {**base.mediators, **change}})
        results, _ = play_mesa(scenario, 2, 0, 20, traced=True)
        played.append(b"".join(part.tobytes() for part in results))
    assert played[0] == played[1]


def test_relabelling_the_parties_relabels_the_result():
    """Zones do not depend on who sits where."""
    base = load_scenario("istanbul-2025-06-02")
    turned = base.model_copy(update={"parties": dict(reversed(base.parties.items()))})
    from negsim.engine.mesa_engine import play_mesa

    one, other = (play_mesa(scenario, 4, 0, 40)[0].tracks["zone"] for scenario in (base, turned))
    assert (one == other).all()


def test_a_condition_read_hard_bars_only_what_comes_without_it(begun):
    from negsim.engine.layout import lay_out

    scenario = load_scenario(
        "istanbul-2025-06-02",
        ["statements.r36.reading=hard"],
    )
    layout = lay_out(scenario)
    issue = next(i for i, c in enumerate(layout.compounds) if "ceasefire" in c)
    for _, _, _, behind in begun(scenario, runs=20):
        for option, (extent, condition) in enumerate(layout.packages[issue]):
            assert (behind.barred[1, issue, option] > 0) == (extent == 3 and condition not in (2, 3))


def test_bias_makes_counsel_credible_only_to_the_side_it_leans_to():
    """Kydd: kappa = sigmoid(slope (b - b0)), b counted towards the first party."""
    import numpy as np

    from negsim.core.dice import Dice
    from negsim.core.state import PURSE, Sight
    from negsim.mediators.manipulation import manipulate

    for bias, near, far in ((0.8, 0, 1), (-0.8, 1, 0)):
        leverage = np.array([(0.1, 0.1, 0.0, 0.0, 0.0, 0.0)] * 2, PURSE)
        sight = Sight(
            traits=np.array([1.0, bias, 0.0, 8.0]),
            leverage=leverage,
            clarity=np.ones(1),
            text=np.full(1, -1),
            offers=np.zeros((2, 1)),
            worths=np.zeros((2, 2, 1, 2)),
            floors=np.zeros(2),
            sizes=np.array([2]),
            speaker=-1,
            concerned=True,
            quo=1,
            deal=0,
            turn=0,
            session=0,
            elapsed=0.1,
            before=0.0,
            dice=Dice(0, 0, 0, 0),
            word=Dice(0, 0, 0, 0),
        )
        assert manipulate(sight) == 1
        assert leverage["carrot_shown"][near] > 0.099 and leverage["carrot_shown"][far] < 0.001


def test_events_move_their_parameter_on_their_day():
    quiet = load_scenario("istanbul-2025")
    event = "talks.events=[{on = 2025-06-16, parameter = 'parties.russia.readiness', by = -0.9}]"
    struck = load_scenario("istanbul-2025", [event, "parties.russia.readiness_threshold=0.5"])
    from negsim.engine.mesa_engine import play_mesa

    before, after = (play_mesa(scenario, 3, 0, 6, traced=True)[0].log for scenario in (quiet, struck))
    for one, other in zip(before, after):
        first = one[one["session"] == 0]
        assert (first == other[other["session"] == 0]).all()  # the first session is as it was
        assert other["session"][other["move"] == OFFERS].max() == 0  # then nobody comes


def test_one_package_is_agreed_as_a_whole():
    from negsim.engine.mesa_engine import play_mesa

    results, errors = play_mesa(load_scenario("istanbul-2025-06-02", ["package=true"]), 1, 0, 30)
    assert not errors
    closed = results.positions["ratified"] > 0
    sessions = results.positions["turn"]
    for run in range(30):
        assert len(set(sessions[run][closed[run]])) <= 1  # one turn for all that was agreed


def test_boulware_keeps_more_given_agreement_and_agrees_no_more_often():
    from negsim.engine.mesa_engine import play_mesa

    kept = {}
    for strategy in ("boulware", "conceder"):
        changes = [
            f"parties.russia.strategy={strategy}",
            "parties.russia.traits={}",
            "parties.ukraine.strategy=linear",
            "parties.ukraine.traits={}",
        ]
        results, _ = play_mesa(load_scenario("istanbul-2025-06-02", changes), 5, 0, 150)
        ceasefire = lay_out(load_scenario("istanbul-2025-06-02")).positions.index("ceasefire")
        table = results.positions["at_table"][:, ceasefire] > 0
        gains = results.parties["gain"][:, 1][table & (results.positions["ratified"][:, ceasefire] > 0)]
        kept[strategy] = (table.mean(), gains.mean() if len(gains) else 0.0)
    assert kept["boulware"][0] <= kept["conceder"][0]


def test_facilitation_does_not_lose_efficient_agreements():
    """Less noise, on average no fewer agreements on the frontier (paired runs, one-sided interval)."""
    import numpy as np

    from negsim.engine.mesa_engine import play_mesa

    found = []
    for shrink in (0.0, 1.0):
        changes = [f"mediators.turkiye.traits.facilitation={shrink}", "parties.ukraine.noise=0.5", "parties.russia.noise=0.5"]
        results, _ = play_mesa(load_scenario("istanbul-2025-06-02", changes), 6, 0, 120)
        found.append((results.parties["gain"].sum(axis=1) > 0) * (1.0 - results.measures["pareto_gap"]))
    difference = found[1] - found[0]
    assert difference.mean() > -1.96 * difference.std() / np.sqrt(len(difference))


@given(st.integers(-3, 5), st.integers(-8, 8), st.sampled_from(["time_dependent", "micro", "frequency"]))
@settings(max_examples=25, deadline=None)
def test_rescaling_a_utility_changes_nothing(power, shift, strategy):
    """An affine change of one side's values leaves every move as it was (powers of two: no rounding)."""
    from negsim.engine.mesa_engine import play_mesa

    scale = 2.0**power
    values = {"price": [0.5, 0.0, 0.625, 1.0], "delivery": [0.5, 0.0, 1.0]}
    logs = []
    for a, b in ((1.0, 0.0), (scale, float(shift))):
        base = load_scenario("two-issues")
        utility = base.parties["buyer"].utility.model_copy(
            update={"values": {k: [a * v + b for v in vs] for k, vs in values.items()}}
        )
        parties = {
            "buyer": base.parties["buyer"].model_copy(update={"utility": utility, "strategy": strategy, "traits": {}}),
            "seller": base.parties["seller"].model_copy(update={"strategy": strategy, "traits": {}}),
        }
        results, errors = play_mesa(base.model_copy(update={"parties": parties}), 1, 0, 1, traced=True)
        assert not errors
        logs.append(results.log)
    assert (logs[0] == logs[1]).all()
