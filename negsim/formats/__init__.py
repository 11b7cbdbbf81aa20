"""Other people's domains: one format a file. A format turns the texts of a folder into a `Domain`, and back."""

import datetime
import importlib
import itertools
import math
import pkgutil
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Profile(NamedTuple):
    """What one party wants.

    Attributes
    ----------
    name : str
    weights : list of float
        One an issue.
    values : list of list of float
        One an option of each issue; utility is `bias + sum_i weights[i] * values[i][option]`.
    reservation, discount, bias : float
        The discount factor is kept for other tools; talks here do not discount.
    """

    name: str
    weights: list[float]
    values: list[list[float]]
    reservation: float = 0.0
    discount: float = 1.0
    bias: float = 0.0


class Domain(NamedTuple):
    """Issues with their options, and who wants what of them."""

    name: str
    issues: list[tuple[str, list[str]]]
    profiles: list[Profile]


class Format(NamedTuple):
    """A way to write domains down.

    Attributes
    ----------
    name : str
    endings : tuple of str
        Of the files that it reads.
    read : callable
        From texts by file name, and the name of a reading, to a domain; raises a ValueError that says what is wrong where.
    write : callable
        From a domain to texts by file name.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[Mapping[str, str], str], Domain]
    write: Callable[[Domain], dict[str, str]]


MOST, MOST_OPTIONS = 1e12, 2000  # size of a number, options of an issue
FORMATS: dict[str, Format] = {}
READINGS = ("genius", "negmas")
"""How evaluations of a Genius profile are read: divided by the issue's maximum (Genius), or as they are (NegMAS)."""


def discover() -> None:
    """Import every module of this folder, so that its formats register themselves."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def checked(domain: Domain) -> Domain:
    """Return a domain if its profiles fit its issues.

    Raises
    ------
    ValueError
        If they do not, or a number is none.
    """
    if not domain.issues:
        raise ValueError("the domain has no issues")
    names = [name for name, _ in domain.issues]
    if len(set(names)) < len(names):
        raise ValueError(f"issue '{next(name for name in names if names.count(name) > 1)}' stands there twice")
    for name, options in domain.issues:
        if len(options) > MOST_OPTIONS:
            raise ValueError(f"issue '{name[:40]}' has {len(options)} options; at most {MOST_OPTIONS} are possible")
    for text in [domain.name, *names, *itertools.chain(*(options for _, options in domain.issues))]:
        if not text.isprintable():
            raise ValueError(f"the name {text[:40]!a} has characters that cannot be written")
    if len(domain.profiles) < 2:
        raise ValueError(f"{len(domain.profiles)} profiles found, a negotiation takes at least 2")
    for profile in domain.profiles:
        numbers = [*profile.weights, profile.reservation, profile.discount, profile.bias, *itertools.chain(*profile.values)]
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError(f"profile '{profile.name}': a number is missing or infinite")
        if max(map(abs, numbers)) > MOST:
            raise ValueError(f"profile '{profile.name}': a number is larger than {MOST:g}")
        if [len(values) for values in profile.values] != [len(options) for _, options in domain.issues]:
            raise ValueError(f"profile '{profile.name}': its values do not fit the options of the domain")
    return domain


LONGEST = 70  # letters of an id made of a name


def slug(name: str, taken: Mapping[str, Any]) -> str:
    """Return a name as an id of letters, digits and underscores that is not taken yet.

    Examples
    --------
    >>> slug("Hard disk (GB)", {}), slug("a", {"a": 1})
    ('hard_disk_gb', 'a_2')
    """
    base = re.sub(r"\W+", "_", name.strip().lower(), flags=re.ASCII).strip("_")[:LONGEST] or "x"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}_{number}", number + 1
    return found


def tables_of(domain: Domain) -> dict[str, Any]:
    """Return a domain as the tables of a scenario file: one track without a status quo, utilities stated outright.

    The bias goes into the first issue's values, so that sums are the same to the last bit; its weight is 1 then.
    """
    issues: dict[str, Any] = {}
    for name, options in domain.issues:
        ids: dict[str, str] = {}
        for option in options:
            ids[slug(option, ids)] = option
        issues[slug(name, issues)] = {"name": name, "track": "domain", "options": [{"id": k, "name": v} for k, v in ids.items()]}
    parties: dict[str, Any] = {}
    for profile in domain.profiles:
        weights, values = list(profile.weights), [list(row) for row in profile.values]
        for i, weight in enumerate(weights):
            if weight < 0.0 or (i == 0 and profile.bias):
                values[i] = [(profile.bias if i == 0 else 0.0) + weight * value for value in values[i]]
                weights[i] = 1.0
        widest = max(abs(value) for row in values for value in row)
        parties[slug(profile.name, parties)] = {
            "name": profile.name,
            "utility": {
                "weights": dict(zip(issues, weights)),
                "values": dict(zip(issues, values)),
                "reservation": profile.reservation,
                "discount": profile.discount,
            },
            **({"noise": 0.0} if widest > 1.0 else {}),
        }
    return {
        "id": slug(domain.name, {}),
        "title": domain.name,
        "talks": {"sessions": [datetime.date(2026, 1, 1)], "rounds": [100, 100]},
        "tracks": {"domain": {"name": domain.name, "procedure": "package", "status_quo": False}},
        "issues": issues,
        "parties": parties,
    }
