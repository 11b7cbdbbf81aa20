"""Everything that is found without listing packages, against the list of all packages: 600 random domains."""

import itertools

import numpy as np
import pytest

from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.counting import _Counted, count, sample
from negsim.analysis.spaces.ranking import best_for, best_for_all
from negsim.analysis.spaces.space import ROUNDING, Space, can_agree, frontier_of, surplus

DOMAINS = 600


def domain(number):
    """Two to four parties, up to 10^5 outcomes; red lines, floors, a status quo, ties: all in one or another."""
    rng = np.random.default_rng(number)
    parties = 2 + number % 3
    sizes = rng.integers(5, 7, 6) if number % 10 == 0 else rng.integers(1, 7, rng.integers(1, 8))
    while np.prod(sizes) > (10**5 if number % 10 == 0 else 3000):
        sizes = sizes[:-1]
    worths = rng.random((parties, len(sizes), max(sizes)))
    if number % 4 == 0:
        worths = np.round(worths * 4) / 4  # ties
    quo = int(number % 2 and max(sizes) > 1)
    if quo:
        worths -= worths[:, :, :1]
    worths[rng.random(worths.shape) < 0.1 * (number % 3)] = -np.inf  # red lines
    if quo:
        worths[:, :, 0] = 0.0
        if number % 11 == 0:
            worths[:, 0, 0] = 0.1
    best = np.where(np.isfinite(worths), worths, 0).max(axis=2).sum(axis=1)
    floors = rng.uniform(-0.1, 0.8 if number % 3 else 0.5, parties) * best
    if number % 7 == 0:
        floors -= 0.05  # the status quo need not reach its floor, nor be worth nothing
    if number % 5 == 0:
        floors = np.round(floors * 4) / 4
    for i, size in enumerate(sizes):
        worths[:, i, size:] = -np.inf
    first = np.array([int(quo and size > 1 and rng.random() < 0.1) for size in sizes])
    return Space(worths, floors, sizes, first, quo)


def listed(space):
    packages = np.array(list(itertools.product(*(range(lo, hi) for lo, hi in zip(space.first, space.sizes)))), np.int64)
    worths = np.zeros((len(packages), len(space.floors)))
    for issue in range(packages.shape[1]):
        worths += space.worths[:, issue, packages[:, issue]].T
    fine = (worths >= space.floors - ROUNDING).all(axis=1) & np.isfinite(worths).all(axis=1)
    if space.quo:
        fine &= packages.any(axis=1)
    return packages[fine], worths[fine]


def undominated(worths):
    rows = np.unique(worths, axis=0)[::-1]  # best for the first party first
    kept = []
    for row in rows:
        if not kept or not (np.array(kept) >= row).all(axis=1).any():
            kept.append(row)
    return np.array(kept).reshape(-1, worths.shape[1])


LARGE = (0, 6)  # the blocks that hold the largest domains


@pytest.mark.parametrize("block", [pytest.param(b, marks=[pytest.mark.full] if b in LARGE else []) for b in range(12)])
def test_equals_enumeration(block):
    for number in range(block, DOMAINS, 12):
        space = domain(number)
        packages, worths = listed(space)
        assert can_agree(space) == (len(packages) > 0)
        frontier = frontier_of(space)
        expected = undominated(worths)
        assert frontier.points.tolist() == expected.tolist()
        for point, package in zip(frontier.points, frontier.packages):
            assert surplus(space, package).tolist() == point.tolist()
        counted = count(space)
        assert counted.exact and counted.number == len(packages)
        every = _Counted(space).packages(np.arange(len(packages)))  # the n-th acceptable package, for every n
        assert sorted(map(tuple, every.tolist())) == sorted(map(tuple, packages.tolist()))
        drawn = sample(space, 20, seed=number)
        assert len(drawn) == (20 if len(packages) else 0)
        assert {tuple(row) for row in drawn.tolist()} <= {tuple(row) for row in packages.tolist()}
        for party in range(len(space.floors)):
            found = best_for(space, party, 5)
            assert found.complete and np.allclose(found.values, -np.sort(-worths[:, party])[:5], atol=1e-12)
            assert {tuple(row) for row in found.packages.tolist()} <= {tuple(row) for row in packages.tolist()}
        joint = best_for_all(space, 5)
        assert np.allclose(joint.values, -np.sort(-worths.sum(axis=1))[:5], atol=1e-12)
        if len(packages):
            assert_solutions(frontier.points - space.floors, worths - space.floors)


