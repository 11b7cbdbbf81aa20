"""What an expert would check first, and the scores of all bundled rounds: as a table, and as a page."""

import textwrap
from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.scores import NULLS, Pooled, Scores
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.validity.judging import Verdict, bound, statements

Rounds = Sequence[tuple[Scenario, Scores]]


def show_verdict(one: Verdict) -> None:
    """Print what became of a statement."""
    console, entry = console_of(), statements()[one.id]
    worst = "nothing to measure" if one.worst is None else f"{one.worst:.3f}, {bound(entry)}"
    mark = "holds" if one.holds else "[bold]FAILS[/bold]"
    console.print(f"{mark}  {escape(one.id)} ({worst})", soft_wrap=True)
    if not one.holds:
        paragraph(console, entry["words"], "       ")
        if len(one.found) > 1:
            paragraph(console, ", ".join(f"{name} {_told(value)}" for name, value in one.found.items()), "       ")
        if "explained" in entry:
            paragraph(console, f"why: {' '.join(entry['explained'].split())}", "       ")


def show_rounds(rounds: Rounds, pooled: Sequence[Pooled]) -> None:
    """Print the mean scores of every round whose outcome is known, and over all their events."""
    console = console_of()
    console.print("\nScores of bundled rounds (ranked probability score, mean over events; 0 perfect)")
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("round", overflow="fold", max_width=27)
    table.add_column("events", justify="right")
    table.add_column("negsim", justify="right", no_wrap=True)
    for name in NULLS:
        table.add_column(name, justify="right", max_width=7, overflow="fold")
    for scenario, found in rounds:
        means = {one.name: one for one in found.means}
        nulls = (f"{means[name].value:.3f}" if name in means else "" for name in NULLS)
        events = str(len({one.event for one in found.issues}))
        table.add_row(escape(scenario.id), events, f"{found.means[0].value:.3f}", *nulls)
    console.print(table)
    for line in comparisons(pooled):
        paragraph(console, line)


def comparisons(pooled: Sequence[Pooled]) -> list[str]:
    """Say of each null whether negsim beats it over all events."""
    lines = []
    for one in pooled:
        if one.events == 1:
            lines.append(f"'{one.name}' speaks of one event alone: {one.value:+.3f} in negsim's favour, which says nothing yet.")
            continue
        verdict = "better than" if one.low > 0.0 else "worse than" if one.high < 0.0 else "not told apart from"
        told = f"{one.value:+.3f} ({one.low:+.3f} to {one.high:+.3f}) in its favour"
        lines.append(f"negsim is {verdict} '{one.name}' over {one.events} events: {told}.")
    return lines


def page(verdicts: Sequence[Verdict], rounds: Rounds, pooled: Sequence[Pooled], asked: Mapping[str, int], version: str) -> str:
    """Return the page `docs/validity.md`: every statement, what was measured, failures included, and the scores."""
    held = sum(one.holds for one in verdicts)
    lines = [
        "# Validity",
        "",
        f"Written by `negsim validate --page` of negsim {version}: {asked['runs']} runs a case, seed {asked['seed']}. What"
        " experts would check first, as statements on theory, and scores on what came about. The statements were frozen"
        " beforehand, and none uses an outcome.",
        "",
        f"## Statements: {held} of {len(verdicts)} hold",
        "",
        "| | statement | worst | bound | source |",
        "|---|---|---|---|---|",
    ]
    for one in verdicts:
        entry = statements()[one.id]
        worst = "" if one.worst is None else f"{one.worst:.3f}"
        lines.append(
            f"| {'holds' if one.holds else '**fails**'} | {entry['words']} | {worst} | {bound(entry)} | {entry['source']} |"
        )
    failing = [one for one in verdicts if not one.holds]
    if failing:
        lines += ["", "## Why those that fail do", ""]
        for one in failing:
            entry = statements()[one.id]
            found = ", ".join(f"{name} {_told(value)}" for name, value in one.found.items())
            why = " ".join(entry.get("explained", "Not explained.").split())
            lines += textwrap.wrap(f"* {entry['words']} Measured: {found}. {why}", 140, subsequent_indent="  ")
    lines += [
        "",
        "## Scores",
        "",
        "Ranked probability score over the options of each issue, mean over events: 0 perfect, 1 worst.",
        "",
        "| round | events | negsim | " + " | ".join(NULLS) + " |",
        "|---|---|---|" + "---|" * len(NULLS),
    ]
    for scenario, scored in rounds:
        means = {one.name: one for one in scored.means}
        own = scored.means[0]
        nulls = " | ".join(f"{means[name].value:.3f}" if name in means else "" for name in NULLS)
        events = len({one.event for one in scored.issues})
        lines.append(f"| {scenario.id} | {events} | {own.value:.3f} ({own.low:.3f}-{own.high:.3f}) | {nulls} |")
    lines += ["", *(f"* {line}" for line in comparisons(pooled)), ""]
    return "\n".join(lines)


def _told(value: float | None) -> str:
    return "nothing to measure" if value is None else f"{value:.3f}"
