"""Many runs: shares, paired differences of arms, scores."""

import math
import textwrap
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.arms import Arm, Point, between_points, by_point, verdict
from negsim.analysis.runs.ensembles import (
    Share,
    blocks,
    clustered,
    mean_by,
    mean_of,
    means_apart,
    option_shares,
    share,
    track_shares,
)
from negsim.analysis.runs.expression import holds, is_share, measured
from negsim.analysis.runs.summary import Summary, ends_at, left
from negsim.domain.citation import ASSUMED, Basis, Citation, basis_of, citations, rests_on
from negsim.domain.ensemble import WORDS
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.names.actors import who_of
from negsim.names.outcomes import in_words, share_of_runs
from negsim.sweeps.design import Experiment

MOST_POINTS = 30  # of a design that are printed
MISSED = 0.05  # share of runs up to which what came about was missed


def show_ensemble(scenario: Scenario, read: Callable[[list[str]], pa.Table], summary: Summary | None = None) -> None:
    """Print the shares of a sweep of one point: how sure, on what, and where each track is won or lost.

    Parameters
    ----------
    scenario : Scenario
    read : callable
        Returns columns of the table of runs, without those that failed.
    summary : Summary, optional
        Ranges over what is assumed, and what decided each track.
    """
    console = console_of()
    played = read([]).num_rows
    cited = citations(scenario)
    counts = basis_of(scenario, cited)
    console.print(f"[bold]{escape(scenario.title)}[/bold]: {played:,} runs")
    paragraph(console, _preface(scenario, counts, summary))
    _show_issues(scenario, read, cited, summary, played)
    _show_tracks(scenario, read, cited, summary)
    _show_blocks(scenario, read, cited, played)


def _preface(scenario: Scenario, counts: Basis, summary: Summary | None) -> str:
    text = (
        f"Of the {sum(counts)} numbers behind it {counts.stated} are stated by a source, {counts.read} read (a source's words,"
        f" but it is open how they are meant) and {counts.assumed} assumed (on nobody's words). 'rests on': which of these"
        f" prevail in a row; negsim cite {scenario.id} lists them, and statements by their ids. 'was': what came about; empty"
        " where not known. In brackets: the sampling error of the runs, a 95% interval."
    )
    if summary is None:
        return text + " How far shares hang on what is assumed was not played: negsim explain says it."
    first = next(iter(summary.assumed.values()))
    members = str(first.members) if first.members == first.of else f"{first.members} of {first.of}, taken at random,"
    opened: dict[str, str] = {}
    for path, values in scenario.open_choices().items():
        if len(values) > 1:
            opened[_choice(path)] = ", ".join(_plainly(value) for value in values)
    told = "; ".join(f"{name}: {values}" for name, values in opened.items())
    return text + (
        f" 'over assumptions': the least and the largest share over {members} combinations of what no source says ({told});"
        " what else is read or assumed is drawn anew in each run. Where assumptions prevail no single share is given, only that"
        " range."
    )


