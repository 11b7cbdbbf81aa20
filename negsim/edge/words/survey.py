"""A survey: what could be agreed, who blocks, what would open it, and which packages are fair."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from negsim.analysis.draws.blocking import Block
from negsim.analysis.draws.deals import Table
from negsim.analysis.draws.survey import DealSurvey, Outlook, Survey
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.names.actors import cite, deal_name, name_of
from negsim.names.packages import describe, give_way

KINDS = {
    "red line": "red line",
    "consent": "withholds its consent",
    "price": "only at a price nobody pays",
    "silence": "says nothing on it, read as a no",
    "floor": "worth less to it than no deal",
}
SOLVED = {
    "nash": "by the product of gains (Nash)",
    "kalai_smorodinsky": "by even shares of what each could hope for (Kalai-Smorodinsky)",
    "egalitarian": "to the worst-off side (egalitarian)",
    "utilitarian": "by the sum of gains (utilitarian)",
}
RARE = 0.95  # a deal to be had in fewer draws than this gets a word on what would open it
MOST_LINES = 4


def show_survey(found: Survey) -> None:
    """Print a survey: what can be had, who blocks, what would open it, and which packages are fair."""
    console, scenario = console_of(), found.table.scenario
    console.print(f"[bold]{escape(scenario.title)}[/bold]")
    draws = len(found.table.draws.floors)
    paragraph(
        console,
        "What could be agreed"
        + (f", over {draws:,} draws of what the texts leave open" if draws > 1 else "")
        + ". A deal can be had if some package that settles its core issues gives every side at least what it would have"
        " without it, and no red line rules it out. On average: if each side had its average preferences.",
    )
    if scenario.stage_count() > 1:
        console.print(f"As words stand at the first session, {scenario.talks.sessions[0]}; later ones change them.")
    console.print(_deals(found))
    if any(line.blocks for one in found.deals for line in one.blocked):
        console.print("\n[bold]Who blocks[/bold]")
        paragraph(
            console,
            "Possible: in some package that all accept, core issues settled or not. Causes can hold at once, so their shares may"
            " add up to more; the three commonest are shown.",
        )
        console.print(_blocked(found))
    hard = [one for one in found.deals if one.zone.share < RARE]
    if hard:
        console.print("\n[bold]What would open it[/bold]")
        for one in hard:
            _opening(console, found.table, one)
    console.print("\n[bold]Fair packages[/bold]")
    paragraph(console, "Gains are shares of all a side could win or lose on the track, over what it has without a deal.")
    for one in found.deals:
        _packages(console, found.table, one)
    if found.whole is not None and len(found.deals) > 1:
        _whole(console, found.whole[1])


def _deals(found: Survey) -> Grid:
    grid = Grid(box=None, pad_edge=False)
    grid.add_column("deal", overflow="fold", max_width=28)
    grid.add_column("packages", justify="right")
    grid.add_column("can be had in", justify="right", no_wrap=True)
    grid.add_column("acceptable on average", no_wrap=True)
    for one in found.deals:
        seen = one.outlook.acceptable
        number = f"{seen.number:,.0f}" if seen.exact else f"about {seen.number:.2g}"
        share = f"{100 * one.zone.share:.0f}% ({100 * one.zone.low:.0f}-{100 * one.zone.high:.0f})"
        grid.add_row(
            escape(deal_name(found.table.scenario, one.deal.id)),
            f"{one.outlook.space.outcomes - one.deal.quo:,}",
            share if len(found.table.draws.floors) > 1 else "yes" if one.zone.hits else "no",
            number,
        )
    return grid


def _blocked(found: Survey) -> Grid:
    scenario = found.table.scenario
    grid = Grid(box=None, pad_edge=False)
    grid.add_column("option", max_width=30)
    grid.add_column("possible", justify="right", no_wrap=True)
    grid.add_column("shut out by, in which share of draws", max_width=40)
    for one in found.deals:
        last = ""
        for line in one.blocked:
            if not line.blocks:
                continue
            if line.issue != last and len(scenario.issues[line.issue].options) > 2:
                grid.add_row(f"[dim]{escape(scenario.label(line.issue))}[/dim]", "", "")
            last = line.issue
            label = scenario.issues[line.issue].option(line.option).label
            short = len(scenario.issues[line.issue].options) > 2
            named = f"  {label}" if short else f"{scenario.label(line.issue)}: {label}"
            grid.add_row(
                escape(named),
                f"{100 * line.possible.share:.0f}%",
                escape("\n".join(_block(scenario, block) for block in line.blocks[:3] if block.share >= 0.02)),
            )
    return grid


def _block(scenario: Scenario, block: Block) -> str:
    share = f"{100 * block.share:2.0f}% "
    if block.kind == "together":
        return share + "each side could have it, but never all"
    cited = f" ({cite(scenario, [block.statement])})" if block.statement else ""
    return share + f"{name_of(scenario, block.who)}: {KINDS[block.kind]}{cited}"


def _opening(console: Console, table: Table, one: DealSurvey) -> None:
    scenario = table.scenario
    paragraph(console, f"{deal_name(scenario, one.deal.id)}: no zone of agreement in {100 * (1 - one.zone.share):.0f}% of draws.")
    for repair in one.repairs[:MOST_LINES]:
        parts = [give_way(table, one.deal, constraint) for constraint in repair.constraints]
        lead = "would be enough" if len(parts) == 1 else "together would be enough"
        paragraph(console, f"{' and '.join(parts)}: {lead} in {100 * repair.share.share:.0f}% of these.", "  - ")
    if not one.repairs:
        paragraph(console, "no three changes would be enough.", "  - ")


def _packages(console: Console, table: Table, one: DealSurvey) -> None:
    scenario = table.scenario
    name = deal_name(scenario, one.deal.id)
    seen = one.outlook
    if seen.frontier is None:
        paragraph(console, f"{name}: the Pareto frontier has too many points to be listed.")
    elif not seen.solved:
        paragraph(console, f"{name}: none, if each side wants what is expected of it.")
    else:
        _solutions(console, table, one, seen)
    _best(console, table, one, seen)
    if one.fairness is not None:
        _fairness(
            console, one, scenario, [describe(table, one.deal, tuple(row.tolist())) for row in one.fairness.better.packages]
        )


def _best(console: Console, table: Table, one: DealSurvey, seen: Outlook) -> None:
    """Name the best acceptable package of each side, where they differ."""
    tops = [tuple(found.packages[0].tolist()) for found in seen.best if len(found.packages)]
    if len(set(tops)) > 1:
        for party, package in zip(table.scenario.parties, tops):
            paragraph(
                console, f"best acceptable for {name_of(table.scenario, party)}: {describe(table, one.deal, package)}", "  - "
            )
    for package in [] if seen.drawn is None else seen.drawn:
        paragraph(console, f"drawn: {describe(table, one.deal, tuple(package.tolist()))}", "    ")


def _solutions(console: Console, table: Table, one: DealSurvey, seen: Outlook) -> None:
    assert seen.frontier is not None
    scenario = table.scenario
    paragraph(
        console, f"{deal_name(scenario, one.deal.id)}: {len(seen.frontier.points)} efficient (none better for all); the fairest:"
    )
    by_row: dict[int, list[str]] = {}
    for rule, row in seen.solved.items():
        by_row.setdefault(row, []).append(SOLVED[rule])
    likely = {candidate.package: candidate.acceptable.share for candidate in one.candidates}
    for row, rules in by_row.items():
        package = tuple(seen.frontier.packages[row].tolist())
        standards = "by every standard" if len(rules) == len(SOLVED) else "; ".join(rules)
        gains = ", ".join(
            f"{name_of(scenario, party)} {gain:+.2f}" for party, gain in zip(scenario.parties, seen.frontier.points[row])
        )
        share = (
            f"; acceptable in {100 * likely[package]:.0f}% of draws" if package in likely and len(table.draws.floors) > 1 else ""
        )
        paragraph(console, f"{describe(table, one.deal, package)}. Fair {standards}. Gains: {gains}{share}.", "  - ")


def _fairness(console: Console, one: DealSurvey, scenario: Scenario, better: list[str]) -> None:
    found = one.fairness
    assert found is not None
    parties = [name_of(scenario, party) for party in scenario.parties]
    if not found.acceptable:
        text = "The package asked about is not acceptable to all"
    elif found.frontier_distance < 1e-9:
        text = "The package asked about is on the frontier: nobody could gain without another losing"
    else:
        text = "The package asked about leaves gains on the table: " + ", ".join(
            f"{party} {gain:.2f}" for party, gain in zip(parties, found.left)
        )
    if found.distances:
        nearest = min(found.distances, key=lambda rule: found.distances[rule])
        text += f"; nearest to {nearest.replace('_', '-')} ({found.distances[nearest]:.2f} away)"
    if found.points is not None and found.adjusted_winner is not None:
        text += f". It gives {parties[0]} {100 * found.points[0]:.0f}% and {parties[1]} {100 * found.points[1]:.0f}% of what"
        text += f" matters to each; Adjusted Winner would give both {100 * found.adjusted_winner:.0f}%"
    paragraph(console, text + ".", "  - ")
    for package in better[:MOST_LINES]:
        paragraph(console, f"all would rather have: {package}", "    ")


def _whole(console: Console, seen: Outlook) -> None:
    number = f"{seen.acceptable.number:,.0f}" if seen.acceptable.exact else f"about {seen.acceptable.number:.2g}"
    text = f"All deals as one package: {number} of {seen.space.outcomes:,} packages acceptable to all on average"
    if seen.frontier is not None and seen.opposition is not None and seen.win_win is not None:
        text += f", {len(seen.frontier.points)} of them efficient. Room for trades: {100 * seen.win_win:.0f}% of the way"
        text += " from a fixed cake to everybody's best at once"
    console.print()
    paragraph(console, text + ".")
