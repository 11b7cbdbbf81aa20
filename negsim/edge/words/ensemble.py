"""Many runs: shares, paired differences of arms, scores."""

import math
import textwrap
from collections.abc import Callable

import pyarrow as pa
from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.arms import Arm, verdict
from negsim.analysis.runs.ensembles import Share, blocks, option_shares, share, track_shares
from negsim.analysis.runs.scores import Score
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of
from negsim.edge.words.names import who_of
from negsim.sweep.design import Experiment


def show_ensemble(scenario: Scenario, read: Callable[[list[str]], pa.Table]) -> None:
    """Print the shares of a sweep of one point: options per issue, then where each track is won or lost.

    Parameters
    ----------
    scenario : Scenario
    read : callable
        Returns columns of the table of runs, without those that failed.
    """
    console = console_of()
    played = read([]).num_rows
    known = scenario.outcomes()
    issues = Table(title=f"{played} runs: share that leaves the status quo (95% interval)", box=None, pad_edge=False)
    issues.title_justify = "left"
    issues.add_column("issue", overflow="fold", max_width=28)
    issues.add_column("share of runs", justify="right", no_wrap=True)
    issues.add_column("was", max_width=8)
    issues.add_column("blocks most", overflow="fold")
    for key, issue in scenario.issues.items():
        table = read([f"{name}.{key}" for name in ("option", "blocked_by", "bound_by")])
        shares = list(option_shares(table, key, issue.option_ids()).values())
        most = blocks(table, key)[:1]
        issues.add_row(
            escape(scenario.label(key)),
            _share(share(played - shares[0].hits, played)),
            "" if key not in known else "not" if known[key] == issue.options[0].id else "agreed",
            escape(f"{who_of(scenario, most[0][0])}: {most[0][1]}, {100 * most[0][2] / played:.0f}%" if most else ""),
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
        won = track_shares(read([f"{name}.{key}" for name in ("zone", "table", "ratified")]), key)
        tracks.add_row(escape(track.name or key), *(_share(part) for part in won))
        if won.table_given_zone.of and won.table_given_zone.share > 0.95:
            notes.append(
                f"{track.name or key}: where there was a zone it was nearly always found:"
                " bargaining decided which package, not whether."
            )
    console.print(tracks)
    for note in notes:
        console.print(escape(note))


def _share(found: Share) -> str:
    if math.isnan(found.share):
        return "no such run"
    return f"{100 * found.share:.1f}% ({100 * found.low:.1f}-{100 * found.high:.1f})"


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


def show_scores(scenario: Scenario, found: list[Score]) -> None:
    """Print Brier scores per issue beside those of the null models."""
    console = console_of()
    table = Table(title="Brier score per issue: left the status quo and ratified (lower is better)", box=None, pad_edge=False)
    table.title_justify = "left"
    for name in ("issue", "was", "P", "negsim", "always status quo", "0.5", "last round"):
        table.add_column(name, overflow="fold", max_width=30 if name == "issue" else 8)
    for entry in found:
        table.add_row(
            escape(scenario.label(entry.issue)),
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
