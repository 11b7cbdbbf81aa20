"""What to run: points in the space of varied inputs, each with its replicates."""

import itertools
import math
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from negsim.domain.statement import Strict, known

MOST_POINTS, MOST_RUNS = 1_000_000, 1_000_000_000
Value = bool | int | float | str
Kind = Literal["grid", "random", "explicit"]
Direction = Literal["up", "down", "not up", "not down", "open"]
Point = dict[str, Value]
"""Values of the varied inputs by path."""


class Span(Strict):
    """A range of a number: `points` evenly spaced values in a grid, uniform draws in a random design (0: as many as it has)."""

    lo: float
    hi: float
    points: int = Field(default=0, ge=0, le=MOST_POINTS)


class Experiment(Strict):
    """A question put to a scenario.

    Attributes
    ----------
    vary : dict of str to list or Span
        Values, or a range, for each varied path.
    arms : dict of str to list of str
        For an explicit design: named sets of `path=value` changes; runs are paired with those of the first arm.
    outcome : str
        What the arms are compared by, an expression on a column.
    expected : dict of str to str
        For each arm the direction expected against the first, written down before it is run: up, down, not up, not down, open.
    """

    id: str = Field(default="", pattern=r"^[\w-]*$", max_length=80)
    title: str = ""
    scenario: str
    changes: list[str] = Field(default_factory=list)
    vary: dict[str, list[Value] | Span] = Field(default_factory=dict)
    design: Kind = "grid"
    points: int = Field(default=0, ge=0, le=MOST_POINTS)
    runs: int = Field(default=1000, ge=1, le=MOST_RUNS)
    seed: int = Field(default=0, ge=0, lt=2**63)
    arms: dict[str, list[str]] = Field(default_factory=dict)
    outcome: str = ""
    expected: dict[str, Direction] = Field(default_factory=dict)
    reason: str = ""

    @model_validator(mode="after")
    def _arms_are_compared(self) -> "Experiment":
        if (self.design == "explicit") != bool(self.arms):
            raise ValueError("arms go with design = 'explicit', and that design with arms")
        if self.design == "random" and not self.vary:
            raise ValueError("a random design varies something; name it in vary")
        for path, axis in self.vary.items():
            kinds = set() if isinstance(axis, Span) else {float if type(value) is int else type(value) for value in axis}
            if len(kinds) > 1:
                raise ValueError(f"vary: {path} mixes numbers, words or true and false; it may be of one kind")
        bare = [path for path, axis in self.vary.items() if isinstance(axis, Span) and axis.points == 0]
        if self.design == "grid" and bare:
            raise ValueError(f"vary: {bare[0]} is a range without a count; write lo:hi:n (points = n), or choose a random design")
        counts = [axis.points if isinstance(axis, Span) else 1 for axis in self.vary.values()]
        if self.design == "random" and not self.points and not any(counts):
            raise ValueError("points: a random design takes a number of points; say how many (--points N)")
        varied = math.prod(axis.points if isinstance(axis, Span) else len(axis) for axis in self.vary.values())
        if self.design == "grid" and not 0 < varied <= MOST_POINTS:
            raise ValueError(f"the grid has {varied} points; it may have 1 to {MOST_POINTS}")
        points = max(1, {"grid": varied, "random": self.points, "explicit": len(self.arms)}[self.design])
        if points * self.runs > MOST_RUNS:
            raise ValueError(f"{points} points x {self.runs} runs are more than {MOST_RUNS:,}; take fewer, or several sweeps")
        for arm in self.expected:
            known(arm, self.arms, "expected", "arm")
        return self


def points_of(experiment: Experiment) -> list[Point]:
    """Return the points of a design, in a fixed order.

    Examples
    --------
    >>> points_of(Experiment(scenario="x", vary={"a": [1, 2], "b": Span(lo=0, hi=1, points=2)}))
    [{'a': 1, 'b': 0.0}, {'a': 1, 'b': 1.0}, {'a': 2, 'b': 0.0}, {'a': 2, 'b': 1.0}]
    """
    if experiment.design == "explicit":
        return [{"arm": name} for name in experiment.arms]
    if experiment.design == "grid":
        axes = [_values(axis) for axis in experiment.vary.values()]
        return [dict(zip(experiment.vary, values)) for values in itertools.product(*axes)]
    count = experiment.points or max((axis.points for axis in experiment.vary.values() if isinstance(axis, Span)), default=0) or 1
    columns = [_drawn(path, axis, count, experiment.seed) for path, axis in experiment.vary.items()]
    return [dict(zip(experiment.vary, values)) for values in zip(*columns)] if columns else [{}]


def parse_axis(text: str) -> tuple[str, list[Value] | Span]:
    """Read `path=a,b,c`, `path=lo:hi` or `path=lo:hi:n`.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> parse_axis("parties.russia.theta=0:0.2:3")
    ('parties.russia.theta', Span(lo=0.0, hi=0.2, points=3))
    """
    path, equals, values = text.partition("=")
    if not path or not equals or not values:
        raise ValueError(f"'{text}': write it as path=a,b,c or path=lo:hi:n")
    parts = values.split(":")
    if len(parts) in (2, 3):
        try:
            span = Span(lo=float(parts[0]), hi=float(parts[1]), points=int(parts[2]) if len(parts) == 3 else 0)
            if len(parts) == 3 and span.points < 1:
                raise ValueError
        except ValueError:
            raise ValueError(f"'{text}': a range is lo:hi:n, with numbers and at least 1 point") from None
        return path, span
    return path, [_value(part) for part in values.split(",")]


def _value(text: str) -> Value:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text, text)


def _values(axis: list[Value] | Span) -> list[Value]:
    if isinstance(axis, Span):
        return [float(value) for value in np.linspace(axis.lo, axis.hi, axis.points)]
    return axis


def _drawn(path: str, axis: list[Value] | Span, count: int, seed: int) -> list[Value]:
    """Draw one column of a random design from a stream of its own: adding an input leaves the others as they are."""
    rng = np.random.default_rng([seed, *path.encode()])
    if isinstance(axis, Span):
        return [float(value) for value in axis.lo + (axis.hi - axis.lo) * rng.random(count)]
    return [axis[int(k)] for k in rng.integers(len(axis), size=count)]
