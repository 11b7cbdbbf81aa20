"""A party's menu: its frontier against what it believes of the others, less what is no offer."""

from typing import Any

import numpy as np

from negsim.core.frontier import frontier, merge_into, trace
from negsim.core.packages import is_empty
from negsim.core.registry import helper, maker


@maker
def menu_of(mine: Any, theirs: Any, sizes: Any, floor: float, quo: int) -> Any:
    """Return own surplus and package along the frontier, best for me first.

    Left out are points below the floor and, where the package of all zeros is the status quo, that package: it is no offer.

    Returns
    -------
    array, shape (point, 1 + issue)
        No rows if nothing is acceptable.
    """
    points, packages = frontier(mine, theirs, sizes)
    menu = np.empty((len(points), 1 + len(sizes)))
    rows = 0
    for q in range(len(points)):
        if points[q, 0] < floor or (quo == 1 and is_empty(packages[q])):
            continue
        menu[rows, 0] = points[q, 0]
        for i in range(len(sizes)):
            menu[rows, 1 + i] = packages[q, i]
        rows += 1
    return menu[:rows]


@helper
def menu_into(
    menu: Any, mine: Any, theirs: Any, sizes: Any, floor: float, quo: int, points: Any, trails: Any, package: Any
) -> int:
    """Write a menu as `menu_of` returns it into room set up before; return its rows.

    Parameters
    ----------
    menu : array, shape (point, 1 + issue)
        Written.
    points, trails : arrays
        Room, as for `merge_into`.
    package : array of int, shape (issue,)
        Room.

    Raises
    ------
    ValueError
        If it has more rows than there is room for.
    """
    now, kept = merge_into(mine, theirs, sizes, points, trails)
    rows = 0
    for q in range(kept):
        trace(trails, sizes, q, package)
        if points["x"][now, q] < floor or (quo == 1 and is_empty(package)):
            continue
        if rows == len(menu):
            raise ValueError("a party's frontier has more points than there is room for")
        menu[rows, 0] = points["x"][now, q]
        for i in range(len(sizes)):
            menu[rows, 1 + i] = package[i]
        rows += 1
    return rows


@maker
def package_at(menu: Any, row: int) -> Any:
    """Return the package of a menu's row."""
    package = np.empty(menu.shape[1] - 1, np.int64)
    for i in range(len(package)):
        package[i] = int(menu[row, 1 + i])
    return package


@maker
def no_package(issues: int) -> Any:
    """Return the package that walks out."""
    return np.full(issues, -1, np.int64)
