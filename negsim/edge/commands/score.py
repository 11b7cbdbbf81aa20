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
    """Score a sweep against what was agreed (Brier, per issue), beside null models."""
    from negsim.analysis.runs.ensembles import played
    from negsim.analysis.runs.scores import brier
    from negsim.domain.scenario import Scenario
    from negsim.edge.files import InputError
    from negsim.edge.words.console import show_json
    from negsim.edge.words.ensemble import show_scores
    from negsim.sweep.store import read_results

    table, manifest = read_results(folder)
    chosen = Scenario.model_validate(manifest["scenario"])
    if manifest["points"] != 1:
        raise InputError(f"{folder}: holds {manifest['points']} points; a score is of one")
    if len(chosen.talks.sessions) > 1:
        raise InputError(
            f"{folder}: '{chosen.id}' runs over {len(chosen.talks.sessions)} sessions; what was agreed is known of one"
        )
    found = brier(played(table), chosen)
    if not found:
        raise InputError(f"{folder}: no source of '{chosen.id}' says what was agreed; code it as stance = \"outcome\"")
    if as_json:
        show_json([entry._asdict() for entry in found])
    else:
        show_scores(chosen, found)
