"""Published and closed-form results against negsim's: `python tests/conformance/tables.py DIR`.

Reads every table of a known form in DIR (see README.md here) and checks each row of it; says what it did not know.
"""

import datetime
import json
import math
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from negsim.analysis.draws.acceptability import rank_acceptability
from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.adjusted_winner import adjusted_winner
from negsim.analysis.spaces.space import frontier_of, space_of
from negsim.core.concession import exponential, polynomial
from negsim.domain.scenario import Scenario
from negsim.engine.batch_engine import play_batch
from negsim.strategies.zeuthen import risk
from negsim.talks.drift import win_chance
from negsim.theory import convex_sets, double_auction, rank_weights, rubinstein, war

Row = tuple[str, Any, Any, float]  # name, found, expected, tolerance


def weights(table: dict) -> Iterator[Row]:
    rules = {
        "ROC": rank_weights.rank_order_centroid,
        "RS": rank_weights.rank_sum,
        "RR": rank_weights.rank_reciprocal,
        "ROD": rank_weights.rank_order_distribution,
    }
    for name, rows in table.items():
        if not isinstance(rows, dict) or name == "formulas":
            continue
        for n, expected in (rows.get("values", rows)).items():
            if name.startswith("RE_z"):
                found = rank_weights.rank_exponent(int(n), float(name[4:]))
            else:
                found = rules[name](int(n))
            known = [value["value"] if isinstance(value, dict) else value for value in expected]
            yield f"{name} n={n}", found, known, 3e-4 if name == "ROD" else 1e-12  # the table's ROD were drawn


def rubinstein_rows(table: dict) -> Iterator[Row]:
    for row in table["infinite_horizon"]["rows"]:
        d1, d2 = row["delta1"], row["delta2"]
        x = rubinstein.proposer_share(d1, d2)
        found = [x, 1 - x, d1 * x]
        yield f"infinite {d1} {d2}", found, [row["proposer1_keeps"], row["responder2_gets"], row["when_2_proposes_1_gets"]], 1e-12
        yield f"played {d1} {d2}", _played_rubinstein(d1, d2), row["proposer1_keeps"], 0.0011
    finite = table["finite_horizon"]
    for rounds, share in finite["first_proposer_share"].items():
        known = share["value"] if isinstance(share, dict) else share
        yield f"finite {rounds}", rubinstein.finite_share(finite["delta"], int(rounds)), known, 1e-9
    option = table["outside_option"]
    for row in option["rows"]:
        yield f"outside {row['w2']}", rubinstein.outside_option_share(option["delta"], row["w2"]), row["x2"], 1e-12
    for row in table["continuous_limit"]["rows"]:
        yield f"limit {row['r1']} {row['r2']}", rubinstein.limit_share(row["r1"], row["r2"]), row["share1"], 1e-12
    yield "fixed cost", [rubinstein.fixed_cost_share(*costs) for costs in ((0.1, 0.2), (0.2, 0.1))], [1.0, 0.1], 1e-12


def one_issue(first: list[float], second: list[float], strategy: str, traits: list[dict], rounds: int) -> Scenario:
    """Return a scenario of one issue with stated values."""
    sides = {
        party: {"strategy": strategy, "traits": mine, "noise": 0.0, "utility": {"weights": {"i": 1.0}, "values": {"i": values}}}
        for party, values, mine in zip(("a", "b"), (first, second), traits)
    }
    return Scenario(
        id="row", title="row", talks={"sessions": [datetime.date(2026, 1, 1)], "rounds": [rounds, rounds]},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={"i": {"track": "t", "options": [{"id": f"o{k}"} for k in range(len(first))]}}, parties=sides,
    )  # fmt: skip


def _played_rubinstein(d1: float, d2: float) -> float:
    """Play the game on a cake of a thousand slices; return what the first proposer keeps."""
    shares = [k / 1000 for k in range(1001)]
    traits = [{"delta": d1, "other_delta": d2}, {"delta": d2, "other_delta": d1}]
    results = play_batch(one_issue(shares, shares[::-1], "rubinstein", traits, 5), 0, 0, 1)
    return shares[int(results.positions["at_table"][0, 0])]


