"""`negsim report`: a briefing in one file."""

from pathlib import Path
from typing import Annotated

import typer

from negsim.edge.app import OUT, CodeOption, SetOption, WorkersOption, app, processors


@app.command()
def report(
    subject: Annotated[str, typer.Argument(metavar="DIR|SCENARIO", help="Folder of a sweep, finished or not, or a scenario.")],
    output: Annotated[Path | None, typer.Option(*OUT, help="HTML file; it holds all that it shows.")] = None,
    draft: Annotated[
        str | None,
        typer.Option(
            metavar="ISSUE=OPTION,...|agreed", help="A draft agreement: who cannot live with it, and what would open it."
        ),
    ] = None,
    point: Annotated[int | None, typer.Option(min=0, help="Which point of a sweep of several, counted from 0.")] = None,
    runs: Annotated[int, typer.Option(min=10, help="Runs of a scenario, and of each variant.")] = 1000,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Key of every draw, for a scenario; 0 if not said.")
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out what would have to be played beside the runs.")] = False,
    changes: SetOption = None,
    workers: WorkersOption = None,
    code: CodeOption = True,
) -> None:
    """Write a briefing: what could be agreed, who blocks, what would open it, what comes about, how sure, in one file."""
    from negsim.edge.files import InputError, check_writable, write_text
    from negsim.edge.reports.gathered import Order, gather
    from negsim.edge.reports.page import page
    from negsim.edge.subjects import is_sweep
    from negsim.edge.words.console import say

    target = output or (Path(subject) / "report.html" if is_sweep(subject) else Path(f"{Path(subject).stem}.html"))
    if target.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"{target}: a report is a page; name a .html")
    if draft == "":
        raise InputError("--draft: is empty; write issue=option,issue=option")
    check_writable(target)
    order = Order(draft or "", point, runs, seed, tuple(changes or ()), workers or processors(), brief, code)
    write_text(target, page(gather(subject, order)))
    say(f"written: {target} ({target.stat().st_size / 1e6:.1f} MB)")
