"""Signs that must hold whatever is drawn (paired runs: the same draws, one parameter moved)."""

import pytest

from negsim.engine.mesa_engine import Talks
from negsim.files import load_scenario

CEASEFIRE, CASES = 1, 60


def zones(changes, name="istanbul-2025-06-02", cases=CASES):
    from negsim.engine.mesa_engine import play_mesa

    results, errors = play_mesa(load_scenario(name, changes), 7, 0, cases)
    assert not errors
    return results.tracks[:, :, 0]


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
    found = [zones([f"statements.s04.reading={reading}"])[:, CEASEFIRE] for reading in ("hard", "posture")]
    assert (found[1] >= found[0]).all() and found[1].sum() > found[0].sum()


def test_without_a_zone_nothing_is_agreed():
    for number in range(CASES):
        talks = Talks(load_scenario("istanbul-2025-06-02"), seed=9, replicate=number)
        talks.play()
        for deal in talks.behind.deals[:4]:
            assert deal[1] == 1 or deal[2] == 0  # zone, or never agreed at the table


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

    one, other = (play_mesa(scenario, 4, 0, 40)[0].tracks[:, :, 0] for scenario in (base, turned))
    assert (one == other).all()
