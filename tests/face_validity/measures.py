"""What is measured of a case: each measure takes the entry of the list and the variants of a case, and returns a number.

None says that there was nothing to be measured (nobody has a red line, the event never happens): the statement then says nothing of
the case.
"""

import functools
import itertools
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc
from face_validity import changes, words

from negsim.analysis.draws.blocking import Constraint, opens
from negsim.analysis.draws.deals import lay_table
from negsim.analysis.runs.expression import holds
from negsim.core.state import ACCEPTS, DECLINES, OFFERS, PUTS, RATIFIES
from negsim.edge.scenarios import load_scenario
from negsim.engine.arrays import replicate, to_arrays
from negsim.engine.batch_engine import draw_batch, play_batch
from negsim.engine.columns import as_table, columns_of
from negsim.engine.layout import lay_out
from negsim.talks.appraise import open_deal
from negsim.talks.begin import begin, set_up

SEED = 20250516
MEASURES = {}
FEW = 20  # events under which a share given them is not told


def measure(made):
    MEASURES[made.__name__] = made
    return made


@functools.cache
def scenario_of(name, *arm):
    """Return a case after changes, those by path first."""
    scenario = load_scenario(name, [one for one in arm if "=" in one])
    for one in arm:
        if "=" not in one:
            scenario = changes.CHANGES[one](scenario)
    return scenario


class Variant(NamedTuple):
    """A variant of a case with a number of runs; what is played and drawn of it is kept."""

    name: str
    arm: tuple
    runs: int

    @property
    def scenario(self):
        return scenario_of(self.name, *self.arm)

    @property
    def results(self):
        return played(self)

    @property
    def table(self):
        return tabled(self)

    @property
    def draws(self):
        return drawn(self)


@functools.lru_cache(maxsize=12)
def played(variant):
    results = play_batch(variant.scenario, SEED, 0, variant.runs, traced=True)
    assert not results.failed.any()
    return results


@functools.lru_cache(maxsize=64)
def tabled(variant):
    return as_table(columns_of(variant.scenario, played(variant)))


@functools.lru_cache(maxsize=12)
def drawn(variant):
    return draw_batch(variant.scenario, SEED, 0, variant.runs)


# --- shares over runs, and how they move between arms ------------------------------------------------------------------------


def flags(variant, expression):
    return np.array([bool(one) for one in holds(variant.table, expression).to_pylist()])


def chance(entry, variant):
    """Return the share of runs with the outcome, of those with what is given; None if those are few."""
    happened = flags(variant, entry["outcome"])
    if "given" not in entry:
        return happened.mean()
    given = flags(variant, entry["given"])
    return happened[given].mean() if given.sum() >= FEW else None


@measure
def share(entry, variants):
    return chance(entry, variants[0])


@measure
def spread(entry, variants):
    found = [chance(entry, one) for one in variants]
    return None if None in found else max(found) - min(found)


@measure
def relative_move(entry, variants):
    before, after = (chance(entry, one) for one in variants)
    if before == after:
        return 0.0
    return abs(after / before - 1.0) if before > 0 else 1.0


@measure
def least_rise(entry, variants):
    found = [chance(entry, one) for one in variants]
    return min(after - before for before, after in itertools.pairwise(found))


@measure
def whole_rise(entry, variants):
    found = [chance(entry, one) for one in variants]
    return found[-1] - found[0]


@measure
def least_over_first(entry, variants):
    first, *others = (chance(entry, one) for one in variants)
    return min(others) - first


@measure
def rise_at_most(entry, variants):
    """Return the upper end of the 95% interval of the paired difference."""
    before, after = (flags(one, entry["outcome"]).astype(float) for one in variants)
    moved = after - before
    return moved.mean() + 1.96 * moved.std() / len(moved) ** 0.5


@measure
def largest_rise_of_a_table(entry, variants):
    before, after = variants
    return max(flags(after, f"table.{key}").mean() - flags(before, f"table.{key}").mean() for key in before.scenario.tracks)


