"""`negsim check`: what is wrong with a file."""

from typing import Annotated

import typer

from negsim.edge.app import app


@app.command()
def check(paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Scenarios, experiments, coded sources.")]) -> None:
    """Validate scenarios, experiments and coded sources; ids of bundled ones will do."""
    from negsim.edge.files import bundled_ids, find, kind_of
    from negsim.edge.planning import Request, load_checked, plan_sweep
    from negsim.edge.scenarios import load_source
    from negsim.edge.words.console import say

    for name in paths:
        kinds = [kind for kind in ("scenarios", "experiments", "seeds") if name in bundled_ids(kind)]
        path = find(name, kinds[0] if kinds else "scenarios")
        kind = kind_of(path)
        if kind == "source":
            source = load_source(path)
            say(f"{path}: a source of {len(source.statements)} statements, valid")
        elif kind == "experiment":
            plan = plan_sweep(str(path), Request(), "batch")
            say(f"{path}: an experiment of {len(plan.points)} points, valid")
        else:
            scenario = load_checked(str(path), None)
            used, kept = len(scenario.used()), len(scenario.statements)
            say(f"{path}: a scenario of {len(scenario.issues)} issues, {used} of {kept} statements in use, valid")
