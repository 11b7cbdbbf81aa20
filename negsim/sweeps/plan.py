"""A sweep before it is run, and what it is known by."""

import datetime
import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import negsim
from negsim.domain.scenario import Scenario
from negsim.engine.program import brought_digest, program_digest
from negsim.sweeps.chunk import Engine
from negsim.sweeps.design import Experiment, Point
from negsim.sweeps.sampling import SAMPLED


class Plan(NamedTuple):
    """A sweep before it is run: every point's scenario has been built and checked.

    Attributes
    ----------
    scenarios : sequence of Scenario
        One a point; of many points they are built when they are asked for.
    digests : list of str
        Of each point's scenario.
    changes : list of list of str
        Of each point to the scenario.
    plugins : tuple of str
        Paths of the files that register rules.
    base : Scenario, optional
        What each point's changes are made to, where that is not the first point's scenario.
    drawn : tuple of str
        Columns of what each run was drawn to be; none where the table does not hold that.
    keys : tuple of str
        What each point is known by.
    sample : int
        Rows are kept of every so many replicates, tallies of all.
    """

    experiment: Experiment
    points: list[Point]
    scenarios: Sequence[Scenario]
    digests: list[str]
    changes: list[list[str]]
    plugins: tuple[str, ...]
    engine: Engine
    command: str
    base: Scenario | None = None
    drawn: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sample: int = 1


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return what a sweep is; `identity` and `program` are what must not change for it to be resumed."""
    return {
        "identity": {
            "scenario": plan.experiment.scenario,
            "digest": _digest([plan.experiment.changes, _unvaried(plan)]),
            "seed": plan.experiment.seed,
            "inputs": [] if plan.experiment.arms else plan.experiment.inputs(),
            **({} if plan.experiment.common else {"common": False}),
            **({} if plan.sample == 1 else {"sample": plan.sample}),
        },
        "program": program_digest(plan.plugins),
        "plugins": {Path(plugin).name: brought_digest(plugin) for plugin in plan.plugins},
        "scenario": (plan.base or plan.scenarios[0]).model_dump(mode="json"),
        "digests": sorted(set(plan.digests)),
        "experiment": plan.experiment.model_dump(mode="json"),
        "changes": plan.changes,
        "points": len(plan.points),
        "runs": plan.experiment.runs,
        "seed": plan.experiment.seed,
        "engine": plan.engine,
        "drawn": list(plan.drawn),
        "keys": list(plan.keys),
        "version": negsim.__version__,
        "versions": _versions(),
        "platform": {"system": platform.platform(), "machine": platform.machine(), "processors": os.cpu_count()},
        "git": _git(),
        "command": plan.command,
        "written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def _unvaried(plan: Plan) -> Any:
    """Return the first point's scenario without the values that vary, and without what it is only set beside."""
    dump = plan.scenarios[0].played()
    for path in plan.points[0]:
        at: Any = dump
        *way, last = path.split(".")
        for name in way:
            at = next((row for row in at if row.get("id") == name), {}) if isinstance(at, list) else at.get(name, {})
        if isinstance(at, dict):
            at.pop(last, None)
    return dump


def point_keys(plan: Plan) -> list[str]:
    """Return a key a point, of its inputs and its scenario.

    A point that a sampled design has twice is played once, unless every point has draws of its own.

    Raises
    ------
    ValueError
        If a point occurs twice in a design that is no sample.
    """
    keys: list[str] = []
    seen: dict[str, int] = {}
    for point, scenario in zip(plan.points, plan.digests):
        known_by: list[Any] = [point, scenario]
        key = _digest(known_by)
        times = seen[key] = seen.get(key, -1) + 1
        if times and plan.experiment.design not in SAMPLED:
            raise ValueError(f"the point {point} occurs twice in the design; leave one out")
        keys.append(key if not times or plan.experiment.common else _digest([*known_by, times]))
    return keys


def seed_of(experiment: Experiment, key: str) -> int:
    """Return the seed of a point's runs: that of all points, or its own, which the key of the point makes."""
    return experiment.seed if experiment.common else int(_digest([experiment.seed, key]), 16) >> 1


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    names = ("mesa", "numba", "numpy", "pyarrow", "pydantic", "scipy")
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def _git() -> dict[str, Any] | None:
    """Return the commit that negsim is run from and whether it was changed since; nothing where it is no checkout."""

    def asked(*words: str) -> str:
        at = ["git", "-C", str(Path(negsim.__file__).parent)]
        return subprocess.run([*at, *words], capture_output=True, text=True, timeout=10, check=True).stdout.strip()

    try:
        if asked("ls-files", "--error-unmatch", "__init__.py") != "__init__.py":
            return None
        return {"commit": asked("rev-parse", "HEAD"), "changed": bool(asked("status", "--porcelain", "--", "."))}
    except (OSError, subprocess.SubprocessError):
        return None
