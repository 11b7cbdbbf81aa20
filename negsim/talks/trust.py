"""Trust: what was promised and kept."""

from negsim.core.registry import helper
from negsim.core.state import Behind, Case


@helper
def fade(behind: Behind) -> None:
    """Let past promises count for less: one session more in `sum lambda^age`."""
    memory = behind.course["trust_memory"][0]
    for track in range(len(behind.tracks)):
        known = behind.tracks[track]
        known["kept"] *= memory
        known["promised"] *= memory


@helper
def record_promise(behind: Behind, track: int, kept: float) -> None:
    """Note how far a promise was kept, from 0 to 1."""
    known = behind.tracks[track]
    known["kept"] += kept
    known["promised"] += 1.0


@helper
def record_deal(behind: Behind, case: Case, deal: int, kept: float) -> None:
    """Note how far a deal was kept, once on every track it changed something on."""
    last = -1
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        track = int(case.issues["track"][c])
        if behind.agreed[c] != 0 and track != last:
            record_promise(behind, track, kept)
            last = track


@helper
def reckon(behind: Behind, case: Case) -> None:
    """Set `tau = (a + sum lambda^age kept) / (a + b + sum lambda^age)` for each track (beta reputation; Josang & Ismail 2002)."""
    for track in range(len(behind.tracks)):
        prior, known = case.tracks[track], behind.tracks[track]
        a, b = float(prior["kept"]), float(prior["broken"])
        known["trust"] = (a + float(known["kept"])) / (a + b + float(known["promised"]))
