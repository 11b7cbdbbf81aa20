"""What each mechanism that is off by default moves when it is switched on, in the default case: for the table in docs/model.md.

    python tests/face_validity/switches.py [--runs 5000]

Paired differences in P(agreed) of each track, in points, with 95% intervals.
"""

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

import numpy as np  # noqa: E402

from negsim.edge.scenarios import load_scenario  # noqa: E402
from negsim.engine.batch_engine import play_batch  # noqa: E402

CASE, ROUNDS = "istanbul-2025-06-02", "istanbul-2025"


def both(name, value):
    return [f"parties.{party}.{name}={value}" for party in ("ukraine", "russia")]


SWITCHES = {
    "a bar of principals, U(0, 0.4) (`ratify_width`)": (CASE, both("ratify_width", 0.4)),
    "swaps judged by principals (`ratified`)": (CASE, ["issues.prisoners.ratified=true", "issues.remains.ratified=true"]),
    "staged swaps (`staged`)": (CASE, ["issues.prisoners.staged=true", "issues.remains.staged=true"]),
    "talking pays both 0.2 (`theta`)": (CASE, both("theta", 0.2)),
    "the war costs both 0.2 (`war_cost`)": (CASE, both("war_cost", 0.2)),
    "hope of a later deal, 0.5 of 0.2 (`hope`, `hoped_gain`)": (CASE, both("hope", 0.5) + both("hoped_gain", 0.2)),
    "talks that may break down, 0.1 a round (`breakdown`)": (CASE, ["talks.breakdown=0.1"]),
    "no noise in what is believed of the other (`noise`)": (CASE, both("noise", 0.0)),
    "one package of all tracks (`package`)": (CASE, ["package=true"]),
    "a carrot of 0.2 for each, believed (`carrot`)": (CASE, ["mediators.united_states.carrot={ukraine=0.2, russia=0.2}"]),
    "the same, believed by bias (`slope`)": (
        CASE, ["mediators.united_states.carrot={ukraine=0.2, russia=0.2}", "mediators.united_states.traits.slope=4"],
    ),
    "readiness that moves with results (`readiness_rate`, six sessions)": (
        ROUNDS, both("readiness_rate", 1.0) + both("readiness", 0.6) + both("readiness_threshold", 0.5) + both("hoped_gain", 0.3),
    ),
    "no battlefield drift (`drift_weight` 0, six sessions)": (ROUNDS, both("drift_weight", 0.0)),
}  # fmt: skip


def agreed(case, changes, runs):
    return play_batch(load_scenario(case, changes), 1, 0, runs).tracks["agreed"].astype(float)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5000)
    runs = parser.parse_args().runs
    base = {case: agreed(case, [], runs) for case in (CASE, ROUNDS)}
    tracks = list(load_scenario(CASE).tracks)
    print("| switched on | " + " | ".join(tracks) + " |\n|---|" + "---|" * len(tracks))
    for name, (case, changes) in SWITCHES.items():
        moved = 100 * (agreed(case, changes, runs) - base[case])
        reach = 1.96 * moved.std(axis=0) / np.sqrt(runs)
        cells = [f"{mean:+.1f} ({mean - r:+.1f} to {mean + r:+.1f})" for mean, r in zip(moved.mean(axis=0), reach)]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
