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
    EXCHANGE,
    GUARANTEES,
    IN_FORCE,
    LAG_HIGH,
    LAG_LOW,
    OPEN,
    SHARE_A,
    SHARE_B,
    STATUS,
    Behind,
    Case,
    Clock,
    Desk,
)
from negsim.talks.trust import issue_trust, record_deal

DUE, SHARE, HAPPENED = range(3)  # columns of Behind.promises


@helper
def promise(clock: Clock, behind: Behind, case: Case, deal: int) -> None:
    """Put a ratified deal in force: draw when and how far an exchange will be delivered, or when a truce runs out."""
    course, frame = behind.course, case.frame
    behind.deals[deal, STATUS] = IN_FORCE
    behind.promises[deal, HAPPENED] = 0.0
    dice = stream(case.agenda.seed, case.agenda.replicate, int(case.agenda.deal_keys[deal]), DELIVERY, clock.session)
    if frame.deals[deal, EXCHANGE] == 1:
        behind.promises[deal, DUE] = course[DAY] + between(dice, 0, float(course[LAG_LOW]), float(course[LAG_HIGH]))
        one, k = gamma(float(course[SHARE_A]), dice, 1)
        other, k = gamma(float(course[SHARE_B]), dice, k)
        behind.promises[deal, SHARE] = one / (one + other)
        return
    days = 0.0
    for c in range(case.agenda.bounds[deal], case.agenda.bounds[deal + 1]):
        for j in range(frame.parts[c], frame.parts[c + 1]):
            days = max(days, float(frame.effects[j, frame.option_of[j, behind.agreed[c]], DAYS]))
    behind.promises[deal, DUE] = course[DAY] + days if days > 0.0 else -1.0
    if days == 0.0:
        behind.promises[deal, HAPPENED] = 1.0  # nothing is to be delivered
    behind.promises[deal, SHARE] = 1.0


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
    """Bring every deal in force up to a day: delivered, broken or run out. What ended may be bargained over again."""
    for deal in range(len(behind.deals)):
        if behind.deals[deal, STATUS] != IN_FORCE or behind.promises[deal, DUE] < 0.0:
            continue
        if case.frame.deals[deal, EXCHANGE] == 1:
            if behind.promises[deal, DUE] <= day:
                behind.deals[deal, STATUS] = DONE
                behind.promises[deal, HAPPENED] = behind.promises[deal, SHARE]
                record_deal(behind, case, deal, float(behind.promises[deal, SHARE]))
                write_log(clock, desk, deal, -1, DELIVERS)
            continue
        if behind.promises[deal, HAPPENED] == 0.0:  # not yet known whether it holds
            dice = stream(case.agenda.seed, case.agenda.replicate, int(case.agenda.deal_keys[deal]), BREACH, clock.session)
            if uniform(dice, 0) >= hold_chance(behind, case, deal):
                behind.deals[deal, STATUS] = OPEN
                record_deal(behind, case, deal, 0.0)
                write_log(clock, desk, deal, -1, BREAKS)
                continue
            behind.promises[deal, HAPPENED] = 1.0
        if behind.promises[deal, DUE] <= day:
            behind.deals[deal, STATUS] = OPEN
            record_deal(behind, case, deal, 1.0)
            write_log(clock, desk, deal, -1, DELIVERS)
