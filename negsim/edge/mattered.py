"""From a sweep to what mattered in it, and to what other tools take. Part of the edge."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from negsim.analysis.runs.discovery import Discovery, discover, inputs_of
from negsim.analysis.runs.expression import check, measured, parse
from negsim.analysis.runs.robustness import Setting, robustness
from negsim.analysis.runs.sensitivity import Sensitivity, sensitivity
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError
from negsim.edge.planning import changes_of, played_scenarios
from negsim.edge.scenarios import build_scenario
from negsim.sweeps.design import Experiment, Point, points_of
from negsim.sweeps.reading import read_results
from negsim.sweeps.sampling import STRUCTURED, problem_of, shares_of


class Opened(NamedTuple):
    """A finished sweep: what it is called, the scenario of its first point, experiment, points, and a reader of columns."""

    name: str
    scenario: Scenario
    experiment: Experiment
    points: list[Point]
    read: Callable[[Sequence[str] | None], pa.Table]


def opened(folder: Path) -> Opened:
    """Open the folder of a finished sweep."""
    _, manifest = read_results(folder, ["failed"])
    scenarios = played_scenarios(folder, manifest)
    at = folder / "manifest.json"
    scenario = scenarios[0] if scenarios else build_scenario(manifest["scenario"], at, manifest["changes"][0], code=False)

    def read(names: Sequence[str] | None) -> pa.Table:
        return read_results(folder, None if names is None else list(names))[0]

    return opened_table(str(folder), scenario, manifest, read)


def opened_table(
    name: str, scenario: Scenario, manifest: dict[str, Any], read: Callable[[Sequence[str] | None], pa.Table]
) -> Opened:
    """Open a sweep whose table is at hand."""
    experiment = Experiment.model_validate(manifest["experiment"])
    points = points_of(experiment)
    if [[*experiment.changes, *changes_of(experiment, point)] for point in points] != manifest["changes"]:
        raise InputError(
            f"{name}: its points come out otherwise with this version of SciPy or SALib; see versions in its manifest"
        )
    return Opened(name, scenario, experiment, points, read)


def asked_outcomes(sweep: Opened, asked: Sequence[str] | None, *, numbers: bool = True) -> list[str]:
    """Return which outcomes are asked for: those named, that of the experiment, or that each track is agreed."""
    own = [sweep.experiment.outcome] if sweep.experiment.outcome else [f"agreed.{track}" for track in sweep.scenario.tracks]
    outcomes = list(asked or own)
    for text in outcomes:
        try:
            check(text, sweep.scenario, numbers=numbers)
        except ValueError as error:
            raise InputError(f"--outcome {error}") from None
    return outcomes


def values_of(sweep: Opened, outcome: str) -> Any:
    """Return an outcome of each run, shape (point, run)."""
    table = sweep.read(list(dict.fromkeys(["failed", parse(outcome)[0]])))
    return measured(table, outcome).reshape(len(sweep.points), -1)


def _shares(sweep: Opened) -> Any:
    """Return where the points of a design for sensitivity lie in the unit cube."""
    experiment, names = sweep.experiment, sweep.experiment.inputs()
    if experiment.design not in STRUCTURED:
        raise InputError(
            f"{sweep.name}: its design is {experiment.design}; indices take points that lie for them: sweep with"
            " --design saltelli or --design morris (negsim discover takes any)"
        )
    return shares_of(experiment.design, names, experiment.base_points(), experiment.seed)


def sensitivity_of(sweep: Opened, asked: Sequence[str] | None) -> list[Sensitivity]:
    """Return the indices of a sweep's inputs.

    Raises
    ------
    InputError
        If its design has none, or runs failed.
    """
    shares, experiment = _shares(sweep), sweep.experiment
    names, found = experiment.inputs(), []
    for outcome in asked_outcomes(sweep, asked):
        values = values_of(sweep, outcome)
        try:
            found.append(sensitivity(values, names, outcome, experiment.design, shares, common=experiment.common))
        except ValueError as error:
            raise InputError(f"{sweep.name}: {error}") from None
    return found


def discovery_of(sweep: Opened, outcome: str, boxes: int) -> Discovery:
    """Return under which inputs an outcome comes about in a sweep."""
    chosen = asked_outcomes(sweep, [outcome] if outcome else None, numbers=False)[0]
    table = sweep.read(None)
    try:
        return discover(table, measured(table, chosen), chosen, sweep.experiment.inputs(), boxes=boxes)
    except (ValueError, ModuleNotFoundError) as error:
        raise InputError(f"{sweep.name}: {error}") from None


def robustness_of(sweep: Opened, outcome: str, at_least: float, levers: Sequence[str]) -> tuple[str, list[Setting]]:
    """Return how each setting of a sweep's levers holds over what nobody knows, and of which outcome."""
    inputs, chosen = sweep.experiment.inputs(), list(levers or sweep.experiment.levers)
    for name in chosen:
        if name not in inputs:
            raise InputError(f"--lever {name}: was not varied; these were: {', '.join(inputs)}")
    if not chosen or len(chosen) == len(inputs):
        raise InputError(
            f"{sweep.name}: has no levers beside what nobody knows; name them with negsim robustness --lever or in the experiment"
        )
    named = asked_outcomes(sweep, [outcome] if outcome else None)[0]
    try:
        return named, robustness(values_of(sweep, named), sweep.points, chosen, at_least, common=sweep.experiment.common)
    except ValueError as error:
        raise InputError(f"{sweep.name}: {error}") from None


def as_json(content: Any) -> Any:
    """Return named tuples, within each other, as mappings."""
    if hasattr(content, "_asdict"):
        return {key: as_json(value) for key, value in content._asdict().items()}
    if isinstance(content, dict):
        return {key: as_json(value) for key, value in content.items()}
    return [as_json(value) for value in content] if isinstance(content, list | tuple) else content


def to_salib(sweep: Opened, outcome: str) -> tuple[dict[str, Any], Any, Any]:
    """Return a sweep as SALib takes it: problem (in the unit cube), where the points lie, and the mean of each point's runs."""
    asked_outcomes(sweep, [outcome])
    return problem_of(sweep.experiment.inputs()), _shares(sweep), values_of(sweep, outcome).mean(axis=1)


def to_ema(sweep: Opened) -> tuple[Any, dict[str, Any]]:
    """Return a sweep as the EMA workbench takes it: a DataFrame of experiments, a row a run, and arrays of outcomes."""
    table, experiment = sweep.read(None), sweep.experiment
    frame = inputs_of(table, experiment.inputs())
    levers = table.select(list(experiment.levers)).to_pylist()
    kept = [name for name in table.column_names if name not in (*frame.columns, "run", "seed", "point", "replicate")]
    frame["scenario"] = table["replicate"].to_numpy()
    frame["policy"] = ["; ".join(f"{path}={value}" for path, value in row.items()) for row in levers] if levers else "none"
    frame["model"] = experiment.scenario
    return frame, {name: table[name].to_numpy(zero_copy_only=False) for name in kept}
