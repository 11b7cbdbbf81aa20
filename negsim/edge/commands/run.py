"""`negsim run`: one run."""

from typing import TYPE_CHECKING, Annotated

import typer

from negsim.edge.app import CodeOption, Engine, JsonOption, ScenarioArg, SetOption, app

if TYPE_CHECKING:
    from negsim.domain.scenario import Scenario


@app.command()
def run(
    scenario: ScenarioArg,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    replicate: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Number of the run under that seed.")] = 0,
    changes: SetOption = None,
    engine: Annotated[Engine, typer.Option(help="Which engine plays.")] = "mesa",
    trace: Annotated[bool, typer.Option("--trace", help="Add every offer to the JSON.")] = False,
    as_json: JsonOption = False,
    among: Annotated[int, typer.Option(min=0, max=10000, help="Runs of the seed that it is set beside; 0: none.")] = 40,
    code: CodeOption = True,
) -> None:
    """Play one run: the talks turn by turn, and what was and was not agreed."""
    from negsim.edge.files import InputError
    from negsim.edge.planning import load_checked
    from negsim.edge.words.console import complain, last_error, show_json
    from negsim.edge.words.record import show_among, show_record
    from negsim.engine.interruptible import interruptible
    from negsim.engine.outcome import record_of

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
        show_among(chosen, _agreed(chosen, seed, among))


def _agreed(scenario: "Scenario", seed: int, runs: int) -> dict[str, list[bool]]:
    """Return which of the first runs of a seed agree on each track; runs that fail are left out.

    Where all utility is stated outright there are no readings to be drawn, and nothing is played.
    """
    from negsim.engine.interruptible import interruptible
    from negsim.engine.mesa_engine import play_mesa

    if runs == 0 or all(side.utility is not None for side in scenario.parties.values()):
        return {}
    results, _ = interruptible(play_mesa, scenario, seed, 0, runs)
    agreed = results.tracks["agreed"][~results.failed]
    return {key: [bool(flag) for flag in agreed[:, t]] for t, key in enumerate(scenario.tracks)}
