"""Registers of rules: strategies, acceptance conditions, protocols, mediator styles; and the helpers of the hot path.

A rule registers itself by decorator and a folder is discovered by importing its modules: nothing is listed by hand.
"""

import importlib
import math
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
ACTS = ("never", "opening", "turn")  # when a mediator's style can act on a deal
MAX_TRAITS = 8  # of a strategy, of an acceptance condition, and of a mediator

HELPERS: list[Callable[..., Any]] = []
MAKERS: list[Callable[..., Any]] = []


class Trait(NamedTuple):
    """A number that a rule is tuned by: its default and the least and most it may be."""

    default: float
    least: float
    most: float


class Rule(NamedTuple):
    """A plain function under the name that scenarios use."""

    name: str
    function: Callable[..., Any]
    traits: dict[str, Trait]  # in the order the function finds them
    summary: str
    partner: str = ""  # the strategy whose memory or traits an acceptance condition reads
    acts: str = "turn"  # when a mediator's style can act on a deal: "never", at its "opening" alone, or at every "turn"
    insists: bool = False  # whether an acceptance condition is asked at last call too


class Strategy(NamedTuple):
    """An offer rule with the acceptance condition it comes with; the two share one memory."""

    name: str
    offer: Callable[..., Any]
    acceptance: str
    traits: dict[str, Trait]
    memory: Callable[[int, int, int], int]  # (issues, options, turns) -> slots
    summary: str


STRATEGIES: dict[str, Strategy] = {}
ACCEPTANCES: dict[str, Rule] = {}
PROTOCOLS: dict[str, Rule] = {}
MEDIATORS: dict[str, Rule] = {}


def helper(function: F) -> F:
    """Mark a plain function as part of the hot path: the batch engine makes it compilable, nothing else changes.

    A helper makes no array and keeps none that another function made: it is compiled without reference counts, which
    would take three quarters of the time of a run. What it needs room for is passed in.
    """
    HELPERS.append(function)
    return function


def maker(function: F) -> F:
    """Mark a function of the hot path that makes arrays of its own.

    Only strategies, protocols and other makers may take an array it returns; to a helper it returns numbers.
    """
    MAKERS.append(function)
    return function


def no_memory(issues: int, options: int, turns: int) -> int:  # noqa: ARG001
    """Say that a rule remembers nothing."""
    return 0


def strategy(
    name: str,
    *,
    acceptance: str = "ac_next",
    traits: Mapping[str, float | tuple[float, float, float]] | None = None,
    memory: Callable[[int, int, int], int] = no_memory,
    summary: str = "",
) -> Callable[[F], F]:
    """Register an offer rule `offer(view) -> package`; a first entry of -1 walks out.

    Traits are given as defaults, or as (default, least, most).
    """
    _check_name(name, "strategy")

    def register(function: F) -> F:
        _check_free(STRATEGIES, name, function)
        STRATEGIES[name] = Strategy(name, function, acceptance, _checked(name, traits), memory, summary or _first_line(function))
        if function not in MAKERS:
            MAKERS.append(function)  # so that other strategies can build on it
        return function

    return register


def acceptance(
    name: str,
    *,
    traits: Mapping[str, float | tuple[float, float, float]] | None = None,
    partner: str = "",
    insists: bool = False,
) -> Callable[[F], F]:
    """Register an acceptance condition `accept(view, my_next) -> bool`.

    One that reads the memory or the traits of a strategy names it as its partner, and goes with no other. At last call all that
    is not below the floor is accepted; one that `insists` is asked then too.
    """
    return _register(ACCEPTANCES, name, traits, partner, insists=insists)


def protocol(name: str, *, traits: Mapping[str, float | tuple[float, float, float]] | None = None) -> Callable[[F], F]:
    """Register a protocol `protocol(clock, desk, case, speakers) -> clock`."""

    def register(function: F) -> F:
        return maker(_register(PROTOCOLS, name, traits)(function))

    return register


def mediator(
    name: str, *, traits: Mapping[str, float | tuple[float, float, float]] | None = None, acts: str = "turn"
) -> Callable[[F], F]:
    """Register a mediator style `mediate(sight) -> int`; a result other than 0 says that it changed something.

    One that acts at the "opening" of a deal alone, or "never", says so: it is not asked at other turns.
    """
    if acts not in ACTS:
        raise ValueError(f"{name}: acts = {acts!r}; a mediator acts {', '.join(map(repr, ACTS))}")
    return _register(MEDIATORS, name, traits, acts=acts)


def discover(*packages: str) -> None:
    """Import every module of the named packages, so that their rules register themselves."""
    for package in packages:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            importlib.import_module(f"{package}.{module.name}")


def _register(
    register: dict[str, Rule],
    name: str,
    traits: Mapping[str, float | tuple[float, float, float]] | None,
    partner: str = "",
    acts: str = "turn",
    *,
    insists: bool = False,
) -> Callable[[F], F]:
    _check_name(name, "rule")

    def add(function: F) -> F:
        _check_free(register, name, function)
        register[name] = Rule(name, function, _checked(name, traits), _first_line(function), partner, acts, insists)
        return function

    return add


def _check_name(name: object, what: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f'a {what} registers under a name: write @{what}("my_name") above it')


def _check_free(register: Mapping[str, Any], name: str, function: Callable[..., Any]) -> None:
    """Refuse to take the name of a rule that negsim brings."""
    there = register.get(name)
    home = getattr(there, "offer", getattr(there, "function", None))
    if home is not None and str(home.__module__).startswith("negsim.") and not str(function.__module__).startswith("negsim."):
        raise ValueError(f"the name '{name}' is taken by a built-in rule; choose another")


def _checked(name: str, traits: Mapping[str, float | tuple[float, float, float]] | None) -> dict[str, Trait]:
    named = {
        key: Trait(*value) if isinstance(value, tuple) else Trait(value, -math.inf, math.inf)
        for key, value in (traits or {}).items()
    }
    if len(named) > MAX_TRAITS:
        raise ValueError(f"{name}: {len(named)} traits declared, at most {MAX_TRAITS} are possible")
    return named


def _first_line(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
