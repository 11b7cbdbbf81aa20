"""What pictures share: colours, rows of words with marks beside them, percentages, and how many letters fit."""

import math
import re
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from negsim.analysis.runs.ensembles import Share
from negsim.domain.scenario import Scenario
from negsim.names.numbers import percent

# Told apart in grey and by colour-blind eyes; each has a contrast of at least 4.5 on white.
PALETTE = ("#0b5394", "#b14a00", "#0b6e4f", "#8a3a9c", "#555555", "#8f1d3f")
MORE, LESS = "#0b6e4f", "#b14a00"
INK, SOFT = "#111111", "#666666"
SHAPES = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--", "-.", (0, (1, 1)), (0, (5, 1, 1, 1)), (0, (3, 1)))
TALL, MORE_TALL = "lines ", "more lines "  # mark an axes that asks for room for so many lines of text, or so many more
LETTER = "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc]"  # of scripts that run from right to left
LEFTWARDS = re.compile(f"{LETTER}+(?: +{LETTER}+)*")
WORDS_WIDE = 0.36  # of a picture, for the words of its rows


class Row(NamedTuple):
    """A row of words: a heading (level 0), an entry (1) or a part of one (2)."""

    words: str
    level: int = 1


def colour_of(scenario: Scenario, actor: str) -> str:
    """Return the colour of an actor: that of its scenario, or one by its place among parties and mediators."""
    actors: dict[str, Any] = {**scenario.parties, **scenario.mediators}
    return actors[actor].colour or PALETTE[list(actors).index(actor) % len(PALETTE)]


def letters(axes: Any, share: float = 1.0) -> int:
    """Return how many letters fit into a share of a picture's width."""
    from matplotlib import rcParams

    return max(12, int(axes.figure.get_size_inches()[0] * 72 * share / (0.56 * float(rcParams["font.size"]))))


def broken(text: str, width: int) -> str:
    """Break a text into lines, long words too; words that run from right to left keep their place among others."""
    lines = textwrap.wrap(text, width) or [text]
    return "\n".join(LEFTWARDS.sub("\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", line) for line in lines)


def lay_rows(axes: Any, rows: Sequence[Row], *, tall: float = 1.0) -> list[float]:
    """Write rows of words on the y axis, from the top, and return where the middle of each lies, in lines of text.

    Parameters
    ----------
    tall : float
        Least height of an entry, in lines.
    """
    wide = int(letters(axes, WORDS_WIDE) / 0.83)
    places, at, ticks = [], 0.0, []
    for place, row in enumerate(rows):
        words = broken(row.words if row.level < 2 else f"\N{EN DASH} {row.words}", wide)
        own = max(tall if row.level else 1.0, 0.9 * (words.count("\n") + 1) + 0.2)
        at += own + (0.5 if row.level == 0 and place else 0.0)
        places.append(at - own / 2)
        ticks.append(words)
    axes.set_yticks(places, ticks)
    for label, row in zip(axes.get_yticklabels(), rows):
        label.set_fontweight("bold" if row.level == 0 else "normal")
        label.set_color(INK if row.level < 2 else "#444444")
    axes.set_ylim(max(at, 2.0), -0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    ask_room(axes, 0.86 * max(at, 2.0))
    return places


def ask_room(axes: Any, lines: float) -> None:
    """Ask the frame for a body so many lines of text tall."""
    axes.set_gid(f"{TALL}{lines:g}")


def ask_more(axes: Any, lines: float) -> None:
    """Ask the frame for so many lines of text more than a body has."""
    axes.set_gid(f"{MORE_TALL}{lines:g}")


def room_asked(axes: Any, usual: float) -> float | None:
    """Return for how many lines of text an axes asks, where a body usually has so many; None where it does not."""
    told = str(axes.get_gid() or "")
    if told.startswith(MORE_TALL):
        return usual + float(told.removeprefix(MORE_TALL))
    return float(told.removeprefix(TALL)) if told.startswith(TALL) else None


def percent_axis(axis: Any) -> None:
    """Write an axis of shares as percentages."""
    axis.set_major_formatter(lambda value, _: f"{100 * value:.4g}%")


def reach(low: float, value: float, high: float) -> tuple[list[float], list[float]]:
    """Return the arms of an error bar, none below 0."""
    return [max(0.0, value - low)], [max(0.0, high - value)]


def bar(axes: Any, place: float, one: Share, label: str = "_", **look: Any) -> None:
    """Draw a share as a bar with its interval and percentage."""
    axes.barh(place, one.share, height=0.7, label=label, **look)
    arms = reach(one.low, one.share, one.high)
    axes.errorbar(one.share, place, xerr=arms, fmt="none", ecolor="black", elinewidth=1.2, capsize=2)
    axes.annotate(percent(one.share), (one.high, place), (4, 0), textcoords="offset points", va="center", fontsize="small")


def aside(axes: Any, words: str, place: float, after: float = 0.5, size: str = "small") -> None:
    """Write words to the right of the axes, at the height of a row, after room for so many letters."""
    from matplotlib import rcParams

    axes.annotate(
        words, (1.0, place), (after * 0.56 * float(rcParams["font.size"]), 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", annotation_clip=False, va="center", ha="left", fontsize=size,
    )  # fmt: skip


def legend_below(axes: Any, columns: int = 3) -> None:
    """Put the legend under the axes and what the x axis is called, in as many columns as fit."""
    handles, words = axes.get_legend_handles_labels()
    if handles:
        words = [broken(text, letters(axes) - 10) for text in words]
        widest = max(len(line) for text in words for line in text.split("\n")) + 8
        fit = max(1, min(columns, letters(axes) // widest))
        under = 3.2 + 1.2 * axes.get_xlabel().count("\n")
        axes.legend(handles, words, loc="upper left", bbox_to_anchor=(0.0, 0.0), bbox_transform=below(axes, under), ncols=fit)


def legend_rows(axes: Any) -> int:
    """Return how many lines of text a legend takes; 0 where there is none."""
    legend = axes.get_legend()
    lines = 0 if legend is None else sum(text.get_text().count("\n") + 1 for text in legend.get_texts())
    return math.ceil(lines / legend._ncols) if lines else 0


def below(axes: Any, lines: float) -> Any:
    """Return the frame of an axes moved down by lines of text."""
    from matplotlib import rcParams
    from matplotlib.transforms import ScaledTranslation

    down = -lines * 1.2 * float(rcParams["font.size"]) / 72.0
    return axes.transAxes + ScaledTranslation(0.0, down, axes.figure.dpi_scale_trans)
