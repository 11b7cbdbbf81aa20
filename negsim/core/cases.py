"""A case as one run of it sees it."""

from negsim.core.registry import helper
from negsim.core.state import Case


@helper
def replicate_of(case: Case, number: int) -> Case:
    """Return a case with another replicate number, in compiled code too."""
    return Case(
        case.seed,
        number,
        case.least,
        case.most,
        case.breakdown,
        case.horizon,
        case.parties,
        case.mediators,
        case.tracks,
        case.deals,
        case.issues,
        case.positions,
        case.effects,
        case.option_of,
        case.received,
        case.demanded,
        case.floors,
        case.leverage,
        case.targets,
        case.days,
        case.events,
        case.links,
        case.lifts,
    )
