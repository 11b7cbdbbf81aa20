"""`negsim replay`: one run of a sweep again."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import JsonOption, OfSweepOption, app


@app.command()
def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    run: Annotated[int, typer.Argument(metavar="RUN", min=0, help="Number of the run, as in the table.")],
    trace: Annotated[bool, typer.Option("--trace", help="Add every offer to the JSON.")] = False,
    scenario: OfSweepOption = "",
    as_json: JsonOption = False,
) -> None:
    """Play one run of a sweep again, bit for bit, with its transcript; says whether it is the run in the table."""
    from negsim.edge.files import InputError
    from negsim.edge.planning import played_scenarios
    from negsim.edge.words.console import complain, last_error, say, show_json
    from negsim.edge.words.record import show_record
    from negsim.engine.interruptible import interruptible
    from negsim.engine.mesa_engine import play_mesa
    from negsim.engine.outcome import record_of
    from negsim.sweeps.design import Experiment
    from negsim.sweeps.plan import seed_of
    from negsim.sweeps.reading import read_manifest
    from negsim.sweeps.verify import differing, row_of

    manifest = read_manifest(folder)
    total = manifest["points"] * manifest["runs"]
    if run >= total:
        raise InputError(f"run {run}: the sweep has {total:,} runs, counted from 0")
    scenarios = played_scenarios(folder, manifest, scenario)
    if not scenarios:
        raise InputError(f"{folder}: was played with plug-ins; name its scenario with --scenario")
    point, replicate = divmod(run, manifest["runs"])
    chosen, row = scenarios[point], row_of(folder, run)
    seed = seed_of(Experiment.model_validate(manifest["experiment"]), manifest["keys"][point])
    results, errors = interruptible(play_mesa, chosen, seed, replicate, 1, traced=True)
    if results.failed[0]:
        complain(last_error(errors[replicate]))
        raise typer.Exit(1)
    record = record_of(chosen, results, 0, seed=seed, replicate=replicate, engine="mesa")
    if as_json:
        show_json({**record.as_json(offers=trace), "run": run, "point": point, "in_table": row is not None})
    else:
        show_record(chosen, record)
        inputs = ", ".join(f"{key}={value}" for key, value in _point(manifest, point).items())
        say(f"run {run}: point {point}{f' ({inputs})' if inputs else ''}, replicate {replicate}")
    if row is None:
        complain("the table holds a sample, and this run is not in it: nothing to compare it with")
        return
    differ = differing(chosen, manifest, row, "mesa")
    if differ:
        complain(f"run {run}: {', '.join(differ[:5])} differ from the table: another version of the code, or of Python?")
        raise typer.Exit(1)
    if not as_json:
        say("it is the run in the table, to the last bit")


def _point(manifest: dict[str, object], point: int) -> dict[str, str]:
    changes = manifest["changes"]
    assert isinstance(changes, list)
    return dict(str(change).split("=", 1) for change in changes[point])