def assert_solutions(points, every):
    """Each solution, over all packages instead of the frontier."""
    ideal = every.max(axis=0)
    shares = np.where(ideal > 0, every / np.where(ideal > 0, ideal, 1), 1.0)
    assert np.prod(points[solutions.nash(points)].clip(0)) == pytest.approx(np.prod(every.clip(0), axis=1).max(), abs=1e-9)
    power = np.arange(1, points.shape[1] + 1)
    weighted = np.prod(every.clip(0) ** power, axis=1).max()
    assert np.prod(points[solutions.nash(points, power)].clip(0) ** power) == pytest.approx(weighted, abs=1e-9)
    assert points[solutions.utilitarian(points)].sum() == pytest.approx(every.sum(axis=1).max(), abs=1e-9)
    assert_leximin(points[solutions.egalitarian(points)], every)
    assert_leximin(solutions.shares(points)[solutions.kalai_smorodinsky(points)], shares)
    assert solutions.opposition(points) == pytest.approx(np.sqrt(((1 - shares) ** 2).sum(axis=1)).min(), abs=1e-9)
    most = (shares.sum(axis=1).max() - 1) / (points.shape[1] - 1)
    assert solutions.win_win(points) == pytest.approx(max(0, most), abs=1e-9)


def assert_leximin(chosen, every):
    best = np.array(sorted(map(tuple, np.sort(np.round(every, 7), axis=1).tolist()))[-1])
    assert np.allclose(np.sort(chosen), best, atol=1e-6)


def test_samples_are_even():
    space = next(s for s in map(domain, range(0, 600, 3)) if 5 <= count(s).number <= 12)
    drawn = sample(space, 6000, seed=1)
    shares = np.unique(drawn, axis=0, return_counts=True)[1] / 6000
    assert len(shares) == count(space).number and np.abs(shares * len(shares) - 1).max() < 0.15


def test_what_is_too_large_to_count_is_estimated_within_an_interval():
    rng = np.random.default_rng(3)
    space = Space(rng.random((2, 60, 5)) / 60, np.full(2, 0.5), np.full(60, 5), np.zeros(60, np.int64), 0)
    found = count(space)
    assert not found.exact and found.low < found.share < found.high and found.number > 1e30
    assert len(sample(space, 10)) == 10 and can_agree(space)


def test_a_space_in_which_nothing_can_be_agreed_is_empty():
    space = Space(np.zeros((2, 3, 2)), np.array([0.0, 9.0]), np.full(3, 2), np.zeros(3, np.int64), 0)
    assert not can_agree(space) and count(space).number == 0
    assert len(frontier_of(space).points) == 0 and len(sample(space, 5)) == 0 and len(best_for(space, 0, 3).values) == 0


@pytest.mark.parametrize("issues", [28, 30, 60])
def test_numbers_of_packages_beyond_64_bits_are_not_claimed_to_be_exact(issues):
    space = Space(np.zeros((3, issues, 5)), np.full(3, -1.0), np.full(issues, 5), np.zeros(issues, np.int64), 0)
    found = count(space)
    assert not found.exact and found.share > 0.99 and found.number == pytest.approx(5.0**issues)


def test_a_party_without_a_floor_is_still_bound_by_red_lines():
    worths = np.array([[[-np.inf, -np.inf]], [[0.0, 1.0]]])
    space = Space(worths, np.array([-np.inf, 0.0]), np.array([2]), np.zeros(1, np.int64), 0)
    assert not can_agree(space) and count(space).number == 0 and len(best_for(space, 1, 2).values) == 0


def test_solutions_do_not_depend_on_the_scale():
    points = np.array([[0.1, 0.2], [0.15, 0.1]])
    for scale in (1.0, 1e-4, 1e6):
        assert solutions.nash(points * scale, [4, 1]) == 1 and solutions.utilitarian(points * scale) == 0


def test_large_utilities_are_counted_as_they_are_numbered():
    for number in range(40):
        rng = np.random.default_rng(number)
        worths = rng.random((2, 5, 4)) * 1e5
        packages = rng.integers(0, 4, 5)
        floors = np.array([sum(worths[p, i, o] for i, o in enumerate(packages)) for p in range(2)])
        space = Space(worths, floors, np.full(5, 4), np.zeros(5, np.int64), 0)
        assert len(sample(space, 50, seed=number)) == 50
