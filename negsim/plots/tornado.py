"""What moves an outcome most: one bar a lever, from its lowest share to its highest."""

from typing import Any

from negsim.domain.scenario import Scenario
from negsim.plots import Subject, plot

MOST_BARS = 14


def size(scenario: Scenario) -> tuple[float, float]:  # noqa: ARG001
    """Return width and height in inches."""
    return 11.0, 7.0


@plot("tornado", size, over_points=True)
def tornado(subject: Subject, axes: Any) -> Any:
    """Share of runs with an outcome as each lever is moved alone; drawn by `negsim explain`."""
    if "lever" not in subject.table.column_names:
        raise ValueError("a tornado is drawn by `negsim explain SCENARIO -o FILE`")
    rows = subject.table.to_pylist()
    base = subject.experiment["share"]
    bars: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        bars.setdefault(row["lever"], []).append(row)
    reach = {lever: max(abs(row["share"] - base) for row in found) for lever, found in bars.items()}
    shown = sorted(bars, key=lambda lever: -reach[lever])[:MOST_BARS][::-1]
    for at, lever in enumerate(shown):
        for row in bars[lever]:
            up = row["share"] >= base
            axes.barh(at, row["share"] - base, left=base, height=0.62, color="#0b6e4f" if up else "#c8553d")
        for row in (min(bars[lever], key=lambda r: r["share"]), max(bars[lever], key=lambda r: r["share"])):
            right = row["share"] >= base
            if abs(row["share"] - base) > 0.002:
                axes.annotate(
                    row["value"],
                    (row["share"], at),
                    xytext=(4 if right else -4, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left" if right else "right",
                    fontsize=8,
                )
    axes.axvline(base, color="black", linewidth=1)
    axes.axvline(0.5, color="#888888", linewidth=0.8, linestyle=":")
    axes.set_yticks(range(len(shown)), shown, fontsize=9)
    lows, highs = [row["share"] for row in rows], [row["share"] for row in rows]
    margin = 0.18 * max(0.05, max(highs) - min(lows))
    axes.set_xlim(max(-0.05, min(*lows, base) - margin), min(1.05, max(*highs, base) + margin))
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    axes.set_xlabel(f"share of runs with {subject.experiment['outcome']} (line: as it stands, {100 * base:.1f}%)")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
