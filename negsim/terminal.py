"""What a person reads on a terminal. Part of the edge: with the CLI, the only place that prints."""

import contextlib
import math
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from negsim.analysis.arms import Arm, verdict
from negsim.analysis.ensembles import Share, option_shares, refusals, share, track_shares
from negsim.analysis.scores import Score
from negsim.domain.citation import Citation, assumed_share
from negsim.domain.record import Move, Record
from negsim.domain.scenario import Scenario
from negsim.sweep.design import Experiment

WIDTH = 80


def console_of() -> Console:
    """Return a console as wide as the terminal; 80 columns and plain where output goes elsewhere."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=WIDTH, color_system=None)


def say(text: str) -> None:
    """Print a line."""
    console_of().print(escape(text), soft_wrap=True)


def complain(text: str) -> None:
    """Print to standard error."""
    sys.stderr.write(f"negsim: {text}\n")


def last_error(text: str) -> str:
    """Return the last line of a traceback with the place it names last."""
    lines = text.strip().splitlines()
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return lines[-1] + (f" ({places[-1]})" if places else "")


def show_json(text: str) -> None:
    """Print JSON as it is."""
    sys.stdout.write(text + "\n")


def show_lists(lists: Mapping[str, list[tuple[str, str]]]) -> None:
    """Print names with their summaries, under a heading if there are several kinds."""
    console = console_of()
    for kind, entries in lists.items():
        if len(lists) > 1:
            console.print(f"[bold]{kind}[/bold]")
        width = max((len(name) for name, _ in entries), default=0) + 2
        for name, summary in entries:
            lines = textwrap.wrap(summary, WIDTH - width - 2) or [""]
            for at, line in enumerate(lines):
                console.print(f"  {name if at == 0 else '':<{width}}{escape(line)}", soft_wrap=True)
        if not entries:
            console.print("  (none)")


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal for anything that takes over a second; yields `advance(done, total)`."""
    console = Console(stderr=True)
    began = time.monotonic()
    columns = (TextColumn(f"{{task.completed}} {what}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=time.monotonic() - began > 1.0 or done < total)

        yield advance


@contextlib.contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal that something takes its time."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


def show_record(scenario: Scenario, record: Record) -> None:
    """Print one run: the talks turn by turn, then a table of issues, tracks and gains."""
    console = console_of()
    console.print(f"[bold]{escape(scenario.title)}[/bold]")
    console.print(f"scenario {record.scenario}, seed {record.seed}, run {record.replicate}, {record.engine} engine\n")
    last: tuple[int, str] = (-1, "")
    for at, move in enumerate(record.moves):
        if move.session != last[0]:
            date = scenario.talks.sessions[min(move.session, len(scenario.talks.sessions) - 1)]
            console.print(f"[bold]Session {move.session + 1}, {date.day} {date:%B %Y}[/bold]")
        if (move.session, move.deal) != last and move.deal:
            console.print(f"  {escape(deal_name(scenario, move.deal))}")
        last = (move.session, move.deal)
        for line in _lines(scenario, record.moves, at):
            console.print(escape(line), soft_wrap=False, style="dim" if move.move == "walks out" else None)
    console.print()
    console.print(_issue_table(scenario, record))
    console.print(_track_table(scenario, record))
    for line in textwrap.wrap("Zone, table and ratified ask for all core issues of a track: " + _cores(scenario), WIDTH):
        console.print(escape(line), style="dim")
    for key, party in record.parties.items():
        console.print(
            f"{escape(scenario.parties[key].name or key)}: gain over the status quo {party['gain']:+.3f},"
            f" utility {party['utility']:.3f}"
        )
    spent = [
        f"{mediator}: {kind} to {party} {amount:.2f}"
        for mediator, kinds in record.leverage_spent.items()
        for kind, amounts in kinds.items()
        for party, amount in amounts.items()
        if amount > 0
    ]
    if spent:
        console.print("leverage spent: " + "; ".join(spent))


def show_ensemble(scenario: Scenario, table: pa.Table) -> None:
    """Print the shares of a sweep of one point: options per issue, then where each track is won or lost."""
    console = console_of()
    known = scenario.outcomes()
    issues = Table(title=f"{table.num_rows} runs: share that leaves the status quo (95% interval)", box=None, pad_edge=False)
    issues.title_justify = "left"
    issues.add_column("issue", overflow="fold", max_width=28)
    issues.add_column("share of runs", justify="right", no_wrap=True)
    issues.add_column("was", max_width=8)
    issues.add_column("blocks most", overflow="fold")
    for key, issue in scenario.issues.items():
        shares = list(option_shares(table, key, issue.option_ids()).values())
        blocks = refusals(table, key)[:1]
        issues.add_row(
            escape(issue.name or key),
            _share(share(table.num_rows - shares[0].hits, table.num_rows)),
            "" if key not in known else "not" if known[key] == issue.options[0].id else "agreed",
            escape(
                f"{_who(scenario, blocks[0][0])}: {blocks[0][1]}, {100 * blocks[0][2] / table.num_rows:.0f}%" if blocks else ""
            ),
        )
        if len(shares) > 2:
            for option, found in zip(issue.options[1:], shares[1:]):
                label = "\n".join(textwrap.wrap(option.label, 24, initial_indent="  ", subsequent_indent="    "))
                issues.add_row(escape(label), _share(found), "", "", style="dim")
    console.print(issues)
    tracks = Table(title="\nTracks: is there a zone, is it found, is it ratified", title_justify="left", box=None, pad_edge=False)
    for name in ("track", "P(zone)", "P(table | zone)", "P(ratified | table)", "P(agreed)"):
        tracks.add_column(name, overflow="fold")
    notes = []
    for key, track in scenario.tracks.items():
        won = track_shares(table, key)
        tracks.add_row(escape(track.name or key), *(_share(part) for part in won))
        if won.table_given_zone.of and won.table_given_zone.share > 0.95:
            notes.append(
                f"{track.name or key}: where there was a zone it was nearly always found:"
                " bargaining decided which package, not whether."
            )
    console.print(tracks)
    for note in notes:
        console.print(escape(note))


def _cores(scenario: Scenario) -> str:
    parts = []
    for key, track in scenario.tracks.items():
        names = ", ".join(scenario.issues[issue].name or issue for issue in scenario.core_of(key))
        parts.append(f"{track.name or key}: {names}")
    return "; ".join(parts) + "."


def _share(found: Share) -> str:
    if math.isnan(found.share):
        return "no such run"
    return f"{100 * found.share:.1f}% ({100 * found.low:.1f}-{100 * found.high:.1f})"


def deal_name(scenario: Scenario, deal: str) -> str:
    """Return how a deal is called."""
    if deal in scenario.deals:
        return scenario.deals[deal]
    if deal in scenario.tracks:
        return scenario.tracks[deal].name or deal
    if deal in scenario.issues:
        return scenario.issues[deal].name or deal
    return deal.replace("_", " ").capitalize()


def _lines(scenario: Scenario, moves: list[Move], at: int) -> list[str]:
    """Put one move into words; an offer in place of what stands is also a refusal."""
    move = moves[at]
    name = scenario.parties[move.party].name or move.party if move.party in scenario.parties else move.party or "The text"
    head = f"    {move.turn + 1:>3}  {name} "
    earlier = moves[at - 1] if at else None
    answers = (
        earlier is not None
        and earlier.move in ("offers", "accepts")
        and ((earlier.session, earlier.deal) == (move.session, move.deal))
    )
    if move.move == "offers":
        asked = [_option(scenario, issue, option) for issue, option in move.package.items() if option != _quo(scenario, issue)]
        verb = "reads: " if not move.party else "refuses and offers: " if answers else "offers: "
        return _wrapped(head + verb + ("; ".join(asked) or "no change"))
    if move.move == "accepts":
        return [head + "accepts."]
    if move.move == "walks out":
        return _wrapped(head + ("refuses and " if answers else "") + "has nothing to offer that it could accept; leaves it.")
    if move.move == "ratified":
        return [f"         ratified: {deal_name(scenario, move.deal)}"]
    if move.move == "declines to ratify":
        return [f"         not ratified: the principal of {name} declines"]
    if move.move == "delivered":
        return [f"         carried out: {deal_name(scenario, move.deal)}"]
    if move.move == "broken":
        return [f"         broken: {deal_name(scenario, move.deal)}"]
    if move.move == "stays away":
        return [f"    {name} stays away."]
    return ["    The war ends on the battlefield; the talks stop."]


def _quo(scenario: Scenario, issue: str) -> str:
    track = scenario.tracks[scenario.issues[issue].track]
    return scenario.issues[issue].options[0].id if track.status_quo else ""


def _option(scenario: Scenario, issue: str, option: str) -> str:
    entry = scenario.issues[issue]
    label = next(choice.label for choice in entry.options if choice.id == option)
    return f"{entry.name or issue}: {label}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * 11, drop_whitespace=True, replace_whitespace=False)


def _issue_table(scenario: Scenario, record: Record) -> Table:
    table = Table(box=None, pad_edge=False, title="Issues", title_justify="left")
    table.add_column("issue", overflow="fold", max_width=28)
    table.add_column("outcome", overflow="fold", max_width=18)
    table.add_column("when", max_width=8)
    table.add_column("refused by", overflow="fold", max_width=11)
    table.add_column("bound by", overflow="fold", max_width=16)
    for key, issue in record.issues.items():
        label = next((option.label for option in scenario.issues[key].options if option.id == issue.option), issue.option)
        when = f"s{issue.session + 1} t{issue.turn}" if issue.session is not None and issue.turn is not None else ""
        table.add_row(
            escape(scenario.issues[key].name or key),
            escape(label) if issue.agreed else f"[dim]{_quo_word(scenario, key)}[/dim]",
            when,
            escape(_who(scenario, issue.refused_by)),
            escape(_bound(scenario, issue.bound_by)),
        )
    return table


def _quo_word(scenario: Scenario, issue: str) -> str:
    return "status quo" if scenario.tracks[scenario.issues[issue].track].status_quo else "no agreement"


def _who(scenario: Scenario, party: str) -> str:
    """Name a party or its principal as tables call it."""
    key, space, rest = party.partition(" ")
    return (scenario.parties[key].name or key) + space + rest if key in scenario.parties else party


def _bound(scenario: Scenario, text: str) -> str:
    """Add the paragraph behind a statement's id."""
    statement = scenario.statements.get(text.rsplit(" ", 1)[-1])
    return f"{text} (par. {statement.paragraph})" if statement is not None else text


def _track_table(scenario: Scenario, record: Record) -> Table:
    table = Table(box=None, pad_edge=False, title="\nTracks", title_justify="left")
    for name in ("track", "zone", "at the table", "ratified", "delivered"):
        table.add_column(name)
    for key, track in record.tracks.items():
        words = ["yes" if flag else "no" for flag in (track.zone, track.table, track.ratified)]
        table.add_row(escape(scenario.tracks[key].name or key), *words, f"{100 * track.delivered:.0f}%")
    return table


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


def show_scores(scenario: Scenario, found: list[Score]) -> None:
    """Print Brier scores per issue beside those of the null models."""
    console = console_of()
    table = Table(title="Brier score per issue: left the status quo and ratified (lower is better)", box=None, pad_edge=False)
    table.title_justify = "left"
    for name in ("issue", "was", "P", "negsim", "always status quo", "0.5", "last round"):
        table.add_column(name, overflow="fold", max_width=30 if name == "issue" else 8)
    for entry in found:
        table.add_row(
            escape(scenario.issues[entry.issue].name or entry.issue),
            "agreed" if entry.outcome else "not",
            f"{entry.probability:.3f}",
            *("" if value is None else f"{value:.3f}" for value in (entry.model, entry.status_quo, entry.half, entry.previous)),
        )
    columns = [[getattr(entry, name) for entry in found] for name in ("model", "status_quo", "half", "previous")]
    means = [f"{sum(values) / len(values):.3f}" if None not in values else "" for values in columns]
    table.add_row("mean", "", "", *means, style="bold")
    console.print(table)
    accounts = {key: told for key, told in scenario.accounts().items() if len(set(told.values())) > 1}
    for key, told in accounts.items():
        said = ", ".join(f"{who} says {option}" for who, option in told.items())
        console.print(f"accounts differ on {key}: {said}", soft_wrap=True)


def show_arms(experiment: Experiment, found: list[Arm]) -> None:
    """Print each arm's share and its paired difference to the first, beside the direction written down before."""
    console = console_of()
    table = Table(title=f"{experiment.title or experiment.id}: {experiment.outcome}", box=None, pad_edge=False)
    table.title_justify = "left"
    for name in ("arm", "share (95% interval)", "difference, paired", "expected", "verdict"):
        table.add_column(name, overflow="fold", max_width=22)
    for arm in found:
        expected = experiment.expected.get(arm.name, "")
        difference = "" if arm is found[0] else f"{100 * arm.difference:+.2f} ({100 * arm.low:+.2f} to {100 * arm.high:+.2f})"
        table.add_row(
            escape(arm.name.replace("_", " ")),
            _share(arm.share),
            difference,
            expected,
            verdict(arm, expected) if expected else "",
        )
    console.print(table)
    console.print("differences in percentage points")
