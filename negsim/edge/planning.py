"""From what a user asks for to what can be run: scenarios and plans, checked before anything starts. Part of the edge."""

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from negsim.analysis.runs.expression import check as check_outcome
from negsim.domain.scenario import Scenario
from negsim.edge.experiments import Request, experiment_asked
from negsim.edge.files import (
    InputError,
    bundled_ids,
    find,
    near,
)
from negsim.edge.scenarios import ALLOW, build_scenario, load_scenario, scenario_tables
from negsim.edge.words.console import progress
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import cast
from negsim.engine.inputs import input_names
from negsim.engine.outcome import digest
from negsim.sweeps.design import Experiment, Point, points_of
from negsim.sweeps.plan import Plan, point_keys
from negsim.sweeps.reading import read_results

AT_HAND = 2000  # scenarios kept in memory
DRAWN_KEPT = 20_000  # runs up to which a table holds what each was drawn to be, if nothing is said

ROWS_KEPT = 10_000_000  # runs up to which all rows are kept if nothing is said
SAMPLE = 100  # above it, rows of one replicate in so many


def load_checked(name: str, changes: list[str] | None, *, code: bool = True) -> Scenario:
    """Load a scenario and check every rule it names; only with `code` is what it brings of its own run.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    scenario = load_scenario(name, changes or (), code=code)
    path = find(name, "scenarios")
    _refuse_code(scenario.plugins, path, code=code)
    check_rules(scenario, path)
    return scenario


def _refuse_code(plugins: Sequence[str], path: Path, *, code: bool) -> None:
    if plugins and not code:
        raise InputError(f"{path}: has plug-ins, Python files that would be run: {ALLOW}")


def check_rules(scenario: Scenario, path: Path) -> None:
    """Look up every rule that a scenario names, and lay it out, before anything is run."""
    try:
        cast(scenario)
        to_arrays(scenario, 0)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


class Built(Sequence[Scenario]):
    """The scenario of each point of a design, built when it is asked for; the last ones asked for are at hand."""

    def __init__(self, tables: Any, path: Path, changes: list[list[str]], *, code: bool) -> None:
        self._build = functools.lru_cache(AT_HAND)(lambda changed: build_scenario(tables, path, changed, code=code))
        self._changes = [tuple(texts) for texts in changes]

    def __len__(self) -> int:
        return len(self._changes)

    def __getitem__(self, point: Any) -> Any:
        found = self._changes[point]
        return [self._build(one) for one in found] if isinstance(point, slice) else self._build(found)


def plan_sweep(
    subject: str, request: Request, engine: str, *, code: bool = True, drawn: bool | None = None, sample: int | None = None
) -> Plan:
    """Make a plan of what the command line or an experiment file asks for; every point's scenario is built and checked.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    experiment = experiment_asked(subject, request)
    try:
        path = find(experiment.scenario, "scenarios")
    except InputError:
        hint = near(subject, [*bundled_ids("scenarios"), *bundled_ids("experiments")])
        if experiment.scenario == subject and not subject.endswith((".toml", ".py")):
            raise InputError(f"{subject}: no such scenario or experiment{hint}") from None
        raise
    tables = scenario_tables(path, code=code)
    _refuse_code(tables.get("plugins", ()), path, code=code)
    return plan_of(experiment, tables, path, engine, code=code, drawn=drawn, sample=sample)


def plan_of(
    experiment: Experiment,
    tables: Any,
    path: Path,
    engine: str,
    *,
    code: bool = True,
    drawn: bool | None = None,
    sample: int | None = None,
) -> Plan:
    """Make a plan of an experiment on the tables of a scenario, found at a path; every point's scenario is built and checked.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    subject = experiment.scenario
    try:
        designed = points_of(experiment)
    except (ValueError, ModuleNotFoundError) as error:
        raise InputError(f"{subject}: {error}") from None
    changes = [[*experiment.changes, *changes_of(experiment, point)] for point in designed]
    scenarios = Built(tables, path, changes, code=code)
    known: dict[tuple[str, ...], str] = {}  # a sample may have points twice
    with progress("points checked") as advance:
        for at, texts in enumerate(map(tuple, changes)):
            if texts not in known:
                check_rules(scenarios[at], path)
                known[texts] = digest(scenarios[at])
            advance(at + 1, len(changes))
    digests = [known[tuple(texts)] for texts in changes]
    if experiment.outcome:
        try:
            check_outcome(experiment.outcome, scenarios[0], numbers=not experiment.arms)
        except ValueError as error:
            raise InputError(f"{experiment.id or subject}: outcome: {error}") from None
    elif experiment.arms:
        raise InputError(f"{experiment.id or subject}: outcome: say what the arms are compared by, as agreed.ceasefire")
    total = len(designed) * experiment.runs
    if experiment.until and (sample or 1) > 1:
        raise InputError(f"{subject}: until: needs all rows; leave out --sample, or say --sample 1")
    plan = Plan(
        experiment,
        designed,
        scenarios,
        digests,
        changes,
        tuple(str((path.parent / plugin).resolve()) for plugin in scenarios[0].plugins),
        "mesa" if engine == "mesa" else "batch",
        " ".join(sys.argv[1:]),
        build_scenario(tables, path, experiment.changes, code=code) if experiment.arms else None,
        _inputs(scenarios) if drawn or (drawn is None and total <= DRAWN_KEPT) else (),
        sample=sample or (1 if total <= ROWS_KEPT or experiment.until else SAMPLE),
    )
    try:
        return plan._replace(keys=tuple(point_keys(plan)))
    except ValueError as error:
        raise InputError(f"{subject}: {error}") from None


def _inputs(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the columns of drawn inputs of any point, those of the first one first."""
    return tuple(dict.fromkeys(name for scenario in scenarios for name in input_names(scenario)))