@measure
def largest_move_of_a_track(entry, variants):
    if len(variants[0].scenario.parties) > 2:
        return None  # more than two can be listed in many ways
    before, after = variants
    return max(
        abs(flags(after, f"agreed.{key}").mean() - flags(before, f"agreed.{key}").mean()) for key in before.scenario.tracks
    )


@measure
def largest_move_of_blame(entry, variants):
    before, largest = variants[0], 0.0
    for key in before.scenario.issues:
        told = [np.array(one.table[f"blocked_by.{key}"].to_pylist(), object) for one in variants]
        for name in {*told[0], *told[1]} - {None, ""}:
            largest = max(largest, abs((told[0] == name).mean() - (told[1] == name).mean()))
    return largest


@measure
def runs_that_differ(entry, variants):
    before, after = variants
    issues = [key for key, issue in before.scenario.issues.items() if issue.track == entry["track"]]
    same = [pc.equal(before.table[f"option.{key}"], after.table[f"option.{key}"]).to_numpy() for key in issues]
    return 1.0 - np.all(same, axis=0).mean()


# --- what is offered ---------------------------------------------------------------------------------------------------------


def offered(variant):
    """Return every offer as options a position, -1 where it says nothing, shape (run, move, position); None elsewhere."""
    layout, said = lay_out(variant.scenario), variant.results.said
    found = np.full((*said.shape[:2], len(layout.positions)), -1)
    j = 0
    for c, (compound, packages) in enumerate(zip(layout.compounds, layout.packages)):
        options = np.array([*packages, (-1,) * len(compound)])
        for at in range(len(compound)):
            found[:, :, j] = options[said[:, :, c], at]
            j += 1
    return found


def moves(variant, party):
    """Return which moves of the log are offers of a party, shape (run, move)."""
    log = variant.results.log
    number = list(variant.scenario.parties).index(party)
    taken = np.arange(log.shape[1]) < variant.results.moves[:, None]
    return taken & (log["move"] == OFFERS) & (log["party"] == number)


def openings(variant, party):
    """Return a party's first offers of the first session on every deal, as options a position, shape (run, position)."""
    log, said = variant.results.log, offered(variant)
    mine = moves(variant, party) & (log["session"] == 0)
    found = np.full((len(log), said.shape[2]), -1)
    for deal in range(len(lay_out(variant.scenario).deals)):
        here = mine & (log["deal"] == deal)
        first = here.argmax(axis=1)
        opened = said[np.arange(len(log)), first]
        found = np.where(here.any(axis=1)[:, None] & (opened >= 0), opened, found)
    return found


def place(variant, issue):
    return lay_out(variant.scenario).positions.index(issue)


def holds_red_line(variant, party, said):
    """Tell which offers hold something that their author's red-line statement rejects, with options on the last axis."""
    hit = np.zeros(said.shape[:-1], bool)
    for (issue, option), lifting in words.red_lines(variant.scenario, party).items():
        here = said[..., place(variant, issue)] == option
        if lifting is not None:
            here &= said[..., place(variant, lifting[0])] != lifting[1]
        hit |= here
    return hit


@measure
def openings_across_red_lines(entry, variants):
    one = variants[0]
    sides = [party for party in one.scenario.parties if words.red_lines(one.scenario, party)]
    return max((holds_red_line(one, party, openings(one, party)).mean() for party in sides), default=None)


@measure
def red_lines_given_for_nothing(entry, variants):
    one, found = variants[0], []
    for party in one.scenario.parties:
        if not words.red_lines(one.scenario, party):
            continue
        said = offered(one)
        given = holds_red_line(one, party, said) & moves(one, party)
        for issue, option in words.wanted_or_on_the_way(one.scenario, party):
            given &= said[..., place(one, issue)] != option
        found.append(given.any(axis=1).mean())
    return max(found, default=None)


