"""Where every number comes from."""

import textwrap

from rich.markup import escape

from negsim.domain.citation import Citation, assumed_share
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import WIDTH, console_of


def show_citations(scenario: Scenario, found: list[Citation]) -> None:
    """Print every number with the statements behind it, and how many have none."""
    console = console_of()
    console.print(f"{len(found)} numbers, {100 * assumed_share(found):.0f}% assumed\n")
    for entry in found:
        console.print(f"[bold]{escape(entry.path)}[/bold] = {escape(entry.value)}", soft_wrap=True)
        if not entry.statements:
            console.print(f"    assumed: {escape(entry.rule)}", style="dim")
        for key in entry.statements:
            statement = scenario.statements[key]
            place = f"{key}, {scenario.source_of.get(key, 'this scenario')}, paragraph {statement.paragraph}"
            for line in _indented(f"{place}: {statement.actor} {statement.stance}: {statement.paraphrase}"):
                console.print(escape(line))
    unused = [
        key for key, s in scenario.statements.items() if key not in scenario.used() and s.stance not in ("outcome", "claims")
    ]
    if unused:
        console.print(f"not used (made later, or on the day but not at the table): {', '.join(unused)}")
    console.print(f"{len(found)} numbers, {100 * assumed_share(found):.0f}% assumed")


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