def _plainly(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def _choice(path: str) -> str:
    return "each side's strategy" if path.endswith(".strategy") else WORDS.get(path, path)


def _show_issues(
    scenario: Scenario,
    read: Callable[[list[str]], pa.Table],
    cited: list[Citation],
    summary: Summary | None,
    played: int,
) -> None:
    table, known, missed = _table("\nShare of runs that leave the status quo", "issue"), scenario.outcomes(), list[str]()
    for key, issue in scenario.issues.items():
        by_option = option_shares(read([f"option.{key}"]), key, issue.option_ids())
        if key in known:
            missed += _missed(scenario, key, known[key], by_option[known[key]], summary)
        basis = rests_on(scenario, cited, [key])
        quo = scenario.quo_of(key)
        was = "" if key not in known else "not" if known[key] == quo else "agreed"
        others = [option for option in issue.options if option.id != quo]
        leaves = share(sum(by_option[option.id].hits for option in others), played)
        table.add_row(escape(scenario.label(key)), basis, *_ranges(leaves, basis, summary, left(scenario, key)), was)
        if len(others) > 1:
            for option in others:
                label = "\n".join(textwrap.wrap(option.label, 26, initial_indent="  ", subsequent_indent="    "))
                was = "so" if known.get(key) == option.id else ""
                told = _ranges(by_option[option.id], basis, summary, ends_at(key, option.id))
                table.add_row(escape(label), "", *told, was, style="dim")
    console_of().print(table)
    for line in missed:
        paragraph(console_of(), line)


def _missed(scenario: Scenario, key: str, option: str, found: Share, summary: Summary | None) -> list[str]:
    """Say that what came about of an issue is hardly ever found, if it is not, whatever is assumed."""
    most = found.share if summary is None else summary.assumed[ends_at(key, option)].most.share
    if max(found.share, most) > MISSED:
        return []
    told = "in these runs" if summary is None else "whatever is assumed"
    label = scenario.issues[key].option(option).label
    return [f"Missed: {scenario.label(key)} ended at '{label}', which hardly any run has, {told}."]


def _show_tracks(
    scenario: Scenario, read: Callable[[list[str]], pa.Table], cited: list[Citation], summary: Summary | None
) -> None:
    console, notes, bases = console_of(), [], set()
    table = _table("\nShare of runs that agree on a track: on all its core issues, ratified", "track")
    stages = Table(title="\nWhere it is won or lost, in these runs", title_justify="left", box=None, pad_edge=False)
    for name in ("track", "P(zone)", "P(table | zone)", "P(ratified | table)"):
        stages.add_column(name, overflow="fold")
    known = scenario.outcomes()
    for key, track in scenario.tracks.items():
        won = track_shares(read([f"{name}.{key}" for name in ("zone", "table", "ratified")]), key)
        basis = rests_on(scenario, cited, track.core)
        bases.add(basis)
        name = escape(track.name or key)
        ended = [known[issue] != scenario.quo_of(issue) for issue in track.core if issue in known]
        was = "" if not track.core or len(ended) < len(track.core) else "agreed" if all(ended) else "not"
        table.add_row(name, basis, *_ranges(won.agreed, basis, summary, f"agreed.{key}"), was)
        for issue in track.core:
            table.add_row(escape(f"  {scenario.label(issue)}"), "", "", "", "", style="dim")
        told = in_words if basis == ASSUMED else _share
        stages.add_row(name, *(told(part) for part in (won.zone, won.table_given_zone, won.ratified_given_table)))
        if won.table_given_zone.of and won.table_given_zone.share > 0.95:
            notes.append(f"{track.name or key}: where there was a zone in these runs, it was nearly always found.")
    console.print(table)
    console.print(stages)
    text = "zone: some package beats no deal for every side; table: agreed at the table; ratified: by whom the sides answer to."
    if ASSUMED in bases:
        text += (
            " In words where assumptions prevail, of these runs: hardly any to 5%, few to a third, about half to two thirds, most"
            " to 95%, nearly all, all."
        )
    paragraph(console, text)
    for note in notes:
        paragraph(console, note)


def _show_blocks(scenario: Scenario, read: Callable[[list[str]], pa.Table], cited: list[Citation], played: int) -> None:
    """Print who blocks each issue most, of the runs."""
    lines = []
    for key in scenario.issues:
        most = blocks(read([f"{name}.{key}" for name in ("blocked_by", "bound_by")]), key)[:1]
        if most:
            who, why, count = most[0]
            assumed = rests_on(scenario, cited, [key]) == ASSUMED
            often = in_words(share(count, played)) if assumed else f"{100 * count / played:.0f}%"
            lines.append(f"{scenario.label(key)}: {who_of(scenario, who)} ({why}), {often}")
    if lines:
        console = console_of()
        console.print("\nWho blocks most, of all these runs")
        told = (
            "Who could have had the issue agreed by giving up what is named in brackets: 'A; B' either could, 'A + B' only both."
        )
        paragraph(console, told, "  ")
        for line in lines:
            paragraph(console, line, "  ")


def _table(title: str, first: str) -> Table:
    table = Table(title=title, box=None, pad_edge=False, title_justify="left")
    table.add_column(first, overflow="fold", max_width=30)
    table.add_column("rests on", no_wrap=True)
    table.add_column("share of runs", justify="right", no_wrap=True)
    table.add_column("over assumptions", justify="right", max_width=14)
    table.add_column("was", no_wrap=True)
    return table


def _ranges(found: Share, basis: str, summary: Summary | None, outcome: str) -> tuple[str, str]:
    """Return a share with its interval, and its range over what is assumed; mostly assumed, there is no single share."""
    if summary is None:
        return (in_words(found) if basis == ASSUMED else _share(found)), ""
    range_ = summary.assumed[outcome]
    ends = dict.fromkeys((_whole(range_.least.share), _whole(range_.most.share)))
    return ("" if basis == ASSUMED else _share(found)), f"{'-'.join(ends)}%"


def _whole(value: float) -> str:
    return "?" if math.isnan(value) else f"{100 * value:.0f}" if not 0.0 < value < 0.01 else f"{100 * value:.1f}"


def _share(found: Share) -> str:
    if math.isnan(found.share):
        return "no such run"
    return f"{100 * found.share:.1f}% ({100 * found.low:.1f}-{100 * found.high:.1f})"


def show_arms(experiment: Experiment, found: list[Arm]) -> None:
    """Print each arm's share and its paired difference to the first, beside the direction written down before."""
    console = console_of()
    table = Table(title=f"{experiment.title or experiment.id}: {experiment.outcome}", box=None, pad_edge=False)
    table.title_justify = "left"
    for name in ("arm", "share (95% interval)", f"difference{_paired(experiment.common)}", "expected", "verdict"):
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


def show_points(scenario: Scenario, table: pa.Table, experiment: Experiment, outcomes: list[str]) -> None:
    """Print the share of each outcome by point of a design, with paired differences to the first one, and over all points."""
    console, inputs = console_of(), experiment.inputs()
    for outcome in outcomes:
        if not is_share(outcome):
            _show_means(table, inputs, outcome, common=experiment.common)
            continue
        found = by_point(table, inputs, outcome, common=experiment.common)
        rows = Table(title=share_of_runs(scenario, outcome), box=None, pad_edge=False, title_justify="left")
        for name in inputs:
            rows.add_column(escape(name.rpartition(".")[2] if len(inputs) > 1 else name), overflow="fold", max_width=28)
        for name in ("share (95% interval)", f"points to the first{_paired(experiment.common)}"):
            rows.add_column(name, justify="right", no_wrap=True)
        for place, point in enumerate(found[:MOST_POINTS]):
            one = point.difference
            away = f"{100 * one.difference:+.1f} ({100 * one.low:+.1f} to {100 * one.high:+.1f})" if place else ""
            rows.add_row(*(_value(value) for value in point.values.values()), _share(one.share), away)
        over = clustered(holds(table, outcome), table["replicate"])
        rows.add_row("all points", *[""] * (len(inputs) - 1), _share(over), "", style="bold")
        console.print(rows)
        if len(found) > MOST_POINTS:
            console.print(f"and {len(found) - MOST_POINTS} points more: all are in the table", style="dim")
        _show_between(found)
    if experiment.common:
        told = "points have the same draws: differences are paired, and the interval over all points goes by replicate"
        console.print(told, style="dim")
    else:
        console.print("each point has draws of its own: differences are those of two samples", style="dim")
    console.print(f"which draws decide it: negsim explain {scenario.id}", style="dim")


def _paired(common: bool) -> str:  # noqa: FBT001
    return ", paired" if common else ""


def _show_means(table: pa.Table, inputs: list[str], outcome: str, *, common: bool) -> None:
    """Print the mean of a number by point, with differences to the first one, paired where draws are common."""
    runs = _runs(table)
    values = measured(table, outcome).reshape(-1, runs)
    points = table.take(pa.array(range(0, len(table), runs))).select(inputs).to_pylist()
    rows = Table(title=f"mean of {outcome}", box=None, pad_edge=False, title_justify="left")
    for name in inputs:
        rows.add_column(escape(name.rpartition(".")[2] if len(inputs) > 1 else name), overflow="fold", max_width=28)
    for name in ("mean (95% interval)", f"to the first{_paired(common)}"):
        rows.add_column(name, justify="right", no_wrap=True)
    for place, (point, own) in enumerate(zip(points[:MOST_POINTS], values)):
        mean, low, high = mean_of(own, shares=False)
        away, least, most = mean_of(own - values[0], shares=False) if common else means_apart(own, values[0])
        told = f"{away:+.4f} ({least:+.4f} to {most:+.4f})" if place else ""
        rows.add_row(*(_value(value) for value in point.values()), f"{mean:.4f} ({low:.4f} to {high:.4f})", told)
    mean, low, high = mean_by(values.ravel(), table["replicate"].to_numpy(), shares=False)
    rows.add_row("all points", *[""] * (len(inputs) - 1), f"{mean:.4f} ({low:.4f} to {high:.4f})", "", style="bold")
    console_of().print(rows)
    if len(points) > MOST_POINTS:
        console_of().print(f"and {len(points) - MOST_POINTS} points more: all are in the table", style="dim")
    console_of().print()


def show_sampled(table: pa.Table, experiment: Experiment, outcomes: list[str]) -> None:
    """Print how an outcome lies over the points of a sampled design: they are too many, and too scattered, to list."""
    console, inputs = console_of(), experiment.inputs()
    rows = Table(title="Over the points of the design", box=None, pad_edge=False, title_justify="left")
    for name in ("outcome", "all points", "least", "quarter", "half", "3 quarters", "most"):
        rows.add_column(name, justify="left" if name == "outcome" else "right", overflow="fold", max_width=28)
    for outcome in outcomes:
        values = measured(table, outcome)
        means = np.nanmean(values.reshape(-1, _runs(table)), axis=1)
        marks = [float(mark) for mark in np.nanquantile(means, (0.0, 0.25, 0.5, 0.75, 1.0))]
        rows.add_row(escape(outcome), *(f"{mark:.3f}" for mark in (float(np.nanmean(values)), *marks)))
    console.print(rows)
    paragraph(console, f"{len(table) // _runs(table):,} points over {', '.join(inputs)}: means of their runs.")
    console.print("what mattered: negsim sensitivity DIR; under which inputs: negsim discover DIR --outcome EXPR", style="dim")


def _runs(table: pa.Table) -> int:
    points = table["point"].to_numpy()
    return int(np.count_nonzero(points == points[0]))


def _show_between(found: list[Point]) -> None:
    apart = between_points(found)
    if len(found) > 1 and not math.isnan(apart):
        told = f"What is varied makes {100 * apart:.1f}% of the variation between runs; the rest is what each draws."
        paragraph(console_of(), told)
    console_of().print()


def _value(value: object) -> str:
    return escape(f"{value:g}" if isinstance(value, float) else str(value))
