"""`negsim plot`: a picture of a sweep."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, app


@app.command()
def plot(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="Which picture; see `negsim list plots`.")] = "shares",
    output: Annotated[Path | None, typer.Option(*OUT, help="File; PNG, SVG or PDF by its suffix.")] = None,
    point: Annotated[int | None, typer.Option(min=0, help="Which point of a sweep of several, counted from 0.")] = None,
) -> None:
    """Draw a picture of a sweep; of one point of it, unless the picture is over the varied input."""
    from negsim import plots
    from negsim.analysis.runs.ensembles import played
    from negsim.domain.scenario import Scenario
    from negsim.edge.files import InputError, near
    from negsim.edge.pictures import check_target, save_plot
    from negsim.edge.scenarios import build_scenario
    from negsim.edge.words.console import say
    from negsim.sweeps.reading import read_results

    plots.discover()
    if kind not in plots.PLOTS:
        raise InputError(f"{kind}: no such plot{near(kind, plots.PLOTS)}")
    target = output or folder / f"{kind}.png"
    check_target(target)
    table, manifest = read_results(folder)
    if manifest["points"] > 1 and point is None and not plots.PLOTS[kind].over_points:
        raise InputError(f"{folder}: holds {manifest['points']} points; name one with --point 0 and so on, or draw 'response'")
    if point is not None and point >= manifest["points"]:
        raise InputError(f"--point {point}: the sweep has {manifest['points']} points, counted from 0")
    scenario = Scenario.model_validate(manifest["scenario"])
    if point is not None:
        table = table.slice(point * manifest["runs"], manifest["runs"])
        scenario = build_scenario(manifest["scenario"], folder / "manifest.json", manifest["changes"][point], code=False)
    try:
        save_plot(kind, played(table), scenario, target, seed=manifest["seed"], experiment=manifest["experiment"])
    except ValueError as error:
        raise InputError(f"{folder}: {error}") from None
    say(f"drawn: {target}")
