"""The outcome space of one draw of preferences: packages as a grid, each party's surplus, and what all can accept."""

from typing import Any, NamedTuple

import numpy as np

from negsim.core import pareto
from negsim.engine.compiler import native

ROUNDING = 1e-12  # of the size of sums, taken off floors: sums equal but for the order of their addition count as equal


class Space(NamedTuple):
    """What could be agreed on the issues of a deal.

    Attributes
    ----------
    worths : array, shape (party, issue, option)
        Surplus; -inf where a red line or a withheld consent shuts an option out.
    floors : array, shape (party,)
    sizes, first : arrays of int, shape (issue,)
        Options of each issue, and the first one that counts.
    quo : int
        1 if the package of all zeros is the status quo, which is no agreement.
    """

    worths: Any
    floors: Any
    sizes: Any
    first: Any
    quo: int

    @property
    def outcomes(self) -> int:
        """Number of packages, acceptable or not, the status quo among them."""
        total = 1
        for size, first in zip(self.sizes.tolist(), self.first.tolist()):
            total *= size - first
        return total


class Frontier(NamedTuple):
    """Packages that all accept and none beats, best for the first party first.

    Attributes
    ----------
    points : array, shape (point, party)
        Surplus.
    packages : array of int, shape (point, issue)
    """

    points: Any
    packages: Any


def space_of(worths: Any, floors: Any, *, quo: int = 0) -> Space:
    """Return the space over a table of worths, every option counting.

    Parameters
    ----------
    worths : array, shape (party, issue, option)
        NaN where an issue has fewer options than the widest.
    floors : array, shape (party,)

    Examples
    --------
    >>> space = space_of([[[0.0, 1.0]], [[1.0, 0.0]]], [0.0, 0.5])
    >>> can_agree(space), frontier_of(space).packages.tolist()
    (True, [[0]])
    """
    table = np.array(worths, float)
    sizes = (~np.isnan(table[0])).sum(axis=1).astype(np.int64)
    return Space(np.nan_to_num(table, nan=-np.inf, neginf=-np.inf), np.array(floors, float), sizes, np.zeros_like(sizes), quo)


def lowered(space: Space) -> Any:
    """Return the floors less what rounding may do to a sum, shape (party,)."""
    sizes = np.where(np.isfinite(space.worths), np.abs(space.worths), 0.0).max(axis=2, initial=0.0).sum(axis=1)
    return space.floors - ROUNDING * np.maximum(1.0, sizes)


def can_agree(space: Space) -> bool:
    """Tell whether some package is acceptable to all."""
    return bool(native(pareto.can_agree)(space.worths, lowered(space), space.sizes, space.first, space.quo))


def frontier_of(space: Space) -> Frontier:
    """Return the Pareto frontier of what all accept.

    Raises
    ------
    ValueError
        If it has too many points to be listed (several hundred thousand).
    """
    return Frontier(*native(pareto.pareto)(space.worths, lowered(space), space.sizes, space.first, space.quo))


def surplus(space: Space, package: Any) -> Any:
    """Return each party's surplus from a package, shape (party,); -inf if it is excluded."""
    total = np.zeros(len(space.worths))
    for issue, option in enumerate(package):
        total += space.worths[:, issue, option]
    return total


def tables(space: Space) -> tuple[list[Any], list[Any]]:
    """Return for each issue the options that nobody shuts out: their worths, shape (option, party), and their numbers."""
    found, numbers = [], []
    for issue, (first, size) in enumerate(zip(space.first, space.sizes)):
        worths = space.worths[:, issue, first:size].T
        open_ones = np.isfinite(worths).all(axis=1)
        found.append(np.ascontiguousarray(worths[open_ones]))
        numbers.append(np.arange(first, size)[open_ones])
    return found, numbers
