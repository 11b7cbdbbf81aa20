"""Where pictures are drawn to files, with a caption that says what they show. Part of the edge."""

import textwrap
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pyarrow as pa
import pyarrow.parquet as pq

import negsim
from negsim.analysis.runs.pivots import Pivots
from negsim.analysis.runs.robustness import Setting
from negsim.analysis.runs.sensitivity import Sensitivity
from negsim.analysis.runs.tournament import Match, scores, standings
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError
from negsim.edge.words.inputs import input_words
from negsim.plots import PLOTS, Plot, Subject, discover


def check_target(target: Path) -> None:
    """Refuse a file that no picture can be drawn to."""
    if target.suffix.lower() not in (".png", ".svg", ".pdf"):
        raise InputError(f"{target}: cannot draw '{target.suffix}'; name a .png, .svg or .pdf")


def save_plot(
    name: str,
    table: pa.Table,
    scenario: Scenario,
    target: Path,
    *,
    seed: int,
    experiment: dict[str, Any] | None = None,
) -> None:
    """Draw a kind of picture of a table of runs into a PNG, SVG or PDF file, at least 1,200 pixels wide.

    Parameters
    ----------
    name : str
        Kind of picture; see `negsim list plots`.
    table : pyarrow.Table
    scenario : Scenario
    target : Path
    seed : int
        Said in the caption.
    experiment : dict, optional
        The experiment behind the table, for pictures over a varied input.

    Raises
    ------
    ValueError
        If the table does not hold what the picture shows.
    """
    discover()
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    kind: Plot = PLOTS[name]
    subject = Subject(table, scenario, seed, experiment or {})
    played = subject.experiment.get("played", table.num_rows)
    varied = [name for part in ("levers", "vary", "uncertainties", "inputs") for name in subject.experiment.get(part, ())]
    readings = "varied" if "readings" in varied else scenario.readings
    figure, axes = plt.subplots(figsize=kind.size(scenario), layout="constrained")
    try:
        kind.draw(subject, axes)
        axes.set_title(scenario.title, fontsize=12, loc="left", fontweight="bold", wrap=True, pad=14)
        figure.supxlabel(
            f"{scenario.id}: {played:,} runs, seed {seed}, readings {readings}, negsim {negsim.__version__}",
            fontsize=8,
            color="#555555",
            x=0.01,
            ha="left",
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(target, dpi=130)
    finally:
        plt.close(figure)


def save_tornado(found: Pivots, names: list[str], scenario: Scenario, target: Path, *, seed: int, runs: int) -> None:
    """Draw what moves an outcome into a PNG, SVG or PDF file.

    Parameters
    ----------
    names : list of str
        How the lever of each move is called.
    """
    rows = [
        {
            "lever": name + (f" ({', '.join(move.levers[0].statements)})" if move.levers[0].statements else ""),
            "value": move.values[0],
            "share": move.share.share,
        }
        for name, move in zip(names, found.moves)
    ]
    about = {"outcome": found.outcome, "share": found.share.share, "played": runs}
    save_plot("tornado", pa.Table.from_pylist(rows), scenario, target, seed=seed, experiment=about)


def save_indices(found: Sensitivity, scenario: Scenario, target: Path, *, seed: int) -> None:
    """Draw the indices of a sweep's inputs into a PNG, SVG or PDF file."""
    kinds = {"first": "alone", "total": "with others"} if found.design == "saltelli" else {"mu": "mean effect", "size": "size"}
    rows = [
        {"input": _wrapped(input_words(scenario, one.path)), "index": words, **one.indices[kind]._asdict()}
        for one in found.inputs
        for kind, words in kinds.items()
    ]
    unit = "share of the variance between points" if found.design == "saltelli" else "effect over the whole range"
    inputs = [one.path for one in found.inputs]
    about = {"outcome": found.outcome, "unit": unit, "played": found.points * found.runs, "inputs": inputs}
    save_plot("indices", pa.Table.from_pylist(rows), scenario, target, seed=seed, experiment=about)


def save_levers(
    found: list[Setting], scenario: Scenario, target: Path, *, outcome: str, at_least: float, seed: int, runs: int
) -> None:
    """Draw how each setting of the levers holds into a PNG, SVG or PDF file."""
    rows = [
        {
            "setting": ", ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in one.levers.values()),
            "worst": one.worst.value,
            "mean": one.mean.value,
            "best": one.best,
            "enough": f"{one.satisfices.hits}/{one.satisfices.of}",
        }
        for one in found
    ]
    names = "\n".join(_wrapped(input_words(scenario, name), 50) for name in found[0].levers)
    about = {"outcome": f"share of runs with {outcome}", "at_least": at_least, "names": names, "played": runs}
    about["inputs"] = [*found[0].levers, *found[0].worst_at]
    save_plot("levers", pa.Table.from_pylist(rows), scenario, target, seed=seed, experiment=about)


def _wrapped(text: str, width: int = 44) -> str:
    return "\n".join(textwrap.wrap(text, width))


def save_tournament(matches: list[Match], scenarios: list[Scenario], folder: Path, *, seed: int, runs: int) -> None:
    """Write every match to a table, and the scores of all pairs to a picture, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [match._asdict() | {"gains": list(match.gains)} for match in matches]
    pq.write_table(pa.Table.from_pylist(rows), folder / "tournament.parquet")
    found = scores(matches)
    order = [standing.strategy for standing in standings(found)]
    pairs = []
    for one in order:
        for other in order:
            shares = [score.share for score in found if (score.strategy, score.against) == (one, other)]
            pairs.append({"strategy": one, "against": other, "score": sum(shares) / len(shares)})
    title = "Tournament: " + ", ".join(scenario.id for scenario in scenarios)
    shown = scenarios[0].model_copy(update={"title": title})
    save_plot("tournament", pa.Table.from_pylist(pairs), shown, folder / "tournament.png", seed=seed, experiment={"played": runs})
