"""Pictures: one figure a file. A plot takes data and an `Axes` and returns the `Axes`."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa

from negsim.domain.scenario import Scenario


class Subject(NamedTuple):
    """What a picture is drawn from: runs (without failed ones), their scenario, seed and experiment."""

    table: pa.Table
    scenario: Scenario
    seed: int
    experiment: dict[str, Any]


class Plot(NamedTuple):
    """A kind of picture: how it is drawn, and how large it has to be."""

    name: str
    draw: Callable[..., Any]
    size: Callable[..., tuple[float, float]]
    summary: str
    over_points: bool  # whether it compares the points of a sweep


PLOTS: dict[str, Plot] = {}


def plot(
    name: str, size: Callable[..., tuple[float, float]], *, over_points: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a picture drawn by `draw(subject, axes)`; `size(scenario)` is in inches."""

    def register(draw: Callable[..., Any]) -> Callable[..., Any]:
        PLOTS[name] = Plot(name, draw, size, (draw.__doc__ or "").strip().split("\n")[0].rstrip("."), over_points)
        return draw

    return register


def discover() -> None:
    """Import every module of this folder, so that its pictures register themselves."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
