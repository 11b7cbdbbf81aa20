"""`negsim discover`: under which inputs an outcome comes about."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, JsonOption, app


@app.command()
def discover(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep; best with what runs were drawn to be.")],
    outcome: Annotated[
        str, typer.Option(metavar="EXPR", help="As option.ceasefire != none; that of the sweep if not said.")
    ] = "",
    boxes: Annotated[int, typer.Option(min=1, max=10, help="Boxes that PRIM looks for.")] = 2,
    output: Annotated[Path | None, typer.Option(*OUT, help="Picture of PRIM's boxes: PNG, SVG or PDF.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say under which inputs an outcome comes about: boxes of PRIM and CART, in words, with paragraphs."""
    from negsim.edge.mattered import as_json as in_json
    from negsim.edge.mattered import discovery_of, opened
    from negsim.edge.pictures import check_target
    from negsim.edge.words.console import show_json
    from negsim.edge.words.mattered import show_discovery

    if output is not None:
        check_target(output)
    swept = opened(folder)
    found = discovery_of(swept, outcome, boxes)
    if as_json:
        show_json({**in_json(found), "scores": dict(found.scores)})
    else:
        show_discovery(swept.scenario, found)
    if output is not None:
        from negsim.edge.pictures import save
        from negsim.edge.subjects import subject_found

        save("boxes", subject_found(swept, found, found.runs), output)
