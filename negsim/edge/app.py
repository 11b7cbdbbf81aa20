"""The command line as a whole: its options, its exit codes. A command is a file in `commands`, found by itself."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from negsim.edge import commands

app = typer.Typer(
    name="negsim",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _bundled(incomplete: str, *kinds: str) -> list[str]:
    """Complete ids of bundled files of some kinds, and files that a shell would complete."""
    from negsim.edge.files import bundled_ids

    ids = [key for kind in kinds for key in bundled_ids(kind)]
    paths = [f"{path}/" if path.is_dir() else str(path) for path in Path().glob(f"{incomplete}*")] if incomplete else []
    return [name for name in ids if name.startswith(incomplete)] + [
        path for path in sorted(paths) if path.endswith(("/", ".toml", ".py"))
    ]


def complete_scenario(incomplete: str) -> list[str]:
    """Complete the name of a scenario."""
    return _bundled(incomplete, "scenarios")


def complete_subject(incomplete: str) -> list[str]:
    """Complete the name of a scenario or an experiment."""
    return _bundled(incomplete, "scenarios", "experiments")


def complete_path(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the dotted path of a number of the scenario that is named before it."""
    from negsim.edge.parameters import paths_of

    left = (word for word in ctx.args if not word.startswith("-"))  # an option without its value yet leaves words unread
    named = ctx.params.get("scenario") or ctx.params.get("subject") or next(left, "")
    try:
        return [f"{path}=" for path in paths_of(str(named)) if path.startswith(incomplete)]
    except Exception:  # a shell has no use for what is wrong with a scenario
        return []


ScenarioArg = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="Id of a bundled scenario, or a path to a .toml.", autocompletion=complete_scenario),
]
Engine = Literal["batch", "mesa"]
WorkersOption = Annotated[int | None, typer.Option("--workers", min=1, help="How many work at once; all processors if not said.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON (`negsim schema COMMAND` says what is in it).")]
OfSweepOption = Annotated[
    str,
    typer.Option("--scenario", metavar="SCENARIO", help="Of a sweep with plug-ins: its scenario, whose plug-ins are then run."),
]
OUT = ("-o", "--out", "--output")  # names of the option that says where to write, of every command
CodeOption = Annotated[bool, typer.Option("--code/--no-code", help="Run what a scenario brings of its own: plug-ins, scripts.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a value of the scenario.", autocompletion=complete_path),
]


LONGEST = 600  # characters of a complaint


def _version(asked: bool) -> None:
    if asked:
        import negsim

        typer.echo(f"negsim {negsim.__version__}")
        raise typer.Exit


@app.callback()
def begin(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    """Negotiation simulation: who can agree on what, who blocks, and what happens over repeated rounds.

    Begin with `negsim list`, `negsim run istanbul-2025-06-02`, `negsim analyze istanbul-2025-06-02`; every command has --help.
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def discover() -> None:
    """Import every command, in the order of their names, so that they register themselves."""
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"{commands.__name__}.{module.name}")


def main() -> None:
    """Run the command line: 0 done, 1 the run failed, 2 a user's mistake, 130 interrupted."""
    discover()
    code = guarded()
    if code == 130:  # without waiting for what cannot be interrupted
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def guarded() -> int:
    """Run the command line and return its exit code; what a user did wrong is one line."""
    try:
        code = app(standalone_mode=False, prog_name="negsim")
    except (KeyboardInterrupt, SystemExit) as stopped:
        code = getattr(stopped, "code", 130)
    except Exception as error:
        name = type(error).__name__
        if hasattr(error, "format_message"):  # Click's own: usage
            return _complain(error.format_message().replace("Value error, ", ""), 2)
        from negsim.edge.files import InputError

        if isinstance(error, InputError) or name == "StoreError":
            return _complain(str(error), 2)
        if isinstance(error, MemoryError):
            return _complain("out of memory; what was finished is kept: the same command with fewer --workers goes on", 1)
        if isinstance(error, OSError):
            return _complain(f"{error.filename or ''}: {error.strerror or error}", 2)
        if name != "Abort":
            raise
        code = 130
    if code == 130:
        return _complain("interrupted; what was finished is kept: the same command again goes on", 130)
    return code if isinstance(code, int) else 0


def _complain(text: str, code: int) -> int:
    line = " ".join(text.split())
    sys.stderr.write(f"negsim: {line if len(line) <= LONGEST else line[:LONGEST] + '...'}\n")
    return code


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
