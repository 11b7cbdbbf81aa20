"""The battlefield: a random walk between the talks, and what each side makes of it."""

from negsim.core.cases import roll
from negsim.core.dice import DRIFT, uniform
from negsim.core.registry import helper
from negsim.core.state import Behind, Case

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
    me, course = behind.parties[party], behind.course[0]
    ups = float(me["belief_up"]) + float(course["ups"])
    downs = float(me["belief_down"]) + float(course["downs"])
    up = ups / (ups + downs)
    change = win_chance(float(course["position"]), up, float(STEPS)) - win_chance(float(START), up, float(STEPS))
    return change if party == 0 else -change


@helper
def walk_front(behind: Behind, case: Case, session: int, steps: int) -> None:
    """Move the front so many steps; the war ends at either end."""
    course = behind.course[0]
    dice = roll(case, 0, DRIFT, session)
    for k in range(steps):
        if course["war_over"] == 1.0:
            return
        if uniform(dice, k) < course["drift_up"]:
            course["position"] += 1.0
            course["ups"] += 1.0
        else:
            course["position"] -= 1.0
            course["downs"] += 1.0
        if course["position"] <= 0.0 or course["position"] >= STEPS:
            course["war_over"] = 1.0
