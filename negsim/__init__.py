"""negsim: negotiation simulation from coded statements."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from negsim.engine.mesa_engine import Delegation, Mediator, Principal, Talks
    from negsim.files import load_scenario

__all__ = ["Delegation", "Mediator", "Principal", "Talks", "load_scenario"]


def __getattr__(name: str) -> Any:
    if name == "load_scenario":
        from negsim import files

        return files.load_scenario
    if name in __all__:
        from negsim.engine import mesa_engine

        return getattr(mesa_engine, name)
    raise AttributeError(f"module 'negsim' has no attribute {name!r}")
