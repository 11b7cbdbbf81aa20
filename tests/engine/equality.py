"""Play the same talks in both engines and compare every move and every number, bit for bit.

Run as a command for any number of talks: `python tests/engine/equality.py --talks 2000`. Prints a line for each strategy
pair, mediator, protocol and case (one session, six, and five whose words change) and ends with `matched N of N talks`; any difference is exit code 1.
"""

import argparse
import itertools
import sys
import time

import numpy as np

from negsim.core.registry import MEDIATORS, PROTOCOLS, STRATEGIES
from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import register_all
from negsim.engine.compiler import compiled
from negsim.engine.mesa_engine import play_mesa

CARROT, STICK = (0.05, 0.1), (0.0, 0.05)  # of a mediator's leverage on the first party, and on the second
SEATS = 3  # of mediators, so that all scenarios share their compiled rules


def with_rules(base, strategies, style, protocol):
    """Return a scenario of two parties under other rules: one mediator of a style, with leverage, beside others."""
    parties = {
        key: party.model_copy(update={"strategy": name, "traits": {}})
        for (key, party), name in zip(base.parties.items(), strategies)
    }
    held = {"carrot": dict(zip(parties, CARROT)), "stick": dict(zip(parties, STICK))}
    mediators = dict(base.mediators)
    for number in range(SEATS - len(mediators)):
        mediators[f"observer-{number}"] = next(iter(base.mediators.values())).model_copy(update={"style": "null", "traits": {}})
    chosen = "united_states" if "united_states" in mediators else next(iter(mediators))
    target = mediators[chosen].target or ["ceasefire.armistice"]
    mediators[chosen] = mediators[chosen].model_copy(update={"style": style, "traits": {}, "target": target, **held})
    talks = base.talks.model_copy(update={"protocol": protocol})
    return base.model_copy(update={"parties": parties, "mediators": mediators, "talks": talks})


def scenarios(strategies, styles, protocols):
    """Yield label and scenario: every strategy against itself and two others, with every style, over protocols and sessions."""
    bases = [load_scenario(key) for key in ("istanbul-2025-06-02", "istanbul-2025", "panmunjom")]
    pairs = [(one, strategies[(at + step) % len(strategies)]) for at, one in enumerate(strategies) for step in (0, 1, 7)]
    for number, ((one, other), style) in enumerate(itertools.product(pairs, styles)):
        base, protocol = bases[number % 3], protocols[(number // 3 + number // (3 * len(protocols))) % len(protocols)]
        yield f"{base.id}, {protocol}, {one} x {other}, {style}", with_rules(base, (one, other), style, protocol)


def differences(scenario, seed, talks):
    """Return how many of a number of talks differ between the engines, and how many failed."""
    batch = play_batch(scenario, seed, 0, talks, traced=True)
    mesa, _ = play_mesa(scenario, seed, 0, talks, traced=True)
    different = sum(any(one[row].tobytes() != other[row].tobytes() for one, other in zip(batch, mesa)) for row in range(talks))
    return different, int(np.sum(batch.failed))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--strategies", nargs="*")
    arguments = parser.parse_args()
    register_all()
    wrong = total = 0
    for label, scenario in scenarios(arguments.strategies or sorted(STRATEGIES), sorted(MEDIATORS), sorted(PROTOCOLS)):
        began = time.perf_counter()
        different, failed = differences(scenario, arguments.seed, arguments.talks)
        wrong += different
        total += arguments.talks
        print(
            f"{label}: {different} of {arguments.talks} differ, {failed} failed, {time.perf_counter() - began:.1f} s",
            flush=True,
        )
    how = "compiled" if compiled() else "uncompiled"
    print(f"Python {sys.version.split()[0]}, batch engine {how}")
    print(f"matched {total - wrong} of {total} talks")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
