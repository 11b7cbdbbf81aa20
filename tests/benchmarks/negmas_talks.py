"""Time-based talks beside NegMAS, on a domain new to both in each talk: `python tests/benchmarks/negmas_talks.py`.

Two parties that play Boulware over 100 rounds, random additive utilities, ten options an issue: 10^3, 10^6 and 10^9 outcomes. Ours is
`aspiration`, which offers what NegMAS' time-based negotiators offer where a space can be searched. CPU time from the domain as arrays
(ours) or as utility functions (theirs) to the end of the talk; medians, and the ratio pair by pair.
"""

import argparse
import datetime
import statistics
import time

import numpy as np

from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import kernel
from negsim.engine.cast import cast
from negsim.engine.results import empty_results

OPTIONS, ROUNDS, BETA, RESERVATION = 10, 100, 0.25, 0.3


def domain(issues, seed):
    """Return weights (party, issue) and values (party, issue, option)."""
    rng = np.random.default_rng([issues, seed])
    return rng.dirichlet(np.ones(issues), 2), rng.random((2, issues, OPTIONS))


def ours(weights, values):
    """Return CPU seconds of a talk."""
    names = [f"i{k}" for k in range(weights.shape[1])]
    parties = {
        f"p{p}": {
            "utility": {
                "weights": dict(zip(names, weights[p].tolist())),
                "values": dict(zip(names, values[p].tolist())),
                "reservation": RESERVATION,
            },
            "noise": 0.0,
            "strategy": "aspiration",
            "traits": {"beta": BETA},
        }
        for p in range(2)
    }
    scenario = Scenario(
        id="x",
        title="x",
        talks={"sessions": [datetime.date(2026, 2, 1)], "rounds": [ROUNDS, ROUNDS]},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={name: {"track": "t", "options": [{"id": f"o{k}"} for k in range(OPTIONS)]} for name in names},
        parties=parties,
    )
    prior, case = to_arrays(scenario, 1)
    results, play = empty_results(prior, case, 1), kernel(prior, case, cast(scenario))
    began = time.process_time()
    play(np.arange(1), results)
    return time.process_time() - began


def theirs(weights, values):
    """Return CPU seconds of a talk."""
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.sao import BoulwareTBNegotiator, SAOMechanism

    issues = [make_issue(OPTIONS, f"i{k}") for k in range(weights.shape[1])]
    space = make_os(issues)
    ufuns = [
        LinearAdditiveUtilityFunction(
            {f"i{k}": dict(enumerate(values[p, k].tolist())) for k in range(len(issues))},
            weights[p].tolist(),
            outcome_space=space,
            reserved_value=RESERVATION,
        )
        for p in range(2)
    ]
    began = time.process_time()
    mechanism = SAOMechanism(outcome_space=space, n_steps=ROUNDS)
    for ufun in ufuns:
        mechanism.add(BoulwareTBNegotiator(), ufun=ufun)
    mechanism.run()
    return time.process_time() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, nargs="*", default=[3, 6, 9])
    parser.add_argument("--talks", type=int, default=5)
    arguments = parser.parse_args()
    ours(*domain(2, 0))
    for issues in arguments.issues:
        pairs = [(ours(*domain(issues, seed)), theirs(*domain(issues, seed))) for seed in range(arguments.talks)]
        mine, other = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        ratio = statistics.median(b / a for a, b in pairs)
        print(
            f"10^{issues} outcomes: negsim {1e3 * mine:.2f} ms, NegMAS {1e3 * other:.1f} ms, {ratio:,.0f} times as fast",
            flush=True,
        )


if __name__ == "__main__":
    main()
