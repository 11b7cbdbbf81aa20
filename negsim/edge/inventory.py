"""What there is to choose from: scenarios, experiments, rules and pictures, one line each. Part of the edge."""

from typing import Any


def entries(kind: str) -> list[tuple[str, str]]:
    """Return the names of a kind with a summary of each."""
    from negsim.edge import files

    if kind in ("scenarios", "experiments"):
        return [(key, files.title_of(kind, key)) for key in files.bundled_ids(kind)]
    if kind == "plots":
        from negsim import plots

        plots.discover()
        return [(entry.name, entry.summary) for entry in plots.PLOTS.values()]
    if kind == "columns":
        from negsim.engine.columns import FIRST, OUTPUTS
        from negsim.engine.inputs import HEADS, PLACES

        drawn = [(f"{head}.{PLACES.get(head, 'PARTY')}", f"drawn: {words}") for head, words in HEADS.items()]
        return [*FIRST.items(), *drawn, *OUTPUTS.items()]
    if kind == "parameters":
        from negsim.edge.parameters import settings

        return [(one.path, _worded(one.words, one.default, one.among)) for one in settings()]
    from negsim.core import registry
    from negsim.engine.cast import register_all

    register_all()
    rules: dict[str, Any] = {
        "strategies": registry.STRATEGIES,
        "acceptances": registry.ACCEPTANCES,
        "protocols": registry.PROTOCOLS,
        "mediators": registry.MEDIATORS,
    }
    return [(rule.name, rule.summary) for rule in rules[kind].values()]


def _worded(words: str, default: str, among: str) -> str:
    """Say what a setting is, what it is if nothing is said, and what it may be."""
    told = [f"{default}" if default == "required" else f"default {default}" if default else "", among]
    rest = "; ".join(part for part in told if part)
    return f"{words} [{rest}]" if words and rest else words or rest
