"""What decided it, by brute force: two loops, one over a group of draws and one over all else, beside what `negsim explain` says.

    NUMBA_DISABLE_JIT=1 python tests/analysis/brute.py [CASE] [OUTER] [INNER] [PAIRS]

A group's first-order share is the variance of inner means; with the loops the other way round, its total share is what varies
within. Nothing of the engine is used to hold draws fixed: the dice themselves are changed. Slow: nothing is compiled.
"""

import sys
from pathlib import Path

import numpy as np

from negsim import load_scenario
from negsim.analysis.runs.decided import what_decided
from negsim.analysis.runs.members import outcome_flags
from negsim.core import cases, dice
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import plain_kernel
from negsim.engine.cast import cast
from negsim.engine.groups import groups_of
from negsim.engine.results import empty_results

OUTER_RUNS = 1 << 29  # numbers of runs whose draws stay while those of the others change
plain_stream = dice.stream


def looped(scenario, seed, outcomes, held, outer, inner):
    """Return outcomes of runs in two loops, shape (outcome, outer, inner): draws for which `held` is true change with the outer one."""

    def stream(key, replicate, actor, purpose, item):
        number = OUTER_RUNS + replicate // inner if replicate < OUTER_RUNS and held(purpose, actor) else replicate
        return plain_stream(key, number, actor, purpose, item)

    cases.stream = stream
    try:
        prior, case = to_arrays(scenario, seed)
        results = empty_results(prior, case, outer * inner)
        plain_kernel(prior, case, cast(scenario))(np.arange(outer * inner), results)
    finally:
        cases.stream = plain_stream
    return outcome_flags(scenario, results, outcomes).reshape(len(outcomes), outer, inner)


def shares(told):
    """Return the share of the variance between the outer runs, that within them, and a standard error of each."""
    outer, inner = told.shape
    rng = np.random.default_rng(1)

    def once(rows):
        within = rows.var(axis=1, ddof=1).mean()
        between = rows.mean(axis=1).var(ddof=1) - within / inner
        return np.array([between, within]) / (between + within)

    resampled = np.array([once(told[rng.integers(outer, size=outer)]) for _ in range(300)])
    return once(told), resampled.std(axis=0)


def main():
    case = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[1] / "one-no.toml")
    outer, inner, pairs = (int(text) for text in (sys.argv[2:5] if len(sys.argv) > 4 else (300, 30, 2000)))
    fixed = ["ensemble={readings=['coded']}"]

    def make(changes):
        return load_scenario(case, [*fixed, *changes])

    scenario = make(())
    outcomes = [f"agreed.{track}" for track in scenario.tracks]
    found = what_decided(make, outcomes, pairs, 5)
    for group in groups_of(scenario):
        rows = {(int(row["purpose"]), int(row["actor"])) for row in group.streams}

        def inside(purpose, actor, rows=rows):
            return (purpose, actor) in rows or (purpose, -1) in rows

        alone = looped(scenario, 11, outcomes, inside, outer, inner)
        rest = looped(scenario, 12, outcomes, lambda *stream, inside=inside: not inside(*stream), outer, inner)
        for k, one in enumerate(found):
            part = next((part for part in one.groups if part.id == group.id), None)
            if part is None or alone[k].std() == 0.0:
                continue
            (first, _), (first_error, _) = shares(alone[k])
            (_, total), (_, total_error) = shares(rest[k])
            told = []
            for name, brute, error, own in (("first", first, first_error, part.first), ("total", total, total_error, part.total)):
                fits = own.low - 2 * error <= brute <= own.high + 2 * error
                told.append(
                    f"{name} {brute:6.3f} +-{2 * error:.3f} | {own.value:6.3f} ({own.low:6.3f} {own.high:6.3f}) {'fits' if fits else 'DIFFERS'}"
                )
            print(f"{one.outcome:22} {group.id:10} " + "; ".join(told), flush=True)


if __name__ == "__main__":
    main()
