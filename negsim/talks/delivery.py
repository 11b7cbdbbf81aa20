"""From promise to delivery: what is exchanged arrives in part and late, a truce is kept, broken or runs out."""

from negsim.core.dice import BREACH, DELIVERY, between, gamma, stream, uniform
from negsim.core.moves import write_log
from negsim.core.registry import helper
from negsim.core.state import BREAKS, DELIVERS, DONE, IN_FORCE, OPEN, RECEIVES, Behind, Case, Clock, Desk
from negsim.talks.appraise import issue_trust
from negsim.talks.trust import record_deal

UNENDING = 1e18  # a day that does not come


@helper
def has_exchange(behind: Behind, case: Case, deal: int) -> bool:
    """Tell whether what was agreed in a deal hands something over."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if case.option_of[j, behind.agreed[c]] > 0:
                for party in range(len(case.parties)):
                    if case.roles[party, j] == RECEIVES:
                        return True
    return False


@helper
def promise(clock: Clock, behind: Behind, case: Case, deal: int) -> None:
    """Put a ratified deal in force: draw when and how far its exchange will be delivered, and set when its truce runs out."""
    course, kept = behind.course[0], behind.deals[deal]
    kept["status"] = IN_FORCE
    stopped, days = 0.0, 0.0
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            effect = case.effects[j, case.option_of[j, behind.agreed[c]]]
            stopped = max(stopped, float(effect["stops"]))
            days = max(days, float(effect["days"]))
    kept["due"], kept["truce_ends"] = UNENDING, UNENDING
    kept["delivered"], kept["truce_held"] = 1.0, 0.0  # where there is nothing to deliver, it is done
    if has_exchange(behind, case, deal):
        dice = stream(case.seed, case.replicate, int(case.deals["key"][deal]), DELIVERY, clock.session)
        kept["due"] = course["day"] + between(dice, 0, float(course["lag_low"]), float(course["lag_high"]))
        one, k = gamma(float(course["share_a"]), dice, 1)
        other, k = gamma(float(course["share_b"]), dice, k)
        kept["share"], kept["delivered"] = one / (one + other), 0.0
    kept["truce"] = 1.0 if stopped > 0.0 else 0.0
    if stopped > 0.0 and days > 0.0:
        kept["truce_ends"] = course["day"] + days


@helper
def deal_hold_chance(behind: Behind, case: Case, deal: int) -> float:
    """Return the probability that a truce in force holds: tau + (1 - tau) g."""
    guarantee, trust = 0.0, 1.0
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        if behind.agreed[c] != 0:
            trust = min(trust, issue_trust(behind, case, c))
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            guarantee += case.effects["guarantee"][j, case.option_of[j, behind.agreed[c]]]
    return trust + (1.0 - trust) * min(1.0, float(guarantee))


@helper
def settle(clock: Clock, desk: Desk, behind: Behind, case: Case, day: float) -> None:
    """Bring every deal in force up to a day: delivered, broken or run out. A truce that ended may be bargained over again."""
    for deal in range(len(behind.deals)):
        kept = behind.deals[deal]
        if kept["status"] != IN_FORCE:
            continue
        truce = kept["truce"] > 0.0
        if kept["due"] <= day:
            kept["delivered"], kept["due"] = kept["share"], UNENDING
            record_deal(behind, case, deal, float(kept["share"]))
            write_log(clock, desk, deal, -1, DELIVERS)
            if not truce:
                kept["status"] = DONE
        if not truce:
            continue
        if kept["truce_held"] == 0.0:  # not yet known whether it holds
            dice = stream(case.seed, case.replicate, int(case.deals["key"][deal]), BREACH, clock.session)
            if uniform(dice, 0) >= deal_hold_chance(behind, case, deal):
                kept["status"] = OPEN
                record_deal(behind, case, deal, 0.0)
                write_log(clock, desk, deal, -1, BREAKS)
                continue
            kept["truce_held"] = 1.0
        if kept["truce_ends"] <= day:
            kept["status"] = OPEN
            record_deal(behind, case, deal, 1.0)
            write_log(clock, desk, deal, -1, DELIVERS)