def can_offer(variant, party, issue, option):
    """Tell in which draws a party may offer an option at all: no red line, no consent withheld."""
    layout = lay_out(variant.scenario)
    c = next(k for k, compound in enumerate(layout.compounds) if issue in compound)
    at = layout.compounds[c].index(issue)
    having = [o for o, package in enumerate(layout.packages[c]) if package[at] == option]
    number = list(variant.scenario.parties).index(party)
    return np.isfinite(variant.draws.worths[:, number, c][:, having]).any(axis=1)


@measure
def openings_with_all_demands(entry, variants):
    one, found = variants[0], []
    for party in one.scenario.parties:
        demands = {}
        for issue, option in words.wanted(one.scenario, party, ("demands",)):
            demands.setdefault(issue, []).append(option)
        opened = openings(one, party)
        asked, held = np.zeros(len(opened), bool), np.ones(len(opened), bool)
        for issue, options in demands.items():
            said = opened[:, place(one, issue)]
            due = np.array([can_offer(one, party, issue, option) for option in options]).any(axis=0) & (said >= 0)
            asked |= due
            held &= ~due | np.isin(said, options)
        if asked.sum() >= FEW:
            found.append(held[asked].mean())
    return min(found, default=None)


@measure
def openings_nobody_wants(entry, variants):
    one = variants[0]
    anybodys = set().union(
        *(words.wanted(one.scenario, party) | words.asked(one.scenario, party) for party in one.scenario.parties)
    )
    found = []
    for party in one.scenario.parties:
        opened, odd = openings(one, party), np.zeros(one.runs, bool)
        for issue, entry_ in one.scenario.issues.items():
            if words.is_swap(one.scenario, issue):
                continue  # where no statement backs a swap, the wish is assumed and said to be
            for option in range(1, len(entry_.options)):
                if (issue, option) not in anybodys:
                    odd |= opened[:, place(one, issue)] == option
        found.append(odd.mean())
    return max(found)


@measure
def swaps_opened_for_nothing(entry, variants):
    one, found = variants[0], []
    for (swap,) in changes.swaps(one.scenario):
        issue = one.scenario.issues[swap]
        for party in one.scenario.parties:
            (other,) = set(issue.swap) - {party}
            offered_ = words.wanted(one.scenario, other) | words.conceded(
                one.scenario, other
            )  # to take up an offer is no such thing
            gifts = [
                o
                for o, option in enumerate(issue.options)
                if option.received(party) > option.received(other) == 0.0 and (swap, o) not in offered_
            ]
            opened = openings(one, party)[:, place(one, swap)]
            if (opened >= 0).sum() >= FEW:
                found.append(np.isin(opened, gifts)[opened >= 0].mean())
    return max(found)


# --- what is drawn -----------------------------------------------------------------------------------------------------------


def gain(variant, party, issue, option):
    """Return what an option is worth to a party over the status quo, on the issue's scale, in each draw."""
    values = variant.draws.values[:, list(variant.scenario.parties).index(party), place(variant, issue)]
    return values[:, option] - values[:, 0]


def refusals(variant, party):
    """Yield a party's refusals: issue, option and how each draw read it."""
    for key, options in words.refused(variant.scenario, party).items():
        for issue, option in sorted(options):
            if not words.is_swap(variant.scenario, issue):
                yield issue, option, words.readings(variant.scenario, variant.draws, party, key, (issue, option))


@measure
def postures_worth_a_demand(entry, variants):
    one, found = variants[0], []
    for party in one.scenario.parties:
        demands = {}
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
def spread_of_prices(entry, variants):
    one, found = variants[0], []
    for party in one.scenario.parties:
        for issue, option, read in refusals(one, party):
            if (read == 1).sum() >= FEW:
                found.append(gain(one, party, issue, option)[read == 1].std())
    return min(found, default=None)


def outweighs(variant, party, issue, other):
    weights = variant.draws.weights[:, list(variant.scenario.parties).index(party)]
    return (weights[:, place(variant, issue)] > weights[:, place(variant, other)]).mean()


