"""Scheduled events: a deadline, a sanction decision, a strike, each moving a named parameter on its day."""

from negsim.core.dice import EVENT, stream, uniform
from negsim.core.registry import helper
from negsim.core.state import READINESS, READY, Behind, Case
from negsim.talks.trust import record_promise

BEFORE, KIND, WHO, PARAMETER, SIZE, PROBABILITY, LEAST, MOST = range(8)  # columns of Frame.events


@helper
def happen(behind: Behind, case: Case, session: int) -> None:
    """Let the events before a session happen, each with its probability, decided once a run."""
    events = case.frame.events
    for e in range(len(events)):
        if events[e, BEFORE] != session:
            continue
        if uniform(stream(case.agenda.seed, case.agenda.replicate, 0, EVENT, e), 0) >= events[e, PROBABILITY]:
            continue
        who, size = int(events[e, WHO]), float(events[e, SIZE])
        if events[e, KIND] == 1.0:
            record_promise(behind, who, size)
        elif int(events[e, PARAMETER]) == READINESS:
            behind.sides[who, READY] = min(1.0, max(0.0, float(behind.sides[who, READY]) + size))
        else:
            moved = float(behind.types[who, int(events[e, PARAMETER])]) + size
            behind.types[who, int(events[e, PARAMETER])] = min(float(events[e, MOST]), max(float(events[e, LEAST]), moved))
