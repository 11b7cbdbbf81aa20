"""How the clock of the talks moves on."""

from negsim.core.cases import roll
from negsim.core.dice import ROUNDS, uniform
from negsim.core.registry import helper
from negsim.core.state import BROKEN_OFF, Case, Clock


@helper
def open_at(session: int, deal: int, turns: int) -> Clock:
    """Return the clock before the first turn on a deal."""
    return Clock(session, deal, 0, turns, -1, 0, False, False)  # noqa: FBT003


@helper
def next_turn(clock: Clock, speaker: int, assents: int) -> Clock:
    """Return the clock a turn later, with a speaker's offer standing (-1: none) and so many for it."""
    return Clock(clock.session, clock.deal, clock.turn + 1, clock.turns, speaker, assents, False, False)  # noqa: FBT003


@helper
def with_offer(clock: Clock, speaker: int, assents: int) -> Clock:
    """Return the clock at the same turn, with another offer standing."""
    return Clock(clock.session, clock.deal, clock.turn, clock.turns, speaker, assents, False, False)  # noqa: FBT003


@helper
def with_turn(clock: Clock, turn: int) -> Clock:
    """Return the clock at another turn of the same deal, with nothing on the table."""
    return Clock(clock.session, clock.deal, turn, clock.turns, -1, 0, False, False)  # noqa: FBT003


@helper
def seal(clock: Clock) -> Clock:
    """Return the clock with what stands agreed."""
    return Clock(clock.session, clock.deal, clock.turn, clock.turns, clock.speaker, clock.assents, True, False)  # noqa: FBT003


@helper
def break_off(clock: Clock) -> Clock:
    """Return the clock with no turn left on this deal, as somebody left or talks broke down: there is no last call."""
    return Clock(clock.session, clock.deal, clock.turns, clock.turns, -1, BROKEN_OFF, False, False)  # noqa: FBT003


@helper
def turns_of(case: Case, session: int) -> int:
    """Draw how many turns a session has for each deal."""
    rounds = case.least
    if case.most > case.least:
        dice = roll(case, 0, ROUNDS, session)
        rounds += int(uniform(dice, 0) * (case.most - case.least + 1))
    return rounds * len(case.parties)


@helper
def end_talks(clock: Clock, session: int) -> Clock:
    """Return the clock when no session is left."""
    return Clock(session, 0, 0, clock.turns, -1, 0, False, True)  # noqa: FBT003
