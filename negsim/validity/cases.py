"""A case and its variants: what is played and drawn of them, once, and measures of it by name.

A measure takes the entry of the list and the variants of a case, and returns a number. None says that there was nothing to be
measured (nobody has a red line, the event never happens): the statement then says nothing of the case.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.expression import holds
from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import draw_batch, play_batch
from negsim.engine.columns import as_table, columns_of
from negsim.engine.layout import lay_out
from negsim.validity.changes import CHANGES

SEED = 20250516
MEASURES: dict[str, Callable[..., Any]] = {}
FEW = 20  # events under which a share given them is not told


def measure(made: Callable[..., Any]) -> Callable[..., Any]:
    """Register a measure under its name."""
    MEASURES[made.__name__] = made
    return made


@functools.cache
def scenario_of(name: Any, *arm: Any) -> Any:
    """Return a case after changes, those by path first."""
    scenario = load_scenario(name, [one for one in arm if "=" in one])
    for one in arm:
        if "=" not in one:
            scenario = CHANGES[one](scenario)
    return scenario


class Variant(NamedTuple):
    """A variant of a case with a number of runs; what is played and drawn of it is kept."""

    name: str
    arm: tuple[str, ...]
    runs: int

    @property
    def scenario(self) -> Any:
        return scenario_of(self.name, *self.arm)

    @property
    def results(self) -> Any:
        return played(self)

    @property
    def table(self) -> Any:
        return tabled(self)

    @property
    def draws(self) -> Any:
        return drawn(self)


@functools.lru_cache(maxsize=12)
def played(variant: Any) -> Any:
    results = play_batch(variant.scenario, SEED, 0, variant.runs, traced=True)
    if results.failed.any():
        raise RuntimeError(f"{variant.name}: runs failed")
    return results


@functools.lru_cache(maxsize=64)
def tabled(variant: Any) -> Any:
    return as_table(columns_of(variant.scenario, played(variant)))


@functools.lru_cache(maxsize=12)
def drawn(variant: Any) -> Any:
    return draw_batch(variant.scenario, SEED, 0, variant.runs)


def flags(variant: Any, expression: Any) -> Any:
    return np.array([bool(one) for one in holds(variant.table, expression).to_pylist()])


def chance(entry: Any, variant: Any) -> Any:
    """Return the share of runs with the outcome, of those with what is given; None if those are few."""
    happened = flags(variant, entry["outcome"])
    if "given" not in entry:
        return happened.mean()
    given = flags(variant, entry["given"])
    return happened[given].mean() if given.sum() >= FEW else None


def place(variant: Any, issue: Any) -> Any:
    return lay_out(variant.scenario).positions.index(issue)


def can_offer(variant: Any, party: Any, issue: Any, option: Any) -> Any:
    """Tell in which draws a party may offer an option at all: no red line, no consent withheld."""
    layout = lay_out(variant.scenario)
    c = next(k for k, compound in enumerate(layout.compounds) if issue in compound)
    at = layout.compounds[c].index(issue)
    having = [o for o, package in enumerate(layout.packages[c]) if package[at] == option]
    number = list(variant.scenario.parties).index(party)
    return np.isfinite(variant.draws.worths[:, number, c][:, having]).any(axis=1)
