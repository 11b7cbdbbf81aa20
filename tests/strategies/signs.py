"""What must hold for every strategy and mediator, over random domains: `python tests/strategies/signs.py --cases 100`.

Prints, for each sign and each strategy it applies to, in how many cases it held.
"""

import argparse
import datetime
import sys

import numpy as np

from negsim.analysis.draws.deals import lay_table, space
from negsim.analysis.runs.tournament import all_strategies
from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.counting import count
from negsim.analysis.spaces.space import frontier_of, space_of
from negsim.core.registry import MEDIATORS
from negsim.domain.scenario import Scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import register_all
from negsim.theory.rubinstein import proposer_share

register_all()
FLOORLESS = ("naive_tit_for_tat",)  # as NegMAS plays it, it offers below its own floor
ABSOLUTE = ("aspiration", "naive_tit_for_tat")  # their tolerances are not relative to the size of utilities
DRAWING = ("random_walker", "random_absolute_tit_for_tat", "micro", "bayesian")  # what they draw hangs on who they are
CLOCKED = ("time_dependent", "exponential", "aspiration", "frequency", "trade_off", "bayesian", "stalling")


def domain(
    number,
    strategies=("time_dependent", "time_dependent"),
    *,
    low=0.2,
    high=0.7,
    scale=1.0,
    shift=0.0,
    rounds=8,
    names=("a", "b"),
):
    """Return a random domain of two parties with stated utilities in steps of 2^-10, so that rescaling is exact."""
    rng = np.random.default_rng(number)
    sizes = rng.integers(2, 6, rng.integers(1, 5)).tolist()
    parties = {}
    for name, strategy in zip(names, strategies):
        values = [np.round(rng.random(size) / len(sizes) * 1024) / 1024 for size in sizes]
        reservation = np.round(rng.uniform(low, high) * 1024) / 1024
        stated = [row * scale for row in values]
        stated[0] = stated[0] + shift
        parties[name] = {
            "strategy": strategy,
            "noise": 0.0,
            "utility": {
                "weights": {f"i{k}": 1.0 for k in range(len(sizes))},
                "values": {f"i{k}": row.tolist() for k, row in enumerate(stated)},
                "reservation": float(reservation * scale + shift),
            },
        }
    return Scenario(
        id="random", title="random", talks={"sessions": [datetime.date(2026, 1, 1)], "rounds": [rounds, rounds]},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={f"i{k}": {"track": "t", "options": [{"id": f"o{o}"} for o in range(size)]} for k, size in enumerate(sizes)},
        parties=parties,
    )  # fmt: skip


def truce(number, strategy, changes=None):
    """Return a random domain with a status quo, an option that stops the fighting, and a mediator with leverage on it."""
    rng = np.random.default_rng(5000 + number)
    values = [rng.random(4).round(3).tolist() for _ in range(4)]
    sides = {}
    for k, name in enumerate(("a", "b")):
        sides[name] = {
            "strategy": strategy, "noise": 0.2, "breach_loss": 0.0, "theta": (changes or {}).get("theta", 0.0),
            "utility": {"weights": {"x": float(rng.random()), "y": float(rng.random())}, "values": {"x": values[2 * k], "y": values[2 * k + 1]}},
        }  # fmt: skip
    leverage = (changes or {}).get("carrot", 0.0)
    mediator = {"style": "manipulation", "target": ["x.o3"], "carrot": {"a": leverage, "b": leverage}, "traits": {}}
    mediator |= (changes or {}).get("mediator", {})
    return Scenario(
        id="truce", title="truce", talks={"sessions": [datetime.date(2026, 1, 1)], "rounds": [6, 6]},
        tracks={"t": {"procedure": "package", "core": ["x"]}},
        issues={
            "x": {"track": "t", "options": [{"id": "o0"}, *({"id": f"o{o}", "stops": o / 3, "guarantee": 1.0} for o in (1, 2, 3))]},
            "y": {"track": "t", "options": [{"id": f"o{o}"} for o in range(4)]},
        },
        parties=sides, mediators={"m": mediator},
    )  # fmt: skip


def moves(scenario, runs=1, seed=3):
    return play_batch(scenario, seed, 0, runs, traced=True)


def track(results, column):
    return results.tracks[column][:, 0] == 1


def no_zone_no_agreement(strategy, case):
    results = moves(domain(case, (strategy, strategy if case % 2 else "conceder"), low=0.5, high=0.9))
    zone, agreed = track(results, "zone"), track(results, "agreed")
    return None if zone.all() else not (agreed & ~zone).any()


def rescaling_changes_nothing(strategy, case):
    plain, scaled = (
        moves(domain(case, (strategy, strategy), scale=scale, shift=shift)) for scale, shift in ((1.0, 0.0), (4.0, 0.5))
    )
    return bool((plain.log == scaled.log).all() and (plain.said == scaled.said).all())


def relabelling_relabels(strategy, case):
    one, other = (moves(domain(case, (strategy, strategy), names=names)) for names in (("a", "b"), ("q", "c")))
    return bool((one.log == other.log).all() and (one.said == other.said).all() and (one.parties == other.parties).all())


def null_mediator_moves_nothing(strategy, case):
    with_it, without = (
        moves(truce(case, strategy, {"mediator": mediator}), 3) for mediator in ({"style": "manipulation"}, {"style": "null"})
    )
    return all(x.tobytes() == y.tobytes() for x, y in zip(with_it, without))


def offers_are_valid(strategy, case):
    """Nothing fails, and what is agreed is at or above both floors."""
    results = moves(domain(case, (strategy, "conceder")), 2)
    fine = not results.failed.any()
    return fine and (strategy in FLOORLESS or bool((results.parties["gain"] >= -1e-9).all()))


