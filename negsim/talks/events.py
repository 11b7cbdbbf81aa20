"""Scheduled events: a deadline, a sanction decision, a strike, each moving a named parameter on its day."""

from negsim.core.cases import roll
from negsim.core.clock import open_at, with_turn
from negsim.core.dice import EVENT, uniform
from negsim.core.moves import write_log
from negsim.core.parameters import PARAMETERS
from negsim.core.registry import helper
from negsim.core.state import HAPPENS, Behind, Case, Clock, Desk
from negsim.talks.trust import record_promise

READINESS = list(PARAMETERS).index("readiness")


@helper
def happen(clock: Clock, desk: Desk, behind: Behind, case: Case) -> None:
    """Let the events before the next session happen, each with its probability, decided once a run."""
    for e in range(len(case.events)):
        event = case.events[e]
        if event["session"] != clock.session + 1:
            continue
        if uniform(roll(case, 0, EVENT, e), 0) >= event["probability"]:
            continue
        write_log(with_turn(open_at(clock.session + 1, 0, clock.turns), e), desk, -1, -1, HAPPENS)
        who, size = int(event["who"]), float(event["size"])
        if event["on_track"] == 1:
            record_promise(behind, who, size)
        elif event["parameter"] == READINESS:  # the drawn one is where it starts; it is the present one that moves
            me = behind.parties[who]
            me["ready"] = min(1.0, max(0.0, float(me["ready"]) + size))
        else:
            moved = float(behind.drawn[who, event["parameter"]]) + size
            behind.drawn[who, event["parameter"]] = min(float(event["most"]), max(float(event["least"]), moved))
