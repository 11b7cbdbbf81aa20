"""The list of statements, and what becomes of each."""

import functools
import importlib.resources
import tomllib
from collections.abc import Sequence
from typing import Any, NamedTuple

from negsim.edge.files import bundled_ids
from negsim.validity import drawn, endings, offers, shares
from negsim.validity.cases import MEASURES, Variant, scenario_of

RUNS = 2000
MEASURING = drawn, endings, offers, shares  # modules whose measures stand in MEASURES once they are imported


class Verdict(NamedTuple):
    """What became of a statement.

    Attributes
    ----------
    id : str
    found : dict of str to float or None
        What was measured of each case; None: there was nothing to measure.
    worst : float or None
        The furthest from its bound.
    holds : bool
    """

    id: str
    found: dict[str, float | None]
    worst: float | None
    holds: bool


@functools.cache
def statements() -> dict[str, dict[str, Any]]:
    """Return the statements of the list by id."""
    found: dict[str, dict[str, Any]] = _list()["statements"]
    return found


@functools.cache
def _list() -> dict[str, Any]:
    return tomllib.loads((importlib.resources.files("negsim.validity") / "statements.toml").read_text(encoding="utf-8"))


def coded_cases() -> list[str]:
    """Return the ids of all bundled cases that rest on statements."""
    names = [name for name in bundled_ids("scenarios") if name != "what-if-posture"]
    return [name for name in names if scenario_of(name).used()]


def bound(entry: dict[str, Any]) -> str:
    """Put the bound of a statement into words."""
    return " and ".join(f"{sign} {entry[key]:g}" for key, sign in (("least", ">="), ("most", "<=")) if key in entry)


def cases_of(entry: dict[str, Any], every: Sequence[str]) -> list[str]:
    """Return the cases that a statement is asked of."""
    if entry["on"] == "every":
        return list(every)
    return [_list()["cases"][name] for name in entry["on"]]


def judge(key: str, runs: int = RUNS, cases: Sequence[str] | None = None, slack: float = 0.0) -> Verdict:
    """Measure a statement on its cases.

    Parameters
    ----------
    key : str
    runs : int
    cases : sequence of str, optional
        Ids or paths of cases that statements on every case are asked of, and no others; all bundled ones if not said.
    slack : float
        How far past its bound it may lie.
    """
    entry, found = statements()[key], dict[str, float | None]()
    asked = cases_of(entry, coded_cases() if cases is None else cases)
    for name in asked if cases is None else [name for name in asked if name in cases]:
        variants = [Variant(name, tuple(arm), runs) for arm in entry.get("arms", [[]])]
        value = MEASURES[entry["measure"]](entry, variants)
        found[name] = None if value is None else float(value)
    values = [value for value in found.values() if value is not None]
    if not values:
        return Verdict(key, found, None, holds=True)
    low, high = entry.get("least", -1e9) - slack, entry.get("most", 1e9) + slack
    worst = max(values, key=lambda value: max(value - high, low - value))
    return Verdict(key, found, worst, holds=low <= worst <= high)
