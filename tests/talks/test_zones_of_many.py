"""Whether there is a zone: an answer within bounds, whatever the number of parties."""

import datetime
import time

import numpy as np
import pytest

from negsim.core.state import NO, NOT_KNOWN, YES
from negsim.domain.scenario import Scenario
from negsim.engine.columns import as_table, columns_of
from negsim.engine.mesa_engine import play_mesa
from negsim.talks.zones import ever


def many(parties, issues, options, reservation):
    """Return a package over stated utilities, random and without an even cut."""
    rng = np.random.default_rng(3)
    names = [f"i{k}" for k in range(issues)]
    return Scenario(
        id="many",
        title="many",
        talks={"sessions": [datetime.date(2026, 2, 1)], "rounds": [1, 1]},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={name: {"track": "t", "options": [{"id": f"o{k}"} for k in range(options)]} for name in names},
        parties={
            f"p{p}": {
                "utility": {
                    "weights": dict(zip(names, rng.dirichlet(np.ones(issues)).tolist())),
                    "values": {name: rng.random(options).tolist() for name in names},
                    "reservation": reservation,
                },
                "noise": 0.0,
                "strategy": "hardheaded",
            }
            for p in range(parties)
        },
    )


@pytest.mark.parametrize(("reservation", "expected"), [(0.1, True), (0.99, False), (0.64, None)])
def test_five_parties_get_an_answer_or_none_but_never_a_failure(reservation, expected):
    scenario = many(5, 14, 6, reservation)
    began = time.process_time()
    results, errors = play_mesa(scenario, 1, 0, 1)
    assert not errors and time.process_time() - began < 20
    assert as_table(columns_of(scenario, results))["zone.t"].to_pylist() == [expected]


def test_a_yes_stands_and_what_is_not_known_may_have_been_one():
    assert [ever(YES, NO), ever(NO, YES), ever(NOT_KNOWN, YES)] == [YES, YES, YES]
    assert [ever(NO, NOT_KNOWN), ever(NOT_KNOWN, NO), ever(NO, NO)] == [NOT_KNOWN, NOT_KNOWN, NO]
