"""What to run: points in the space of varied inputs, each with its replicates."""

import itertools
import math
import operator
import re
from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from negsim.domain.statement import Strict, known
from negsim.sweeps.axes import MOST_POINTS, Axis, Span, Value, at_share, is_law, kind_of, read_value
from negsim.sweeps.sampling import POWERS, SAMPLED, STRUCTURED, rows_of, shares_of

MOST_RUNS = 1_000_000_000
TRIES = 1000  # blocks of points without one that fulfils the constraints, and there are none
Kind = Literal["grid", "random", "lhs", "sobol", "halton", "morris", "saltelli", "explicit"]
Direction = Literal["up", "down", "not up", "not down", "open"]
Point = dict[str, Value]
"""Values of the varied inputs by path."""
COMPARED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
CONSTRAINT = re.compile(r"\s*([\w.]+)\s*(<=|>=|==|!=|<|>)\s*(?:([\d.eE+-]+)\s*\*\s*)?([\w.+-]+)\s*$")


class Experiment(Strict):
    """A question put to a scenario.

    Attributes
    ----------
    vary : dict of str to list, Span or str
        Values, a range, or a distribution, for each varied path.
    levers, uncertainties : dict
        The same, named apart: what somebody could choose, and what nobody knows. Where a design has both, every setting of the
        levers is played under the same points of the rest, but in those designs that are for sensitivity, where all vary.
    constraints : list of str
        Which points there are, as `PATH <= OTHER`, `PATH >= 0.1` or `PATH <= 0.5 * OTHER`.
    points : int
        Of a sampled design; trajectories of Morris', base points of Saltelli's.
    rows : list of dict
        For an explicit design: its points. `file`, a CSV or Parquet table beside the experiment, is read into them.
    arms : dict of str to list of str
        For an explicit design: named sets of `path=value` changes; runs are paired with those of the first arm.
    common : bool
        Whether all points are played under the same draws (common random numbers).
    until, most : float, int
        If more than 0: replicates are doubled until the 95% interval of the outcome is so wide at every point, up to so many.
    outcome : str
        What the arms are compared by, an expression on a column.
    expected : dict of str to str
        For each arm the direction expected against the first, written down before it is run: up, down, not up, not down, open.
    """

    id: str = Field(default="", pattern=r"^[\w-]*$", max_length=80)
    title: str = ""
    scenario: str
    changes: list[str] = Field(default_factory=list)
    vary: dict[str, Axis] = Field(default_factory=dict)
    levers: dict[str, Axis] = Field(default_factory=dict)
    uncertainties: dict[str, Axis] = Field(default_factory=dict)
    constraints: list[str] = Field(default_factory=list)
    design: Kind = "grid"
    points: int = Field(default=0, ge=0, le=MOST_POINTS)
    rows: list[Point] = Field(default_factory=list, max_length=MOST_POINTS)
    file: str = ""
    runs: int = Field(default=1000, ge=1, le=MOST_RUNS)
    common: bool = True
    until: float = Field(default=0.0, ge=0.0, lt=1.0)
    most: int = Field(default=100_000, ge=1, le=MOST_RUNS)
    seed: int = Field(default=0, ge=0, lt=2**63)
    arms: dict[str, list[str]] = Field(default_factory=dict)
    outcome: str = ""
    expected: dict[str, Direction] = Field(default_factory=dict)
    reason: str = ""

    def axes(self) -> dict[str, Axis]:
        """Return all that varies, levers first."""
        return {**self.levers, **self.vary, **self.uncertainties}

    def inputs(self) -> list[str]:
        """Return the columns of the varied inputs."""
        return list(self.rows[0]) if self.rows else ["arm"] if self.arms else list(self.axes())

    @model_validator(mode="after")
    def _is_a_design(self) -> "Experiment":
        axes = self.axes()
        if len(axes) < len(self.levers) + len(self.vary) + len(self.uncertainties):
            raise ValueError("an input stands in one of vary, levers and uncertainties, not in two")
        if bool(self.arms) + bool(self.rows or self.file) != (self.design == "explicit"):
            raise ValueError("arms go with design = 'explicit' (or rows, or a file of points), and it with one of them")
        if self.design == "explicit" and (axes or self.constraints):
            raise ValueError("an explicit design says every point; leave out vary, levers, uncertainties and constraints")
        if any(set(row) != set(self.rows[0]) for row in self.rows) or (self.rows and not self.rows[0]):
            raise ValueError("rows: every point has a value of the same inputs, at least one")
        if self.points and self.design in ("grid", "explicit"):
            raise ValueError(f"points: go with a sampled design; a {self.design} one has as many as it lists")
        if self.until and not self.outcome:
            raise ValueError("until: is the width of the interval of an outcome; say which (outcome, --outcome)")
        if self.until and self.most < self.runs:
            raise ValueError(f"most: {self.most} is fewer than the {self.runs} runs it begins with")
        listed: dict[str, Axis] = {path: [row[path] for row in self.rows] for path in (self.rows[0] if self.rows else ())}
        for path, axis in {**axes, **listed}.items():
            try:
                kind_of(axis)
            except ValueError as error:
                raise ValueError(f"{'rows' if path in listed else 'vary'}: {path} {error}") from None
        self._counts(axes)
        for text in self.constraints:
            _constraint(text, axes)
        for arm in self.expected:
            known(arm, self.arms, "expected", "arm")
        return self

    def _counts(self, axes: dict[str, Axis]) -> None:
        """Check that every axis has points where it needs some, and that there are not too many in all."""
        sampled = self._sampled()
        if self.design in SAMPLED and not sampled:
            raise ValueError(f"a {self.design} design varies something; name it in vary")
        for path, axis in axes.items():
            if path in sampled:
                if isinstance(axis, list) and not axis:
                    raise ValueError(f"vary: {path} has no values")
                continue
            if isinstance(axis, str):
                raise ValueError(
                    f"{path}: a distribution goes with a sampled design (random, lhs, sobol, ...); a grid takes values"
                )
            if isinstance(axis, Span) and axis.points == 0:
                raise ValueError(
                    f"vary: {path} is a range without a count; write lo:hi:n (points = n), or choose a random design"
                )
        base = self.base_points()
        if sampled and not base:
            raise ValueError(f"points: a {self.design} design takes a number of points; say how many (--points N)")
        if self.design in POWERS and base & (base - 1):
            lower = 1 << (base.bit_length() - 1)
            raise ValueError(f"points: a {self.design} design is even only for a power of 2: {lower} or {2 * lower}, not {base}")
        if self.design in STRUCTURED and self.constraints:
            raise ValueError(f"constraints: a {self.design} design needs all its points; take lhs, random, sobol or halton")
        crossed = math.prod(_size(axis) for path, axis in axes.items() if path not in sampled)
        points = len(self.rows) or len(self.arms) or crossed * (rows_of(self.design, len(sampled), base) if sampled else 1)
        if not self.file and not 0 < points <= MOST_POINTS:
            raise ValueError(f"the {self.design} has {points} points; it may have 1 to {MOST_POINTS}")
        runs = self.most if self.until else self.runs
        if points * runs > MOST_RUNS:
            raise ValueError(f"{points} points x {runs} runs are more than {MOST_RUNS:,}; take fewer, or several sweeps")

    def _sampled(self) -> dict[str, Axis]:
        """Return what a sampled design draws: not the levers, where there is something beside them."""
        if self.design not in SAMPLED:
            return {}
        beside = {**self.vary, **self.uncertainties}
        return beside if self.levers and beside and self.design not in STRUCTURED else self.axes()

    def base_points(self) -> int:
        """Return how many points a sampled design is asked for."""
        return self.points or max((axis.points for axis in self._sampled().values() if isinstance(axis, Span)), default=0)


