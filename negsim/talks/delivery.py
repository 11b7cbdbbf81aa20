"""From promise to delivery: a swap is delivered whole, in part or not at all, and late; a truce is kept, broken or runs out."""

from typing import Any

from negsim.core.cases import roll
from negsim.core.dice import BREACH, DELIVERY, between, gamma, uniform
from negsim.core.moves import write_log
from negsim.core.registry import helper
from negsim.core.state import BREAKS, DELIVERS, DONE, IN_FORCE, OPEN, Behind, Case, Clock, Desk
from negsim.talks.appraise import issue_trust
from negsim.talks.trust import record_delivery, record_truce

UNENDING = 1e18  # a day that does not come


@helper
def draw_deliveries(case: Case, behind: Behind) -> None:
    """Draw for each track how likely a swap is to be delivered whole or in part: Dirichlet over all, part and none."""
    for track in range(len(case.tracks)):
        prior, known = case.tracks[track], behind.tracks[track]
        dice = roll(case, int(prior["key"]), DELIVERY, 0)
        whole, k = gamma(float(prior["all"]), dice, 0)
        part, k = gamma(float(prior["part"]), dice, k)
        none, k = gamma(float(prior["none"]), dice, k)
        total = whole + part + none
        known["all"], known["part"] = (whole / total, part / total) if total > 0.0 else (0.0, 0.0)


@helper
def delivered_share(known: Any, dice: Any, k: int) -> float:
    """Draw the share of a swap that is delivered, from draw k on: all, none, or in part, then U(0, 1)."""
    u = uniform(dice, k)
    if u < known["all"]:
        return 1.0
    return uniform(dice, k + 1) if u < known["all"] + known["part"] else 0.0


@helper
def is_swapped(behind: Behind, case: Case, j: int) -> bool:
    """Tell whether a swap was agreed on a position."""
    return bool(case.positions["first"][j] >= 0 and case.option_of[j, behind.agreed[case.positions["issue"][j]]] > 0)


@helper
def has_swap(behind: Behind, case: Case, deal: int) -> bool:
    """Tell whether what was agreed in a deal hands something over."""
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if is_swapped(behind, case, j):
                return True
    return False


@helper
def deliver(behind: Behind, case: Case, deal: int) -> None:
    """Deliver the swaps of a deal: each direction by itself where they are staged, else one as far as the other."""
    total, count = 0.0, 0
    for c in range(case.deals["first"][deal], case.deals["after"][deal]):
        for j in range(case.issues["first"][c], case.issues["after"][c]):
            if not is_swapped(behind, case, j):
                continue
            position, outcome = case.positions[j], behind.positions[j]
            known = behind.tracks[position["track"]]
            dice = roll(case, int(position["key"]), DELIVERY, 1 + int(outcome["ratified_in"]))
            share = delivered_share(known, dice, 0)
            outcome["to_first"] = share
            outcome["to_second"] = delivered_share(known, dice, 2) if position["staged"] == 1 else share
            mean = 0.5 * (float(outcome["to_first"]) + float(outcome["to_second"]))
            record_delivery(behind, int(position["track"]), mean)
            total, count = total + mean, count + 1
    behind.deals["delivered"][deal] = total / count


@helper
def promise(clock: Clock, behind: Behind, case: Case, deal: int) -> None:
    """Put a ratified deal in force: draw when its swaps are due, and set when its truce runs out."""
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
    if has_swap(behind, case, deal):
        dice = roll(case, int(case.deals["key"][deal]), DELIVERY, clock.session)
        kept["due"] = course["day"] + between(dice, 0, float(course["lag_low"]), float(course["lag_high"]))
        kept["delivered"] = 0.0
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
            kept["due"] = UNENDING
            deliver(behind, case, deal)
            write_log(clock, desk, deal, -1, DELIVERS)
            if not truce:
                kept["status"] = DONE
        if not truce:
            continue
        if kept["truce_held"] == 0.0:  # not yet known whether it holds
            dice = roll(case, int(case.deals["key"][deal]), BREACH, clock.session)
            if uniform(dice, 0) >= deal_hold_chance(behind, case, deal):
                kept["status"] = OPEN
                record_truce(behind, case, deal, 0.0)
                write_log(clock, desk, deal, -1, BREAKS)
                continue
            kept["truce_held"] = 1.0
        if kept["truce_ends"] <= day:
            kept["status"] = OPEN
            record_truce(behind, case, deal, 1.0)
            write_log(clock, desk, deal, -1, DELIVERS)
