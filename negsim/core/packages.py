"""Arithmetic on packages: a package is one option per issue, its utility a sum of table entries."""

from typing import Any

from negsim.core.registry import helper


@helper
def utility(worths: Any, package: Any) -> float:
    """Add a party's worth of a package, issue by issue from the left.

    Parameters
    ----------
    worths : array, shape (issue, option)
    package : array of int, shape (issue,)

    Examples
    --------
    >>> import numpy as np
    >>> utility(np.array([[0.0, 0.3], [0.0, -0.1]]), np.array([1, 1])) == 0.3 - 0.1
    True
    """
    total = 0.0
    for i in range(len(package)):
        total += worths[i, package[i]]
    return float(total)


@helper
def copy_into(target: Any, source: Any) -> None:
    """Copy an array of the same shape, entry by entry: a slice assignment would make a buffer."""
    for i in range(source.size):
        target.flat[i] = source.flat[i]


@helper
def is_empty(package: Any) -> bool:
    """Tell whether a package leaves every issue at option 0."""
    for i in range(len(package)):
        if package[i] != 0:
            return False
    return True


@helper
def is_same(package: Any, other: Any) -> bool:
    """Tell whether two packages name the same options."""
    for i in range(len(package)):
        if package[i] != other[i]:
            return False
    return True


@helper
def best_option(worths: Any, issue: int, size: int, first: int) -> int:
    """Return a party's best option of an issue from `first` on; the lower index wins a tie."""
    best = first
    for o in range(first + 1, size):
        if worths[issue, o] > worths[issue, best]:
            best = o
    return best
