"""`negsim validate`: what an expert would check first, and scores of what came about."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import JsonOption, app


@app.command()
def validate(
    cases: Annotated[list[str] | None, typer.Argument(metavar="[CASE...]", help="Scenarios; all bundled ones if none.")] = None,
    runs: Annotated[int, typer.Option(min=50, help="Runs of each variant of a case.")] = 2000,
    only: Annotated[str, typer.Option(help="Statements whose id holds this text; no scores.")] = "",
    page: Annotated[Path | None, typer.Option(help="Write the page (Markdown) as well.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check what an expert would check first, and score rounds whose outcome is known.

    Takes minutes. Exit code 1 if a statement fails.
    """
    import negsim
    from negsim.analysis.runs.scores import as_json as in_json
    from negsim.analysis.runs.scores import pooled
    from negsim.edge.files import InputError, write_text
    from negsim.edge.planning import load_checked
    from negsim.edge.scoring import rounds_of
    from negsim.edge.words.console import complain, progress, say, show_json
    from negsim.edge.words.validity import page as page_of
    from negsim.edge.words.validity import show_rounds, show_verdict
    from negsim.engine.batch_engine import compiles
    from negsim.validity.cases import SEED
    from negsim.validity.judging import coded_cases, judge, statements

    for name in cases or []:
        load_checked(name, None)
    keys = [key for key in statements() if only in key]
    if not keys:
        raise InputError(f"--only {only}: no statement has that in its id")
    if page is not None:
        write_text(page, page.read_text(encoding="utf-8") if page.exists() else "")  # found out before anything is played
    if not compiles():
        complain("rules are not compiled here: this takes hours")
    verdicts = []
    with progress("statements") as advance:
        for done, key in enumerate(keys, start=1):
            verdicts.append(judge(key, runs, cases))
            if not as_json:
                show_verdict(verdicts[-1])
            advance(done, len(keys))
    rounds = [] if only else rounds_of(cases or coded_cases(), runs, SEED)
    over = pooled([found for _, found in rounds])
    held = sum(one.holds for one in verdicts)
    if as_json:
        told = [one._asdict() for one in verdicts], [one._asdict() for one in over]
        scored = {scenario.id: in_json(found) for scenario, found in rounds}
        show_json({"statements": told[0], "scores": scored, "pooled": told[1]})
    else:
        if rounds:
            show_rounds(rounds, over)
        say(f"\n{held} of {len(verdicts)} statements hold")
    if page is not None:
        write_text(page, page_of(verdicts, rounds, over, {"runs": runs, "seed": SEED}, negsim.__version__))
        complain(f"written: {page}")
    if held < len(verdicts):
        raise typer.Exit(1)
