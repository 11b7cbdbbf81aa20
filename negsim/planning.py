"""From what a user asks for to what can be run: scenarios and plans, checked before anything starts. Part of the edge."""

import sys
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import cast
from negsim.files import (
    InputError,
    build_scenario,
    find,
    is_experiment,
    load_experiment,
    load_scenario,
    near,
    scenario_tables,
)
from negsim.sweep.design import Experiment, Point, parse_axis, points_of
from negsim.sweep.sweep import Plan


class Request(NamedTuple):
    """What is asked for beside a scenario or experiment; None or nothing leaves it as the experiment has it."""

    vary: list[str] | None = None
    design: str = ""
    points: int | None = None
    runs: int | None = None
    seed: int | None = None
    changes: list[str] | None = None


def load_checked(name: str, changes: list[str] | None) -> Scenario:
    """Load a scenario and check every rule it names.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    scenario = load_scenario(name, changes or ())
    _checked(scenario, find(name, "scenarios"))
    return scenario


def _checked(scenario: Scenario, path: Path) -> None:
    """Look up every rule that a scenario names, and lay it out, before anything is run."""
    try:
        cast(scenario)
        to_arrays(scenario, 0)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


def plan_sweep(subject: str, request: Request, engine: str) -> Plan:
    """Make a plan of what the command line or an experiment file asks for; every point's scenario is built and checked.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    experiment = _experiment(subject, request)
    path = find(experiment.scenario, "scenarios")
    tables = scenario_tables(path)
    designed = points_of(experiment)
    if not designed:
        raise InputError(f"{subject}: the design has no points")
    scenarios = [build_scenario(tables, path, [*experiment.changes, *_changes(experiment, point)]) for point in designed]
    for scenario in scenarios:
        _checked(scenario, path)
    return Plan(
        experiment,
        designed,
        scenarios,
        [[*experiment.changes, *_changes(experiment, point)] for point in designed],
        tuple(str((path.parent / plugin).resolve()) for plugin in scenarios[0].plugins),
        "mesa" if engine == "mesa" else "batch",
        " ".join(sys.argv[1:]),
    )


def _experiment(subject: str, request: Request) -> Experiment:
    """Read an experiment file, or make one of a scenario; options of the command line come on top."""
    tables: dict[str, Any] = load_experiment(subject) if is_experiment(subject) else {"scenario": subject}
    if request.design and request.design not in ("grid", "random"):
        raise InputError(f"--design {request.design}: no such design{near(request.design, ('grid', 'random'))}")
    if tables.get("arms"):
        tables.setdefault("design", "explicit")
    try:
        axes = dict(parse_axis(text) for text in request.vary or [])
    except ValueError as error:
        raise InputError(f"--vary {error}") from None
    for name, value in (
        ("design", request.design or None),
        ("points", request.points),
        ("runs", request.runs),
        ("seed", request.seed),
    ):
        if value is not None:
            tables[name] = value
    tables["changes"] = [*tables.get("changes", []), *(request.changes or [])]
    tables["vary"] = {**tables.get("vary", {}), **axes}
    if tables.get("runs", 1) < 1:
        raise InputError(f"--runs {tables['runs']}: a sweep takes at least 1 run a point")
    try:
        return Experiment.model_validate(tables)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        raise InputError(f"{subject}: {where}: {problem['msg'].removeprefix('Value error, ')}") from None


def _changes(experiment: Experiment, point: Point) -> list[str]:
    """Return what a point changes: its values, or the changes its arm stands for."""
    if experiment.arms:
        return experiment.arms[str(point["arm"])]
    return [f"{key}={_toml(value)}" for key, value in point.items()]


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
