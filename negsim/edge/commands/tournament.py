"""`negsim tournament`: every strategy against every other."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, CodeOption, JsonOption, SetOption, WorkersOption, app, processors


@app.command()
def tournament(
    domains: Annotated[list[str], typer.Argument(metavar="DOMAIN...", help="Scenarios of two parties, or folders of domains.")],
    out: Annotated[Path, typer.Option(*OUT, help="Folder for the table and the picture.")],
    strategies: Annotated[str, typer.Option(metavar="NAME,...", help="All that negsim brings if not said.")] = "",
    runs: Annotated[int, typer.Option(min=1, max=1_000_000, help="Runs of each pair on each domain.")] = 50,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    changes: SetOption = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    code: CodeOption = True,
) -> None:
    """Play every strategy against every other over some domains; a table and a picture."""
    import time

    from negsim.analysis.runs import tournament as play
    from negsim.core.registry import STRATEGIES
    from negsim.edge.files import InputError, near
    from negsim.edge.pictures import save_tournament
    from negsim.edge.planning import load_checked
    from negsim.edge.words.console import progress, say, show_json
    from negsim.edge.words.tournament import show_tournament
    from negsim.engine.compiler import CannotCompile

    scenarios = [load_checked(name, changes, code=code) for name in domains]
    names = [name.strip() for name in strategies.split(",")] if strategies else play.all_strategies()
    for name in names:
        if name not in STRATEGIES:
            raise InputError(f"--strategies {name}: no such strategy{near(name, STRATEGIES)}")
    began = time.monotonic()
    try:
        with progress("matches") as advance:
            matches = play.play(scenarios, names, runs, seed, workers or processors(), advance)
    except (ValueError, CannotCompile) as error:
        raise InputError(str(error)) from None
    save_tournament(matches, scenarios, out, seed=seed, runs=runs)
    if as_json:
        standings = [one._asdict() for one in play.standings(play.scores(matches))]
        show_json({"standings": standings, "matches": len(matches), "runs": runs, "folder": str(out)})
        return
    show_tournament(matches, len(scenarios), runs, time.monotonic() - began)
    say(f"written: {out / 'tournament.parquet'}, {out / 'tournament.png'}")
