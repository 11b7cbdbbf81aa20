"""Trust: what was promised and kept."""

from negsim.core.registry import helper
from negsim.core.state import IN_TRACK, TRUST_MEMORY, Behind, Case


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
def record_deal(behind: Behind, case: Case, deal: int, kept: float) -> None:
    """Note how far a deal was kept, once on every track it changed something on."""
    last = -1
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        track = int(case.frame.positions[case.frame.parts[c], IN_TRACK])
        if behind.agreed[c] != 0 and track != last:
            record_promise(behind, track, kept)
            last = track


@helper
def issue_trust(behind: Behind, case: Case, issue: int) -> float:
    """Return tau of the track that an issue belongs to."""
    return float(behind.trust[case.frame.positions[case.frame.parts[issue], IN_TRACK], 2])


@helper
def reckon(behind: Behind, case: Case) -> None:
    """Set `tau = (a + sum lambda^age kept) / (a + b + sum lambda^age)` for each track (beta reputation; Josang & Ismail 2002)."""
    for track in range(len(behind.trust)):
        a, b = float(case.frame.trust[track, 0]), float(case.frame.trust[track, 1])
        behind.trust[track, 2] = (a + float(behind.trust[track, 0])) / (a + b + float(behind.trust[track, 1]))
