"""`negsim explain`: what is pivotal."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, CodeOption, JsonOption, SetOption, WorkersOption, app, processors


@app.command()
def explain(
    subject: Annotated[str, typer.Argument(metavar="SCENARIO|DIR", help="A scenario, or the folder of a sweep of one point.")],
    outcome: Annotated[
        list[str] | None, typer.Option(metavar="EXPR", help="As agreed.ceasefire; all tracks if not said.")
    ] = None,
    runs: Annotated[int, typer.Option(min=10, help="Runs of each variant.")] = 1000,
    pairs: Annotated[int, typer.Option(min=50, help="Pairs of runs for what decided it.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    changes: SetOption = None,
    output: Annotated[Path | None, typer.Option(*OUT, help="Tornado picture: PNG, SVG or PDF.")] = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    code: CodeOption = True,
) -> None:
    """Say what is pivotal, how far outcomes hang on what is assumed, and which draws decided them.

    Pivotal is a statement or parameter that, moved so far, makes an outcome likely that was not.
    """
    from negsim.analysis.runs.expression import check
    from negsim.analysis.runs.pivots import as_json as in_json
    from negsim.analysis.runs.pivots import pivots
    from negsim.analysis.runs.summary import certainty, explained
    from negsim.edge.files import InputError
    from negsim.edge.pictures import check_target, save
    from negsim.edge.planning import check_ensemble, variants
    from negsim.edge.words.console import progress, say, show_json
    from negsim.edge.words.decided import show_assumed, show_decided
    from negsim.edge.words.pivots import show_pivots
    from negsim.engine.compiler import CannotCompile
    from negsim.plots import Subject

    make = variants(subject, changes, code=code)
    chosen = make(())
    check_ensemble(make)
    asked = outcome or [f"{what}.{track}" for track in chosen.tracks for what in ("zone", "agreed")]
    if output is not None:
        check_target(output)
    if output is not None and len(asked) > 1:
        raise InputError(f"{output}: a tornado is of one outcome; name it with --outcome agreed.{next(iter(chosen.tracks))}")
    for text in asked:
        try:
            check(text, chosen)
        except ValueError as error:
            raise InputError(f"--outcome {error}") from None
    try:
        with progress("combinations") as advance:
            decided, assumed = explained(make, asked, runs, pairs, seed, workers or processors(), advance)
        with progress("variants") as advance:
            found = pivots(make, asked, runs, seed, workers or processors(), advance)
    except CannotCompile as reason:
        raise InputError(f"{reason}; what explains must compile") from None
    if as_json:
        show_json({**in_json(found, chosen, runs, seed), **certainty(decided, assumed, chosen, pairs)})
    else:
        show_pivots(found, chosen, runs)
        show_assumed(chosen, assumed)
        show_decided(chosen, decided)
    if output is not None:
        save("tornado", Subject(chosen, seed, runs=runs, found=found[0]), output)
        if not as_json:
            say(f"drawn: {output}")
