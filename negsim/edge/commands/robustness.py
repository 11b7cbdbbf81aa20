"""`negsim robustness`: which levers hold, whatever is true."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, JsonOption, app


@app.command()
def robustness(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep with levers and uncertainties.")],
    outcome: Annotated[str, typer.Option(metavar="NAME", help="As agreed.ceasefire; that of the sweep if not said.")] = "",
    at_least: Annotated[float, typer.Option(help="How much of it is enough, as a share of runs.")] = 0.5,
    lever: Annotated[list[str] | None, typer.Option(metavar="PATH", help="A lever; those of the sweep if not said.")] = None,
    output: Annotated[Path | None, typer.Option(*OUT, help="Picture: PNG, SVG or PDF.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how each setting of the levers holds over what nobody knows: worst case, satisficing, regret, and the least enough."""
    from negsim.analysis.runs.robustness import least
    from negsim.edge.mattered import as_json as in_json
    from negsim.edge.mattered import opened, robustness_of
    from negsim.edge.pictures import check_target
    from negsim.edge.words.console import show_json
    from negsim.edge.words.mattered import show_robustness

    if output is not None:
        check_target(output)
    swept = opened(folder)
    named, found = robustness_of(swept, outcome, at_least, lever or [])
    if as_json:
        first = least(found)
        enough = None if first is None else first.levers
        show_json({"outcome": named, "at_least": at_least, "settings": in_json(found), "least": enough})
    else:
        show_robustness(swept.scenario, found, named, at_least)
    if output is not None:
        from negsim.edge.pictures import save
        from negsim.edge.subjects import subject_found
        from negsim.plots.levers import Held

        rows = swept.read(["failed"]).num_rows
        save("levers", subject_found(swept, Held(found, named, at_least), rows), output)
