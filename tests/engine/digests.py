"""Print a digest of what every bundled scenario and every rule plays, to hold two versions of negsim against each other.

`python tests/engine/digests.py > before.txt`, the same after a change that should change nothing, and `diff`. A digest covers every
column of the table and every seventh run's record, offer by offer. `--only WORD` prints the lines that hold it.
"""

import argparse
import hashlib
import json

from negsim import load_scenario
from negsim.core.registry import MEDIATORS, PROTOCOLS, STRATEGIES
from negsim.edge.files import bundled_ids
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import register_all
from negsim.engine.columns import as_table, columns_of
from negsim.engine.outcome import record_of

SEED, EVERY = 11, 7
LEVERAGE = {"carrot": {"ukraine": 0.05, "russia": 0.1}, "stick": {"ukraine": 0.0, "russia": 0.05}}
THREE = ("boulware", "micro", "zeuthen", "aspiration", "stalling", "random_walker")


def digest(scenario, runs):
    """Return a digest of some runs, and how many of them failed."""
    results = play_batch(scenario, SEED, 0, runs, traced=True)
    found = hashlib.sha256()
    for name, column in as_table(columns_of(scenario, results)).to_pydict().items():
        found.update(name.encode() + repr(column).encode())
    for row in range(0, runs, EVERY):
        if not results.failed[row]:
            record = record_of(scenario, results, row, seed=SEED, replicate=row, engine="batch")
            found.update(json.dumps(record.as_json(offers=True)).encode())
    return found.hexdigest()[:16], int(results.failed.sum())


def with_rules(scenario, strategy, acceptance=""):
    rules = {"strategy": strategy, "acceptance": acceptance, "traits": {}}
    return scenario.model_copy(update={"parties": {k: p.model_copy(update=rules) for k, p in scenario.parties.items()}})


def with_mediator(scenario, style):
    helper = scenario.mediators["united_states"].model_copy(update={"style": style, "traits": {}, **LEVERAGE})
    return scenario.model_copy(update={"mediators": {**scenario.mediators, "united_states": helper}})


def with_protocol(scenario, name):
    talks = scenario.talks.model_copy(update={"protocol": name, "breakdown": 0.02})
    return scenario.model_copy(update={"talks": talks})


def cases():
    """Yield label, scenario and number of runs."""
    for key in bundled_ids("scenarios"):
        yield f"bundled {key}", load_scenario(key), 1000
    one, many, three = (load_scenario(key) for key in ("istanbul-2025-06-02", "istanbul-2025", "three-fleets"))
    for name in sorted(STRATEGIES):
        yield f"strategy {name} one", with_rules(one, name), 60
        yield f"strategy {name} many", with_rules(many, name), 30
        if name in THREE:
            yield f"strategy {name} three", with_rules(three, name), 60
    for name in ("ac_const", "ac_time", "ac_combi"):
        yield f"acceptance {name}", with_rules(one, "boulware", name), 60
    for name in sorted(PROTOCOLS):
        for label, scenario in (("one", one), ("many", many), ("three", three)):
            yield f"protocol {name} {label}", with_protocol(scenario, name), 60
    for name in sorted(MEDIATORS):
        for label, scenario in (("one", one), ("many", many)):
            yield f"mediator {name} {label}", with_mediator(scenario, name), 60
    for label, scenario in (("one", one), ("many", many)):
        yield f"package {label}", scenario.model_copy(update={"package": True}), 60


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    register_all()
    for label, scenario, runs in cases():
        if arguments.only in label:
            print(label, *digest(scenario, runs), flush=True)


if __name__ == "__main__":
    main()
