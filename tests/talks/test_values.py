"""Values of options: where each stands between the worst and the best, and where the status quo is put among them."""

import numpy as np
import pytest

from negsim.core.state import BYSTANDER, HARD, POSTURE, PRICE
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import rejecting_ids, to_arrays
from negsim.engine.layout import lay_out
from negsim.talks.readings import read_silence
from negsim.talks.values import place_values

UKRAINE, RUSSIA = 0, 1


class Placed:
    """Values of one party over replicates, with all of its rejections read alike."""

    def __init__(self, party, reading, power=2.0, changes=(), roles=None):
        self.scenario = load_scenario("istanbul-2025-06-02", list(changes))
        self.prior, self.case = to_arrays(self.scenario, 1)
        if roles is not None:
            self.case.roles[:] = roles
        self.party, self.power = party, power
        self.readings = np.full(len(rejecting_ids(self.scenario)), reading)

    def draw(self, replicate):
        values = np.zeros(self.prior.values.shape[1:])
        why = np.zeros(values.shape, np.int64)
        case = self.case._replace(replicate=replicate)
        placed = place_values(self.prior, case, self.party, self.readings, self.power, values, why)
        return values, why, placed

    def at(self, key):
        return lay_out(self.scenario).positions.index(key)


def test_the_curve_over_the_order():
    """Ukraine ranks local, partial, full: (partial - local) / (full - local) = (1/2)^gamma, whatever the ends are."""
    for power, expected in ((2.0, 0.25), (1.0, 0.5), (0.5, 0.5**0.5)):
        placed = Placed(UKRAINE, POSTURE, power)
        j = placed.at("ceasefire")
        for replicate in range(5):
            values = placed.draw(replicate)[0][j]
            assert (values[2] - values[1]) / (values[3] - values[1]) == pytest.approx(expected)
            assert values[1] < values[2] < values[3]


def test_handing_over_more_is_worth_less_and_receiving_more_is_worth_more():
    placed = Placed(UKRAINE, POSTURE)
    values = placed.draw(0)[0]
    assert values[placed.at("young_to_ukraine"), :2].tolist() == [0.0, 1.0]
    assert values[placed.at("young_to_russia"), :2].tolist() == [1.0, 0.0]


def test_to_a_bystander_nothing_is_worth_anything():
    placed = Placed(UKRAINE, POSTURE, roles=BYSTANDER)
    assert not placed.draw(0)[0].any()


@pytest.mark.parametrize(("reading", "sign"), [(POSTURE, 1), (PRICE, -1)])
def test_what_is_refused_as_a_price_is_worse_than_nothing_and_as_a_posture_not(reading, sign):
    """Russia rejects a full ceasefire (s04), its worst option."""
    placed = Placed(RUSSIA, reading)
    j = placed.at("ceasefire")
    for replicate in range(20):
        values, why, _ = placed.draw(replicate)
        assert sign * (values[j, 3] - values[j, 0]) >= 0.0
        assert (why[j, 3] == rejecting_ids(placed.scenario).index("s04")) == (reading == PRICE)


def test_what_is_offered_is_at_least_as_good_as_nothing():
    """Russia offers a local truce (s05): even if all that it refuses is a price, that one is not."""
    placed = Placed(RUSSIA, PRICE)
    j = placed.at("ceasefire")
    assert all(placed.draw(r)[0][j, 1] >= placed.draw(r)[0][j, 0] for r in range(20))


def test_the_worst_is_0_and_the_best_1():
    placed = Placed(RUSSIA, PRICE)
    j = placed.at("ceasefire")
    for replicate in range(20):
        values = placed.draw(replicate)[0][j]
        assert (min(values), max(values)) == (0.0, 1.0)


def test_readings_that_leave_no_place_are_turned_down():
    """Who demands a full ceasefire and refuses a lesser one as a price leaves a place; the other way round there is none."""
    fine = Placed(UKRAINE, PRICE)
    assert fine.draw(0)[2]
    changes = ["statements.s01.options=['ceasefire.local']", "statements.s06.options=['ceasefire.full']"]
    assert not Placed(UKRAINE, PRICE, changes=[*changes, "statements.s02.options=['ceasefire.local']"]).draw(0)[2]


def test_silence_is_a_price_or_a_posture_and_is_remembered_as_that():
    """Ukraine says nothing of the young to Russia; taken as a plain issue it is worth less than nothing, or more."""
    placed = Placed(UKRAINE, POSTURE, roles=0)
    j, seen = placed.at("young_to_russia"), set()
    for replicate in range(30):
        values, why, _ = placed.draw(replicate)
        case = placed.case._replace(replicate=replicate)
        price = read_silence(case, UKRAINE, j) == PRICE
        seen.add(price)
        assert why[j, 1] == (-2 if price else -1)
        assert values[j, :2].tolist() == ([1.0, 0.0] if price else [0.0, 1.0])
    assert seen == {True, False}


def test_a_red_line_is_remembered_as_what_binds():
    placed = Placed(RUSSIA, HARD)
    _, why, _ = placed.draw(0)
    assert why[placed.at("ceasefire"), 3] == rejecting_ids(placed.scenario).index("s04")