def changes_of(experiment: Experiment, point: Point) -> list[str]:
    """Return what a point changes: its values, or the changes its arm stands for."""
    if experiment.arms:
        return experiment.arms[str(point["arm"])]
    return [f"{key}={_toml(value)}" for key, value in point.items()]


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)


def parse_package(text: str, scenario: Scenario, option: str = "--package") -> dict[str, str]:
    """Read a package written `issue=option,issue=option`, or `agreed` for what the sources say was agreed.

    What is wrong with it is said of the option that it was given to.
    """
    if not text:
        return {}
    if text == "agreed":
        if not scenario.outcomes():
            raise InputError(f"{option} agreed: no source of '{scenario.id}' says what was agreed")
        return scenario.outcomes()
    package = {}
    for part in text.split(","):
        issue, _, chosen = (word.strip() for word in part.partition("="))
        if not part.strip():
            raise InputError(f"{option} '{text}': has an empty part; write issue=option,issue=option")
        if issue not in scenario.issues:
            raise InputError(f"{option} {part}: no issue '{issue}'{near(issue, scenario.issues)}")
        ids = scenario.issues[issue].option_ids()
        if chosen not in ids:
            raise InputError(f"{option} {part}: issue '{issue}' has no option '{chosen}'{near(chosen, ids)}")
        if issue in package:
            raise InputError(f"{option} {part}: '{issue}' is named twice")
        package[issue] = chosen
    return package


def parse_power(text: str, scenario: Scenario) -> list[float]:
    """Read bargaining powers written `party=number,party=number`; of a party that is not named it is 1."""
    if not text:
        return []
    power = dict.fromkeys(scenario.parties, 1.0)
    for part in text.split(","):
        party, _, number = part.strip().partition("=")
        if party not in power:
            raise InputError(f"--power {part}: no party '{party}'{near(party, power)}")
        try:
            power[party] = float(number)
        except ValueError:
            raise InputError(f"--power {part}: '{number}' is no number") from None
        if not 0.0 <= power[party] <= 1000.0:
            raise InputError(f"--power {part}: lies outside 0..1000")
    return list(power.values())


def played_scenarios(folder: Path, manifest: dict[str, Any], name: str = "") -> Sequence[Scenario]:
    """Return the scenario of each point of a sweep; none where plug-ins would be needed and no scenario is named.

    Plug-ins are never those of a folder: they lie beside the scenario that is named.
    """
    if not name:
        if manifest["scenario"].get("plugins"):
            return []
        return Built(manifest["scenario"], folder / "manifest.json", manifest["changes"], code=False)
    path = find(name, "scenarios")
    scenarios = Built(scenario_tables(path), path, manifest["changes"], code=True)
    if digest(scenarios[0]) not in manifest["digests"]:
        raise InputError(f"--scenario {name}: is not what was played in {folder}")
    return scenarios


def variants(subject: str, changes: list[str] | None, *, code: bool = True) -> Callable[[Sequence[str]], Scenario]:
    """Return a function from further changes to a scenario: of a scenario, or of the one that a folder of a sweep was played on.

    It raises a ValueError if they make no valid scenario.
    """
    folder = Path(subject)
    if folder.is_dir() and (folder / "manifest.json").exists():
        _, manifest = read_results(folder)
        if manifest["points"] != 1:
            raise InputError(f"{subject}: holds {manifest['points']} points; what is pivotal is asked of one")
        if manifest["scenario"].get("plugins"):
            raise InputError(f"{subject}: was played with plug-ins, which no folder is trusted with; explain the scenario itself")
        path, tables, first = folder / "manifest.json", manifest["scenario"], [*manifest["changes"][0], *(changes or [])]
    else:
        path = find(subject, "scenarios")
        tables, first = scenario_tables(path, code=code), list(changes or [])
    return _maker(tables, path, first, code=code)


def variants_of(scenario: Scenario, changes: list[str]) -> Callable[[Sequence[str]], Scenario]:
    """Return such a function of a scenario that is loaded already."""
    return _maker(scenario.model_dump(mode="json"), Path(scenario.id), changes, code=True)


def _maker(tables: Any, path: Path, first: list[str], *, code: bool) -> Callable[[Sequence[str]], Scenario]:
    check_rules(build_scenario(tables, path, first, code=code), path)

    def make(further: Sequence[str]) -> Scenario:
        try:
            scenario = build_scenario(tables, path, [*first, *further], code=code)
            cast(scenario)
            to_arrays(scenario, 0)
        except InputError as error:
            raise ValueError(str(error)) from None
        return scenario

    return make


def check_ensemble(make: Callable[[Sequence[str]], Scenario]) -> None:
    """Try every value that an ensemble leaves open, alone, before anything is played.

    Raises
    ------
    InputError
        If one makes no scenario, or one of other issues or words.
    """
    from negsim.analysis.runs.members import changes_of, check_alike

    base = make(())
    choices = base.open_choices()
    for path, values in choices.items():
        for at in range(len(values)):
            (change,) = changes_of({path: values}, [at])
            try:
                check_alike(make([change]), base, change)
            except ValueError as error:
                raise InputError(f"{base.id}: ensemble: {change}: {error}") from None
