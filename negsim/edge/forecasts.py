"""Forecasts in a file: what an ensemble says of a round, sealed before it is known. Part of the edge."""

import datetime
import json
from pathlib import Path
from typing import Any

import negsim
from negsim.analysis.runs.ensembles import Share, option_shares, played, share, track_shares
from negsim.analysis.runs.members import Make
from negsim.analysis.runs.scores import Scores, null_models, scores_of_forecast
from negsim.analysis.runs.summary import Summary, ends_at, left, summarize
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError, bundled_ids, write_text
from negsim.edge.scenarios import load_scenario
from negsim.edge.scoring import check_outcomes
from negsim.engine.outcome import digest
from negsim.engine.program import program_digest
from negsim.sweeps.chunk import play
from negsim.sweeps.disk import sealed, unsealed

KIND = "negsim forecast"


def forecast_of(make: Make, runs: int, seed: int, workers: int) -> dict[str, Any]:
    """Play an ensemble, and what is assumed otherwise, and return what it says of every track and issue, beside the nulls."""
    scenario = make(())
    table = played(play(scenario, runs, seed, drawn=False))
    if not table.num_rows:
        raise InputError(f"{scenario.id}: all runs failed; negsim run {scenario.id} says why")
    summary = summarize(make, seed, workers, pairs=0)
    tracks = {}
    for key in scenario.tracks:
        tracks[key] = _told(track_shares(table, key).agreed, summary, f"agreed.{key}")
    issues = {}
    for key, issue in scenario.issues.items():
        ids = issue.option_ids()
        shares = option_shares(table, key, ids)
        leaves = share(table.num_rows - shares[ids[0]].hits, table.num_rows)
        issues[key] = {
            "leaves": _told(leaves, summary, left(scenario, key)),
            "options": {option: _told(found, summary, ends_at(key, option)) for option, found in shares.items()},
            "nulls": {name: None if null is None else null.tolist() for name, null in null_models(scenario, key).items()},
        }
    return {
        "kind": KIND,
        "scenario": scenario.id,
        "title": scenario.title,
        "digest": digest(scenario),
        "program": program_digest(),
        "version": negsim.__version__,
        "sealed_on": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "sessions": [day.isoformat() for day in scenario.talks.sessions],
        "runs": table.num_rows,
        "seed": seed,
        "combinations": next(iter(summary.assumed.values())).members,
        "outcomes_known": sorted(scenario.outcomes()),
        "tracks": tracks,
        "issues": issues,
    }


def _told(found: Share, summary: Summary, outcome: str) -> dict[str, Any]:
    known = summary.assumed[outcome]
    over = [known.least.share, known.most.share]
    return {"runs": found.hits, "share": found.share, "interval": [found.low, found.high], "over_assumptions": over}


def write_forecast(content: dict[str, Any], path: Path) -> str:
    """Seal a forecast in a file, and return its checksum: who has that can tell later that nothing was changed."""
    if path.exists():
        raise InputError(f"{path}: is there already; a forecast is not written over, choose another --out")
    text = sealed(content).decode()
    write_text(path, text + "\n")
    return str(json.loads(text)["checksum"])


def read_forecast(path: Path) -> dict[str, Any]:
    """Read a sealed forecast.

    Raises
    ------
    InputError
        If it is none, or was changed since it was sealed.
    """
    content = unsealed(path)
    if content is None or content.get("kind") != KIND:
        raise InputError(f"{path}: is no sealed forecast, or was changed since it was sealed")
    return content


def scored_forecast(path: Path, against: str) -> tuple[Scenario, Scores]:
    """Score a sealed forecast against what a scenario's sources say came about.

    Parameters
    ----------
    path : Path
    against : str
        Id or path of the scenario; empty: the bundled one that it was made of.
    """
    content = read_forecast(path)
    if not against and content["scenario"] not in bundled_ids("scenarios"):
        raise InputError(f"{path}: is of '{content['scenario']}', which is not bundled; say what it is scored by with --against")
    scenario = load_scenario(against or content["scenario"], code=False)
    check_outcomes(scenario, str(path))
    counts = {}
    for key, told in content["issues"].items():
        if key not in scenario.issues or scenario.issues[key].option_ids() != list(told["options"]):
            raise InputError(f"{path}: '{scenario.id}' has no issue '{key}' with the options forecast; name another --against")
        counts[key] = {option: one["runs"] for option, one in told["options"].items()}
    models = {key: told["nulls"] for key, told in content["issues"].items()}
    return scenario, scores_of_forecast(counts, models, scenario, content["seed"])
