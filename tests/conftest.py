from pathlib import Path

import pytest

from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import replicate, to_arrays
from negsim.talks.begin import begin, set_up

SMALL = Path(__file__).parent / "small.toml"


@pytest.fixture(autouse=True)
def plain_unless_marked(request, monkeypatch):
    """Compile nothing, so that an edit is not followed by a minute of compiling; some tests are of compiled code.

    Many Mesa runs use the machine code of their parts where it is kept from before: the same to the last bit (`tests/engine`).
    """
    if request.node.get_closest_marker("compiled") is None and request.node.get_closest_marker("full") is None:
        monkeypatch.setattr("negsim.engine.batch_engine.compiled", lambda: False)


@pytest.fixture(scope="session")
def istanbul():
    return load_scenario("istanbul-2025-06-02")


@pytest.fixture(scope="session")
def repeated():
    return load_scenario("istanbul-2025")


@pytest.fixture(scope="session")
def begun():
    """Return a function that begins consecutive runs without playing them: (case, clock, desk, behind) of each."""

    def begin_runs(scenario, seed=1, runs=1):
        prior, case = to_arrays(scenario, seed)
        for number in range(runs):
            mine = replicate(case, number)
            desk, behind = set_up(prior, mine)
            yield mine, begin(prior, mine, desk, behind), desk, behind

    return begin_runs


@pytest.fixture(scope="session")
def small(begun):
    """Return a function that begins a run of `small.toml`, with changes: (case, clock, desk, behind).

    Deals: 0 prisoners (issues 0 to_north, 1 to_south), 1 truce (issues 2 truce, 3 crossing). Party 0 is north.
    """

    def begin_small(*changes, seed=1):
        return next(begun(load_scenario(SMALL, list(changes)), seed))

    return begin_small
