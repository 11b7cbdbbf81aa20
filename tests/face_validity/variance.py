"""First-order and total shares of groups of draws in the variance of what is agreed, by pick-freeze on the dice.

    NUMBA_DISABLE_JIT=1 python tests/face_validity/variance.py [CASE] [RUNS]

Of a pair of independent runs, a group of draws is taken from one and all else from the other (Sobol' 1993; Saltelli & others 2010;
Jansen 1999 for total shares). Strategies are drawn too, each side's from an ensemble. Slow: nothing is compiled.
"""

import sys

import numpy as np

from negsim import load_scenario
from negsim.core import dice
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import plain_kernel
from negsim.engine.cast import cast
from negsim.engine.results import empty_results

SHIFT = 1 << 20  # from a run to its partner
ENSEMBLE = ("time_dependent", "trade_off", "zeuthen", "relative_tit_for_tat")
GROUPS = {
    "readings": (dice.READING, dice.CUE),
    "values": (dice.CURVE,),
    "weights": (dice.WEIGHT,),
    "costs and other parameters": (dice.TYPE, dice.TRAIT, dice.LINK),
    "clock": (dice.ROUNDS, dice.PROTOCOL),
    "what is seen, mediators": (dice.NOISE, dice.MEDIATE),
    "strategies": (dice.OFFER,),
    "principals, delivery, front, events": (dice.RATIFY, dice.DELIVERY, dice.BREACH, dice.DRIFT, dice.EVENT),
}
plain_stream, SHIFTED = dice.stream, set()


def stream(seed, replicate, actor, purpose, item):
    number = replicate + SHIFT if purpose in SHIFTED and replicate < SHIFT else replicate
    return plain_stream(seed, number, actor, purpose, item)


def patch():
    for name, module in list(sys.modules.items()):
        if name.startswith("negsim") and getattr(module, "stream", None) is plain_stream:
            module.stream = stream


def kernels(case):
    """Return the arrays and the player of the case with each pair of strategies."""
    base = load_scenario(case)
    parties = list(base.parties)
    found = {}
    for one in ENSEMBLE:
        for other in ENSEMBLE:
            scenario = load_scenario(case, [f"parties.{parties[0]}.strategy={one}", f"parties.{parties[1]}.strategy={other}"])
            prior, fixed = to_arrays(scenario, 11)
            found[one, other] = prior, fixed, plain_kernel(prior, fixed, cast(scenario))
    return found


def outcomes(cases, runs, shifted, pairs, tracks):
    SHIFTED.clear()
    SHIFTED.update(shifted)
    told = np.zeros((runs, tracks))
    for pair, (prior, case, play) in cases.items():
        for run in np.flatnonzero([one == pair for one in pairs]):
            results = empty_results(prior, case, 1)
            play(np.array([run]), results)
            told[run] = [line["agreed"] for line in results.tracks[0]]
    return told


def main():
    case = sys.argv[1] if len(sys.argv) > 1 else "istanbul-2025-06-02"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    patch()
    cases = kernels(case)
    keys = list(cases)
    rng = np.random.default_rng(7)
    mine, theirs = ([keys[k] for k in rng.integers(len(keys), size=runs)] for _ in range(2))
    tracks = list(load_scenario(case).tracks)
    base = outcomes(cases, runs, (), mine, len(tracks))
    every = {purpose for group in GROUPS.values() for purpose in group}
    print(f"{case}: {runs} pairs; agreed: " + ", ".join(f"{key} {share:.3f}" for key, share in zip(tracks, base.mean(axis=0))))
    for name, group in GROUPS.items():
        kept = outcomes(cases, runs, every - set(group), mine if name == "strategies" else theirs, len(tracks))
        moved = outcomes(cases, runs, group, theirs if name == "strategies" else mine, len(tracks))
        cells = []
        for t, key in enumerate(tracks):
            variance = base[:, t].var()
            if variance == 0.0:
                continue
            mean = 0.5 * (base[:, t].mean() + kept[:, t].mean())
            products = (base[:, t] - mean) * (kept[:, t] - mean) / variance
            squares = 0.5 * (base[:, t] - moved[:, t]) ** 2 / variance
            error = 1.96 / runs**0.5
            cells.append(
                f"{key} {products.mean():.2f}+-{error * products.std():.2f}, total {squares.mean():.2f}+-{error * squares.std():.2f}"
            )
        print(f"  {name:36} " + "; ".join(cells), flush=True)


if __name__ == "__main__":
    main()
