"""`negsim list`: what there is, one line each."""

from typing import Annotated

import typer

from negsim.edge.app import app

KINDS = ("scenarios", "experiments", "strategies", "acceptances", "protocols", "mediators", "plots", "parameters", "columns")


@app.command("list")
def list_(kind: Annotated[str, typer.Argument(metavar=f"[{'|'.join(KINDS)}]")] = "") -> None:
    """List what there is, one line each."""
    from negsim.edge.files import InputError, near
    from negsim.edge.inventory import entries
    from negsim.edge.words.lists import show_lists

    if kind and kind not in KINDS:
        raise InputError(f"{kind}: nothing of that name to list{near(kind, KINDS)}")
    shown = [kind] if kind else [name for name in KINDS if name not in ("parameters", "columns")]  # those are many
    show_lists({name: entries(name) for name in shown})
