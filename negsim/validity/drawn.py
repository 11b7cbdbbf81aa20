"""What is drawn: readings, weights, consent."""

from typing import Any

import numpy as np

from negsim.analysis.draws.blocking import Constraint, opens
from negsim.analysis.draws.deals import lay_table
from negsim.validity import changes, words
from negsim.validity.cases import FEW, SEED, Variant, can_offer, measure, place, scenario_of, tabled


def gain(variant: Any, party: Any, issue: Any, option: Any) -> Any:
    """Return what an option is worth to a party over the status quo, on the issue's scale, in each draw."""
    values = variant.draws.values[:, list(variant.scenario.parties).index(party), place(variant, issue)]
    return values[:, option] - values[:, 0]


def refusals(variant: Any, party: Any) -> Any:
    """Yield a party's refusals: issue, option and how each draw read it."""
    for key, options in words.refused(variant.scenario, party).items():
        for issue, option in sorted(options):
            if not words.is_swap(variant.scenario, issue):
                yield issue, option, words.readings(variant.scenario, variant.draws, party, key, (issue, option))


@measure
def postures_worth_a_demand(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for party in one.scenario.parties:
        demands: dict[Any, Any] = {}
        for issue, option in words.wanted(one.scenario, party, ("demands",)):
            if not words.is_swap(one.scenario, issue):
                best = demands.get(issue, np.full(one.runs, -1.0))
                demands[issue] = np.maximum(best, gain(one, party, issue, option))
        for issue, option, read in refusals(one, party):
            posture = read == 2
            if posture.sum() >= FEW and demands:
                least = np.min(list(demands.values()), axis=0)
                found.append((gain(one, party, issue, option) >= least)[posture].mean())
    return max(found, default=None)


@measure
def spread_of_prices(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for party in one.scenario.parties:
        for issue, option, read in refusals(one, party):
            if (read == 1).sum() >= FEW:
                found.append(gain(one, party, issue, option)[read == 1].std())
    return min(found, default=None)


def outweighs(variant: Any, party: Any, issue: Any, other: Any) -> Any:
    weights = variant.draws.weights[:, list(variant.scenario.parties).index(party)]
    return (weights[:, place(variant, issue)] > weights[:, place(variant, other)]).mean()


@measure
def red_line_over_wish(entry: Any, variants: Any) -> Any:
    return outweighs(variants[0], entry["party"], *entry["issues"])


@measure
def red_lines_over_wishes(entry: Any, variants: Any) -> Any:
    one, found = variants[0], []
    for party in one.scenario.parties:
        lines = {issue for issue, _ in words.red_lines(one.scenario, party)}
        for other in words.plain_wishes(one.scenario, party):
            found += [outweighs(one, party, issue, other) for issue in lines - {other}]
    return min(found, default=None)


@measure
def consent_to(entry: Any, variants: Any) -> Any:
    one = variants[0]
    ((issue, option),) = words.options_of(one.scenario, entry["options"])
    return np.min([can_offer(one, party, issue, option).mean() for party in one.scenario.parties])


@measure
def given_up_lines(entry: Any, variants: Any) -> Any:
    """Compare the zone that analysis finds once a red line gives way with that of the draws in which it is given up."""
    one, largest = variants[0], 0.0
    runs = min(one.runs, 1000)
    table = lay_table(one.scenario, runs, SEED)
    for key in entry["refusals"]:
        statement = one.scenario.statements[key]
        issue = statement.options[0].partition(".")[0]
        deal = next(d for d in table.deals if any(issue in c for c in table.layout.compounds[d.lo : d.hi]))
        line = Constraint("red line", statement.actor, key)
        found = []
        for row in range(len(table.draws.floors)):
            known, zone_without = opens(table, deal, row)
            if line in known:
                found.append((row, zone_without([line])))
        rows = [row for row, _ in found]
        given_up = draw_zones(scenario_of(one.name, *one.arm, f"statements.{key}.reading=given_up"), deal, runs)
        largest = max(largest, abs(np.mean([zone for _, zone in found]) - given_up[rows].mean()))
    return largest


def draw_zones(scenario: Any, deal: Any, runs: Any) -> Any:
    from negsim.analysis.draws.blocking import zones

    table = lay_table(scenario, runs, SEED)
    return zones(table, table.deals[deal.number])


def ended(variant: Any, issue: Any, name: Any) -> Any:
    return variant.results.positions[:, place(variant, issue)][name]


@measure
def ratified_beside_surrender(entry: Any, variants: Any) -> Any:
    one = variants[0]
    ((issue, option),) = words.options_of(one.scenario, [entry["option"]])
    surrendered = ended(one, issue, "at_table") == option
    tabled, ratified = [], []
    for swap in changes.swaps(one.scenario):
        tabled.append((ended(one, swap[0], "at_table") > 0).sum())
        ratified.append((ended(one, swap[0], "ratified") > 0).sum())
    if surrendered.sum() < FEW or sum(tabled) < FEW:
        return None
    return sum(ratified) / sum(tabled) - (ended(one, issue, "ratified") == option)[surrendered].mean()


def delivered(variant: Any) -> Any:
    alone = scenario_of(variant.name, *variant.arm, "the first swap counts alone")
    table = tabled(Variant(variant.name, (*variant.arm, "the first swap counts alone"), variant.runs))
    track = changes.swap_track(alone)
    return table[f"delivered.{track}"].to_numpy()[table[f"agreed.{track}"].to_numpy()]


@measure
def mean_delivered(entry: Any, variants: Any) -> Any:
    return delivered(variants[0]).mean()


@measure
def delivered_in_full(entry: Any, variants: Any) -> Any:
    return (delivered(variants[0]) >= 1.0).mean()


@measure
def delivered_not_at_all(entry: Any, variants: Any) -> Any:
    return (delivered(variants[0]) <= 0.0).mean()
