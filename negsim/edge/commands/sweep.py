"""`negsim sweep`: an ensemble of runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from negsim.edge.app import CodeOption, SetOption, app, check_engine, processors

if TYPE_CHECKING:
    from negsim.analysis.runs.members import Make
    from negsim.analysis.runs.summary import Summary
    from negsim.sweeps.plan import Plan


@app.command()
def sweep(
    subject: Annotated[str, typer.Argument(metavar="SCENARIO|EXPERIMENT")],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    vary: Annotated[list[str] | None, typer.Option(metavar="PATH=A,B,C|PATH=LO:HI:N", help="Vary an input.")] = None,
    design: Annotated[str, typer.Option(help="grid or random.")] = "",
    points: Annotated[int | None, typer.Option(min=1, help="Points of a random design.")] = None,
    runs: Annotated[int | None, typer.Option(help="Runs a point.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = None,
    changes: SetOption = None,
    engine: Annotated[str, typer.Option(help="batch or mesa.")] = "batch",
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; all processors if not said.")] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.001, metavar="SECONDS", help="Give up on a chunk of runs after so long (600)."),
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Play runs again that failed.")] = False,
    accept_code: Annotated[bool, typer.Option("--accept-code", help="Go on with a sweep that another program began.")] = False,
    inputs: Annotated[
        bool | None,
        typer.Option("--inputs/--no-inputs", help="Whether rows hold what each run was drawn to be (so up to 20,000 runs)."),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out ranges over assumptions and what decided it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and stop.")] = False,
    code: CodeOption = True,
) -> None:
    """Run an ensemble; the same command again resumes it, a larger one extends it."""
    from negsim.edge.files import InputError
    from negsim.edge.planning import DRAWN_KEPT, Request, check_ensemble, plan_sweep, variants
    from negsim.edge.words.console import complain, last_error, progress, say
    from negsim.edge.words.decided import show_decided
    from negsim.edge.words.ensemble import show_arms, show_ensemble, show_points

    check_engine(engine)
    plan = plan_sweep(subject, Request(vary, design, points, runs, seed, changes), engine, code=code, drawn=inputs)
    total = len(plan.points) * plan.experiment.runs
    if dry_run:
        say(f"{len(plan.points)} points x {plan.experiment.runs} runs = {total} runs of {plan.experiment.scenario}")
        return
    telling = len(plan.points) == 1 and not brief and _can_tell(plan)
    make = variants(plan.experiment.scenario, plan.changes[0], code=code) if telling else None
    if make is not None:
        check_ensemble(make)
    if inputs is None and not plan.drawn:
        complain(f"over {DRAWN_KEPT:,} runs: rows go without what each was drawn to be; --inputs keeps that")
    from negsim.analysis.runs.arms import compare
    from negsim.analysis.runs.expression import check
    from negsim.sweeps.store import read_columns, read_results
    from negsim.sweeps.sweep import LIMIT_SECONDS, run_sweep

    if plan.experiment.arms:
        try:
            check(plan.experiment.outcome, plan.scenarios[0])
        except ValueError as error:
            raise InputError(f"{subject}: outcome: {error}") from None

    with progress("runs") as advance:
        done = run_sweep(
            plan,
            out,
            workers or processors(),
            advance,
            complain,
            limit_seconds=time_limit or LIMIT_SECONDS,
            retry_failed=retry_failed,
            accept_code=accept_code,
        )
    failed = len(done.failures) + len(done.unplayed)
    if done.failures:
        complain(f"{len(done.failures)} of {total} runs failed and are marked so; the first: {last_error(done.failures[0][2])}")
    if done.unplayed:
        complain(
            f"{len(done.unplayed)} of {total} runs have no result and are marked as failed ({done.unplayed[0]});"
            " the same command plays them again"
        )
    if failed < total:
        if len(plan.points) == 1:
            found = None if make is None else _summary(plan, make, workers or processors())
            show_ensemble(plan.scenarios[0], lambda names: read_columns(out, names), found)
            if found is not None:
                show_decided(plan.scenarios[0], found.decided)
        elif plan.experiment.arms:
            show_arms(plan.experiment, compare(read_results(out)[0], list(plan.experiment.arms), plan.experiment.outcome))
        else:
            shown = [
                "point",
                "replicate",
                *plan.experiment.vary,
                *(f"agreed.{track}" for track in plan.scenarios[0].tracks),
                "failed",
            ]
            show_points(plan.scenarios[0], read_results(out, shown)[0], list(plan.experiment.vary))
        say(f"{done.rows} runs in {out / 'results.parquet'}")
    if done.unplayed or failed == total:
        raise typer.Exit(1)


def _summary(plan: "Plan", make: "Make", workers: int) -> "Summary | None":
    """Play what the summary of a sweep of one point takes; without compiled rules it goes without."""
    from negsim.analysis.runs.summary import summarize
    from negsim.edge.words.console import complain, progress
    from negsim.engine.batch_engine import is_compiled
    from negsim.engine.compiler import CannotCompile

    if not is_compiled(plan.scenarios[0]):
        complain("all runs are kept; compiling what the summary is played with (a minute, once; Ctrl-C or --brief goes without)")
    try:
        with progress("combinations") as advance:
            return summarize(make, plan.experiment.seed, workers, advance)
    except (CannotCompile, ValueError) as reason:
        complain(f"{reason}; the summary goes without what is assumed")
        return None


def _can_tell(plan: "Plan") -> bool:
    """Tell whether what a summary takes can be played: by compiled rules."""
    from negsim.engine.batch_engine import compiles

    return compiles() and plan.engine == "batch"