@measure
def red_line_over_wish(entry, variants):
    return outweighs(variants[0], entry["party"], *entry["issues"])


@measure
def red_lines_over_wishes(entry, variants):
    one, found = variants[0], []
    for party in one.scenario.parties:
        lines = {issue for issue, _ in words.red_lines(one.scenario, party)}
        for other in words.plain_wishes(one.scenario, party):
            found += [outweighs(one, party, issue, other) for issue in lines - {other}]
    return min(found, default=None)


@measure
def consent_to(entry, variants):
    one = variants[0]
    ((issue, option),) = words.options_of(one.scenario, entry["options"])
    return np.min([can_offer(one, party, issue, option).mean() for party in one.scenario.parties])


@measure
def given_up_lines(entry, variants):
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


def draw_zones(scenario, deal, runs):
    from negsim.analysis.draws.blocking import zones

    table = lay_table(scenario, runs, SEED)
    return zones(table, table.deals[deal.number])


# --- exchanges: ratified and delivered ---------------------------------------------------------------------------------------


def ended(variant, issue, name):
    return variant.results.positions[:, place(variant, issue)][name]


@measure
def ratified_beside_surrender(entry, variants):
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


def delivered(variant):
    alone = scenario_of(variant.name, *variant.arm, "the first swap counts alone")
    table = tabled(Variant(variant.name, (*variant.arm, "the first swap counts alone"), variant.runs))
    track = changes.swap_track(alone)
    return table[f"delivered.{track}"].to_numpy()[table[f"agreed.{track}"].to_numpy()]


@measure
def mean_delivered(entry, variants):
    return delivered(variants[0]).mean()


@measure
def delivered_in_full(entry, variants):
    return (delivered(variants[0]) >= 1.0).mean()


@measure
def delivered_not_at_all(entry, variants):
    return (delivered(variants[0]) <= 0.0).mean()


# --- how talks end -----------------------------------------------------------------------------------------------------------


def last_offers(variant):
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


def suits(variant, run, deal, party, package):
    """Tell whether a package is better than no deal for a party: no red line, and at or above its floor."""
    layout = lay_out(variant.scenario)
    issues = [c for c, of in enumerate(layout.deal_of) if of == deal]
    if all(package[c] == 0 for c in issues):
        return False
    worth = sum(variant.draws.worths[run, party, c, package[c]] for c in issues)
    return worth >= variant.draws.floors[run, party, deal]


@measure
def refused_at_the_last_chance(entry, variants):
    one, found = variants[0], []
    for run, deal, offers in last_offers(one):
        if len(offers) == 2:
            (refusing, _), (_, package) = offers
            found.append(suits(one, run, deal, refusing, package))
    return np.mean(found) if len(found) >= FEW else None


@measure
def ended_unanswered(entry, variants):
    one, found = variants[0], []
    parties = range(len(one.scenario.parties))
    for run, deal, offers in last_offers(one):
        author, package = offers[0]
        found.append(all(suits(one, run, deal, party, package) for party in parties if party != author))
    return np.mean(found) if len(found) >= FEW else None


@measure
def replays(entry, variants):
    one = variants[0]
    log, said = one.results.log, one.results.said
    again, same = 0, 0
    for run in range(one.runs):
        heard, agreed = {}, set()
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
def signed_again(entry, variants):
    one = variants[0]
    log, said = one.results.log, one.results.said
    declined, again = 0, 0
    for run in range(one.runs):
        last, signed, refused = {}, {}, {}
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


# --- what each side knows ----------------------------------------------------------------------------------------------------


@measure
def reads_better_than_prior(entry, variants):
    """Return how often a side tells the other's price from its posture, less how often the best guess does."""
    scenario, right, true = variants[0].scenario, {}, {}
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
def learned(entry, variants):
    """Return how much more likely sides hold the true reading of the other's refusals to be after the talks, on average."""
    told = variants[0].results.beliefs
    open_ = told["before"] > 0.0
    return (told["after"] - told["before"])[open_].mean() if open_.any() else None
