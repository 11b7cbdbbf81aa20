"""`negsim score`: a sweep against what was agreed."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import JsonOption, app


@app.command()
def score(
    subject: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="Folder of a sweep of one point, or a sealed forecast.")],
    against: Annotated[
        str, typer.Option(metavar="SCENARIO", help="For a forecast: whose sources say what came about; else the bundled one.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Score a sweep against what came about, option by option, beside models that know nothing."""
    from negsim.analysis.runs.scores import as_json as in_json
    from negsim.edge.files import InputError
    from negsim.edge.scoring import scored
    from negsim.edge.words.console import show_json
    from negsim.edge.words.scores import show_scores

    if against and not subject.is_file():
        raise InputError(f"--against {against}: goes with a sealed forecast, and {subject} is none")
    if subject.is_file():
        from negsim.edge.forecasts import scored_forecast

        chosen, found = scored_forecast(subject, against)
    else:
        chosen, found = scored(subject)
    if as_json:
        show_json(in_json(found))
    else:
        show_scores(chosen, found)
