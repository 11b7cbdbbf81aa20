"""negsim: negotiation simulation from coded statements."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from negsim.edge.pictures import save_plot
    from negsim.edge.scenarios import load_scenario
    from negsim.engine.mesa_engine import Delegation, Mediator, Principal, Talks
    from negsim.sweep.chunk import play

__all__ = ["Delegation", "Mediator", "Principal", "Talks", "load_scenario", "play", "save_plot"]

HOMES = {"load_scenario": "negsim.edge.scenarios", "play": "negsim.sweep.chunk", "save_plot": "negsim.edge.pictures"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'negsim' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(HOMES.get(name, "negsim.engine.mesa_engine")), name)
