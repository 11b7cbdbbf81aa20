"""Play the same talks in both engines and compare every move and every number, bit for bit.

Run as a command for any number of talks: `python tests/engine/equality.py --talks 2000`. Prints a line for each strategy
pair and mediator and ends with `matched N of N talks`; any difference is exit code 1.
"""

import argparse
import itertools
import sys
import time

import numpy as np

from negsim.core.registry import MEDIATORS, STRATEGIES
from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import register_all
from negsim.engine.compiler import compiled
from negsim.engine.mesa_engine import play_mesa

LEVERAGE = {"carrot": {"ukraine": 0.05, "russia": 0.1}, "stick": {"ukraine": 0.0, "russia": 0.05}}


def scenarios(strategies, styles):
    """Yield label and scenario: every strategy against itself and two others, with every style of a mediator with leverage."""
    single, repeated = load_scenario("istanbul-2025-06-02"), load_scenario("istanbul-2025")
    pairs = [(one, strategies[(at + step) % len(strategies)]) for at, one in enumerate(strategies) for step in (0, 1, 7)]
    for number, ((one, other), style) in enumerate(itertools.product(pairs, styles)):
        base = (single, repeated)[number % 2]
        parties = {
            key: party.model_copy(update={"strategy": name, "traits": {}})
            for (key, party), name in zip(base.parties.items(), (one, other))
        }
        helper = base.mediators["united_states"].model_copy(update={"style": style, "traits": {}, **LEVERAGE})
        mediators = {**base.mediators, "united_states": helper}
        yield f"{one} x {other}, {style}", base.model_copy(update={"parties": parties, "mediators": mediators})


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
    for label, scenario in scenarios(arguments.strategies or sorted(STRATEGIES), sorted(MEDIATORS)):
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
