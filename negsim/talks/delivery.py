"""From promise to delivery: what is exchanged arrives in part and late, a truce is kept, broken or runs out."""

from negsim.core.dice import BREACH, DELIVERY, between, gamma, stream, uniform
from negsim.core.moves import write_log
from negsim.core.registry import helper
from negsim.core.state import (
    BREAKS,
    DAY,
    DAYS,
    DELIVERS,
    DONE,
    GUARANTEES,
    IN_FORCE,
    LAG_HIGH,
    LAG_LOW,
    OPEN,
    RECEIVES,
    SHARE_A,
    SHARE_B,
    STATUS,
    STOPS,
    Behind,
    Case,
    Clock,
    Desk,
)
from negsim.talks.trust import issue_trust, record_deal

DUE, SHARE, HAPPENED = range(3)  # columns of Behind.promises for an exchange; those for a truce come TRUCE later
TRUCE = 3
NEVER = 1e18  # a day that does not come


@helper
def promise(clock: Clock, behind: Behind, case: Case, deal: int) -> None:
    """Put a ratified deal in force: draw when and how far its exchange will be delivered, and set when its truce runs out."""
    course, frame, kept = behind.course, case.frame, behind.promises
    behind.deals[deal, STATUS] = IN_FORCE
    exchanged, stopped, days = False, 0.0, 0.0
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        for j in range(frame.parts[c], frame.parts[c + 1]):
            option = frame.option_of[j, behind.agreed[c]]
            stopped = max(stopped, float(frame.effects[j, option, STOPS]))
            days = max(days, float(frame.effects[j, option, DAYS]))
            for party in range(len(case.agenda.actors)):
                exchanged = exchanged or (option > 0 and frame.roles[party, j] == RECEIVES)
    kept[deal, DUE], kept[deal, TRUCE + DUE] = NEVER, NEVER
    kept[deal, HAPPENED], kept[deal, TRUCE + HAPPENED] = 1.0, 0.0  # where there is nothing to deliver, it is done
    if exchanged:
        dice = stream(case.agenda.seed, case.agenda.replicate, int(case.agenda.deal_keys[deal]), DELIVERY, clock.session)
        kept[deal, DUE] = course[DAY] + between(dice, 0, float(course[LAG_LOW]), float(course[LAG_HIGH]))
        one, k = gamma(float(course[SHARE_A]), dice, 1)
        other, k = gamma(float(course[SHARE_B]), dice, k)
        kept[deal, SHARE], kept[deal, HAPPENED] = one / (one + other), 0.0
    kept[deal, TRUCE + SHARE] = 1.0 if stopped > 0.0 else 0.0
    if stopped > 0.0 and days > 0.0:
        kept[deal, TRUCE + DUE] = course[DAY] + days


@helper
def hold_chance(behind: Behind, case: Case, deal: int) -> float:
    """Return the probability that a truce in force holds: tau + (1 - tau) g."""
    frame = case.frame
    guarantee, trust = 0.0, 1.0
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        if behind.agreed[c] != 0:
            trust = min(trust, issue_trust(behind, case, c))
        for j in range(frame.parts[c], frame.parts[c + 1]):
            guarantee += frame.effects[j, frame.option_of[j, behind.agreed[c]], GUARANTEES]
    return trust + (1.0 - trust) * min(1.0, float(guarantee))


@helper
def settle(clock: Clock, desk: Desk, behind: Behind, case: Case, day: float) -> None:
    """Bring every deal in force up to a day: delivered, broken or run out. A truce that ended may be bargained over again."""
    kept = behind.promises
    for deal in range(len(behind.deals)):
        if behind.deals[deal, STATUS] != IN_FORCE:
            continue
        truce = kept[deal, TRUCE + SHARE] > 0.0
        if kept[deal, DUE] <= day:
            kept[deal, HAPPENED], kept[deal, DUE] = kept[deal, SHARE], NEVER
            record_deal(behind, case, deal, float(kept[deal, SHARE]))
            write_log(clock, desk, deal, -1, DELIVERS)
            if not truce:
                behind.deals[deal, STATUS] = DONE
        if not truce:
            continue
        if kept[deal, TRUCE + HAPPENED] == 0.0:  # not yet known whether it holds
            dice = stream(case.agenda.seed, case.agenda.replicate, int(case.agenda.deal_keys[deal]), BREACH, clock.session)
            if uniform(dice, 0) >= hold_chance(behind, case, deal):
                behind.deals[deal, STATUS] = OPEN
                record_deal(behind, case, deal, 0.0)
                write_log(clock, desk, deal, -1, BREAKS)
                continue
            kept[deal, TRUCE + HAPPENED] = 1.0
        if kept[deal, TRUCE + DUE] <= day:
            behind.deals[deal, STATUS] = OPEN
            record_deal(behind, case, deal, 1.0)
            write_log(clock, desk, deal, -1, DELIVERS)
