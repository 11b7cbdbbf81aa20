"""`negsim sensitivity`: which inputs matter."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, JsonOption, app


@app.command()
def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep with --design saltelli or morris.")],
    outcome: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="As agreed.ceasefire or gain.ukraine; that of the sweep if not said.")
    ] = None,
    output: Annotated[Path | None, typer.Option(*OUT, help="Picture of one outcome: PNG, SVG or PDF.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say which varied inputs an outcome hangs on, with intervals, and how much of it is the noise of replicates."""
    from negsim.edge.mattered import as_json as in_json
    from negsim.edge.mattered import opened, sensitivity_of
    from negsim.edge.pictures import check_target
    from negsim.edge.words.console import show_json
    from negsim.edge.words.mattered import show_sensitivity

    if output is not None:
        check_target(output)
    swept = opened(folder)
    found = sensitivity_of(swept, outcome)
    if as_json:
        show_json({"outcomes": in_json(found)})
    else:
        show_sensitivity(swept.scenario, found)
    if output is not None:
        from negsim.edge.pictures import save
        from negsim.edge.subjects import subject_found

        save("indices", subject_found(swept, found[0], found[0].points * found[0].runs), output)
