"""`negsim schema`: the JSON Schema of a kind of file."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, app


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(metavar="scenario|source|experiment")],
    output: Annotated[Path | None, typer.Option(*OUT, help="File; printed if not said.")] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors that complete and check TOML."""
    from negsim.edge.files import InputError, near, schema_of, write_text
    from negsim.edge.words.console import say, say_as_it_is

    if kind not in ("scenario", "source", "experiment"):
        raise InputError(f"{kind}: no schema of that name{near(kind, ('scenario', 'source', 'experiment'))}")
    text = schema_of(kind)
    if output is None:
        say_as_it_is(text)
    else:
        write_text(output, text + "\n")
        say(f"written: {output}")
