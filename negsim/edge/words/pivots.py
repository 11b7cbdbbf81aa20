"""What is pivotal: which lever moves an outcome, how far, and on which statement it rests."""

from rich.markup import escape

from negsim.analysis.runs.pivots import EVEN, Lever, Move, Pivots
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.names.actors import cite
from negsim.names.levers import lever_name, setting_words
from negsim.names.outcomes import outcome_name

MOST_LINES = 4


def show_pivots(found: list[Pivots], scenario: Scenario, runs: int) -> None:
    """Print what moves each outcome: the moves that flip it, else the strongest, and the best pairs."""
    console = console_of()
    console.print(f"[bold]{escape(scenario.title)}[/bold]")
    paragraph(
        console,
        f"What would change the outcome: each lever moved alone, over {runs:,} runs under the same draws. An outcome is likely if"
        " more than half of the runs have it; a lever is pivotal if moving it alone clearly makes a likely outcome unlikely,"
        " or the other way round. Brackets: 95% intervals.",
    )
    for one in found:
        word = "likely" if one.share.share > EVEN else "not likely" if one.share.hits else "never met"
        console.print()
        console.print(
            f"[bold]{escape(outcome_name(scenario, one.outcome))}[/bold]: {100 * one.share.share:.1f}% of runs"
            f" ({100 * one.share.low:.1f}-{100 * one.share.high:.1f}), {word}"
        )
        flips = [move for move in one.moves if move.flips]
        sure = [move for move in one.moves if move.low > 0.0 or move.high < 0.0]
        if flips:
            paragraph(console, "Pivotal alone:", "  ")
            for move in flips[:MOST_LINES]:
                paragraph(console, describe_move(scenario, move), "  - ")
        else:
            paragraph(console, "No lever is pivotal alone. The strongest:" if sure else "No lever moves it.", "  ")
            for move in sure[:MOST_LINES]:
                paragraph(console, describe_move(scenario, move), "  - ")
        alone = {(lever, value) for move in flips for lever, value in zip(move.levers, move.values)}
        fresh = [move for move in one.pairs if not any(pair in alone for pair in zip(move.levers, move.values))]
        pairs = [move for move in fresh if move.flips] or fresh
        if pairs and (not flips or pairs[0].flips):
            paragraph(console, "Pivotal in pairs:" if pairs[0].flips else "No pair is pivotal. The strongest:", "  ")
            for move in pairs[:3]:
                paragraph(console, describe_move(scenario, move), "  - ")


def describe_move(scenario: Scenario, move: Move) -> str:
    """Put a move into words: what is moved, how far, on which statement it rests, and what it does."""
    parts = []
    for lever, value in zip(move.levers, move.values):
        parts.append(f"{lever_name(scenario, lever)}{setting_words(lever, value)}" + _rests(scenario, lever))
    text = f"{' and '.join(parts)}: {100 * move.share.share:.1f}%"
    text += f" ({100 * move.difference:+.1f} points, {100 * move.low:+.1f} to {100 * move.high:+.1f})"
    return text + (f"; even odds at {move.flips_at:.3g}" if move.flips_at is not None else "")


def _rests(scenario: Scenario, lever: Lever) -> str:
    return f" ({cite(scenario, lever.statements)})" if lever.statements else " (assumed)"
