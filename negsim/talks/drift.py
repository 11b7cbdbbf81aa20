"""The battlefield: a random walk between the talks, and what each side makes of it."""

from negsim.core.dice import DRIFT, stream, uniform
from negsim.core.registry import helper
from negsim.core.state import (
    BELIEF_DOWN,
    BELIEF_UP,
    DOWNS,
    DRIFT_UP,
    POSITION,
    UPS,
    WAR_OVER,
    Behind,
    Case,
)

STEPS, START = 20, 10


@helper
def win_chance(position: float, up: float, steps: float) -> float:
    """Return the first side's chance of reaching N before 0 (gambler's ruin; Slantchev 2003, APSR 97).

    `W(k) = (1 - (q/p)^k) / (1 - (q/p)^N)`, and k / N when p is a half.

    Examples
    --------
    >>> win_chance(10.0, 0.5, 20.0)
    0.5
    """
    if abs(up - 0.5) < 1e-9:
        return position / steps
    ratio = (1.0 - up) / up
    return float((1.0 - ratio**position) / (1.0 - ratio**steps))


@helper
def outlook(behind: Behind, party: int) -> float:
    """Return W(k_now) - W(k_0) for a party, at its belief about p: Beta(a, b) and the steps seen (Smith & Stam 2004)."""
    types, course = behind.types[party], behind.course
    ups = float(types[BELIEF_UP]) + float(course[UPS])
    downs = float(types[BELIEF_DOWN]) + float(course[DOWNS])
    up = ups / (ups + downs)
    change = win_chance(float(course[POSITION]), up, float(STEPS)) - win_chance(float(START), up, float(STEPS))
    return change if party == 0 else -change


@helper
def walk_front(behind: Behind, case: Case, session: int, steps: int) -> None:
    """Move the front one step a week; the war ends at either end."""
    course = behind.course
    dice = stream(case.agenda.seed, case.agenda.replicate, 0, DRIFT, session)
    for k in range(steps):
        if course[WAR_OVER] == 1.0:
            return
        if uniform(dice, k) < course[DRIFT_UP]:
            course[POSITION] += 1.0
            course[UPS] += 1.0
        else:
            course[POSITION] -= 1.0
            course[DOWNS] += 1.0
        if course[POSITION] <= 0.0 or course[POSITION] >= STEPS:
            course[WAR_OVER] = 1.0
