"""From scenario files to answers, against lists of all packages made from the scenario alone: 520 random scenarios.

Two to four parties, red lines, withheld consent, floors, links, issues that depend on others, with and without a status quo.
"""

import datetime
import itertools

import numpy as np
import pytest

from negsim.analysis.draws.acceptability import candidates
from negsim.analysis.draws.blocking import blocked, conflicts_of, opens, repairs_of, zones
from negsim.analysis.draws.deals import core_only, expected_space, lay_table, options_of, package_of, space
from negsim.analysis.spaces.counting import count
from negsim.analysis.spaces.fairness import fairness
from negsim.analysis.spaces.space import can_agree, frontier_of, surplus
from negsim.domain.scenario import Scenario

SCENARIOS = 520


def random_scenario(number):
    rng = np.random.default_rng(1000 + number)
    parties = [f"p{k}" for k in range(2 + number % 3)]
    quo = bool(number % 2)
    sizes = rng.integers(2, 5, rng.integers(2, 7 if number % 10 == 0 else 5)).tolist()
    keys = [f"i{k}" for k in range(len(sizes))]
    issues = {key: {"track": "t", "options": [{"id": f"o{n}"} for n in range(size)]} for key, size in zip(keys, sizes)}
    if quo and len(keys) > 2 and rng.random() < 0.4:
        issues[keys[1]]["available_when"] = f"{keys[0]} > 0"
    statements, links = {}, []
    day = datetime.date(2026, 1, 1)

    def rejects(actor, reading):
        issue = keys[rng.integers(len(keys))]
        option = int(rng.integers(1, len(issues[issue]["options"])))
        if any((one["actor"], one["options"]) == (actor, [f"{issue}.o{option}"]) for one in statements.values()):
            return issue, option  # said already
        statements[f"s{len(statements)}"] = {
            "actor": actor, "stance": "rejects", "options": [f"{issue}.o{option}"], "made_on": day, "paragraph": 1 + len(statements),
            "paraphrase": "no", "reading": reading,
        }  # fmt: skip
        return issue, option

    for _ in range(rng.integers(0, 4)):
        rejects(parties[rng.integers(len(parties))], "hard")
    if rng.random() < 0.4:
        issue, option = rejects("outsider", "price")
        issues[issue]["options"][option]["needs"] = ["outsider"]
    for _ in range(rng.integers(0, 4) if len(keys) > 1 else 0):
        one, other = rng.choice(len(keys), 2, replace=False)
        low = int(quo)
        ends = [f"{keys[i]}.o{rng.integers(low, sizes[i])}" for i in (one, other)]
        links.append(
            {"party": parties[rng.integers(len(parties))], "options": ends, "value": float(rng.choice([-0.2, 0.1, 0.15]))}
        )
    sides = {}
    for party in parties:
        weights = rng.dirichlet(np.ones(len(keys)))
        values = {key: rng.random(size).round(2 if number % 4 else 1).tolist() for key, size in zip(keys, sizes)}
        reservation = float(rng.uniform(0.2, 0.7)) if not quo else 0.0
        theta = float(rng.uniform(-0.1, 0.1)) if quo else 0.0
        sides[party] = {"utility": {"weights": dict(zip(keys, weights.tolist())), "values": values, "reservation": reservation}}
        sides[party] |= {"theta": theta, "noise": 0.0, "breach_loss": 0.0}
    if quo:
        for option in issues[keys[-1]]["options"][1:]:
            option |= {"stops": 0.5, "guarantee": 1.0}
    return Scenario(
        id=f"random-{number}", title="random", talks={"sessions": [datetime.date(2026, 2, 1)]},
        tracks={"t": {"status_quo": quo, "procedure": "package", "core": [keys[0]]}}, issues=issues, statements=statements,
        parties=sides, links=links, mediators={"outsider": {}},
    )  # fmt: skip


