"""`negsim check`: what is wrong with a file."""

from typing import Annotated

import typer

from negsim.edge.app import CodeOption, JsonOption, app


@app.command()
def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Scenarios, experiments, coded sources.")],
    code: CodeOption = False,
    as_json: JsonOption = False,
) -> None:
    """Validate scenarios, experiments and coded sources; ids of bundled ones will do. All faults of a file are listed.

    Of a valid scenario it notes what does nothing or rests on nobody's words.
    """
    from negsim.edge.files import InputError
    from negsim.edge.words.console import complain, say, show_json

    files, faults = [], 0
    for name in paths:
        try:
            text = _found(name, code=code)
            files.append({"path": name, "valid": True, "lines": text.splitlines()})
            if not as_json:
                say(text)
        except InputError as error:
            faults += 1
            lines = [" ".join(text.split()) for text in error.all]
            files.append({"path": name, "valid": False, "lines": lines})
            for line in lines if not as_json else ():
                complain(line)
    if as_json:
        show_json({"files": files})
    if faults:
        raise typer.Exit(2)


def _found(name: str, *, code: bool) -> str:
    """Return what a file holds, in words; it is valid.

    Raises
    ------
    InputError
        If it is not.
    """
    from negsim.domain.loose_ends import loose_ends
    from negsim.edge.experiments import Request
    from negsim.edge.files import bundled_ids, find, kind_of
    from negsim.edge.planning import check_ensemble, check_rules, plan_sweep, variants
    from negsim.edge.scenarios import load_scenario, load_source
    from negsim.edge.words.console import noted

    kinds = [kind for kind in ("scenarios", "experiments", "seeds") if name in bundled_ids(kind)]
    path = find(name, kinds[0] if kinds else "scenarios")
    kind = kind_of(path)
    if kind == "source":
        return f"{path}: a source of {len(load_source(path).statements)} statements, valid"
    if kind == "experiment":
        plan = plan_sweep(str(path), Request(), "batch", code=code)
        return f"{path}: an experiment of {len(plan.points)} points, valid"
    scenario = load_scenario(str(path), code=code)
    apart = ""
    if scenario.plugins and not code:
        apart = "; its plug-ins were not run, so rules were not looked up (--code runs them)"
    else:
        check_rules(scenario, path)
        check_ensemble(variants(str(path), None, code=code))
    used = len({key for stage in range(scenario.stage_count()) for key in scenario.used(stage)})
    kept = len(scenario.statements)
    notes = "".join(f"\n{line}" for end in loose_ends(scenario) for line in noted(end))
    return f"{path}: a scenario of {len(scenario.issues)} issues, {used} of {kept} statements in use, valid{apart}{notes}"
