"""Pictures: one figure a file. A plot takes data and an `Axes` and returns the `Axes`; its title says what was found."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa

from negsim.domain.scenario import Scenario

RUNS, POINTS, SCENARIO = "runs", "points", "scenario"  # what most pictures are drawn from: runs of one point, of all, or none


class Subject(NamedTuple):
    """What a picture is drawn from.

    Attributes
    ----------
    scenario : Scenario
    seed : int
    table : pyarrow.Table or None
        Runs, without failed ones.
    runs : int
        How many the caption names.
    experiment : dict
        As the manifest of a sweep has it; empty for runs of one scenario.
    outcome : str
        Expression on a column; empty: the picture's own choice.
    found : Any
        What an analysis found, for pictures of one; a picture says of what type.
    label : str
        Which point or arm it is, in words.
    beside : tuple of Subject
        Others to be drawn beside, each with a label.
    replicate : int
        Which run, for pictures of one.
    deal : str
        Which deal, for pictures of one; empty: the picture's own choice.
    """

    scenario: Scenario
    seed: int = 0
    table: pa.Table | None = None
    runs: int = 0
    experiment: dict[str, Any] = {}  # noqa: RUF012
    outcome: str = ""
    found: Any = None
    label: str = ""
    beside: tuple["Subject", ...] = ()
    replicate: int = 0
    deal: str = ""


class Plot(NamedTuple):
    """A kind of picture.

    Attributes
    ----------
    name, summary : str
    draw : callable
        From a subject and an `Axes` to the `Axes`; raises a ValueError where the subject has not what it shows.
    needs : str
        What it is drawn from: "runs" of one point, of all "points", the "scenario" alone, or an analysis by its name.
    note : str
        How to read it; goes into the caption.
    takes : tuple of str
        What can be asked of it: an "outcome" (of "numbers" as well), a "run", a "deal", "at-least", others "beside".
    """

    name: str
    draw: Callable[[Subject, Any], Any]
    summary: str
    needs: str
    note: str
    takes: tuple[str, ...] = ()


PLOTS: dict[str, Plot] = {}


def plot(
    name: str, needs: str = RUNS, note: str = "", takes: tuple[str, ...] = ()
) -> Callable[[Callable[[Subject, Any], Any]], Callable[[Subject, Any], Any]]:
    """Register a picture that is drawn by `draw(subject, axes)`."""

    def register(draw: Callable[[Subject, Any], Any]) -> Callable[[Subject, Any], Any]:
        summary = (draw.__doc__ or "").strip().split("\n")[0].rstrip(".")
        PLOTS[name] = Plot(name, draw, summary, needs, note, takes)
        return draw

    return register


def discover() -> None:
    """Import every module of this folder, so that its pictures register themselves."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
