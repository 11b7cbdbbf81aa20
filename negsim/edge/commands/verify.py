"""`negsim verify`: whether a sweep still holds what was played."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import JsonOption, OfSweepOption, app


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    runs: Annotated[int, typer.Option(min=0, help="Runs to play again in the other engine.")] = 20,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of the draw of those runs.")] = 0,
    scenario: OfSweepOption = "",
    as_json: JsonOption = False,
) -> None:
    """Check a sweep: checksums, labels, and runs played again in the other engine; prints one hash that a paper can cite."""
    from negsim.edge.planning import played_scenarios
    from negsim.edge.words.console import complain, say, show_json
    from negsim.sweeps.reading import read_manifest
    from negsim.sweeps.verify import verify as verified

    manifest = read_manifest(folder)
    scenarios = played_scenarios(folder, manifest, scenario) if runs else []
    found = verified(folder, manifest, scenarios, runs, seed)
    if as_json:
        show_json({**found._asdict(), "programs": manifest["programs"]})
    else:
        say(f"{found.parts} parts, {found.rows} rows: {'damaged' if found.faults else 'whole, labelled as they should be'}")
        if not runs:
            say("no run was played again")
        elif not scenarios:
            say("no run was played again: it was played with plug-ins; name its scenario with --scenario")
        else:
            say(f"{found.replayed} runs were played again in the other engine{'' if found.faults else ', to the last bit'}")
        say(f"root {found.root}")
    for fault in found.faults:
        complain(fault)
    if found.faults:
        raise typer.Exit(1)