def points_of(experiment: Experiment) -> list[Point]:
    """Return the points of a design, in a fixed order.

    Raises
    ------
    ValueError
        If no point fulfils the constraints.
    ModuleNotFoundError
        If it takes SALib and there is none.

    Examples
    --------
    >>> points_of(Experiment(scenario="x", vary={"a": [1, 2], "b": Span(lo=0, hi=1, points=2)}))
    [{'a': 1, 'b': 0.0}, {'a': 1, 'b': 1.0}, {'a': 2, 'b': 0.0}, {'a': 2, 'b': 1.0}]
    """
    if experiment.arms:
        return [{"arm": name} for name in experiment.arms]
    if experiment.rows:
        return [dict(row) for row in experiment.rows]
    sampled = experiment._sampled()
    crossed = {path: _values(axis) for path, axis in experiment.axes().items() if path not in sampled}
    settings = [dict(zip(crossed, values)) for values in itertools.product(*crossed.values())]
    drawn = _drawn(experiment, sampled, settings) if sampled else [{}]
    found = [{**setting, **point} for setting in settings for point in drawn]
    if not sampled:
        rules = _rules(experiment)
        found = [point for point in found if _allowed(rules, point)]
    if not found:
        raise ValueError("constraints: no point fulfils them")
    return found


