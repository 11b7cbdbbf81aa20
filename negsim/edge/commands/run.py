"""`negsim run`: one run."""

from typing import Annotated

import typer

from negsim.edge.app import CodeOption, ScenarioArg, SetOption, app, check_engine


@app.command()
def run(
    scenario: ScenarioArg,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    replicate: Annotated[int, typer.Option(min=0, help="Number of the run under that seed.")] = 0,
    changes: SetOption = None,
    engine: Annotated[str, typer.Option(help="mesa or batch.")] = "mesa",
    trace: Annotated[bool, typer.Option("--trace", help="Add every offer to the JSON.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a transcript.")] = False,
    code: CodeOption = True,
) -> None:
    """Play one run: the talks turn by turn, and what was and was not agreed."""
    from negsim.edge.files import InputError
    from negsim.edge.planning import load_checked
    from negsim.edge.words.console import complain, last_error, show_json
    from negsim.edge.words.record import show_record
    from negsim.engine.interruptible import interruptible
    from negsim.engine.outcome import record_of

    check_engine(engine)
    chosen = load_checked(scenario, changes, code=code)
    if engine == "mesa":
        from negsim.engine.mesa_engine import play_mesa

        results, errors = interruptible(play_mesa, chosen, seed, replicate, 1, traced=True)
    else:
        from negsim.engine.batch_engine import play_batch
        from negsim.engine.compiler import CannotCompile

        try:
            results, errors = interruptible(play_batch, chosen, seed, replicate, 1, traced=True), {}
        except CannotCompile as reason:
            raise InputError(f"{reason}; play it with --engine mesa") from None
    if results.failed[0]:
        complain(last_error(errors.get(replicate, "the run failed; play it with --engine mesa to see why")))
        raise typer.Exit(1)
    record = record_of(chosen, results, 0, seed=seed, replicate=replicate, engine=engine)
    if as_json:
        show_json(record.as_json(offers=trace))
    else:
        show_record(chosen, record)
