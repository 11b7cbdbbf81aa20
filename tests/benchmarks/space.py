"""How fast the exact space is: `python tests/benchmarks/space.py`. CPU time, medians, compiled and warm; ratios from one run.

With NegMAS installed, its frontier over a list of all packages is the yardstick, and must be the same.
"""

import datetime
import statistics
import time

import numpy as np

from negsim.analysis.spaces.counting import count
from negsim.analysis.spaces.space import space_of
from negsim.core.frontier import frontier
from negsim.core.pareto import pareto
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import kernel
from negsim.engine.cast import cast
from negsim.engine.compiler import native
from negsim.engine.results import empty_results

DOMAINS = 20


def seconds(work, repeats):
    """Return the median CPU time of a call, after one that warms up."""
    work()
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def tables(rng, parties, issues, options):
    return rng.dirichlet(np.ones(issues), parties)[:, :, None] * rng.random((parties, issues, options))


def frontiers(rng):
    sizes, first = np.full(15, 5), np.zeros(15, np.int64)
    two, three = [], []
    for _ in range(DOMAINS):
        worths = tables(rng, 2, 15, 5)
        # one call is shorter than the clock's tick, so a hundred are timed
        two.append(seconds(lambda w=worths: [native(frontier)(w[0], w[1], sizes) for _ in range(100)], 5) / 100)
        worths = tables(rng, 3, 15, 5)
        three.append(seconds(lambda w=worths: native(pareto)(w, np.full(3, -np.inf), sizes, first, 0), 5))
    for parties, found in (("two", two), ("three", three)):
        print(
            f"frontier of 15 issues x 5 options, {parties} parties, {DOMAINS} domains:"
            f" median {1e6 * statistics.median(found):,.0f} us, most {1e6 * max(found):,.0f} us"
        )


def against_negmas(rng):
    try:
        from negmas.outcomes import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction, pareto_frontier
    except ImportError:
        print("NegMAS is not installed; pip install negmas")
        return
    worths = tables(rng, 2, 6, 10)
    issues = [make_issue(10, f"i{k}") for k in range(6)]
    space = make_os(issues)
    ufuns = [
        LinearAdditiveUtilityFunction(
            {f"i{k}": {o: float(worths[p, k, o]) for o in range(10)} for k in range(6)}, [1.0] * 6, outcome_space=space
        )
        for p in range(2)
    ]
    outcomes = list(space.enumerate())
    began = time.process_time()
    found = pareto_frontier(ufuns, outcomes, sort_by_welfare=False)
    theirs = time.process_time() - began
    sizes = np.full(6, 10)
    points, _ = native(frontier)(worths[0], worths[1], sizes)
    same = np.allclose(sorted(found[0]), sorted(map(tuple, points)), atol=1e-12)
    ours = seconds(lambda: [native(frontier)(worths[0], worths[1], sizes) for _ in range(100)], 9) / 100
    print(
        f"frontier at 10^6 outcomes: NegMAS {theirs:.2f} s, negsim {1e6 * ours:.0f} us, ratio {theirs / ours:,.0f};"
        f" {len(points)} points, {'equal' if same else 'DIFFERENT'}"
    )


def counting(rng):
    space = space_of(tables(rng, 2, 12, 10), np.full(2, 0.55))
    print(f"count of what two parties accept among {space.outcomes:.0e} outcomes: {seconds(lambda: count(space), 5):.2f} s")


def talk(issues):
    """Return a function that plays 500 talks of two parties with stated utilities over issues of ten options."""
    rng = np.random.default_rng(5)
    names = [f"i{k}" for k in range(issues)]
    sides = {
        party: {
            "utility": {
                "weights": dict(zip(names, rng.dirichlet(np.ones(issues)).tolist())),
                "values": {name: rng.random(10).tolist() for name in names},
                "reservation": 0.3,
            },
            "noise": 0.0,
            "strategy": "boulware",
        }
        for party in ("a", "b")
    }
    scenario = Scenario(
        id="x",
        title="x",
        talks={"sessions": [datetime.date(2026, 2, 1)], "rounds": [20, 20]},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={name: {"track": "t", "options": [{"id": f"o{k}"} for k in range(10)]} for name in names},
        parties=sides,
    )
    prior, case = to_arrays(scenario, 1)
    play, results = kernel(prior, case, cast(scenario)), empty_results(prior, case, 500)
    return lambda: play(np.arange(500), results)


def talks():
    small, large = talk(3), talk(9)
    small(), large()
    pairs = []
    for _ in range(41):
        times = []
        for play in (small, large):
            began = time.process_time()
            play()
            times.append((time.process_time() - began) / 500)
        pairs.append(times)
    extra = statistics.median(large - small for small, large in pairs)
    print(
        f"a talk with stated utilities: {1e6 * statistics.median(p[0] for p in pairs):.1f} us at 10^3 outcomes,"
        f" {1e6 * statistics.median(p[1] for p in pairs):.1f} us at 10^9, {1e6 * extra:+.1f} us"
    )


def main():
    rng = np.random.default_rng(1)
    frontiers(rng)
    against_negmas(rng)
    counting(rng)
    talks()


if __name__ == "__main__":
    main()
