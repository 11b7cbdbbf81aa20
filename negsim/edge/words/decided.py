"""What decided it: groups of draws and statements, with their shares in the variance."""

import textwrap

from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.assumptions import Assumed
from negsim.analysis.runs.decided import Decided, Interval
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.names.levers import NOTHING_MUCH, leaf_name, plain, sentence
from negsim.names.outcomes import outcome_name

MOST_GROUPS, MOST_STATEMENTS = 4, 3
NAMES = 46  # columns for what is drawn


def show_decided(scenario: Scenario, found: list[Decided]) -> None:
    """Print what decided each outcome, and say it in a sentence."""
    console = console_of()
    console.print("\n[bold]What decided it: what makes runs differ[/bold]")
    paragraph(
        console,
        "Over further runs in which everything open varies, what each run draws and the combinations of assumptions alike."
        " 'alone': how much of the difference between runs would be gone if that one thing were known. 'with others': how much"
        " it has a part in, what it does only together with other things included; that counts for each of them, so these"
        " overlap and add up to more than 100%. Neither says which way it pushes. Brackets: 95% intervals.",
    )
    for one in found:
        name = _name(scenario, one.outcome)
        console.print()
        if not one.groups:
            paragraph(console, f"{name}: the same in all {one.share.of:,} runs, so nothing that is drawn decided it.")
            continue
        paragraph(console, f"{name}: {sentence(scenario, one)}")
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("  drawn", max_width=NAMES + 2, overflow="fold")
        table.add_column("alone", justify="right", no_wrap=True)
        table.add_column("with others", justify="right", no_wrap=True)
        for part in one.groups[:MOST_GROUPS]:
            if part.total.value >= NOTHING_MUCH:
                table.add_row(_lined(part.words, "  "), _percent(part.first), _percent(part.total))
                if part.id == "readings":
                    for leaf in one.readings[:MOST_STATEMENTS]:
                        if leaf.total.value >= NOTHING_MUCH:
                            words = _lined(leaf_name(scenario, leaf), "    ")
                            table.add_row(words, _percent(leaf.first), _percent(leaf.total))
        console.print(table)


def show_assumed(scenario: Scenario, found: list[Assumed]) -> None:
    """Print how far outcomes hang on what is assumed, and where their ends lie."""
    console = console_of()
    console.print("\n[bold]If assumed otherwise[/bold]")
    for one in found:
        text = f"{outcome_name(scenario, one.outcome)}: {100 * one.least.share:.1f} to {100 * one.most.share:.1f}% of runs"
        paragraph(console, f"{text}, over {one.members} of {one.of} combinations of what no source says.")
        if one.least.share < one.most.share:
            paragraph(console, f"least with {', '.join(one.least_at)}", "  ")
            paragraph(console, f"most with {', '.join(one.most_at)}", "  ")


def _lined(text: str, lead: str) -> str:
    """Break a text into lines under each other."""
    return escape("\n".join(textwrap.wrap(text, NAMES, initial_indent=lead, subsequent_indent=f"{lead}  ")))


def _name(scenario: Scenario, outcome: str) -> str:
    head, _, track = outcome.partition(".")
    if head == "agreed" and track in scenario.tracks:
        return scenario.tracks[track].name or track
    return outcome


def _percent(found: Interval) -> str:
    return f"{plain(found)} ({100 * max(0.0, found.low):.0f}-{100 * min(1.0, max(0.0, found.high)):.0f})"
