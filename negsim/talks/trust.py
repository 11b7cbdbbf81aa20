"""Trust: what was promised and kept, truces and swaps apart."""

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
        known["received"] *= memory
        known["due"] *= memory


@helper
def record_promise(behind: Behind, track: int, kept: float) -> None:
    """Note how far a truce, or what else was promised on a track, was kept, from 0 to 1."""
    known = behind.tracks[track]
    known["kept"] += kept
    known["promised"] += 1.0


@helper
def record_truce(behind: Behind, case: Case, deal: int, kept: float) -> None:
    """Note how far a deal was kept, once on every track it changed something on."""
    last = -1
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        track = int(case.issues["track"][c])
        if behind.agreed[c] != 0 and track != last:
            record_promise(behind, track, kept)
            last = track


@helper
def record_delivery(behind: Behind, track: int, share: float) -> None:
    """Note the share of a swap that was delivered, on its track."""
    known = behind.tracks[track]
    known["received"] += share
    known["due"] += 1.0


@helper
def reckon(behind: Behind, case: Case) -> None:
    """Set what each track has come to be trusted with.

    `tau = (a + sum lambda^age kept) / (a + b + sum lambda^age)` for truces (beta reputation; Josang & Ismail 2002). For swaps the
    same with what was delivered, from pseudo-counts of all, part and none: a part counts as half.
    """
    for track in range(len(behind.tracks)):
        prior, known = case.tracks[track], behind.tracks[track]
        a, b = float(prior["kept"]), float(prior["broken"])
        known["trust"] = (a + float(known["kept"])) / (a + b + float(known["promised"]))
        whole = float(prior["all"]) + 0.5 * float(prior["part"])
        total = float(prior["all"]) + float(prior["part"]) + float(prior["none"])
        known["expected"] = (whole + float(known["received"])) / (total + float(known["due"]))