def bargaining(table: dict) -> Iterator[Row]:
    for case in table["polygons"]:
        problem = convex_sets.Problem(
            [tuple(map(float, v)) for v in case["frontier_vertices"]], tuple(map(float, case["disagreement"]))
        )
        yield f"{case['id']} ideal", convex_sets.ideal(problem), case["ideal"], 1e-9
        for name in ("nash", "kalai_smorodinsky", "egalitarian"):
            yield f"{case['id']} {name}", getattr(convex_sets, name)(problem), case[name], 1e-8
    for case in table["smooth"]:
        yield from smooth(case)
    good = table["nash_1950"]
    names = list(good["goods"])
    worths = np.zeros((2, len(names), 2))  # option 1: it changes hands
    for k, (owner, bill, jack) in enumerate(good["goods"].values()):
        sign = -1.0 if owner == "Bill" else 1.0
        worths[0, k, 1], worths[1, k, 1] = sign * bill, -sign * jack
    frontier = frontier_of(space_of(worths, [0.0, 0.0]))
    row = solutions.nash(frontier.points)
    moved = {names[k] for k in np.flatnonzero(frontier.packages[row])}
    expected = good["expected"]
    yield "Nash 1950 gains", frontier.points[row].tolist(), expected["gains"], 1e-12
    yield "Nash 1950 trade", moved == set(expected["Bill_gives"]) | set(expected["Jack_gives"]), True, 0
    products = sorted(set(frontier.points.prod(axis=1).tolist()))
    yield "Nash 1950 products", products[:-3:-1], [expected["nash_product"], expected["runner_up_product"]], 1e-9
    quo = [sum(row[1 + p] for row in good["goods"].values() if row[0] == who) for p, who in enumerate(("Bill", "Jack"))]
    yield "Nash 1950 status quo", quo, good["status_quo"], 0
    for row in table["split_the_difference"]["rows"]:
        yield f"split {row['s']} {row['b']}", double_auction.split_price(row["s"], row["b"]), row["price"], 1e-12
    auction, known = double_auction.equilibrium(), table["chatterjee_samuelson"]
    for name, found in (
        ("P_trade", auction.trade),
        ("expected_gains", auction.gains),
        ("first_best", auction.first_best),
        ("efficiency", auction.efficiency),
    ):
        yield f"Chatterjee-Samuelson {name}", found, Fraction(known[name]), 0
    for v in (0.0, 0.4, 1.0):
        yield f"bid {v}", double_auction.buyer_bid(v), eval(known["buyer_bid"].replace("2v", "2*v"), {"v": v}), 1e-12
        yield f"ask {v}", double_auction.seller_ask(v), eval(known["seller_ask"].replace("2c", "2*c"), {"c": v}), 1e-12
    for row in table["fearon_risk_return"]["rows"]:
        found = war.optimal_demand(row["p"], row["cA"], row["cbar"])
        yield f"Fearon {row['p']} {row['cA']}", list(found), [row["x"], row["P_war"]], 1e-9
    for row in table["gamblers_ruin"]["rows"]:
        found = [win_chance(float(row["k"]), row["p"], float(row["N"])), war.ruin_time(row["k"], row["p"], row["N"])]
        yield f"ruin {row['p']} {row['N']}", found, [row["W"], row["ET"]], 1e-4


def curve(first, second, n: int = 20001) -> convex_sets.Problem:
    """Return a smooth frontier as many short pieces, x from 0 to 1."""
    xs = np.linspace(0.0, 1.0, n)
    return convex_sets.Problem(sorted(zip(first(xs).tolist(), second(xs).tolist())))


def smooth(case: dict) -> Iterator[Row]:
    name = case["id"]
    if name == "power_split":
        for row in case["rows"]:
            a, b = row["a"], row["b"]
            found = convex_sets.nash(curve(lambda x, a=a: x**a, lambda x, b=b: (1 - x) ** b))[0] ** (1 / a)
            yield f"power split {a} {b}", found, row["x"], 2e-4
    elif name == "sqrt_linear":
        problem = curve(np.sqrt, lambda x: 1 - x)
        yield "sqrt Nash", convex_sets.nash(problem)[0] ** 2, case["nash_x"], 2e-4
        yield "sqrt KS", convex_sets.kalai_smorodinsky(problem)[0] ** 2, case["ks_x"], 2e-4
    elif name == "parabola":
        problem = curve(lambda x: x, lambda x: 1 - x**2)
        yield "parabola Nash", convex_sets.nash(problem), case["nash"], 2e-4
        yield "parabola KS", convex_sets.kalai_smorodinsky(problem), case["ks"], 2e-4
    elif name == "CARA":
        found = convex_sets.nash(curve(lambda x: 1 - np.exp(-x), lambda x: 1 - x))[1]
        yield "CARA Nash", 1 - found, case["nash_x"], 2e-4
    elif name == "asymmetric":
        for row in case["rows"]:
            problem = convex_sets.Problem([(0.0, 1.0), (1.0, 0.0)], tuple(row["d"]))
            yield f"asymmetric {row['alpha']}", convex_sets.nash(problem, (row["alpha"], 1 - row["alpha"]))[0], row["x"], 1e-9
        yield "no ZOPA", _refuses(lambda: convex_sets.nash(convex_sets.Problem([(0.0, 1.0), (1.0, 0.0)], (0.7, 0.6)))), True, 0
    else:
        yield f"{name}: a form that is not known", False, True, 0


def _refuses(call) -> bool:
    try:
        call()
    except ValueError:
        return True
    return False


