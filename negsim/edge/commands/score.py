"""`negsim score`: a sweep against what was agreed."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import app


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep of one point.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score a sweep against what came about, option by option, beside models that know nothing."""
    from negsim.analysis.runs.scores import as_json as in_json
    from negsim.edge.scoring import scored
    from negsim.edge.words.console import show_json
    from negsim.edge.words.scores import show_scores

    chosen, found = scored(folder)
    if as_json:
        show_json(in_json(found))
    else:
        show_scores(chosen, found)
