"""One run: the transcript, and what came of it."""

import textwrap

from rich.markup import escape
from rich.table import Table

from negsim.domain.positions import latest
from negsim.domain.record import Move, ReadingRecord, Record
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import WIDTH, console_of
from negsim.names.actors import cite, deal_name, name_of, who_of
from negsim.names.outcomes import without_deal


def show_record(scenario: Scenario, record: Record) -> None:
    """Print one run: the talks turn by turn, then a table of issues, tracks and gains."""
    console = console_of()
    console.print(f"[bold]{escape(scenario.title)}[/bold]")
    console.print(f"scenario {record.scenario}, seed {record.seed}, run {record.replicate}, {record.engine} engine\n")
    for line in _drawn(scenario, record):
        console.print(escape(line), soft_wrap=False)
    last: tuple[int, str] = (-1, "")
    ends = set({move.deal: at for at, move in enumerate(record.moves) if move.deal and move.move in AT_THE_TABLE}.values())
    for at, move in enumerate(record.moves):
        if move.session != last[0]:
            date = scenario.talks.sessions[min(move.session, len(scenario.talks.sessions) - 1)]
            if at > 0:
                console.print()
            console.print(f"[bold]Session {move.session + 1}, {date.day} {date:%B %Y}[/bold]")
            for line in _said_since(scenario, last[0], move.session):
                console.print(escape(line), soft_wrap=False)
        if (move.session, move.deal) != last and move.deal:
            console.print(f"  {escape(deal_name(scenario, move.deal))}")
        last = (move.session, move.deal)
        for line in _lines(scenario, record.moves, at):
            console.print(escape(line), soft_wrap=False, style="dim" if move.move == "walks out" else None)
        if at in ends:
            for line in _why_open(scenario, record, move.deal):
                console.print(escape(line), soft_wrap=False)
    console.print()
    console.print(_issue_table(scenario, record))
    console.print(_track_table(scenario, record))
    for line in textwrap.wrap("Zone, table and ratified ask for all core issues of a track: " + _cores(scenario), WIDTH):
        console.print(escape(line), style="dim")
    for key, party in record.parties.items():
        console.print(
            f"{escape(scenario.parties[key].name or key)}: gain over {without_deal(scenario)} {party['gain']:+.3f},"
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


def show_among(scenario: Scenario, agreed: dict[str, list[bool]]) -> None:
    """Set a run beside others: it is one reading of many, and each track is agreed in a share of them."""
    from negsim.analysis.runs.ensembles import share

    parts = []
    for key, flags in agreed.items():
        if flags:
            found = share(sum(flags), len(flags))
            low, high = 100 * found.low, 100 * found.high
            parts.append(f"{scenario.tracks[key].name or key} in {100 * found.share:.0f}% ({low:.0f}-{high:.0f})")
    runs = max(map(len, agreed.values()), default=0)
    told = f" Of {runs} runs of this seed, agreed: {', '.join(parts)}, with 95% intervals." if parts else ""
    command = f"negsim sweep {scenario.id} --runs 2000 --out DIR"
    console = console_of()
    for line in textwrap.wrap(f"One reading of many.{told} More closely: {command}", WIDTH):
        console.print(escape(line), soft_wrap=True)


AT_THE_TABLE = ("offers", "accepts", "walks out", "puts at last call", "refuses", "declines to ratify")


def _why_open(scenario: Scenario, record: Record, deal: str) -> list[str]:
    """Say, where a deal was left for good, who could have closed what is open of it, and by giving up what."""
    told: dict[tuple[str, str], list[str]] = {}
    for key, issue in record.issues.items():
        if scenario.deal_of(key) == deal and not issue.agreed and issue.blocked_by:
            told.setdefault((issue.blocked_by, issue.bound_by), []).append(scenario.label(key))
    lines = []
    for (who, why), issues in told.items():
        names = who_of(scenario, who)
        could = "together, none alone" if " + " in who else f"{'each ' if '; ' in who else ''}alone: {_bound(scenario, why)}"
        lines += textwrap.wrap(
            f"left open: {', '.join(issues)}. It was up to {names} ({could})",
            WIDTH,
            initial_indent=" " * 9,
            subsequent_indent=" " * 11,
            break_long_words=False,
        )
    return lines


def _said_since(scenario: Scenario, before: int, session: int) -> list[str]:
    """Say which words came, and which no longer hold, since an earlier session."""
    stages = scenario.stages()
    if before < 0 or session >= len(stages) or stages[before] == stages[session]:
        return []
    then, now = scenario.used(stages[before]), scenario.used(stages[session])
    gone = {word.id for word in latest(then)} - {word.id for word in latest(now)}
    lines = []
    for key, one in now.items():
        if key not in then:
            named = "; ".join(_option(scenario, *option.split(".", 1)) for option in one.options)
            only = " or ".join(_option(scenario, *option.split(".", 1)) for option in one.conditions)
            told = f"refuses, but with {only}: {named}" if only else f"{one.stance}: {named}"
            lines += _indented(f"{one.made_on}: {name_of(scenario, one.actor)} {told} ({cite(scenario, [key])})")
    if gone:
        lines += _indented(f"no longer holds: {cite(scenario, [key for key in then if key in gone])}")
    return lines


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False)


