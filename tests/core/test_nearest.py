"""The package nearest to a target, found in halves, against the list of all packages."""

import itertools

import numpy as np
import pytest

from negsim.core.nearest import best_package, lay_halves, nearest, nearest_slots, package_numbered, ranked_nearest, span
from negsim.core.packages import utility


def domain(number):
    rng = np.random.default_rng(number)
    sizes = rng.integers(1, 6, rng.integers(1, 6))
    worths = rng.random((len(sizes), max(sizes))).round(2 if number % 2 else 8)
    worths[rng.random(worths.shape) < 0.1] = -np.inf
    worths[:, 0] = rng.random(len(sizes)).round(2)
    return worths, sizes, rng


@pytest.mark.parametrize("block", range(5))
def test_equals_enumeration(block):
    for number in range(block, 300, 5):
        worths, sizes, rng = domain(number)
        packages = [np.array(p) for p in itertools.product(*(range(size) for size in sizes))]
        every = np.array([utility(worths, p) for p in packages])
        finite = every[np.isfinite(every)]
        low, high = span(worths, sizes)
        assert low == pytest.approx(finite.min()) and high == pytest.approx(finite.max())
        assert utility(worths, best_package(worths, sizes)) == finite.max()
        slots = np.zeros(nearest_slots(len(sizes), worths.shape[1]))
        assert lay_halves(slots, worths, sizes) == 1
        for _ in range(4):
            floor, target = rng.uniform(-0.2, 0.9, 2) * finite.max()
            slack = float(rng.choice([1e-6, 0.05]))
            found = utility(worths, nearest(slots, worths, sizes, floor, target, slack))
            fine = finite[finite >= floor]
            above = fine[fine >= target]
            if not len(above):
                assert found == finite.max()
                continue
            below = fine[(fine < target) & (fine >= target - slack)]
            near = len(below) and target - below.max() < above.min() - target
            assert found == (below.max() if near else above.min())
            order = np.argsort(every, kind="stable").astype(np.int64)
            first = int((every < floor).sum())
            assert utility(worths, ranked_nearest(worths, sizes, order, first, target, slack)) == found


def test_numbers_and_packages():
    sizes = np.array([2, 3, 4])
    assert [tuple(package_numbered(n, sizes)) for n in range(24)] == list(itertools.product(range(2), range(3), range(4)))


def test_halves_that_are_too_large_are_not_laid():
    sizes = np.full(40, 5)
    worths = np.ones((40, 5))
    assert lay_halves(np.zeros(nearest_slots(40, 5)), worths, sizes) == 0
