"""The null mediator."""

from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator("null", acts="never")
def null(sight: Sight) -> int:  # noqa: ARG001
    """Do nothing: no leverage, no information, no text.

    References
    ----------
    Fey & Ramsay (2010), "When is shuttle diplomacy worth the commute?", World Politics 62 (a mediator without either moves
    nothing).
    """
    return 0
