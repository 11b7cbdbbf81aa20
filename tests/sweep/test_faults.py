"""Small versions of `crashes.py`, `damage.py` and `kills.py`: whatever happens on the way, the same bytes or one line."""

from collections import Counter

import pytest
from sweep.crashes import SITUATIONS, WAYS, steps_of, stopped, sweep
from sweep.damage import PLACES, damaged


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_sweep_stopped_at_any_step_goes_on(tmp_path, situation):
    steps = steps_of(situation, tmp_path / "counted")
    ends = Counter()
    for number, at in enumerate(range(2, steps + 1, max(1, steps // 4))):
        ends[stopped(situation, WAYS[number % 3], at, tmp_path / str(at))] += 1
    assert set(ends) <= {"a whole table, then the same bytes", "one line, then the same bytes"} and ends.total() >= 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damage") / "out"
    sweep(folder, 2)
    sweep(folder, 4)
    return folder


@pytest.mark.parametrize("place", PLACES)
def test_a_flipped_byte_is_noticed(whole, place):
    ends = Counter(damaged(place, whole, number) for number in range(3))
    assert set(ends) <= {
        f"{read}, then {again}" for read in ("read right", "one line") for again in ("the same bytes", "one line")
    }