def winners(table: dict) -> Iterator[Row]:
    for case in table["cases"]:
        first, second = (case["points"][party] for party in case["parties"])
        found = adjusted_winner(first, second)
        shares = {issue: share["value"] for issue, share in case["share_to_first"].items()}
        yield f"{case['id']} shares", [found.to_first[issue] for issue in shares], list(shares.values()), 1e-9
        yield f"{case['id']} totals", list(found.totals), [case["total_each"]["value"]] * 2, 1e-9
        yield f"{case['id']} split", found.split == case["split_issue"], True, 0
        moved = [(step["issue"], step["fraction"]["value"]) for step in case["transfers"]]
        yield f"{case['id']} transfers", [part for _, part in found.transfers], [part for _, part in moved], 1e-9
        yield f"{case['id']} order", [issue for issue, _ in found.transfers] == [issue for issue, _ in moved], True, 0


def dynamics(table: dict) -> Iterator[Row]:
    faratin = table["faratin"]
    for row in faratin["rows"]:
        times = [t / faratin["T"] for t in faratin["t"]]
        yield f"polynomial {row['beta']}", [polynomial(t, row["beta"], 0.0) for t in times], row["poly_k0"], 1e-8
        found = [exponential(t, row["beta"], faratin["k_exponential"]) for t in times]
        yield f"exponential {row['beta']}", found, row["exp_k01"], 1e-8
    step = table["zeuthen"]["single_step"]
    limits = [risk(own, other) for own, other in zip(step["own"], step["other"])]
    yield "Zeuthen risks", limits, step["Z"], 1e-12
    yield "Zeuthen concedes", 1 + int(np.argmin(limits)), step["concedes"], 0
    for row in table["zeuthen"]["rows"]:
        xs = np.linspace(0.0, 1.0, row["grid"] + 1)
        first, second = ([float(eval(row[u], {"x": x, "sqrt": math.sqrt})) for x in xs] for u in ("u1", "u2"))
        results = play_batch(one_issue(first, second, "zeuthen", [{}, {}], 2 * row["grid"]), 0, 0, 1)
        yield "Zeuthen played", float(xs[int(results.positions["at_table"][0, 0])]), row["result"], 2.1 / row["grid"]
        frontier = frontier_of(space_of([[first], [second]], [0.0, 0.0]))
        yield "Zeuthen's Nash", float(xs[frontier.packages[solutions.nash(frontier.points)][0]]), row["nash"], 1.0 / row["grid"]
    trust = table["trust_beta"]
    kept, every, found = 0.0, 0.0, [0.5]
    for one in trust["kept"]:
        kept, every = kept * trust["lambda_used"] + one, every * trust["lambda_used"] + 1
        found.append((1 + kept) / (2 + every))
    yield "trust", found, trust["tau"], 1e-12
    rng = np.random.default_rng(0)
    w = rng.random(400_000)
    scores = np.stack([w, 0.5 * (1 - w), np.full_like(w, 0.4)], axis=1)
    yield "SMAA", rank_acceptability(scores)[:, 0].tolist(), list(table["smaa"]["rank1_acceptability"].values()), 0.004
    for row in table["putnam"]["rows"]:
        found = min(1.0, max(0.0, (row["u"] - row["lo"]) / (row["hi"] - row["lo"])))
        yield f"Putnam {row['u']}", found, row["P"], 1e-12
    for row in table["powell_commitment"]["rows"]:
        found = war.commitment_fails(row["delta"], row["M_now"], row["M_next"], row["other_M"], row["B"])
        yield f"Powell {row['M_next']}", found, row["war"], 0


TABLES = {
    "rank_weights": weights,
    "rubinstein": rubinstein_rows,
    "bargaining_solutions": bargaining,
    "adjusted_winner": winners,
    "concession_dynamics": dynamics,
}


def close(found: Any, expected: Any, tolerance: float) -> bool:
    if expected is None or isinstance(expected, bool | Fraction):
        return found == expected
    found, expected = np.atleast_1d(np.array(found, float)), np.atleast_1d(np.array(expected, float))
    return found.shape == expected.shape and bool((np.abs(found - expected) <= tolerance).all())


def main() -> int:
    total, matched, unknown = 0, 0, 0
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        if path.stem not in TABLES:
            print(f"{path.stem}: a table of no known form")
            unknown += 1
            continue
        rows = list(TABLES[path.stem](json.loads(path.read_text())))
        right = 0
        for name, found, expected, tolerance in rows:
            fine = close(found, expected, tolerance)
            right += fine
            if not fine:
                print(f"{path.stem}: {name}: {found}, not {expected}")
        print(f"{path.stem}: {right} of {len(rows)} rows")
        total, matched = total + len(rows), matched + right
    print(f"matched {matched} of {total} rows")
    return int(matched != total or total == 0 or unknown > 0)


if __name__ == "__main__":
    sys.exit(main())