def listed(scenario, dropped=()):
    """Return all packages that are offered at all, with every party's surplus; red lines of some statements dropped."""
    keys = list(scenario.issues)
    quo = scenario.tracks["t"].status_quo
    packages, rows = [], []
    for numbers in itertools.product(*(range(len(issue.options)) for issue in scenario.issues.values())):
        chosen = dict(zip(keys, numbers))
        tied = [(key, issue.available_when[:-4]) for key, issue in scenario.issues.items() if issue.available_when]
        if any(chosen[key] > 0 and chosen[on] == 0 for key, on in tied):
            continue
        names = {f"{key}.o{number}" for key, number in chosen.items()}
        barred = set()
        for key, statement in scenario.statements.items():
            if key in dropped:
                continue
            issue, _, option = statement.options[0].partition(".")
            if statement.actor in scenario.parties:  # and what is worse to its owner: here the order is that of the file
                if chosen[issue] > 0 and chosen[issue] <= int(option[1:]):
                    barred.add(statement.actor)
            elif statement.options[0] in names:
                barred |= set(scenario.parties)
        row = []
        for party, side in scenario.parties.items():
            worth = 0.0
            for key, number in chosen.items():
                gained = side.utility.values[key][number] - (side.utility.values[key][0] if quo else 0.0)
                worth += side.utility.weights[key] * gained
            if quo:
                worth /= sum(side.utility.weights.values())
                worth -= 0.5 * side.theta[0] if chosen[keys[-1]] > 0 else 0.0
            worth += sum(link.value[0] for link in scenario.links if link.party == party and set(link.options) <= names)
            row.append(-np.inf if party in barred else worth - side.utility.reservation)
        packages.append({key: f"o{number}" for key, number in chosen.items()})
        rows.append(row)
    return packages, np.array(rows)


def acceptable(scenario, packages, rows, floors=None):
    fine = (rows >= -1e-9 if floors is None else rows >= floors).all(axis=1)
    if scenario.tracks["t"].status_quo:
        fine &= np.array([any(option != "o0" for option in package.values()) for package in packages])
    return fine


@pytest.mark.parametrize("block", [0, *(pytest.param(block, marks=pytest.mark.full) for block in range(1, 8))])
def test_answers_equal_enumeration(block):
    for number in range(block, SCENARIOS, 8):
        scenario = random_scenario(number)
        packages, rows = listed(scenario)
        table = lay_table(scenario, 2, seed=number)
        deal = table.deals[0]
        assert len(table.draws.floors) == 1 and len(table.deals) == 1
        one = space(table, deal, 0)
        assert one.outcomes == len(packages)
        for package, row in zip(packages, rows):
            assert np.allclose(surplus(one, options_of(table, deal, package)) - one.floors, row, atol=1e-12)
        fine = acceptable(scenario, packages, rows)
        assert count(one).number == fine.sum() and can_agree(one) == fine.any()
        core = [i for i in np.flatnonzero(fine) if next(iter(packages[i].values())) != "o0" or not deal.quo]
        assert zones(table, deal).tolist() == [bool(core)]
        assert can_agree(core_only(table, deal, one)) == bool(core)
        points = frontier_of(one).points - one.floors
        best = [
            row
            for row in rows[fine]
            if not ((rows[fine] >= row + 1e-9).any(axis=1) & (rows[fine] >= row - 1e-9).all(axis=1)).any()
        ]
        assert {tuple(p) for p in points.round(7)} == {tuple(p) for p in np.array(best).reshape(-1, len(one.floors)).round(7)}
        for line in blocked(table, deal):
            with_it = [
                i for i in np.flatnonzero(fine) if packages[i][line.issue] == line.option and _arises(scenario, packages[i], line)
            ]
            assert line.possible.share == float(bool(with_it)), (number, line)
            assert {block[:3] for block in line.blocks} == (set() if with_it else causes(scenario, line, packages, rows)), (
                number,
                line,
            )
        if count(one).number:
            assert candidates(table, deal)[0].acceptable.share == 1.0
            check_fairness(expected_space(table, deal), table, deal, packages, rows, fine)
        if not core:
            check_repairs(scenario, table, deal)


def _arises(scenario, package, line):
    """A dependent issue's first option is only there where the issue it depends on has left the status quo."""
    on = scenario.issues[line.issue].available_when
    return not on or package[on[:-4]] != "o0"


def causes(scenario, line, packages, rows):
    """Return why no acceptable package has an option, from the list of packages alone."""
    having = [i for i, package in enumerate(packages) if package[line.issue] == line.option and _arises(scenario, package, line)]
    shut = {key: {i for i in having if shuts(scenario, key, packages[i])} for key in scenario.statements}
    full = [key for key in shut if shut[key] == set(having)]
    if not full and set().union(*shut.values()) == set(having):
        full = [key for key in shut if shut[key]]
    # What shuts an option out does so whatever is chosen on unlinked issues, so that any package with it shows it.
    kinds = {key: "red line" if scenario.statements[key].actor in scenario.parties else "consent" for key in full}
    found = {(kinds[key], scenario.statements[key].actor, key) for key in full if _local(scenario, key, line)}
    if found:
        return found
    free = listed(scenario, set())[1]
    for p, party in enumerate(scenario.parties):
        if not (free[having, p] >= -1e-9).any():
            found.add(("floor", party, ""))
    return found or {("together", "", "")}


