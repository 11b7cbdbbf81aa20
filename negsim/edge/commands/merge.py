"""`negsim merge`: the shards of a sweep in one."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, JsonOption, app


@app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of the shards.")],
    out: Annotated[Path, typer.Option(*OUT, metavar="DIR", help="Folder for the whole sweep.")],
    as_json: JsonOption = False,
) -> None:
    """Join the shards of a sweep, or say which runs are missing; the table is the same as if it had been played in one."""
    from negsim.edge.files import InputError
    from negsim.edge.words.console import complain, say, show_json
    from negsim.sweeps.shards import merge as joined

    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder")
    found = joined(folders, out)
    missing = sum(segment.runs for segment in found.missing)
    if as_json:
        show_json({"rows": found.rows, "missing": missing, "segments": [s._asdict() for s in found.missing], "folder": str(out)})
    elif missing:
        shown = [f"point {s.point}, replicates {s.first} to {s.first + s.runs - 1}" for s in found.missing[:5]]
        more = f", and {len(found.missing) - 5} stretches more" if len(found.missing) > 5 else ""
        complain(f"{missing:,} runs are missing: {'; '.join(shown)}{more}; play those shards, and merge again")
    else:
        say(f"{found.rows:,} runs in {out / 'results.parquet'}")
    if missing:
        raise typer.Exit(1)
