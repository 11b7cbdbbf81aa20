"""`negsim schema`: the JSON Schema of a kind of file, or of what a command prints."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, app

FILES = ("scenario", "source", "experiment")


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="scenario|source|experiment|COMMAND", help="A kind of file, or a command with --json.")
    ],
    output: Annotated[Path | None, typer.Option(*OUT, help="File; printed if not said.")] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors that check TOML, or of what a command prints with --json."""
    from negsim.edge.files import InputError, near, schema_of, write_text
    from negsim.edge.words.console import say, say_as_it_is

    if kind not in FILES:
        from negsim.edge.replies import REPLIES

        if kind not in REPLIES:
            raise InputError(f"{kind}: no schema of that name{near(kind, (*FILES, *REPLIES))}")
    text = schema_of(kind)
    if output is None:
        say_as_it_is(text)
    else:
        write_text(output, text + "\n")
        say(f"written: {output}")
