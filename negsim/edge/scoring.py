"""Scores of what lies in a folder. Part of the edge."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from negsim.analysis.runs.ensembles import played
from negsim.analysis.runs.scores import Scores, final_outcomes, scores
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError, problems_in
from negsim.edge.planning import load_checked
from negsim.sweeps.chunk import play
from negsim.sweeps.reading import read_results


def scored(folder: Path) -> tuple[Scenario, Scores]:
    """Return the scenario of a sweep of one point, and its scores.

    Raises
    ------
    InputError
        If it is of several points, or no outcome is known.
    """
    if not folder.exists():
        raise InputError(f"{folder}: no such folder, nor sealed forecast")
    table, manifest = read_results(folder)
    if manifest["points"] != 1:
        raise InputError(f"{folder}: holds {manifest['points']} points; a score is of one")
    try:
        scenario = Scenario.model_validate(manifest["scenario"])
    except ValidationError as error:
        raise InputError(f"{folder}: its scenario is not valid any more: {problems_in(Scenario, error)[0]}") from None
    check_outcomes(scenario, str(folder))
    return scenario, scores(played(table), scenario, manifest["seed"])


def check_outcomes(scenario: Scenario, where: str) -> None:
    """Complain if no source says what came about in the end."""
    if scenario.accounts() and not scenario.happened():
        raise InputError(f"{where}: accounts of '{scenario.id}' differ on all; code what the record itself says")
    if not scenario.happened():
        raise InputError(f"{where}: no source of '{scenario.id}' says what was agreed; code it as stance = \"outcome\"")
    if not final_outcomes(scenario)[0]:
        raise InputError(f"{where}: what the sources of '{scenario.id}' know is of an earlier session, at which all stayed open")


def rounds_of(cases: Iterable[str], runs: int, seed: int) -> list[tuple[Scenario, Scores]]:
    """Play and score every case whose outcome is known."""
    found = []
    for name in cases:
        scenario = load_checked(name, None)
        if scenario.happened():
            one = scores(played(play(scenario, runs, seed, drawn=False)), scenario, seed)
            found += [(scenario, one)] if one.issues else []
    return found
