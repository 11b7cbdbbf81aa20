"""The frame of a picture: its size, what it found as a title, and a caption that says what it was drawn from."""

import importlib.resources
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

import negsim
from negsim.plots import Plot, Subject
from negsim.plots.marks import SOFT, broken, legend_rows, room_asked

HOUSE = str(importlib.resources.files("negsim.plots") / "house.mplstyle")
# Scripts that the first font lacks; only those installed are asked for.
FONTS = ("DejaVu Sans", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK SC", "Noto Sans Devanagari", "Arial")
PIXELS = 1300  # of the width of a PNG
FLAT = 0.56  # height of a body to its width, where it does not count lines of text
LINE = 1.5  # height of a line of text to the size of its letters


class Width(NamedTuple):
    """How wide a picture is, in inches, and how large its letters, in points."""

    inches: float
    points: float


WIDTHS = {"column": Width(3.5, 7.0), "page": Width(7.2, 8.5), "slide": Width(10.0, 11.0)}


def style(width: Width) -> Any:
    """Return the house style at a width, as Matplotlib takes it."""
    installed = set(font_manager.get_font_names())
    return {
        **mpl.rc_params_from_file(HOUSE, use_default_template=False),
        "font.size": width.points,
        "font.sans-serif": [name for name in FONTS if name in installed],
    }


def framed(subject: Subject, kind: Plot, width: str = "slide", figure: Any = None) -> Any:
    """Draw a picture with its title and caption; under `style`, which the caller sets.

    Parameters
    ----------
    subject : Subject
    kind : Plot
    width : str
        "column", "page" or "slide".
    figure : matplotlib Figure, optional
        To draw on; else a new one.

    Returns
    -------
    matplotlib Figure
    """
    inches, points = WIDTHS[width]
    drawn = figure or Figure(layout="constrained")
    drawn.set_size_inches(inches, inches * FLAT)
    axes = drawn.add_subplot()
    kind.draw(subject, axes)
    heading = broken(axes.get_title(loc="left"), _fits(inches, 1.2 * points * 1.09))
    axes.set_title("", loc="left")
    told = "\n".join(broken(part, _fits(inches, 0.8 * points)) for part in caption(subject, kind))
    drawn.suptitle(heading, x=0.01, ha="left", fontsize=1.2 * points, fontweight="bold")
    drawn.supxlabel(told, x=0.01, ha="left", fontsize=0.8 * points, color=SOFT)
    line = LINE * points / 72.0
    usual = inches * FLAT / line - 3.5
    lines, under = room_asked(axes, usual), legend_rows(axes)
    body = inches * FLAT + max(0, under - 1) * line if lines is None else (lines + 3.5 + (1.5 + under if under else 0.0)) * line
    extra = (heading.count("\n") + 1) * 1.25 * line + (told.count("\n") + 1) * 0.8 * line
    drawn.set_size_inches(inches, body + extra)
    return drawn


def caption(subject: Subject, kind: Plot) -> list[str]:
    """Return what a picture is drawn from, and how it is read."""
    scenario, experiment = subject.scenario, subject.experiment
    varied = [name for part in ("levers", "vary", "uncertainties", "inputs") for name in experiment.get(part, ())]
    readings = "varied" if "readings" in varied else scenario.readings
    parts = [f"{scenario.title} ({scenario.id})", *([subject.label] if subject.label not in ("", scenario.id) else [])]
    if subject.runs:
        parts.append(
            f"{subject.runs:,} run{'s' if subject.runs > 1 else ''}"
            + (" each" if {one.runs for one in subject.beside} == {subject.runs} else "")
        )
    if subject.beside:
        others = [f"{one.label} ({one.runs:,} runs)" for one in subject.beside]
        parts.append(f"beside {', '.join(others)}")
    told = "; ".join([*parts, f"seed {subject.seed}", f"readings {readings}", f"negsim {negsim.__version__}"]) + "."
    return [kind.note, told] if kind.note else [told]


def in_words(subject: Subject, kind: Plot) -> str:
    """Return a description for who cannot see the picture."""
    return " ".join([kind.summary + ".", *caption(subject, kind)])


def _fits(inches: float, points: float) -> int:
    return int(inches * 0.97 * 72 / (0.545 * points))