READ = {"hard": "a red line", "price": "a price", "posture": "a posture", "given_up": "a red line given up"}


def _drawn(scenario: Scenario, record: Record) -> list[str]:
    """Put into words how this run reads what is refused, and how often it is read so."""
    together: dict[tuple[str, str, str, float | None], list[ReadingRecord]] = {}
    for one in record.readings:
        together.setdefault((one.actor, one.statement, one.reading, one.share), []).append(one)
    lines = []
    for (actor, statement, reading, drawn), alike in together.items():
        named = "; ".join(_option(scenario, *one.option.split(".", 1)) for one in alike)
        often = "set by hand" if drawn is None else f"so in {100 * drawn:.0f}% of runs"
        often += _held(scenario, actor, alike)
        lines += _indented(
            f"{name_of(scenario, actor)}, no to {named} ({cite(scenario, [statement])}): read as {READ[reading]}, {often}"
        )
    return ["In this run", *lines, ""] if lines else []


def _held(scenario: Scenario, actor: str, alike: list[ReadingRecord]) -> str:
    """Say how likely the others held a reading to be, before and after the talks."""
    told = [(one.before, one.after) for one in alike if one.before is not None and one.after is not None]
    if not told:
        return ""
    others = [name_of(scenario, party) for party in scenario.parties if party != actor]
    before, after = (100 * sum(one[when] for one in told) / len(told) for when in (0, 1))
    return f"; {others[0] if len(others) == 1 else 'the others'} held that {before:.0f}% likely, {after:.0f}% after the talks"


def _against(scenario: Scenario, move: Move, option: str) -> str:
    """Say by which of its own words a party refuses what it offers, where those stand and no condition of theirs is met."""
    standing = scenario.standing(scenario.stages()[move.session])
    offered = {f"{issue}.{one}" for issue, one in move.package.items()}
    for refusal, stands in zip(scenario.refusals(), standing):
        if stands and (refusal.actor, refusal.option) == (move.party, option) and not offered & set(refusal.condition):
            return f" (against its own {refusal.statements[0]})"
    return ""


def _cores(scenario: Scenario) -> str:
    parts = []
    for key, track in scenario.tracks.items():
        names = ", ".join(scenario.label(issue) for issue in track.core) or "anything that is agreed"
        parts.append(f"{track.name or key}: {names}")
    return "; ".join(parts) + "."


