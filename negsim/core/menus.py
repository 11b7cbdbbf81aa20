"""A party's menu: its frontier against what it believes of the others, less what is no offer."""

from typing import Any

import numpy as np

from negsim.core.frontier import frontier
from negsim.core.packages import is_empty
from negsim.core.registry import maker


@maker
def menu_of(mine: Any, theirs: Any, sizes: Any, floor: float, quo: int) -> Any:
    """Return own surplus and package along the frontier, best for me first.

    Left out are points below the floor and, where the package of all zeros is the status quo, that package: it is no offer.

    Returns
    -------
    array, shape (point, 1 + issue)
        No rows if nothing is acceptable.
    """
    points, packages = frontier(mine, theirs, sizes, np.zeros(len(sizes), np.int64))
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
