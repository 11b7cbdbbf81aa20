"""A sweep before it is run, and what it is known by."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import negsim
from negsim.domain.scenario import Scenario
from negsim.engine.outcome import digest
from negsim.sweep.chunk import Engine
from negsim.sweep.design import Experiment, Point


class Plan(NamedTuple):
    """A sweep before it is run: every point's scenario is built and checked."""

    experiment: Experiment
    points: list[Point]
    scenarios: list[Scenario]
    changes: list[list[str]]  # of each point to the scenario
    plugins: tuple[str, ...]
    engine: Engine
    command: str


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return what a sweep is; `identity` is what must not change for it to be resumed."""
    base = plan.scenarios[0] if not plan.experiment.vary else None
    return {
        "identity": {
            "scenario": plan.experiment.scenario,
            "digest": hashlib.sha256(json.dumps([plan.experiment.changes, _unvaried(plan)], sort_keys=True).encode()).hexdigest()[
                :16
            ],
            "seed": plan.experiment.seed,
            "version": negsim.__version__,
            "inputs": list(plan.experiment.vary),
        },
        "scenario": (base or plan.scenarios[0]).model_dump(mode="json"),
        "digests": sorted({digest(scenario) for scenario in plan.scenarios}),
        "experiment": plan.experiment.model_dump(mode="json"),
        "changes": plan.changes,
        "points": len(plan.points),
        "runs": plan.experiment.runs,
        "seed": plan.experiment.seed,
        "engine": plan.engine,
        "version": negsim.__version__,
        "versions": _versions(),
        "command": plan.command,
    }


def _unvaried(plan: Plan) -> Any:
    """Return the first point's scenario without the values that vary."""
    dump = plan.scenarios[0].model_dump(mode="json")
    for path in plan.experiment.vary:
        at: Any = dump
        *way, last = path.split(".")
        for name in way:
            at = next((row for row in at if row.get("id") == name), {}) if isinstance(at, list) else at.get(name, {})
        if isinstance(at, dict):
            at.pop(last, None)
    return dump


def point_keys(plan: Plan) -> list[str]:
    """Return a key a point, of all that decides its runs: inputs, scenario, and the files that register rules.

    Raises
    ------
    ValueError
        If a point occurs twice.
    """
    rules = hashlib.sha256(b"".join(Path(plugin).read_bytes() for plugin in plan.plugins)).hexdigest() if plan.plugins else ""
    keys = [
        hashlib.sha256(json.dumps([point, digest(scenario), rules], sort_keys=True).encode()).hexdigest()[:16]
        for point, scenario in zip(plan.points, plan.scenarios)
    ]
    seen: set[str] = set()
    for key, point in zip(keys, plan.points):
        if key in seen:
            raise ValueError(f"the point {point} occurs twice in the design; leave one out")
        seen.add(key)
    return keys


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import version

    return {"python": platform.python_version()} | {
        name: version(name) for name in ("mesa", "numba", "numpy", "pyarrow", "pydantic")
    }
