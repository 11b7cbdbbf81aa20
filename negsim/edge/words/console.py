"""The terminal itself: lines, complaints, JSON, progress. With the commands, the only place that prints."""

import contextlib
import json
import math
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

WIDTH = 80


def console_of() -> Console:
    """Return a console as wide as the terminal; 80 columns and plain where output goes elsewhere."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=WIDTH, color_system=None)


def say(text: str) -> None:
    """Print a line."""
    console_of().print(escape(text), soft_wrap=True)


def noted(text: str) -> list[str]:
    """Return a note under a line, wrapped."""
    return textwrap.wrap(f"note: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def complain(text: str) -> None:
    """Print to standard error."""
    sys.stderr.write(f"negsim: {text}\n")


def last_error(text: str) -> str:
    """Return the last line of a traceback with the place it names last."""
    lines = text.strip().splitlines()
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return lines[-1] + (f" ({places[-1]})" if places else "")


def say_as_it_is(text: str) -> None:
    """Print a text without breaking its lines."""
    sys.stdout.write(text + "\n")


def show_json(content: object) -> None:
    """Print JSON; a number that is none (JSON knows neither NaN nor Infinity) becomes null."""
    say_as_it_is(json.dumps(_finite(content), indent=1, ensure_ascii=False, allow_nan=False))


def _finite(content: object) -> object:
    if isinstance(content, float) and not math.isfinite(content):
        return None
    if isinstance(content, Mapping):
        return {key: _finite(value) for key, value in content.items()}
    return [_finite(value) for value in content] if isinstance(content, list | tuple) else content


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far something is that takes over a second, with its rate and what is left; yields `advance(done, total)`.

    On a terminal a bar, whose clock also runs while nothing is finished, as while rules compile; elsewhere a line every tenth.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _by_tenths(what)
        return
    began = time.monotonic()
    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} " + what),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=1, visible=False, rate="")
        first: list[int] = []

        def advance(done: int, total: int) -> None:
            first.append(done)
            spent = time.monotonic() - began
            rate = f"{(done - first[0]) / spent:,.0f}/s" if spent > 1.0 and done > first[0] else "starting"
            bar.update(task, completed=done, total=total, rate=rate, visible=spent > 1.0 or done < total)

        yield advance


def _by_tenths(what: str) -> Callable[[int, int], None]:
    """Return what says on standard error, at every tenth of anything that takes over five seconds, how far it is."""
    began, tenths, first = time.monotonic(), [0], list[int]()

    def advance(done: int, total: int) -> None:
        first.append(done)
        spent, tenth = time.monotonic() - began, 10 * done // max(1, total)
        new = done - first[0]
        if tenth > tenths[0] and new and spent > 5.0:
            left = (total - done) * spent / new
            complain(f"{done:,} of {total:,} {what} ({10 * tenth}%), {new / spent:,.0f}/s, about {left:,.0f} s left")
        tenths[0] = max(tenth, tenths[0])

    return advance


@contextlib.contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal that something takes its time."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


def paragraph(console: Console, text: str, lead: str = "") -> None:
    """Print a text in lines of the width, the first of them with a lead."""
    for line in textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)):
        console.print(escape(line), soft_wrap=True)
