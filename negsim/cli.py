"""The command line. Imports late: help is quick, and a single run needs no Numba."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="negsim",
    help="Negotiation simulation: who can agree on what, who blocks, and what happens over repeated rounds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ScenarioArg = Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of a bundled scenario, or a path to a .toml.")]
SetOption = Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a value of the scenario.")]
KINDS = ("scenarios", "experiments", "strategies", "acceptances", "protocols", "mediators", "plots")


@app.command("list")
def list_(kind: Annotated[str, typer.Argument(metavar=f"[{'|'.join(KINDS)}]")] = "") -> None:
    """List what there is, one line each."""
    from negsim import terminal
    from negsim.files import InputError, near
    from negsim.inventory import entries

    if kind and kind not in KINDS:
        raise InputError(f"{kind}: nothing of that name to list{near(kind, KINDS)}")
    terminal.show_lists({name: entries(name) for name in KINDS if kind in ("", name)})


@app.command()
def run(
    scenario: ScenarioArg,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Key of every draw.")] = 0,
    replicate: Annotated[int, typer.Option(min=0, help="Number of the run under that seed.")] = 0,
    changes: SetOption = None,
    engine: Annotated[str, typer.Option(help="mesa or batch.")] = "mesa",
    trace: Annotated[bool, typer.Option("--trace", help="Add every offer to the JSON.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a transcript.")] = False,
) -> None:
    """Play one run: the talks turn by turn, and what was and was not agreed."""
    import json

    from negsim import terminal
    from negsim.engine.outcome import record_of
    from negsim.files import InputError
    from negsim.planning import load_checked

    _engine(engine)
    chosen = load_checked(scenario, changes)
    if engine == "mesa":
        from negsim.engine.mesa_engine import play_mesa

        results, errors = play_mesa(chosen, seed, replicate, 1, traced=True)
    else:
        from negsim.engine.batch_engine import play_batch
        from negsim.engine.compiler import CannotCompile

        try:
            results, errors = play_batch(chosen, seed, replicate, 1, traced=True), {}
        except CannotCompile as reason:
            raise InputError(f"{reason}; play it with --engine mesa") from None
    if results.failed[0]:
        terminal.complain(terminal.last_error(errors.get(replicate, "the run failed; play it with --engine mesa to see why")))
        raise typer.Exit(1)
    record = record_of(chosen, results, 0, seed=seed, replicate=replicate, engine=engine)
    if as_json:
        terminal.show_json(json.dumps(record.as_json(offers=trace), indent=1, ensure_ascii=False))
    else:
        terminal.show_record(chosen, record)


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
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and stop.")] = False,
) -> None:
    """Run an ensemble; the same command again resumes it, a larger one extends it."""
    from negsim import terminal
    from negsim.files import InputError
    from negsim.planning import Request, plan_sweep

    _engine(engine)
    plan = plan_sweep(subject, Request(vary, design, points, runs, seed, changes), engine)
    total = len(plan.points) * plan.experiment.runs
    if dry_run:
        terminal.say(f"{len(plan.points)} points x {plan.experiment.runs} runs = {total} runs of {plan.experiment.scenario}")
        return
    from negsim.analysis.arms import compare
    from negsim.analysis.ensembles import played
    from negsim.analysis.expression import check
    from negsim.sweep.sweep import run_sweep

    if plan.experiment.arms:
        try:
            check(plan.experiment.outcome, plan.scenarios[0])
        except ValueError as error:
            raise InputError(f"{subject}: outcome: {error}") from None

    count = workers or processors()
    with terminal.progress("runs") as advance:
        store, table = run_sweep(plan, out, count, advance, terminal.complain)
    failures = store.failures()
    if failures:
        terminal.complain(
            f"{len(failures)} of {total} runs failed and are marked so; the first: {terminal.last_error(failures[0][2])}"
        )
    if len(failures) == total:
        raise typer.Exit(1)
    if len(plan.points) == 1:
        terminal.show_ensemble(plan.scenarios[0], played(table))
    elif plan.experiment.arms:
        terminal.show_arms(plan.experiment, compare(table, list(plan.experiment.arms), plan.experiment.outcome))
    terminal.say(f"{table.num_rows} runs in {out / 'results.parquet'}")


@app.command()
def plot(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="Which picture; see `negsim list plots`.")] = "shares",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File; PNG, SVG or PDF by its suffix.")] = None,
    point: Annotated[int | None, typer.Option(min=0, help="Which point of a sweep of several, counted from 0.")] = None,
) -> None:
    """Draw a picture of a sweep; of one point of it, unless the picture is over the varied input."""
    from negsim import plots, terminal
    from negsim.analysis.ensembles import played
    from negsim.domain.scenario import Scenario
    from negsim.files import InputError, build_scenario, near
    from negsim.pictures import save_plot
    from negsim.sweep.store import read_results

    plots.discover()
    if kind not in plots.PLOTS:
        raise InputError(f"{kind}: no such plot{near(kind, plots.PLOTS)}")
    target = output or folder / f"{kind}.png"
    if target.suffix.lower() not in (".png", ".svg", ".pdf"):
        raise InputError(f"{target}: cannot draw '{target.suffix}'; name a .png, .svg or .pdf")
    table, manifest = read_results(folder)
    if manifest["points"] > 1 and point is None and not plots.PLOTS[kind].over_points:
        raise InputError(f"{folder}: holds {manifest['points']} points; name one with --point 0 and so on, or draw 'response'")
    if point is not None and point >= manifest["points"]:
        raise InputError(f"--point {point}: the sweep has {manifest['points']} points, counted from 0")
    scenario = Scenario.model_validate(manifest["scenario"])
    if point is not None:
        table = table.slice(point * manifest["runs"], manifest["runs"])
        scenario = build_scenario(manifest["scenario"], folder / "manifest.json", manifest["changes"][point])
    try:
        save_plot(kind, played(table), scenario, target, seed=manifest["seed"], experiment=manifest["experiment"])
    except ValueError as error:
        raise InputError(f"{folder}: {error}") from None
    terminal.say(f"drawn: {target}")


@app.command()
def check(paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Scenarios, experiments, coded sources.")]) -> None:
    """Validate scenarios, experiments and coded sources; ids of bundled ones will do."""
    from negsim import terminal
    from negsim.files import bundled_ids, find, kind_of, load_source
    from negsim.planning import Request, load_checked, plan_sweep

    for name in paths:
        kinds = [kind for kind in ("scenarios", "experiments", "seeds") if name in bundled_ids(kind)]
        path = find(name, kinds[0] if kinds else "scenarios")
        kind = kind_of(path)
        if kind == "source":
            source = load_source(path)
            terminal.say(f"{path}: a source of {len(source.statements)} statements, valid")
        elif kind == "experiment":
            plan = plan_sweep(str(path), Request(), "batch")
            terminal.say(f"{path}: an experiment of {len(plan.points)} points, valid")
        else:
            scenario = load_checked(str(path), None)
            used, kept = len(scenario.used()), len(scenario.statements)
            terminal.say(f"{path}: a scenario of {len(scenario.issues)} issues, {used} of {kept} statements in use, valid")


@app.command()
def cite(
    scenario: ScenarioArg,
    changes: SetOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say of every number which statements and paragraphs are behind it, or by which rule it is assumed."""
    import json

    from negsim import terminal
    from negsim.domain.citation import assumed_share, citations
    from negsim.planning import load_checked

    chosen = load_checked(scenario, changes)
    found = citations(chosen)
    if as_json:
        rows = {"assumed": assumed_share(found), "numbers": [entry._asdict() for entry in found]}
        terminal.show_json(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        terminal.show_citations(chosen, found)


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep of one point.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score a sweep against what was agreed (Brier, per issue), beside null models."""
    import json

    from negsim import terminal
    from negsim.analysis.ensembles import played
    from negsim.analysis.scores import brier
    from negsim.domain.scenario import Scenario
    from negsim.files import InputError
    from negsim.sweep.store import read_results

    table, manifest = read_results(folder)
    chosen = Scenario.model_validate(manifest["scenario"])
    if manifest["points"] != 1:
        raise InputError(f"{folder}: holds {manifest['points']} points; a score is of one")
    if len(chosen.talks.sessions) > 1:
        raise InputError(
            f"{folder}: '{chosen.id}' runs over {len(chosen.talks.sessions)} sessions; what was agreed is known of one"
        )
    found = brier(played(table), chosen)
    if not found:
        raise InputError(f"{folder}: no source of '{chosen.id}' says what was agreed; code it as stance = \"outcome\"")
    if as_json:
        terminal.show_json(json.dumps([entry._asdict() for entry in found], indent=1))
    else:
        terminal.show_scores(chosen, found)


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(metavar="scenario|source|experiment")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File; printed if not said.")] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors that complete and check TOML."""
    from negsim import terminal
    from negsim.files import InputError, near, schema_of, write_text

    if kind not in ("scenario", "source", "experiment"):
        raise InputError(f"{kind}: no schema of that name{near(kind, ('scenario', 'source', 'experiment'))}")
    text = schema_of(kind)
    if output is None:
        terminal.show_json(text)
    else:
        write_text(output, text + "\n")
        terminal.say(f"written: {output}")


@app.command()
def version() -> None:
    """Print the version."""
    import negsim
    from negsim import terminal

    terminal.say(negsim.__version__)


def main() -> None:
    """Run the command line: 0 done, 1 the run failed, 2 a user's mistake, 130 interrupted."""
    sys.exit(_guarded())


def _guarded() -> int:
    try:
        code = app(standalone_mode=False)
    except (KeyboardInterrupt, SystemExit) as stopped:
        code = getattr(stopped, "code", 130)
    except Exception as error:
        name = type(error).__name__
        if hasattr(error, "format_message"):  # Click's own: usage
            return _complain(error.format_message(), 2)
        from negsim.files import InputError

        if isinstance(error, InputError) or name == "StoreError":
            return _complain(str(error), 2)
        if isinstance(error, OSError):
            return _complain(f"{error.filename or ''}: {error.strerror or error}", 2)
        if name != "Abort":
            raise
        code = 130
    if code == 130:
        return _complain("interrupted; what was finished is kept: the same command again goes on", 130)
    return code if isinstance(code, int) else 0


def _complain(text: str, code: int) -> int:
    sys.stderr.write(f"negsim: {' '.join(text.split())}\n")
    return code


def _engine(name: str) -> None:
    from negsim.files import InputError, near

    if name not in ("mesa", "batch"):
        raise InputError(f"--engine {name}: no such engine{near(name, ('mesa', 'batch'))}")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


from negsim import cli_analysis as _  # noqa: E402, F401  (its commands register themselves)
