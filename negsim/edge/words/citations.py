"""Where every number comes from."""

import textwrap

from rich.markup import escape

from negsim.domain.citation import Citation, assumed_share, basis_of
from negsim.domain.loose_ends import loose_ends
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import WIDTH, console_of, paragraph


def show_citations(scenario: Scenario, found: list[Citation]) -> None:
    """Print every number with the statements behind it, and how many have none."""
    console = console_of()
    counts = basis_of(scenario, found)
    told = f"{len(found)} numbers: {counts.stated} stated, {counts.read} read, {counts.assumed} assumed"
    told += f" ({100 * assumed_share(found):.0f}%)"
    console.print(told)
    paragraph(
        console, "stated: a source's words say it; read: they leave it open how they are meant; assumed: on nobody's words."
    )
    console.print()
    for entry in found:
        mark = escape(f"[{entry.basis}]")
        short = len(entry.path) + len(entry.value) + len(mark) + 4 <= WIDTH
        console.print(f"[bold]{escape(entry.path)}[/bold] ={f' {escape(entry.value)}' if short else ''} {mark}", soft_wrap=True)
        for line in [] if short else _indented(entry.value):
            console.print(escape(line))
        if not entry.statements:
            console.print(f"    {escape(entry.rule)}", style="dim")
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
    console.print(told)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
