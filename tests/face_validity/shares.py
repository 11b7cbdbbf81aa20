"""Shares and scores of every bundled coded case, under the coded and the uniform reading: to compare a rule before and after.

    python tests/face_validity/shares.py [--runs 5000]

One line a case, reading and track: P(zone), P(table), P(agreed) with its 95% interval; then what is agreed instead of the status
quo, issue by issue, and the mean score over events whose outcome is known, beside those of nulls.
"""

import argparse

from negsim.analysis.runs.ensembles import option_shares, share
from negsim.analysis.runs.scores import scores
from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.columns import as_table, columns_of
from negsim.validity.judging import coded_cases


def lines(name, reading, runs):
    scenario = load_scenario(name, [f"readings={reading}"])
    results = play_batch(scenario, 1, 0, runs)
    table = as_table(columns_of(scenario, results))
    for track in scenario.tracks:
        found = {kind: sum(bool(x) for x in table[f"{kind}.{track}"].to_pylist()) for kind in ("zone", "table", "agreed")}
        agreed = share(found["agreed"], runs)
        yield f"{track:14} zone {found['zone'] / runs:6.1%}  table {found['table'] / runs:6.1%}  agreed {agreed.share:6.1%} ({agreed.low:.1%}-{agreed.high:.1%})"
    said = []
    for key, issue in scenario.issues.items():
        ids = issue.option_ids()
        for option, one in list(option_shares(table, key, ids).items())[1:]:
            if one.share >= 0.001:
                said.append(f"{key}.{option} {one.share:.1%}")
    yield "  " + ", ".join(said)
    found = scores(table, scenario)
    if found.means:
        yield "  mean score: " + ", ".join(f"{one.name} {one.value:.3f}" for one in found.means)
    if results.failed.any():
        yield f"  {results.failed.sum()} runs failed"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5000)
    options = parser.parse_args()
    for name in coded_cases():
        for reading in ("coded", "uniform"):
            print(f"== {name}, readings {reading}")
            for line in lines(name, reading, options.runs):
                print(line)


if __name__ == "__main__":
    main()
