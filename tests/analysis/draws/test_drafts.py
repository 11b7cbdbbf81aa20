"""A draft is judged as each draw would judge it, and the least change is the least."""

import itertools

import numpy as np
import pytest

from negsim.analysis.draws import drafts
from negsim.analysis.draws.deals import lay_table, package_of, space
from negsim.analysis.draws.drafts import draft_of
from negsim.analysis.spaces.space import lowered, surplus

PACKAGE = {"ceasefire": "full", "ceasefire_conditions": "monitored", "prisoners": "all", "territory": "withdrawal"}


@pytest.fixture(scope="module")
def table(istanbul):
    return lay_table(istanbul, 40, 1)


@pytest.fixture(scope="module")
def found(table):
    return {one.deal.id: one for one in draft_of(table, PACKAGE)}


def accepted(table, deal, package):
    """Return in which draws each party accepts a package."""
    rows = []
    for row in range(len(table.draws.floors)):
        whole = space(table, deal, row)
        rows.append(surplus(whole, package) >= lowered(whole))
    return np.array(rows)


def test_only_deals_that_it_settles_something_of_are_told(found):
    assert list(found) == ["prisoners", "ceasefire", "political"]


def test_shares_are_those_of_draws_one_by_one(table, found):
    for one in found.values():
        held = accepted(table, one.deal, one.package)
        assert one.acceptable.hits == held.all(axis=1).sum()
        assert [side.hits for side in one.parties] == held.sum(axis=0).tolist()


def test_every_draw_that_fails_has_its_objections(found):
    for one in found.values():
        failed = one.acceptable.of - one.acceptable.hits
        assert sum(held.hits for _, held in one.sets) == failed
        assert all(0.0 < block.share <= 1.0 for block in one.objections)
        assert bool(one.objections) == bool(failed)


def test_objections_name_the_words(table, found):
    told = {(block.kind, block.who, block.statement) for block in found["ceasefire"].objections}
    assert ("red line", "russia", "r36") in told
    assert all(table.scenario.statements[key].actor == who for _, who, key in told if key)


def test_the_least_change_is_the_best_of_all_of_its_size(table, found):
    one = found["ceasefire"]
    sizes = table.sizes[one.deal.lo : one.deal.hi].tolist()
    best = {}
    for package in itertools.product(*map(range, sizes)):
        changed = sum(a != b for a, b in zip(package, one.package))
        if any(package):
            best[changed] = max(best.get(changed, 0), int(accepted(table, one.deal, package).all(axis=1).sum()))
    told = {change.changed: change.acceptable.hits for change in one.changes}
    assert told and all(best[size] == hits for size, hits in told.items())
    assert one.opening is None or one.opening.acceptable.share > 0.5
    shares = [one.acceptable.share, *(change.acceptable.share for change in one.changes)]
    assert shares == sorted(shares) and len(set(shares)) == len(shares)


def test_a_larger_change_is_told_only_if_it_does_better(table):
    rises = 0
    for issue, option in (("territory", "withdrawal"), ("crimea", "recognised"), ("sanctions", "lifted")):
        for one in draft_of(table, {**PACKAGE, issue: option}):
            shares = [one.acceptable.share, *(change.acceptable.share for change in one.changes)]
            assert all(after > before for before, after in itertools.pairwise(shares))
            rises += len(one.changes)
    assert rises


def test_below_a_floor_it_fails_on_what_costs_most(table, found):
    """Of what a side gives in a draft that is no red line of its own, the largest loss is what is named."""
    parties, draws = list(table.scenario.parties), table.draws
    position = {key: j for j, key in enumerate(table.layout.positions)}
    named = 0
    for one in found.values():
        for row in range(len(draws.floors)):
            for p in range(len(parties)):
                losses = {}
                for issue, option in package_of(table, one.deal, one.package).items():
                    j, number = position[issue], table.scenario.issues[issue].option_ids().index(option)
                    losses[j, number] = draws.weights[row, p, j] * (draws.values[row, p, j, number] - draws.values[row, p, j, 0])
                (j, number), worst = min(losses.items(), key=lambda entry: entry[1])
                block = drafts._priced(table, one.deal, one.package, row, p)
                why = int(draws.why[row, p, j, number])
                if worst < 0.0 and why >= 0:
                    assert (block.kind, block.who, block.statement) == ("price", parties[p], table.refusals[why].statements[0])
                    named += 1
                elif worst >= 0.0:
                    assert (block.kind, block.statement) == ("floor", "")
    assert named > 20


def test_of_many_packages_those_beside_the_best_are_tried(table, found, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_TRIED", 0)
    (one,) = (one for one in draft_of(table, PACKAGE) if one.deal.id == "political")
    for change in one.changes:
        assert change.acceptable.hits == accepted(table, one.deal, change.package).all(axis=1).sum()
        assert sum(a != b for a, b in zip(change.package, one.package)) == change.changed


def test_numbers_of_packages_are_counted_without_listing_them():
    others = [[1, 2], [0], [0, 1, 3]]
    for size in (1, 2, 3):
        assert drafts._count(others, size) == len(list(drafts._all_at((0, 1, 2), others, size)))


def test_what_depends_on_an_issue_that_stays_is_refused(table):
    with pytest.raises(ValueError, match="arises only where"):
        draft_of(table, {"ceasefire_conditions": "monitored"})


def test_a_changed_draft_is_a_package_of_the_deal(table, found):
    for one in found.values():
        for change in one.changes:
            assert set(package_of(table, one.deal, change.package)) >= set(package_of(table, one.deal, one.package)) - {
                "ceasefire_conditions"
            }
