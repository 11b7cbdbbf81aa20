"""No agreement below a floor: random scenarios with ties, zero weights and single options, every strategy with every other.

`python tests/strategies/floors.py --cases 3000`. Utilities are stated and floors are reservation values, so that the worth of what is
agreed is added up here from the file alone. `naive_tit_for_tat` is documented not to be bound by its floor where there is no status quo.
"""

import argparse
import datetime
import sys

import numpy as np

from negsim.core.registry import ACCEPTANCES, PROTOCOLS, STRATEGIES, Strategy
from negsim.domain.scenario import Scenario
from negsim.engine.cast import cast, register_all
from negsim.engine.mesa_engine import play_mesa

UNBOUND = {"naive_tit_for_tat"}
DAY = datetime.date(2026, 2, 1)


def random_scenario(rng, strategies, protocol):
    sizes = rng.choice([1, 2, 3, 4], rng.integers(1, 5)).tolist()
    keys = [f"i{k}" for k in range(len(sizes))]
    parties = {}
    for number, name in enumerate(strategies):
        weights = rng.choice([0.0, 0.0, 0.5, 1.0, 2.0], len(keys)).tolist()
        values = {key: rng.choice([0.0, 0.25, 0.5, 0.5, 1.0], size).tolist() for key, size in zip(keys, sizes)}
        most = sum(w * max(values[key]) for w, key in zip(weights, keys))
        reservation = float(rng.choice([0.0, 0.3, 0.5, 1.0, 1.2])) * most  # sometimes above the best there is
        stated = {"weights": dict(zip(keys, weights)), "values": values, "reservation": reservation}
        parties[f"p{number}"] = {"strategy": name, "utility": stated, "noise": 0.3}
    issues = {key: {"track": "t", "options": [{"id": f"o{n}"} for n in range(size)]} for key, size in zip(keys, sizes)}
    talks = {"sessions": [DAY], "protocol": protocol, "rounds": [1, 12]}
    tracks = {"t": {"status_quo": False, "procedure": "package"}}
    return Scenario(id="random", title="random", talks=talks, tracks=tracks, issues=issues, parties=parties)


def worth(side, chosen):
    return sum(side.utility.weights[key] * side.utility.values[key][option] for key, option in chosen.items())


def below(scenario, seed, runs):
    """Return what was agreed below the floor of somebody, and how many agreements there were."""
    results, errors = play_mesa(scenario, seed, 0, runs)
    wrong, agreed = [f"raised: {text.splitlines()[-1]}" for text in errors.values()], 0
    for row in range(runs):
        chosen = dict(zip(scenario.issues, results.positions[row]["at_table"].tolist()))
        if results.failed[row] or min(chosen.values()) < 0:
            continue
        agreed += 1
        for key, side in scenario.parties.items():
            found = worth(side, chosen)
            if side.strategy not in UNBOUND and found < side.utility.reservation - 1e-9:
                wrong.append(f"{key} ({side.strategy}) agreed to {found:.6f}, below {side.utility.reservation:.6f}")
    return wrong, agreed


def own(rules):
    """Return the names of negsim's own rules, whatever else has been registered in this process."""
    return sorted(name for name, rule in rules.items() if module_of(rule).startswith("negsim."))


def module_of(rule):
    return str((rule.offer if isinstance(rule, Strategy) else rule.function).__module__)


def cases(count):
    register_all()
    names, ways, rng = own(STRATEGIES), own(PROTOCOLS), np.random.default_rng(5)
    for number in range(count):
        pair = [names[number % len(names)], names[int(rng.integers(len(names)))]]
        if number % 5 == 0:
            pair.append(names[int(rng.integers(len(names)))])
        scenario = random_scenario(rng, pair, ways[number % len(ways)])
        bound = [name for name in own(ACCEPTANCES) if not ACCEPTANCES[name].partner]
        if number % 4 == 3:
            first = scenario.parties["p0"].model_copy(update={"acceptance": bound[int(rng.integers(len(bound)))]})
            scenario = scenario.model_copy(update={"parties": {**scenario.parties, "p0": first}})
        try:
            cast(scenario)
        except ValueError:
            continue
        yield number, scenario


def check(count, runs=3):
    wrong, agreed = [], 0
    for number, scenario in cases(count):
        found, closed = below(scenario, number, runs)
        agreed += closed
        wrong += [f"case {number}: {text}" for text in found]
    return wrong, agreed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=3000)
    wrong, agreed = check(parser.parse_args().cases)
    print("\n".join(wrong[:50]))
    print(f"{agreed} agreements, {len(wrong)} of them below a floor, or raised")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
