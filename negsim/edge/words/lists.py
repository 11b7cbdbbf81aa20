"""What there is to choose from."""

import textwrap
from collections.abc import Mapping

from rich.markup import escape

from negsim.edge.words.console import WIDTH, console_of


def show_lists(lists: Mapping[str, list[tuple[str, str]]]) -> None:
    """Print names with their summaries, under a heading if there are several kinds."""
    console = console_of()
    for kind, entries in lists.items():
        if len(lists) > 1:
            console.print(f"[bold]{kind}[/bold]")
        width = min(max((len(name) for name, _ in entries), default=0) + 2, WIDTH // 2)
        for name, summary in entries:
            if len(name) + 2 > width:  # a long name has a line of its own
                console.print(f"  {name}", soft_wrap=True)
                name = ""
            lines = textwrap.wrap(summary, WIDTH - width - 2) or [""]
            for at, line in enumerate(lines):
                console.print(f"  {name if at == 0 else '':<{width}}{escape(line)}", soft_wrap=True)
        if not entries:
            console.print("  (none)")
