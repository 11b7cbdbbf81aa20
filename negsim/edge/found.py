"""What is found in Python: a table with a short text, HTML, and pictures. Part of the edge."""

import html
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError

SHOWN = 30  # rows, and columns, of a table in a notebook


@dataclass(frozen=True)
class Found:
    """What was found: a table, and what it was made of.

    Attributes
    ----------
    title : str
        In a few words.
    table : pyarrow.Table
    content : object
        All of it, as the command of the same name has it.
    """

    title: str
    table: pa.Table = field(repr=False)
    content: Any = field(repr=False)

    def to_arrow(self) -> pa.Table:
        """Return the table."""
        return self.table

    def to_pandas(self) -> Any:
        """Return the table as a pandas DataFrame.

        Raises
        ------
        ModuleNotFoundError
            Without pandas.
        """
        if importlib.util.find_spec("pandas") is None:
            raise ModuleNotFoundError("to_pandas() needs pandas: pip install 'negsim[notebook]'; to_arrow() goes without")
        return self.table.to_pandas()

    def __repr__(self) -> str:
        return f"<negsim: {self.title}; {self.table.num_rows} rows>"

    def _repr_html_(self) -> str:
        names = self.table.column_names[:SHOWN]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        rows = []
        for row in self.table.slice(0, SHOWN).select(names).to_pylist():
            rows.append("<tr>" + "".join(f"<td>{html.escape(_shown(value))}</td>" for value in row.values()) + "</tr>")
        more = []
        if self.table.num_rows > SHOWN:
            more.append(f"{self.table.num_rows - SHOWN} rows more")
        if len(self.table.column_names) > SHOWN:
            more.append(f"{len(self.table.column_names) - SHOWN} columns more")
        rest = f"<p>and {', '.join(more)}</p>" if more else ""
        return f"<table><caption>{html.escape(self.title)}</caption><tr>{head}</tr>{''.join(rows)}</table>{rest}"


@dataclass(frozen=True, repr=False)
class Sweep(Found):
    """An ensemble of runs, one row a run; `content` is its manifest.

    Attributes
    ----------
    scenario : Scenario
        Of its first point.
    """

    scenario: Scenario = field(repr=False)

    def share(self, outcome: str) -> Any:
        """Return the share of runs with an outcome, as `agreed.ceasefire`, with its 95% interval, by replicate."""
        from negsim.analysis.runs.ensembles import clustered, played
        from negsim.analysis.runs.expression import check, holds

        check(outcome, self.scenario)
        runs = played(self.table)
        return clustered(holds(runs, outcome), runs["replicate"])

    def to_salib(self, outcome: str) -> Any:
        """Return a Saltelli or Morris design as SALib takes it: problem, where the points lie, and the mean outcome of each."""
        from negsim.edge.mattered import to_salib

        return to_salib(self.opened(), outcome)

    def to_ema(self) -> Any:
        """Return the runs as the EMA workbench takes them: a DataFrame of experiments and arrays of outcomes."""
        from negsim.edge.mattered import to_ema

        return to_ema(self.opened())

    def opened(self) -> Any:
        """Return the sweep with its experiment and points; see `negsim.edge.mattered.Opened`."""
        from negsim.edge.mattered import opened_table

        def read(names: Sequence[str] | None) -> pa.Table:
            return self.table if names is None else self.table.select(list(names))

        return opened_table(self.title, self.scenario, self.content, read)

    def plot(self, kind: str = "shares", axes: Any = None, *, point: int | None = None) -> Any:
        """Draw a picture of these runs; see `negsim.plot`."""
        return plot(self, kind, axes, point=point)


def plot(subject: Sweep, kind: str = "shares", axes: Any = None, *, point: int | None = None) -> Any:
    """Draw a picture of a sweep.

    Parameters
    ----------
    subject : Sweep
    kind : str
        See `negsim list plots`.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not said.
    point : int, optional
        Which point of several.

    Returns
    -------
    matplotlib.axes.Axes
    """
    from negsim import plots
    from negsim.analysis.runs.ensembles import played
    from negsim.edge.pictures import kind_of
    from negsim.edge.scenarios import build_scenario

    if not isinstance(subject, Sweep):
        raise InputError(f"{type(subject).__name__}: give what negsim.sweep returns")
    chosen, content = kind_of(kind), subject.content
    points, runs = content["points"], content["runs"]
    if chosen.needs not in (plots.RUNS, plots.POINTS, plots.SCENARIO):
        raise InputError(f"'{kind}': is drawn of what an analysis finds; negsim plot draws it to a file")
    if points > 1 and point is None and chosen.needs != plots.POINTS:
        raise InputError(f"the sweep has {points} points; name one, point=0 and so on, or draw 'response'")
    if point is not None and not (hasattr(point, "__index__") and 0 <= point < points):
        raise InputError(f"point {point}: the sweep has {points} points, counted from 0")
    if point is not None and points > 1 and chosen.needs == plots.POINTS:
        raise InputError(f"point {point}: '{kind}' is drawn of all points; leave it out")
    if chosen.needs == plots.POINTS:
        rows, scenario, seed, experiment = subject.table, subject.scenario, content["seed"], content["experiment"]
    else:
        rows = played(subject.table.slice((point or 0) * runs, runs))
        scenario = build_scenario(content["scenario"], Path(subject.title), content["changes"][point or 0], code=False)
        seed, experiment = rows["seed"][0].as_py() if rows.num_rows else content["seed"], {}
    drawn = plots.Subject(scenario, seed, rows, rows.num_rows, experiment)
    if axes is not None:
        return chosen.draw(drawn, axes)
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    from negsim.plots.frame import WIDTHS, framed, style

    with mpl.rc_context(style(WIDTHS["page"])):
        return framed(drawn, chosen, "page", plt.figure(layout="constrained")).axes[0]


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "" if value is None else str(value)
