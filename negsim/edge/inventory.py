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
