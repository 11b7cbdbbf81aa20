"""Who blocks what: issue by who alone could have closed it."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from negsim.domain.scenario import Scenario
from negsim.names.actors import name_of
from negsim.names.numbers import percent
from negsim.plots import RUNS, Subject, plot
from negsim.plots.marks import ask_room, broken, letters

RARE = 0.02  # share below which, on every issue, those who block are told together as others
MOST = 6  # columns of those who block
MOST_LINES, UPRIGHT = 4, 22  # of a heading; letters of a line of one that stands upright, as words would be broken or pile up
CLOSED = "nobody blocks"
NOTE = (
    "Each row: all runs, by who alone (or each alone, or only together) could have closed the issue by giving up what binds it."
)


@plot("refusals", RUNS, NOTE)
def refusals(subject: Subject, axes: Any) -> Any:
    """Share of runs in which each issue is blocked, and by whom; rows sum to 100%."""
    scenario, table = subject.scenario, subject.table
    assert table is not None
    issues = [key for track in scenario.tracks for key, issue in scenario.issues.items() if issue.track == track]
    told = {key: _counted(table[f"blocked_by.{key}"]) for key in issues}
    total = max(1, table.num_rows)
    weight: dict[str, float] = {}
    for found in told.values():
        for who, count in found.items():
            weight[who] = weight.get(who, 0.0) + (count / total if who else 0.0)
    weight.pop("", None)
    often = [who for who in weight if max(found.get(who, 0) for found in told.values()) / total >= RARE]
    chosen = sorted(
        sorted(often, key=lambda who: -weight[who])[:MOST], key=lambda who: (" + " in who, who.count("; "), -weight[who])
    )
    rest = any(who not in chosen for who in weight)
    columns = [CLOSED, *chosen, *(["others"] if rest else [])]
    counts = np.zeros((len(issues), len(columns)))
    for row, key in enumerate(issues):
        for who, count in told[key].items():
            counts[row, 0 if not who else columns.index(who) if who in chosen else len(columns) - 1] += count
    shares = counts / total
    axes.imshow(np.column_stack([np.zeros(len(issues)), shares[:, 1:]]), cmap="Oranges", vmin=0, vmax=1.25, aspect="auto")
    for row, column in np.ndindex(*shares.shape):
        value = shares[row, column]
        axes.text(
            column, row, f"{100 * value:.0f}" if value else "\N{MIDDLE DOT}", ha="center", va="center", fontsize="small",
            color="white" if value > 0.8 and column else "black", fontweight="bold" if column == 0 else "normal",
        )  # fmt: skip
    wide = max(7, int(letters(axes, 0.6) / len(columns) / 0.75))
    names = [who if who == CLOSED else _named(scenario, who) for who in columns]
    headings = [broken(name, wide) for name in names]
    turned = any(len(word) > wide for name in names for word in name.split()) or max(map(_lines, headings)) > MOST_LINES
    headings = [broken(name, UPRIGHT) for name in names] if turned else headings
    axes.set_xticks(range(len(columns)), headings, fontsize="x-small", rotation=90 if turned else 0)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(issues)), [broken(scenario.label(key), int(letters(axes, 0.3) / 0.83)) for key in issues])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    tall = max(_lines(label.get_text()) for label in axes.get_yticklabels())
    axes.set_ylim(len(issues) - 0.5, -0.5)
    lines = 0.26 * UPRIGHT if turned else max(map(_lines, headings)) - 1
    ask_room(axes, len(issues) * max(1.5, 1.1 * tall) + lines)
    axes.set_xlabel("% of runs; rows sum to 100")
    axes.set_title(_finding(scenario, columns, shares, issues), loc="left")
    return axes


def _counted(column: pa.ChunkedArray) -> dict[str, int]:
    """Return how often each blocks; "" where nobody does."""
    return {row["values"] or "": row["counts"] for row in pc.value_counts(column).to_pylist()}


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _finding(scenario: Scenario, columns: list[str], shares: Any, issues: list[str]) -> str:
    if shares.shape[1] < 2 or not shares[:, 1:].any():
        return "Nobody blocks any issue in any run"
    row, column = np.unravel_index(np.argmax(shares[:, 1:]), shares[:, 1:].shape)
    who = _named(scenario, columns[int(column) + 1])
    return f"{scenario.label(issues[int(row)])}: {who} could have closed it in {percent(float(shares[row, column + 1]))} of runs"


def _named(scenario: Scenario, who: str) -> str:
    if who == "others":
        return "others"
    parts = [name_of(scenario, one) for one in who.replace(" + ", "; ").split("; ")]
    if len(parts) == 1:
        return f"{parts[0]} alone"
    return f"{' and '.join(parts)} {'only together' if ' + ' in who else 'each alone'}"