def _lines(scenario: Scenario, moves: list[Move], at: int) -> list[str]:
    """Put one move into words; an offer in place of what stands is also a refusal."""
    move = moves[at]
    name = name_of(scenario, move.party) or "The text"
    head = f"    {move.turn + 1:>3}  {name} "
    earlier = moves[at - 1] if at else None
    answers = (
        earlier is not None
        and earlier.move in ("offers", "accepts")
        and ((earlier.session, earlier.deal) == (move.session, move.deal))
    )
    if move.move == "offers":
        author = f"The text of {name}" if move.party in scenario.mediators else name
        verb = "offers: " if move.party in scenario.parties else "reads: "
        return _wrapped(f"    {move.turn + 1:>3}  {author} {'refuses and ' if answers else ''}{verb}{_package(scenario, move)}")
    if move.move == "accepts":
        return [head + "accepts."]
    if move.move == "walks out":
        return _wrapped(head + ("refuses and " if answers else "") + "has nothing to offer that it could accept; leaves it.")
    if move.move == "puts at last call":
        if move.party in scenario.parties:
            return [f"         last call on {name}'s offer"]
        return _wrapped(f"         last call on the text of {name}: {_package(scenario, move)}")
    if move.move == "refuses":
        return [head + "refuses."]
    if move.move == "ratified":
        judged = [key for key, issue in scenario.issues.items() if scenario.deal_of(key) == move.deal and issue.is_judged]
        return [f"         {'ratified' if judged else 'in force'}: {deal_name(scenario, move.deal)}"]
    if move.move == "declines to ratify":
        return [f"         not ratified: the principal of {name} declines"]
    if move.move == "delivered":
        return [f"         carried out: {deal_name(scenario, move.deal)}"]
    if move.move == "broken":
        return [f"         broken: {deal_name(scenario, move.deal)}"]
    if move.move == "happens":
        return _indented(f"what happens: {move.event}")
    if move.move == "stays away":
        return [f"    {name} stays away."]
    return ["    The war ends on the battlefield; the talks stop."]


def _package(scenario: Scenario, move: Move) -> str:
    """Name what a package changes, marked where it is against its author's own words."""
    asked = [
        _option(scenario, issue, option) + _against(scenario, move, f"{issue}.{option}")
        for issue, option in move.package.items()
        if option != scenario.quo_of(issue)
    ]
    return "; ".join(asked) or "no change"


def _option(scenario: Scenario, issue: str, option: str) -> str:
    entry = scenario.issues[issue]
    label = entry.option(option).label
    return f"{scenario.label(issue)}: {label}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * 11, drop_whitespace=True, replace_whitespace=False)


def _issue_table(scenario: Scenario, record: Record) -> Table:
    table = Table(box=None, pad_edge=False, title="Issues", title_justify="left")
    table.add_column("issue", overflow="fold", max_width=28)
    table.add_column("outcome", overflow="fold", max_width=18)
    table.add_column("when", max_width=8)
    table.add_column("blocked by", overflow="fold", max_width=11)
    table.add_column("bound by", overflow="fold", max_width=16)
    for key, issue in record.issues.items():
        label = next((option.label for option in scenario.issues[key].options if option.id == issue.option), issue.option)
        when = f"s{issue.session + 1} t{issue.turn}" if issue.session is not None and issue.turn is not None else ""
        table.add_row(
            escape(scenario.label(key)),
            escape(label) if issue.agreed else f"[dim]{_quo_word(scenario, key)}[/dim]",
            when,
            escape(who_of(scenario, issue.blocked_by)),
            escape(_bound(scenario, issue.bound_by)),
        )
    return table


def _quo_word(scenario: Scenario, issue: str) -> str:
    return "status quo" if scenario.quo_of(issue) else "no agreement"


def _bound(scenario: Scenario, text: str) -> str:
    """Add the paragraph behind each statement's id."""
    told = []
    for part in text.split("; "):
        statement = scenario.statements.get(part.rsplit(" ", 1)[-1])
        told.append(f"{part} (par. {statement.paragraph})" if statement is not None else part)
    return "; ".join(told)


def _track_table(scenario: Scenario, record: Record) -> Table:
    table = Table(box=None, pad_edge=False, title="\nTracks", title_justify="left")
    for name in ("track", "zone", "at the table", "ratified", "delivered"):
        table.add_column(name)
    for key, track in record.tracks.items():
        words = ["not known" if flag is None else "yes" if flag else "no" for flag in (track.zone, track.table, track.ratified)]
        table.add_row(escape(scenario.tracks[key].name or key), *words, f"{100 * track.delivered:.0f}%")
    return table
