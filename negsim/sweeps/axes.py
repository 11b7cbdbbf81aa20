"""What an input may be: a list of values, a range, or a distribution; and which value lies at a share of it."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from negsim.domain.statement import Strict

MOST_POINTS = 1_000_000
Value = bool | int | float | str
WRITTEN = re.compile(r"(\w+)\(([^()]*)\)")
FAR = 1e100  # from zero, beyond which no parameter lies
TINY = 1e-12  # share below which, and above 1 less which, quantiles are not told apart
TAIL = 0.005  # of an unbounded distribution, cut off where a design goes to its ends


class Span(Strict):
    """A range of a number: `points` evenly spaced values in a grid, uniform draws in a sampled design."""

    lo: float
    hi: float
    points: int = Field(default=0, ge=0, le=MOST_POINTS)


def _uniform(share: float, lo: float, hi: float) -> float:
    return lo + (hi - lo) * share


def _loguniform(share: float, lo: float, hi: float) -> float:
    return math.exp(math.log(lo) + (math.log(hi) - math.log(lo)) * share)


def _whole(share: float, lo: float, hi: float) -> float:
    return min(int(lo) + int(share * (int(hi) - int(lo) + 1)), int(hi))


def _triangular(share: float, lo: float, mode: float, hi: float) -> float:
    at = (mode - lo) / (hi - lo)
    if share < at:
        return lo + math.sqrt(share * (hi - lo) * (mode - lo))
    return hi - math.sqrt((1.0 - share) * (hi - lo) * (hi - mode))


def _normal(share: float, mean: float, sd: float, lo: float = -math.inf, hi: float = math.inf) -> float:
    from scipy.stats import truncnorm

    if (lo == -math.inf and share == 0.0) or (hi == math.inf and share == 1.0):
        share = abs(share - TAIL)
    return min(hi, max(lo, float(truncnorm.ppf(share, (lo - mean) / sd, (hi - mean) / sd, mean, sd))))  # rounding leaves them


def _beta(share: float, a: float, b: float, lo: float = 0.0, hi: float = 1.0) -> float:
    from scipy.stats import beta

    return float(beta.ppf(min(max(share, TINY), 1.0 - TINY), a, b, lo, hi - lo))


LAWS: dict[str, tuple[Callable[..., float], str, Callable[..., bool]]] = {
    "uniform": (_uniform, "lo, hi", lambda lo, hi: lo < hi),
    "loguniform": (_loguniform, "lo, hi", lambda lo, hi: 0.0 < lo < hi),
    "whole": (_whole, "lo, hi", lambda lo, hi: int(lo) == lo <= hi == int(hi)),
    "triangular": (_triangular, "lo, mode, hi", lambda lo, mode, hi: lo <= mode <= hi and lo < hi),
    "normal": (_normal, "mean, sd, lo, hi", lambda _, sd, lo=-math.inf, hi=math.inf: sd > 0.0 and lo < hi),
    "beta": (_beta, "a, b, lo, hi", lambda a, b, lo=0.0, hi=1.0: a > 0.0 and b > 0.0 and lo < hi),
}
"""Distributions by name: the value at a share of it (its quantile), its parameters, and whether they make one."""


def check_law(text: str) -> str:
    """Return a distribution as it is written, once it has been found to be one.

    Raises
    ------
    ValueError
        If it is none; it says how to write it.

    Examples
    --------
    >>> check_law("triangular(0, 0.05, 0.2)")
    'triangular(0, 0.05, 0.2)'
    >>> check_law("weighted(hard=3, posture=1)")
    'weighted(hard=3, posture=1)'
    """
    name, parameters = _read(text)
    if name == "weighted":
        _weights(text, parameters)
        return text
    _, written, right = LAWS[name]
    try:
        numbers = [float(part) for part in parameters]
        whole = numbers[:2] if name == "normal" else numbers  # whose ends alone may be far away
        fine = not any(map(math.isnan, numbers)) and all(abs(number) < FAR for number in whole) and right(*numbers)
    except (ValueError, TypeError, OverflowError):
        fine = False
    if not fine:
        raise ValueError(f"'{text}': write {name}({written}) with numbers in that order")
    return text


def _told(axis: Any) -> Any:
    """Say of what is written as a distribution what is wrong with it, and not that it is no list."""
    return check_law(axis) if isinstance(axis, str) else axis


Axis = Annotated[list[Value] | Span | str, BeforeValidator(_told)]
"""What varies: one of some values, a number of a range, or a distribution as `normal(mean, sd)`."""


def is_law(text: str) -> bool:
    """Tell whether a text is written as a distribution is."""
    return WRITTEN.fullmatch(text.strip()) is not None


def at_share(axis: Axis, share: float) -> Value:
    """Return the value that lies at a share of an axis: the quantile of a distribution, one of a list by even parts.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Examples
    --------
    >>> at_share(["a", "b", "c"], 0.5), at_share(Span(lo=0, hi=2), 0.25), at_share("whole(1, 6)", 0.99)
    ('b', 0.5, 6)
    >>> at_share("weighted(hard=3, posture=1)", 0.7), round(at_share("normal(1, 0.5)", 0.975), 2)
    ('hard', 1.98)
    """
    if isinstance(axis, Span):
        return _uniform(share, axis.lo, axis.hi)
    if isinstance(axis, list):
        return axis[min(int(share * len(axis)), len(axis) - 1)]
    name, parameters = _read(axis)
    if name == "weighted":
        weights = _weights(axis, parameters)
        left = share * sum(weights.values())
        for value, weight in weights.items():
            left -= weight
            if left < 0.0:
                return read_value(value)
        return read_value([value for value, weight in weights.items() if weight > 0.0][-1])
    return LAWS[name][0](share, *(float(part) for part in parameters))


def _read(text: str) -> tuple[str, list[str]]:
    found = WRITTEN.fullmatch(text.strip())
    if found is None or found[1] not in (*LAWS, "weighted"):
        raise ValueError(f"'{text}': write a list, a range, or one of {', '.join(LAWS)} or weighted, as normal(mean, sd)")
    return found[1], [part.strip() for part in found[2].split(",")]


def _weights(text: str, parts: list[str]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        value, equals, weight = part.partition("=")
        try:
            number = float(weight)
        except ValueError:
            number = -1.0
        if not equals or not value or not 0.0 <= number < math.inf or value in found:
            raise ValueError(f"'{text}': write weighted(value=weight, other=weight) with weights of at least 0")
        found[value.strip()] = number
    if sum(found.values()) <= 0.0:
        raise ValueError(f"'{text}': some weight is above 0")
    return found


def read_value(text: str) -> Value:
    """Read a value as it is written on a command line: a number, true or false, or a word."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text, text)


def kind_of(axis: Axis) -> Any:
    """Return what an axis is of: float, bool or str.

    Raises
    ------
    ValueError
        If its values are of several kinds.
    """
    values = axis if isinstance(axis, list) else [at_share(axis, 0.25), at_share(axis, 0.75)]
    kinds = {float if type(value) is int else type(value) for value in values}
    if len(kinds) > 1:
        raise ValueError("mixes numbers, words or true and false; it may be of one kind")
    return kinds.pop() if kinds else str
