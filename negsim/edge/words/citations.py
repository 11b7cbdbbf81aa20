"""Where every number comes from."""

import textwrap

from rich.markup import escape

from negsim.domain.citation import Citation, assumed_share
from negsim.domain.loose_ends import loose_ends
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import WIDTH, console_of


def show_citations(scenario: Scenario, found: list[Citation]) -> None:
    """Print every number with the statements behind it, and how many have none."""
    console = console_of()
    console.print(f"{len(found)} numbers, {100 * assumed_share(found):.0f}% assumed\n")
    for entry in found:
        short = len(entry.path) + len(entry.value) + 3 <= WIDTH
        console.print(f"[bold]{escape(entry.path)}[/bold] ={f' {escape(entry.value)}' if short else ''}", soft_wrap=True)
        for line in [] if short else _indented(entry.value):
            console.print(escape(line))
        if not entry.statements:
            console.print(f"    assumed: {escape(entry.rule)}", style="dim")
        for key in entry.statements:
            statement = scenario.statements[key]
            place = f"{key}, {scenario.source_of.get(key, 'this scenario')}, paragraph {statement.paragraph}"
            for line in _indented(f"{place}: {statement.actor} {statement.stance}: {statement.paraphrase}"):
                console.print(escape(line))
    ends = loose_ends(scenario)
    if ends:
        console.print("\nwithout effect, or on nobody's words:")
        for end in ends:
            for line in _indented(end):
                console.print(escape(line))
    console.print(f"{len(found)} numbers, {100 * assumed_share(found):.0f}% assumed")


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