def shuts(scenario, key, package):
    statement = scenario.statements[key]
    issue, _, option = statement.options[0].partition(".")
    if statement.actor in scenario.parties:
        return 0 < int(package[issue][1:]) <= int(option[1:])
    return package[issue] == option and "outsider" in scenario.issues[issue].options[int(option[1:])].needs


def _local(scenario, key, line):
    """Whether a statement speaks of the issue of an option, or of one bargained over as one with it."""
    issue = scenario.statements[key].options[0].partition(".")[0]
    joined = [{line.issue}]
    ties = [{name.partition(".")[0] for name in link.options} for link in scenario.links]
    ties += [{name, entry.available_when[:-4]} for name, entry in scenario.issues.items() if entry.available_when]
    for _ in ties:
        for tie in ties:
            if tie & joined[0]:
                joined[0] |= tie
    return issue in joined[0]


def check_fairness(one, table, deal, packages, rows, fine):
    for i in np.flatnonzero(np.isfinite(rows).all(axis=1))[:6]:
        found = fairness(one, options_of(table, deal, packages[i]))
        better = fine & (rows >= np.maximum(rows[i], 0) - 1e-12).all(axis=1) & (rows > rows[i] + 1e-9).any(axis=1)
        assert (len(found.better.points) > 0) == better.any()
        left = (rows[better].max(axis=0) - rows[i]).clip(0) if better.any() else np.zeros(rows.shape[1])
        assert np.allclose(found.left, left, atol=1e-9)
        assert all(fine[packages.index(package_of(table, deal, row))] for row in found.better.packages)
        points = frontier_of(one).points - one.floors
        assert found.frontier_distance == pytest.approx(np.linalg.norm(points - rows[i], axis=1).min(), abs=1e-9)


def check_repairs(scenario, table, deal):
    """Every smallest repair opens the zone, by enumeration; nothing smaller does; and each meets each conflict."""
    items, _ = opens(table, deal, 0)
    keys = list(scenario.issues)

    def zone(gone):
        packages, rows = listed(scenario, {item.statement for item in gone})
        floors = np.array([-1e8 if any(i.kind == "floor" and i.who == p for i in gone) else -1e-9 for p in scenario.parties])
        fine = acceptable(scenario, packages, rows, floors)
        return any(fine[i] and (packages[i][keys[0]] != "o0" or not deal.quo) for i in range(len(packages)))

    repairs, conflicts = repairs_of(table, deal, 0), conflicts_of(table, deal, 0)
    expected = []
    for size in range(len(items) + 1):
        for gone in itertools.combinations(items, size):
            if not any(set(smaller) <= set(gone) for smaller in expected) and zone(gone):
                expected.append(gone)
    assert repairs == expected
    assert all(set(one) & set(other) for one in repairs for other in conflicts)
    for conflict in conflicts:
        assert not zone([item for item in items if item not in conflict])
        for spared in conflict:
            assert zone([item for item in items if item not in conflict or item == spared])


def test_shares_over_draws_are_those_of_the_draws_one_by_one(istanbul):
    """Zones, options, ranks, gains and central weights of 60 draws, against each draw by itself."""
    table = lay_table(istanbul, 60, seed=3)
    deal = next(deal for deal in table.deals if deal.id == "ceasefire")
    flags, firsts, packages = [], [], list(itertools.product(range(13)))
    for row in range(60):
        one = space(table, deal, row)
        worths = np.array([surplus(one, package) for package in packages]) - one.floors
        fine = (worths >= -1e-9).all(axis=1)
        fine[0] = False
        flags.append(fine)
        products = np.where(fine, worths.clip(0).prod(axis=1), -1.0)
        firsts.append(int(products.argmax()) if fine.any() else -1)
    flags, firsts = np.array(flags), np.array(firsts)
    assert zones(table, deal).tolist() == flags.any(axis=1).tolist()
    ids = [package_of(table, deal, package) for package in packages]
    for line in blocked(table, deal):
        having = [i for i, package in enumerate(ids) if package[line.issue] == line.option and i > 0]
        assert line.possible.share == pytest.approx(flags[:, having].any(axis=1).mean())
    for candidate in candidates(table, deal):
        number = candidate.package[0]
        assert candidate.acceptable.share == pytest.approx(flags[:, number].mean())
        assert candidate.ranks[0] == pytest.approx((firsts == number).mean())
        gains = np.array([table.draws.free[row, :, deal.lo, number] for row in range(60)])
        assert np.allclose(candidate.gains[:, 0], gains.mean(axis=0))
        weights = table.draws.weights[firsts == number]
        assert np.allclose(candidate.central_weights, weights.mean(axis=0)) if len(weights) else candidate.central_weights is None
