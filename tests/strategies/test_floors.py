"""A small version of `floors.py`, and the case that it found."""

from strategies.floors import DAY, below, check

from negsim.domain.scenario import Scenario


def test_nobody_agrees_below_a_floor():
    wrong, agreed = check(60, runs=2)
    assert not wrong and agreed > 30


def test_who_can_have_nothing_above_the_floor_agrees_to_nothing():
    """The best there is to p1 is worth 1, its floor 1.2: p0, to whom all is alike, offers it that best now and then."""
    values = {"i": [0.0, 1.0]}
    parties = {
        "p0": {"strategy": "random_walker", "utility": {"weights": {"i": 0.0}, "values": values}},
        "p1": {"strategy": "aspiration", "utility": {"weights": {"i": 1.0}, "values": values, "reservation": 1.2}},
    }
    scenario = Scenario(
        id="nothing", title="nothing", talks={"sessions": [DAY], "rounds": [4, 4]}, tracks={"t": {"status_quo": False}},
        issues={"i": {"track": "t", "options": [{"id": "a"}, {"id": "b"}]}}, parties=parties,
    )  # fmt: skip
    wrong, agreed = below(scenario, 1, 20)
    assert not wrong and agreed == 0
