"""`negsim sweep`: an ensemble of runs."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from negsim.edge.app import (
    OUT,
    CodeOption,
    Engine,
    JsonOption,
    SetOption,
    WorkersOption,
    app,
    complete_path,
    complete_subject,
    processors,
)

Design = Literal["grid", "random", "lhs", "sobol", "halton", "morris", "saltelli", "explicit"]
AXIS = "PATH=A,B|LO:HI[:N]|LAW(...)"


@app.command()
def sweep(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|EXPERIMENT", help="Id of a bundled one, or a path to a .toml.", autocompletion=complete_subject
        ),
    ],
    out: Annotated[Path | None, typer.Option(*OUT, metavar="DIR", help="Folder for the results.")] = None,
    vary: Annotated[
        list[str] | None, typer.Option(metavar=AXIS, help="Vary an input, as theta=0:0.2:5.", autocompletion=complete_path)
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option(metavar=AXIS, help="The same of what somebody could choose.", autocompletion=complete_path),
    ] = None,
    constraint: Annotated[
        list[str] | None, typer.Option(metavar="PATH<=OTHER", help="Which points there are, as 'PATH <= 0.5 * OTHER'.")
    ] = None,
    design: Annotated[Design | None, typer.Option(help="How points lie; a grid if not said.", show_choices=True)] = None,
    points: Annotated[
        int | None, typer.Option(min=1, help="Of a sampled design; trajectories of Morris', base points of Saltelli's.")
    ] = None,
    points_file: Annotated[
        str | None, typer.Option(metavar="CSV|PARQUET", help="Points of an explicit design, a column an input.")
    ] = None,
    runs: Annotated[int | None, typer.Option(help="Runs a point.")] = None,
    until: Annotated[
        float | None, typer.Option(min=0.0001, max=0.9999, help="Double the runs until intervals of the outcome are so wide.")
    ] = None,
    most: Annotated[int | None, typer.Option(min=1, help="Runs a point at most, with --until (100,000).")] = None,
    outcome: Annotated[str, typer.Option(metavar="EXPR", help="What it is about, as agreed.ceasefire.")] = "",
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = None,
    common: Annotated[
        bool | None, typer.Option("--common/--own-draws", help="Whether all points have the same draws; so if not said.")
    ] = None,
    changes: SetOption = None,
    engine: Annotated[Engine, typer.Option(help="Which engine plays.")] = "batch",
    workers: WorkersOption = None,
    dask: Annotated[str, typer.Option(metavar="local|ADDRESS", help="Play on Dask's workers.")] = "",
    shard: Annotated[str, typer.Option(metavar="K/N", help="Play one part of N; `negsim merge` joins them.")] = "",
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
    sample: Annotated[
        int | None, typer.Option(min=1, help="Keep rows of one replicate in so many, and tallies of all (100 above 10^7 runs).")
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out ranges over assumptions and what decided it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and what it takes; then stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, though it is more than 10^7 runs.")] = False,
    as_json: JsonOption = False,
    code: CodeOption = True,
) -> None:
    """Run an ensemble; the same command again resumes it, a larger one extends it."""
    from negsim.edge.ensembles import Orders, run_ensemble, tell_ensemble
    from negsim.edge.estimate import ASKED, estimate
    from negsim.edge.experiments import Request
    from negsim.edge.files import InputError
    from negsim.edge.planning import DRAWN_KEPT, plan_sweep
    from negsim.edge.words.console import complain, say, show_json
    from negsim.edge.words.sizes import show_estimate
    from negsim.sweeps.shards import read_shard

    try:
        part = read_shard(shard) if shard else None
    except ValueError as error:
        raise InputError(f"--shard {error}") from None
    request = Request(
        vary, design or "", points, runs, seed, changes, lever, constraint, points_file, outcome, until, most, common
    )
    plan = plan_sweep(subject, request, engine, code=code, drawn=inputs, sample=sample)
    experiment = plan.experiment
    if part is not None and experiment.until:
        raise InputError("--shard: a shard cannot know when intervals are narrow; say --runs instead of until")
    total = len(plan.points) * (experiment.most if experiment.until else experiment.runs)
    hands = workers or processors()
    if total > ASKED and not yes and not dry_run and not sys.stdin.isatty():
        raise InputError(f"{total:,} runs are more than {ASKED:,}: look at --dry-run, then say --yes")
    if dry_run or (total > ASKED and not yes):
        found = estimate(plan, hands, part)
        if dry_run and as_json:
            show_json(found._asdict())
        else:
            show_estimate(found, plan)
        if dry_run:
            return
        typer.confirm("Go on?", abort=True)
    if out is None:
        raise InputError("--out DIR: say where the results go")
    if inputs is None and not plan.drawn:
        complain(f"over {DRAWN_KEPT:,} runs: rows go without what each was drawn to be; --inputs keeps that")
    orders = Orders(out, hands, time_limit, retry_failed, accept_code, dask, part)
    done = run_ensemble(plan, orders)
    told = tell_ensemble(plan, orders, done, brief=brief, code=code, as_json=as_json)
    if as_json:
        show_json(told)
    elif part is not None:
        say(f"shard {shard}: {done.rows:,} runs in {out}; negsim merge DIR... --out DIR joins the shards")
    else:
        say(f"{done.rows:,} runs in {out / 'results.parquet'}")
    if done.unplayed or done.failed == done.total:
        raise typer.Exit(1)
