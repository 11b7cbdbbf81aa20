"""The command line as a whole: its options, its exit codes. A command is a file in `commands`, found by itself."""

import importlib
import os
import pkgutil
import sys
from typing import Annotated

import typer

from negsim.edge import commands

app = typer.Typer(
    name="negsim",
    help="Negotiation simulation: who can agree on what, who blocks, and what happens over repeated rounds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ScenarioArg = Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of a bundled scenario, or a path to a .toml.")]
CodeOption = Annotated[bool, typer.Option("--code/--no-code", help="Run what a scenario brings of its own: plug-ins, scripts.")]
SetOption = Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a value of the scenario.")]


LONGEST = 600  # characters of a complaint


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
        code = app(standalone_mode=False)
    except (KeyboardInterrupt, SystemExit) as stopped:
        code = getattr(stopped, "code", 130)
    except Exception as error:
        name = type(error).__name__
        if hasattr(error, "format_message"):  # Click's own: usage
            return _complain(error.format_message(), 2)
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


def check_engine(name: str) -> None:
    """Refuse an engine that there is not."""
    from negsim.edge.files import InputError, near

    if name not in ("mesa", "batch"):
        raise InputError(f"--engine {name}: no such engine{near(name, ('mesa', 'batch'))}")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
