"""negsim: negotiation simulation from coded statements."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from negsim.edge.files import InputError
    from negsim.edge.found import Found, Sweep, plot
    from negsim.edge.notebook import analyze, discover, explain, robustness, score, sensitivity, sweep
    from negsim.edge.pictures import save_plot
    from negsim.edge.scenarios import load_scenario
    from negsim.engine.mesa_engine import Delegation, Mediator, Principal, Talks
    from negsim.sweeps.chunk import play

HOMES = {
    **dict.fromkeys(("Delegation", "Mediator", "Principal", "Talks"), "negsim.engine.mesa_engine"),
    **dict.fromkeys(("Found", "Sweep", "plot"), "negsim.edge.found"),
    **dict.fromkeys(("analyze", "discover", "explain", "robustness", "score", "sensitivity", "sweep"), "negsim.edge.notebook"),
    "InputError": "negsim.edge.files",
    "load_scenario": "negsim.edge.scenarios",
    "play": "negsim.sweeps.chunk",
    "save_plot": "negsim.edge.pictures",
}
"""Where each public name lives; it is imported when it is first asked for, so that `import negsim` costs nothing."""

__all__ = [
    "Delegation",
    "Found",
    "InputError",
    "Mediator",
    "Principal",
    "Sweep",
    "Talks",
    "analyze",
    "discover",
    "explain",
    "load_scenario",
    "play",
    "plot",
    "robustness",
    "save_plot",
    "score",
    "sensitivity",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'negsim' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
