"""Where pictures are drawn to files, with a caption that says what they show. Part of the edge."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.plots import Plot


def save(kind: Plot, table: pa.Table, scenario: Scenario, manifest: dict[str, Any], target: Path) -> None:
    """Draw a picture of a table of runs into a PNG, SVG or PDF file, 1,200 pixels wide or more."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=kind.size(scenario), layout="constrained")
    try:
        kind.draw(table, scenario, axes)
        axes.set_title(scenario.title, fontsize=13, loc="left", fontweight="bold")
        figure.supxlabel(
            f"{scenario.id}: {table.num_rows:,} runs, seed {manifest['seed']}, readings {scenario.readings},"
            f" negsim {manifest['version']}",
            fontsize=8,
            color="#555555",
            x=0.01,
            ha="left",
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(target, dpi=130)
    finally:
        plt.close(figure)
