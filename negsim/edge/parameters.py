"""Every number that a file can set: its path, what it is with its unit, its default and its range. Part of the edge."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from negsim.core.parameters import PARAMETERS
from negsim.core.registry import ACCEPTANCES, MEDIATORS, STRATEGIES, Strategy
from negsim.domain.course import Course, Delivery, Drift, Event
from negsim.domain.ensemble import Ensemble
from negsim.domain.issue import Issue, Option, Track
from negsim.domain.party import Mediator, Party
from negsim.domain.scenario import Scenario
from negsim.engine.cast import register_all
from negsim.sweeps.axes import Span
from negsim.sweeps.design import Experiment

LEFT_OUT = {"name", "colour", "title", "reason", "id", "summary", "statements", "label", "source_of"}
NESTED = {"talks", "tracks", "issues", "parties", "mediators"}  # tables of a scenario with settings of their own
MODELS: dict[str, type[BaseModel]] = {
    "scenario: ": Scenario,
    "parties.ID": Party,
    "talks": Course,
    "talks.drift": Drift,
    "talks.delivery": Delivery,
    "talks.events": Event,
    "tracks.ID": Track,
    "issues.ID": Issue,
    "issues.ID.options.ID": Option,
    "mediators.ID": Mediator,
    "ensemble": Ensemble,
    "experiment file: ": Experiment,
    "experiment file: vary.PATH": Span,
}


class Setting(NamedTuple):
    """A number, or rule, that a file can set."""

    path: str
    default: str
    among: str  # its range, or what it may be
    words: str


def paths_of(name: str) -> list[str]:
    """Return dotted paths of what a scenario sets or could set: parameters, traits, strategies, readings."""
    from negsim.edge.scenarios import load_scenario

    scenario = load_scenario(name, code=False)
    register_all()
    parties = [f"parties.{key}.{trait}" for key in scenario.parties for trait in (*PARAMETERS, "strategy", "acceptance")]
    mediators = [
        f"mediators.{key}.{kind}.{party}"
        for key in scenario.mediators
        for kind in ("carrot", "stick")
        for party in scenario.parties
    ]
    statements = [f"statements.{key}.reading" for key in scenario.statements]
    own = [f"talks.{field}" for field in Course.model_fields] + ["readings", "package", "seed"]
    return sorted([*parties, *mediators, *statements, *own])


def settings() -> list[Setting]:
    """Return everything that a scenario or an experiment can set, parameters of parties first.

    Examples
    --------
    >>> next(one for one in settings() if one.path == "parties.ID.theta")
    Setting(path='parties.ID.theta', default='0', among='-1 to 1', words='what talking pays, in gains of a track')
    """
    register_all()
    return [*_parties(), *_traits(), *(one for head, model in MODELS.items() for one in _fields(head, model))]


def _parties() -> Iterator[Setting]:
    for name, known in PARAMETERS.items():
        among = f"{known.least:g} to {known.most:g}"
        yield Setting(f"parties.ID.{name}", _range(known.default), among, known.words)


def _traits(*, own: bool = False) -> Iterator[Setting]:
    """Yield the traits of all rules, or of negsim's own."""
    for rules, head in ((STRATEGIES, "parties"), (ACCEPTANCES, "parties"), (MEDIATORS, "mediators")):
        rule: Any
        for rule in rules.values():
            function = rule.offer if isinstance(rule, Strategy) else rule.function
            if own and not str(function.__module__).startswith("negsim."):
                continue
            for name, trait in rule.traits.items():
                among = f"{trait.least:g} to {trait.most:g}"
                yield Setting(f"{head}.ID.traits.{name}", _range(trait.default), among, f"of the rule {rule.name}")


def _fields(head: str, model: type[BaseModel]) -> Iterator[Setting]:
    told = _documented(model)
    for name, known in model.model_fields.items():
        nested = isinstance(known.default, BaseModel) or (model is Scenario and name in NESTED)
        if name in LEFT_OUT or nested or (model is Party and name in PARAMETERS) or (model is Course and name == "events"):
            continue
        ends = {end: getattr(one, end) for one in known.metadata for end in ("ge", "gt", "le", "lt") if hasattr(one, end)}
        low, high = ends.get("ge", ends.get("gt")), ends.get("le", ends.get("lt"))
        among = f"{low if low is not None else ''} to {high if high is not None else ''}".strip() if ends else ""
        path = name if model is Scenario else f"{head}{name}" if head.endswith(": ") else f"{head}.{name}"
        default = "required" if known.is_required() else _range(known.get_default(call_default_factory=True))
        yield Setting(path, default, among, known.description or told.get(name, ""))


def _documented(model: type[BaseModel]) -> dict[str, str]:
    """Return what a model's docstring says of its attributes."""
    text = (model.__doc__ or "").partition("Attributes\n")[2]
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.splitlines():
        head = re.fullmatch(r"\s{0,4}([\w, ]+) : .*", line)
        if head:
            names = [name.strip() for name in head[1].split(",")]
        elif line.strip() and not line.strip().startswith("---"):
            for name in names:
                found[name] = f"{found.get(name, '')} {line.strip()}".strip()
    return found


def _range(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 2:
        return f"{value[0]:g}" if value[0] == value[1] else f"{value[0]:g} to {value[1]:g}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    return "" if value in (None, "", [], {}) or isinstance(value, BaseModel) else str(value)


def traits_in_schema() -> dict[str, Any]:
    """Return the traits of all rules as properties of a JSON Schema, with what each is of, its default and range."""
    register_all()
    found: dict[str, Any] = {}
    for one in _traits(own=True):
        name = one.path.rpartition(".")[2]
        entry = found.setdefault(name, {"description": ""})
        text = f"{one.words}: {one.default} if not set, {one.among}"
        entry["description"] = f"{entry['description']}; {text}" if entry["description"] else text
    return found
