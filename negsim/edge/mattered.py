"""From the folder of a sweep to what mattered in it. Part of the edge."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from negsim.analysis.runs.discovery import Discovery, discover
from negsim.analysis.runs.expression import check, measured
from negsim.analysis.runs.robustness import Setting, robustness
from negsim.analysis.runs.sensitivity import Sensitivity, sensitivity
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError
from negsim.edge.planning import played_scenarios
from negsim.edge.scenarios import build_scenario
from negsim.sweeps.design import Experiment, Point, points_of
from negsim.sweeps.reading import read_results
from negsim.sweeps.sampling import STRUCTURED, rows_of, shares_of


def opened(folder: Path) -> tuple[Scenario, Experiment, list[Point], dict[str, Any]]:
    """Return the scenario of the first point, the experiment, the points and the manifest of a finished sweep."""
    _, manifest = read_results(folder, ["failed"])
    experiment = Experiment.model_validate(manifest["experiment"])
    scenarios = played_scenarios(folder, manifest)
    at = folder / "manifest.json"
    scenario = scenarios[0] if scenarios else build_scenario(manifest["scenario"], at, manifest["changes"][0], code=False)
    return scenario, experiment, points_of(experiment), manifest


def asked_outcomes(asked: list[str] | None, scenario: Scenario, experiment: Experiment, *, numbers: bool = True) -> list[str]:
    """Return which outcomes are asked for: those named, that of the experiment, or that each track is agreed."""
    outcomes = asked or ([experiment.outcome] if experiment.outcome else [f"agreed.{track}" for track in scenario.tracks])
    for text in outcomes:
        try:
            check(text, scenario, numbers=numbers)
        except ValueError as error:
            raise InputError(f"--outcome {error}") from None
    return outcomes


def _values(folder: Path, outcome: str, points: int) -> Any:
    column = outcome.split()[0]
    table, _ = read_results(folder, list(dict.fromkeys(["failed", column])))
    return measured(table, outcome).reshape(points, -1)


def sensitivity_of(folder: Path, asked: list[str] | None) -> tuple[Scenario, list[Sensitivity]]:
    """Return the indices of a sweep's inputs.

    Raises
    ------
    InputError
        If its design has none, or runs failed.
    """
    scenario, experiment, points, _ = opened(folder)
    names = experiment.inputs()
    if experiment.design not in STRUCTURED:
        raise InputError(
            f"{folder}: is a {experiment.design} design; indices take points that lie for them: sweep with --design saltelli or"
            " --design morris (negsim discover takes any)"
        )
    if len(points) != rows_of(experiment.design, len(names), experiment.base_points()):
        raise InputError(f"{folder}: holds {len(points)} points, not a whole design; run the same sweep again to finish it")
    shares = shares_of(experiment.design, names, experiment.base_points(), experiment.seed)
    found = []
    for outcome in asked_outcomes(asked, scenario, experiment):
        values = _values(folder, outcome, len(points))
        try:
            found.append(sensitivity(values, names, outcome, experiment.design, shares, common=experiment.common))
        except ValueError as error:
            raise InputError(f"{folder}: {error}") from None
    return scenario, found


def discovery_of(folder: Path, outcome: str, boxes: int) -> tuple[Scenario, Discovery]:
    """Return under which inputs an outcome comes about in a sweep."""
    scenario, experiment, _, _ = opened(folder)
    (outcome,) = asked_outcomes([outcome] if outcome else None, scenario, experiment, numbers=False)[:1]
    table, _ = read_results(folder)
    try:
        return scenario, discover(table, measured(table, outcome), outcome, experiment.inputs(), boxes=boxes)
    except (ValueError, ModuleNotFoundError) as error:
        raise InputError(f"{folder}: {error}") from None


def robustness_of(folder: Path, outcome: str, at_least: float, levers: list[str]) -> tuple[Scenario, str, list[Setting]]:
    """Return how each setting of a sweep's levers holds over what nobody knows."""
    scenario, experiment, points, _ = opened(folder)
    chosen = levers or list(experiment.levers)
    for name in chosen:
        if name not in experiment.inputs():
            raise InputError(f"--lever {name}: was not varied; these were: {', '.join(experiment.inputs())}")
    if not chosen or len(chosen) == len(experiment.inputs()):
        raise InputError(f"{folder}: has no levers beside what nobody knows; name them with --lever, or in the experiment")
    (outcome,) = asked_outcomes([outcome] if outcome else None, scenario, experiment)[:1]
    try:
        values = _values(folder, outcome, len(points))
        return scenario, outcome, robustness(values, points, chosen, at_least, common=experiment.common)
    except ValueError as error:
        raise InputError(f"{folder}: {error}") from None


def as_json(content: Any) -> Any:
    """Return named tuples, within each other, as mappings."""
    if hasattr(content, "_asdict"):
        return {key: as_json(value) for key, value in content._asdict().items()}
    if isinstance(content, dict):
        return {key: as_json(value) for key, value in content.items()}
    return [as_json(value) for value in content] if isinstance(content, list | tuple) else content


def to_salib(table: pa.Table, manifest: dict[str, Any], scenario: Scenario, outcome: str) -> tuple[dict[str, Any], Any, Any]:
    """Return a sweep as SALib takes it: problem (in the unit cube), where the points lie, and the mean of each point's runs."""
    from negsim.sweeps.sampling import problem_of

    experiment = Experiment.model_validate(manifest["experiment"])
    check(outcome, scenario, numbers=True)
    names, points = experiment.inputs(), manifest["points"]
    if experiment.design not in STRUCTURED:
        raise InputError(f"a {experiment.design} design is none of SALib's: sweep with saltelli or morris")
    values = measured(table, outcome).reshape(points, -1)
    return problem_of(names), shares_of(experiment.design, names, experiment.base_points(), experiment.seed), values.mean(axis=1)


def to_ema(table: pa.Table, manifest: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return a sweep as the EMA workbench takes it: a DataFrame of experiments, and arrays of outcomes."""
    from negsim.engine.inputs import is_drawn

    experiment = Experiment.model_validate(manifest["experiment"])
    inputs = [name for name in table.column_names if name in experiment.inputs() or is_drawn(name)]
    frame = table.select(inputs).to_pandas()
    levers = frame[[name for name in experiment.levers if name in frame]]
    frame["scenario"] = table["replicate"].to_numpy()
    frame["policy"] = ["; ".join(f"{k}={v}" for k, v in row.items()) or "none" for row in levers.to_dict("records")] or "none"
    frame["model"] = manifest["experiment"]["scenario"]
    kept = [name for name in table.column_names if name not in (*inputs, "run", "seed", "point", "replicate")]
    return frame, {name: table[name].to_numpy(zero_copy_only=False) for name in kept}
