"""`negsim forecast`: what an ensemble says of a round, sealed before it is known."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, CodeOption, JsonOption, ScenarioArg, SetOption, WorkersOption, app, processors


@app.command()
def forecast(
    scenario: ScenarioArg,
    out: Annotated[Path, typer.Option(*OUT, help="File for the forecast.")],
    runs: Annotated[int, typer.Option(min=100, help="Runs.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    changes: SetOption = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    code: CodeOption = True,
) -> None:
    """Seal a forecast: shares, ranges over what is assumed, nulls, digests, date. `negsim score FILE` scores it later."""
    from negsim.edge.files import InputError, write_text
    from negsim.edge.forecasts import forecast_of, write_forecast
    from negsim.edge.planning import check_ensemble, variants
    from negsim.edge.words.console import complain, say, show_json, waiting
    from negsim.engine.compiler import CannotCompile

    if out.exists():
        raise InputError(f"{out}: is there already; a forecast is not written over, choose another --out")
    make = variants(scenario, changes, code=code)
    check_ensemble(make)
    write_text(out, "")  # what cannot be written is found out before anything is played
    out.unlink()
    try:
        with waiting("playing what the forecast rests on"):
            content = forecast_of(make, runs, seed, workers or processors())
    except CannotCompile as reason:
        raise InputError(f"{reason}; what is forecast must compile") from None
    checksum = write_forecast(content, out)
    if content["outcomes_known"]:
        complain(f"the sources already say how it ended ({', '.join(content['outcomes_known'])}): it is no forecast of that")
    if as_json:
        show_json({**content, "checksum": checksum})
        return
    say(f"sealed on {content['sealed_on']}: {out}")
    say(f"checksum {checksum}: publish it, and anyone can tell later that nothing was changed")
