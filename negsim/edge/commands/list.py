"""`negsim list`: what there is, one line each."""

from typing import Annotated, Literal

import typer

from negsim.edge.app import JsonOption, app

Kind = Literal[
    "scenarios", "experiments", "strategies", "acceptances", "protocols", "mediators", "plots", "parameters", "columns"
]
LONG = ("parameters", "columns")  # too many to be shown unasked


@app.command("list")
def list_(
    kind: Annotated[Kind | None, typer.Argument(help="What of; all but parameters and columns if not said.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List what there is, one line each."""
    from typing import get_args

    from negsim.edge.inventory import entries
    from negsim.edge.words.console import show_json
    from negsim.edge.words.lists import show_lists

    shown = [kind] if kind else [name for name in get_args(Kind) if name not in LONG]
    found = {name: entries(name) for name in shown}
    if as_json:
        told = {name: [{"name": key, "summary": text} for key, text in lines] for name, lines in found.items()}
        show_json({"lists": told})
    else:
        show_lists(found)
