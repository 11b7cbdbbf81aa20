"""Trust: what was promised and kept."""

from negsim.core.registry import helper
from negsim.core.state import TRUST_MEMORY, Behind, Case


@helper
def fade(behind: Behind) -> None:
    """Let past promises count for less: one session more in `sum lambda^age`."""
    for track in range(len(behind.trust)):
        for column in range(2):
            behind.trust[track, column] *= behind.course[TRUST_MEMORY]


@helper
def record_promise(behind: Behind, track: int, kept: float) -> None:
    """Note how far a promise was kept, from 0 to 1."""
    behind.trust[track, 0] += kept
    behind.trust[track, 1] += 1.0


@helper
def reckon(behind: Behind, case: Case) -> None:
    """Set `tau = (a + sum lambda^age kept) / (a + b + sum lambda^age)` for each track (beta reputation; Josang & Ismail 2002)."""
    for track in range(len(behind.trust)):
        a, b = float(case.frame.trust[track, 0]), float(case.frame.trust[track, 1])
        behind.trust[track, 2] = (a + float(behind.trust[track, 0])) / (a + b + float(behind.trust[track, 1]))