def _drawn(experiment: Experiment, axes: dict[str, Axis], settings: list[Point]) -> list[Point]:
    """Draw points that fulfil the constraints under every setting of the levers: the first so many of the design."""
    wanted, names = experiment.base_points(), list(axes)

    def drawn(points: int) -> Iterator[Point]:
        for shares in shares_of(experiment.design, names, points, experiment.seed):
            yield {name: at_share(axes[name], float(share)) for name, share in zip(names, shares)}

    rules = _rules(experiment)

    def fits(point: Point) -> bool:
        return all(_allowed(rules, {**setting, **point}) for setting in settings)

    if not experiment.constraints:
        return list(drawn(wanted))
    points, found = wanted, list[Point]()
    while points <= TRIES * max(wanted, 1):
        found = list(itertools.islice(filter(fits, drawn(points)), wanted))
        if len(found) == wanted:
            return found
        points *= 2
    raise ValueError(f"constraints: {len(found)} of the first {points // 2} points fulfil them; the design asks for {wanted}")


def _constraint(text: str, axes: dict[str, Axis]) -> tuple[str, str, float | None, str]:
    """Return path, comparison, factor, and what is on the other side."""
    found = CONSTRAINT.match(text)
    if found is None:
        raise ValueError(f"constraints: '{text}': write PATH <= VALUE, PATH <= OTHER or PATH <= 0.5 * OTHER")
    path, compare, factor, other = found.groups()
    try:
        times = None if factor is None else float(factor)
    except ValueError:
        raise ValueError(f"constraints: '{text}': '{factor}' is no number") from None
    known(path, axes, f"constraints: '{text}'", "varied input")
    if factor is not None:
        known(other, axes, f"constraints: '{text}'", "varied input")
    right = kind_of(axes[other]) if other in axes else type(read_value(other))
    if (kind_of(axes[path]) is float) != (right in (int, float)) or (compare not in ("==", "!=") and right not in (int, float)):
        raise ValueError(f"constraints: '{text}': compares a number with none; words are == or != to words")
    return path, compare, times, other


def _rules(experiment: Experiment) -> list[tuple[str, str, float | None, str]]:
    axes = experiment.axes()
    return [_constraint(text, axes) for text in experiment.constraints]


def _allowed(rules: list[tuple[str, str, float | None, str]], point: Point) -> bool:
    for path, compare, factor, other in rules:
        right = point.get(other, read_value(other))
        if factor is not None and not isinstance(right, str):
            right = factor * right
        if not COMPARED[compare](point[path], right):
            return False
    return True


def parse_axis(text: str) -> tuple[str, Axis]:
    """Read `path=a,b,c`, `path=lo:hi`, `path=lo:hi:n` or `path=normal(mean, sd)`.

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
    if is_law(values):
        return path, values
    parts = values.split(":")
    if len(parts) in (2, 3):
        try:
            span = Span(lo=float(parts[0]), hi=float(parts[1]), points=int(parts[2]) if len(parts) == 3 else 0)
            if len(parts) == 3 and span.points < 1:
                raise ValueError
        except ValueError:
            raise ValueError(f"'{text}': a range is lo:hi:n, with numbers and at least 1 point") from None
        return path, span
    return path, [read_value(part) for part in values.split(",")]


def _size(axis: Axis) -> int:
    return axis.points if isinstance(axis, Span) else len(axis)


def _values(axis: Axis) -> list[Value]:
    if isinstance(axis, Span):
        return [float(value) for value in np.linspace(axis.lo, axis.hi, axis.points)]
    return list(axis)
