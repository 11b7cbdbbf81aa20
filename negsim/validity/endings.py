"""How talks end, and what each side comes to know."""

from typing import Any

import numpy as np

from negsim.core.state import ACCEPTS, DECLINES, OFFERS, PUTS, RATIFIES
from negsim.engine.arrays import replicate, to_arrays
from negsim.engine.layout import lay_out
from negsim.talks.appraise import open_deal
from negsim.talks.begin import begin, set_up
from negsim.validity import words
from negsim.validity.cases import FEW, SEED, measure


def last_offers(variant: Any) -> Any:
    """Yield of each failed deal of the first session its last offers, latest first: (run, deal, [(party, package), ...])."""
    log, said, layout = variant.results.log, variant.results.said, lay_out(variant.scenario)
    for run in range(variant.runs):
        mine = log[run][: variant.results.moves[run]]
        for deal in range(len(layout.deals)):
            here = (mine["session"] == 0) & (mine["deal"] == deal)
            rows = np.flatnonzero(here & (mine["move"] == OFFERS))
            if len(rows) == 0 or (here & (mine["move"] == ACCEPTS)).any():
                continue
            yield run, deal, [(int(mine["party"][row]), said[run, row]) for row in rows[::-1][:2]]


def suits(variant: Any, run: Any, deal: Any, party: Any, package: Any) -> Any:
    """Tell whether a package is better than no deal for a party: no red line, and at or above its floor."""
    layout = lay_out(variant.scenario)
    issues = [c for c, of in enumerate(layout.deal_of) if of == deal]
    if all(package[c] == 0 for c in issues):
        return False
    worth = sum(variant.draws.worths[run, party, c, package[c]] for c in issues)
    return worth >= variant.draws.floors[run, party, deal]


@measure
def refused_at_the_last_chance(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for run, deal, offers in last_offers(one):
        if len(offers) == 2:
            (refusing, _), (_, package) = offers
            found.append(suits(one, run, deal, refusing, package))
    return np.mean(found) if len(found) >= FEW else None


@measure
def ended_unanswered(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    parties = range(len(one.scenario.parties))
    for run, deal, offers in last_offers(one):
        author, package = offers[0]
        found.append(all(suits(one, run, deal, party, package) for party in parties if party != author))
    return np.mean(found) if len(found) >= FEW else None


@measure
def replays(entry: Any, variants: Any) -> Any:
    one = variants[0]
    log, said = one.results.log, one.results.said
    again, same = 0, 0
    for run in range(one.runs):
        heard: dict[Any, Any] = {}
        agreed = set()
        for row in range(one.results.moves[run]):
            line = log[run, row]
            if line["move"] == RATIFIES:
                agreed.add((int(line["deal"]), int(line["session"])))
            if line["move"] == OFFERS:
                heard.setdefault((int(line["deal"]), int(line["session"])), []).append(
                    (int(line["party"]), said[run, row].tobytes())
                )
        for (deal, session), offers in heard.items():
            before = heard.get((deal, session - 1))
            if before is not None and (deal, session - 1) not in agreed:  # a truce that is renewed was no failure
                again, same = again + 1, same + (offers == before)
    return same / again if again >= FEW else None


@measure
def signed_again(entry: Any, variants: Any) -> Any:
    one = variants[0]
    log, said = one.results.log, one.results.said
    declined, again = 0, 0
    for run in range(one.runs):
        last: dict[Any, Any] = {}
        signed: dict[Any, Any] = {}
        refused: dict[Any, Any] = {}
        for row in range(one.results.moves[run]):
            line = log[run, row]
            deal = int(line["deal"])
            if line["move"] in (OFFERS, PUTS):
                last[deal] = said[run, row].tobytes()
            elif line["move"] == ACCEPTS and deal in last:
                signed[deal] = last[deal]
            elif line["move"] == DECLINES and deal in signed:
                again += refused.get(deal) == signed[deal]  # where it is ratified now, something has changed
                refused[deal] = signed[deal]
                declined += 1
    return again / declined if declined >= FEW else None


@measure
def reads_better_than_prior(entry: Any, variants: Any) -> Any:
    """Return how often a side tells the other's price from its posture, less how often the best guess does."""
    scenario = variants[0].scenario
    right: dict[Any, Any] = {}
    true: dict[Any, Any] = {}
    layout, parties = lay_out(scenario), list(scenario.parties)
    prior, case = to_arrays(scenario, SEED)
    desk, behind = set_up(prior, case)
    for number in range(min(variants[0].runs, 500)):
        mine = replicate(case, number)
        clock = begin(prior, mine, desk, behind)
        for deal in range(len(case.deals)):
            open_deal(clock._replace(deal=deal), desk, behind, mine)
        for p, party in enumerate(parties):
            for options in words.refused(scenario, party).values():
                for issue, option in options:
                    c = next(k for k, compound in enumerate(layout.compounds) if issue in compound)
                    if len(layout.compounds[c]) > 1 or behind.barred[p, c, option] != 0:
                        continue  # its gain comes with others', or it is a red line
                    agrees = desk.worths[p, p, c, option] >= 0.0
                    true.setdefault((p, issue, option), []).append(agrees)
                    right.setdefault((p, issue, option), []).append(agrees == (desk.worths[1 - p, p, c, option] >= 0.0))
    open_ = [key for key, told in true.items() if len(told) >= FEW and 0.0 < np.mean(told) < 1.0]
    return max((np.mean(right[key]) - max(np.mean(true[key]), 1 - np.mean(true[key])) for key in open_), default=None)


@measure
def learned(entry: Any, variants: Any) -> Any:
    """Return how much more likely sides hold the true reading of the other's refusals to be after the talks, on average."""
    told = variants[0].results.beliefs
    open_ = told["before"] > 0.0
    return (told["after"] - told["before"])[open_].mean() if open_.any() else None
