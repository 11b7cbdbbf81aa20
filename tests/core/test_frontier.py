"""The merged frontier against the list of all packages."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negsim.core.best import heap_slots, next_best, start_heap
from negsim.core.frontier import frontier, last_at_least
from negsim.core.menus import menu_of
from negsim.core.space import all_accept

worth = st.integers(-4, 6) | st.just(-np.inf)


@st.composite
def domains(draw, parties=2):
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    tables = [[[draw(worth) for _ in range(max(sizes))] for _ in sizes] for _ in range(parties)]
    first = [draw(st.integers(0, 1)) if size > 1 else 0 for size in sizes]
    return np.array(tables, float), np.array(sizes), np.array(first)


def packages(sizes, first):
    return list(itertools.product(*(range(lo, size) for lo, size in zip(first, sizes))))


def worths_of(table, package):
    return sum(table[i][o] for i, o in enumerate(package))


@given(domains())
def test_frontier_is_what_no_package_beats(domain):
    (mine, theirs), sizes, first = domain
    mine = mine.copy()
    for i, option in enumerate(first):
        mine[i, :option] = -np.inf  # as a change is asked for
    points, found = frontier(mine, theirs, sizes)
    every = [(worths_of(mine, p), worths_of(theirs, p)) for p in packages(sizes, first)]
    every = {point for point in every if -np.inf not in point}
    best = {p for p in every if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in every)}
    assert [tuple(point) for point in points] == sorted(best, reverse=True)
    for point, package in zip(points, found):
        assert tuple(point) == (worths_of(mine, package), worths_of(theirs, package))


@given(domains(), st.floats(-5, 5))
def test_menu_offers_the_best_for_the_other_at_or_above_a_target(domain, target):
    (mine, theirs), sizes, _ = domain
    theirs = np.where(np.isinf(theirs), 0.0, theirs)
    menu = menu_of(mine, theirs, sizes, -100.0, 0)
    good = [p for p in packages(sizes, sizes * 0) if worths_of(mine, p) >= target]
    if good:
        row = last_at_least(menu, target)
        assert worths_of(theirs, menu[row, 1:].astype(int)) == max(worths_of(theirs, p) for p in good)


@given(domains())
def test_menu_leaves_out_the_status_quo_and_what_lies_below_the_floor(domain):
    (mine, theirs), sizes, _ = domain
    theirs = np.where(np.isinf(theirs), 0.0, theirs)
    menu = menu_of(mine, theirs, sizes, 1.0, 1)
    assert (menu[:, 0] >= 1.0).all()
    assert menu[:, 1:].any(axis=1).all()


@given(domains(parties=1))
def test_heap_gives_every_package_once_best_first(domain):
    (mine,), sizes, _ = domain
    expected = sorted((worths_of(mine, p) for p in packages(sizes, sizes * 0)), reverse=True)
    slots = np.zeros(heap_slots(len(sizes), mine.shape[1], len(expected) + 1))
    start_heap(slots, mine, sizes)
    found = []
    while (package := next_best(slots, mine, sizes))[0] >= 0:
        found.append(tuple(package))
    assert len(set(found)) == len(found)
    assert [worths_of(mine, p) for p in found] == [value for value in expected if value > -np.inf]


@given(domains(parties=3), st.integers(-2, 4), st.integers(0, 1))
def test_search_for_a_common_package_equals_enumeration(domain, floor, quo):
    tables, sizes, first = domain
    expected = any(all(worths_of(table, p) >= floor for table in tables) and (quo == 0 or any(p)) for p in packages(sizes, first))
    assert all_accept(tables, np.full(3, float(floor)), sizes, first, quo) == expected
