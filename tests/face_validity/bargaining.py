"""Is bargaining decoration? P(at the table | zone) by strategy, protocol and mediator, as a table in Markdown.

    python tests/face_validity/bargaining.py [--runs 4000]

Both sides follow one strategy; protocols and mediators are changed one at a time from the case as it is. Zones do not hang on any
of them but leverage. The random walker is the null: it proposes what its menu holds, at random.
"""

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from negsim.analysis.runs.ensembles import track_shares  # noqa: E402
from negsim.core.registry import PROTOCOLS, STRATEGIES  # noqa: E402
from negsim.edge.scenarios import load_scenario  # noqa: E402
from negsim.engine.batch_engine import play_batch  # noqa: E402
from negsim.engine.cast import register_all  # noqa: E402
from negsim.engine.columns import as_table, columns_of  # noqa: E402

TRACKS = (("istanbul-2025-06-02", "ceasefire"), ("istanbul-2025-06-02", "political"), ("wage-dispute", "contract"))


def arms():
    """Yield a name and a function from a case to changes."""
    yield "as it is", lambda _: []
    for name in sorted(STRATEGIES):
        yield name, lambda case, name=name: [f"parties.{p}.strategy={name}" for p in load_scenario(case).parties]
    for name in sorted(PROTOCOLS):
        yield name, lambda _, name=name: [f"talks.protocol={name}"]
    yield "no mediator", lambda case: [f"mediators.{m}.style=null" for m in load_scenario(case).mediators]
    for label, traits in (("formulation, noise 0.1", 0.1), ("formulation, fully informed", 0.0)):
        yield label, lambda case, traits=traits: formulating(case, traits)


def formulating(case, noise):
    first, *others = load_scenario(case).mediators
    silent = [f"mediators.{m}.style=null" for m in others]
    return [f"mediators.{first}.style=formulation", f"mediators.{first}.traits={{ noise = {noise} }}", *silent]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4000)
    runs = parser.parse_args().runs
    register_all()
    print("| rule | " + " | ".join(f"{case}: {track}" for case, track in TRACKS) + " |")
    print("|---" * (1 + len(TRACKS)) + "|")
    for label, changes in arms():
        cells = []
        for case, track in TRACKS:
            scenario = load_scenario(case, changes(case))
            results = play_batch(scenario, 1, 0, runs)
            found = track_shares(as_table(columns_of(scenario, results)), track).table_given_zone
            cells.append(f"{100 * found.share:.0f}% ({100 * found.low:.0f}-{100 * found.high:.0f})")
        print(f"| {label} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
