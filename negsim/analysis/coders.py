"""How far two coders of one source agree."""

from typing import NamedTuple

from negsim.domain.statement import Source


class Agreement(NamedTuple):
    """Cohen's kappa of two codings, with what went into it."""

    kappa: float
    units: int  # (actor, paragraph, option) coded by at least one
    agreed: int


def kappa(one: Source, other: Source) -> Agreement:
    """Return Cohen's kappa on the stance that two coders give to each (actor, paragraph, option).

    A unit that one coder did not code counts as the category "not coded" there.

    References
    ----------
    Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20.

    Examples
    --------
    >>> from negsim.edge.files import find
    >>> from negsim.edge.scenarios import load_source
    >>> source = load_source(find("istanbul-2025-06-02", "seeds"))
    >>> kappa(source, source).kappa
    1.0
    """
    first, second = _units(one), _units(other)
    keys = sorted(set(first) | set(second))
    pairs = [(first.get(key, "not coded"), second.get(key, "not coded")) for key in keys]
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs)
    chance = 0.0
    for category in {category for pair in pairs for category in pair}:
        chance += sum(a == category for a, _ in pairs) / n * sum(b == category for _, b in pairs) / n
    observed = agreed / n
    return Agreement(1.0 if chance == 1.0 else (observed - chance) / (1.0 - chance), n, agreed)


def _units(source: Source) -> dict[tuple[str, int, str], str]:
    return {
        (statement.actor, statement.paragraph, option): f"{statement.stance}, {statement.strength}"
        for statement in source.statements.values()
        for option in (statement.options or [statement.about])
    }
