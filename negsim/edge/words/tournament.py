"""The standings of a tournament."""

from rich.markup import escape
from rich.table import Table as Grid

from negsim.analysis.runs.tournament import Match, scores, standings
from negsim.edge.words.console import console_of, paragraph


def show_tournament(matches: list[Match], domains: int, runs: int, seconds: float) -> None:
    """Print the standings of a tournament."""
    console = console_of()
    failed = sum(match.failed for match in matches)
    paragraph(
        console,
        f"{len(matches):,} matches on {domains} domains, {runs:,} runs each, in {seconds:.1f} s."
        + (f" {failed:,} runs failed and are left out." if failed else ""),
    )
    grid = Grid(box=None, pad_edge=False)
    for name in ("strategy", "score", "others' score", "agreed"):
        grid.add_column(name, justify="left" if name == "strategy" else "right")
    for standing in standings(scores(matches)):
        numbers = (f"{100 * value:.1f}%" for value in (standing.score, standing.others, standing.agreed))
        grid.add_row(escape(standing.strategy), *numbers)
    console.print(grid)
    paragraph(
        console, "Score: mean gain, of the most that any strategy made on the domain in that seat, on average over its matches."
    )
