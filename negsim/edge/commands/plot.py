"""`negsim plot`: a picture of a sweep, or of a scenario."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from negsim.edge.app import OUT, CodeOption, SetOption, WorkersOption, app, processors


@app.command()
def plot(
    subject: Annotated[str, typer.Argument(metavar="DIR|SCENARIO", help="Folder of a sweep, finished or not, or a scenario.")],
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="Which picture; see `negsim list plots`.")] = "shares",
    output: Annotated[Path | None, typer.Option(*OUT, help="File; PNG, SVG or PDF by its suffix.")] = None,
    point: Annotated[int | None, typer.Option(min=0, help="Which point of a sweep of several, counted from 0.")] = None,
    beside: Annotated[
        list[str] | None, typer.Option(metavar="DIR|SCENARIO", help="Another one to set beside, for 'shares'; any number.")
    ] = None,
    outcome: Annotated[
        str, typer.Option(metavar="EXPR", help="As option.ceasefire == full; that of the sweep if not said.")
    ] = "",
    replicate: Annotated[
        int | None, typer.Option("--run", min=0, max=2**31 - 1, help="Which run, for pictures of one; 0 if not said.")
    ] = None,
    deal: Annotated[str, typer.Option(metavar="DEAL", help="Which deal, for pictures of one; the busiest if not said.")] = "",
    width: Annotated[Literal["column", "page", "slide"], typer.Option(help="Of a journal's column, a page, a slide.")] = "slide",
    runs: Annotated[int | None, typer.Option(min=10, help="Runs of what has to be played; 1,000 if not said.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="Of what has to be played; 0 if not said.")] = None,
    at_least: Annotated[
        float | None, typer.Option(help="What is asked of the outcome, for 'levers'; a half if not said.")
    ] = None,
    changes: SetOption = None,
    workers: WorkersOption = None,
    code: CodeOption = True,
) -> None:
    """Draw a picture; its title says what was found. What a scenario takes is played first."""
    from negsim.edge.files import InputError
    from negsim.edge.pictures import check_target, kind_of, save
    from negsim.edge.subjects import Wanted, check_played, is_sweep, set_beside, subject_of, takers
    from negsim.edge.words.console import say
    from negsim.engine.compiler import CannotCompile
    from negsim.sweeps.disk import StoreError

    chosen = kind_of(kind)
    target = output or (Path(subject) / f"{kind}.png" if is_sweep(subject) else Path(f"{Path(subject).stem}-{kind}.png"))
    check_target(target)
    wanted = Wanted(point, outcome, deal, replicate, runs, seed, changes or [], at_least, workers or processors(), code)
    if beside and "beside" not in chosen.takes:
        raise InputError(f"--beside: goes with {takers('beside')}, not with '{kind}'")
    names = [subject, *(beside or [])]
    check_played(names, chosen, wanted)
    try:
        orders = [wanted, *[wanted._replace(changes=[], point=None) for _ in names[1:]]]
        found = [(name, subject_of(name, chosen, order)) for name, order in zip(names, orders)]
        save(kind, set_beside(found) if beside else found[0][1], target, width)
    except StoreError:
        raise
    except CannotCompile as reason:
        raise InputError(f"{reason}; this picture takes what compiles") from None
    except (ValueError, ModuleNotFoundError) as error:
        raise InputError(f"{subject}: {error}") from None
    say(f"drawn: {target}")