def theta_never_opens(style, case):
    found = [
        track(moves(truce(case, "linear", {"theta": theta, "mediator": {"style": style}}), 4), "zone")
        for theta in (0.0, 0.1, 0.3)
    ]
    return bool((found[1] <= found[0]).all() and (found[2] <= found[1]).all())


def leverage_never_shrinks(style, case):
    numbers = []
    for carrot in (0.0, 0.1, 0.3):
        table = lay_table(truce(case, "linear", {"carrot": carrot, "mediator": {"style": style}}), 1, 1)
        numbers.append(count(space(table, table.deals[0], 0)).number)
    return numbers == sorted(numbers)


def outside_option_never_hurts(rule, case):
    rng = np.random.default_rng(case)
    worths = rng.random((2, 3, 4))
    low = 0.3 * worths.max(axis=2).sum(axis=1)
    found = []
    for better in (0.0, 0.2):
        one = space_of(worths, low + np.array([better, 0.0]))
        points = frontier_of(one).points
        if not len(points):
            return None
        found.append(points[solutions.SOLUTIONS[rule](points - one.floors)][0])
    return found[1] >= found[0] - 1e-12


def patience_pays(_, case):
    rng = np.random.default_rng(case)
    other, low, high = rng.uniform(0.01, 0.99), *sorted(rng.uniform(0.01, 0.99, 2))
    return proposer_share(high, other) >= proposer_share(low, other)


SIGNS = {
    "no zone, no agreement": (no_zone_no_agreement, lambda: [s for s in all_strategies() if s not in FLOORLESS]),
    "affine rescaling changes nothing": (rescaling_changes_nothing, lambda: [s for s in all_strategies() if s not in ABSOLUTE]),
    "relabelling relabels": (relabelling_relabels, lambda: [s for s in all_strategies() if s not in DRAWING]),
    "the null mediator moves nothing": (null_mediator_moves_nothing, all_strategies),
    "offers are valid, floors kept": (offers_are_valid, all_strategies),
    "theta up never opens the zone": (theta_never_opens, lambda: sorted(MEDIATORS)),
    "leverage up never shrinks the set": (leverage_never_shrinks, lambda: ["manipulation", "deadline"]),
    "a better outside option never hurts": (outside_option_never_hurts, lambda: ["nash", "kalai_smorodinsky"]),
    "patience pays (Rubinstein)": (patience_pays, lambda: ["rubinstein"]),
}


def on_average(cases):
    """Yield signs that hold on average: what was compared, and whether it held beyond its interval."""
    for strategy in CLOCKED:
        kept, agreed = {}, {}
        for name, beta in (("boulware", 0.2), ("conceder", 5.0)):
            runs = []
            for case in range(cases):
                scenario = domain(case, (strategy, "linear"))
                mine = scenario.parties["a"].model_copy(update={"traits": {"beta": (beta, beta)}})
                runs.append(moves(scenario.model_copy(update={"parties": {**scenario.parties, "a": mine}})))
            agreed[name] = np.array([track(run, "agreed")[0] for run in runs])
            kept[name] = np.array([run.parties["gain"][0, 0] for run in runs])
        both = agreed["boulware"] & agreed["conceder"]
        more = (kept["boulware"] - kept["conceder"])[both]
        yield (
            f"Boulware keeps more given agreement: {strategy}",
            len(more),
            more.mean() >= -1.96 * more.std() / max(1, len(more)) ** 0.5,
        )
        rather = agreed["boulware"].astype(float) - agreed["conceder"]
        yield f"Boulware agrees no more often: {strategy}", cases, rather.mean() <= 1.96 * rather.std() / cases**0.5
    for strategy in [s for s in all_strategies() if s not in FLOORLESS]:
        shares = [
            np.concatenate(
                [track(moves(truce(case, strategy, {"carrot": carrot}), 4), "agreed") for case in range(cases // 4)]
            ).astype(float)
            for carrot in (0.0, 0.2)
        ]
        rise = shares[1] - shares[0]
        yield f"leverage agrees no less: {strategy}", len(rise), rise.mean() >= -1.96 * max(rise.std(), 1e-9) / len(rise) ** 0.5
    gaps = []
    for share in (0.0, 1.0):
        mediator = {"style": "facilitation", "traits": {"facilitation": share}, "target": [], "carrot": {}}
        results = [moves(truce(case, "linear", {"mediator": mediator}), 4) for case in range(cases)]
        gaps.append(np.concatenate([track(r, "agreed") & (r.measures["pareto_gap"] < 1e-9) for r in results]).astype(float))
    rise = gaps[1] - gaps[0]
    yield (
        "facilitation: no fewer efficient agreements",
        len(rise),
        rise.mean() >= -1.96 * max(rise.std(), 1e-9) / len(rise) ** 0.5,
    )


def held(sign, who, cases):
    """Return in how many cases a sign held, and in how many it could."""
    found = [result for result in (SIGNS[sign][0](who, case) for case in range(cases)) if result is not None]
    return sum(map(bool, found)), len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100)
    cases, wrong = parser.parse_args().cases, 0
    for sign, (_, applies) in SIGNS.items():
        for who in applies():
            good, of = held(sign, who, cases)
            wrong += good != of
            print(f"{sign}: {who}: {good} of {of}", flush=True)
    for name, of, good in on_average(cases):
        wrong += not good
        print(f"{name}: {'held' if good else 'DID NOT HOLD'} over {of}", flush=True)
    print(f"{wrong} signs did not hold")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
