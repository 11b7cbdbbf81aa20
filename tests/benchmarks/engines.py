"""How fast, in one run and as ratios: `python tests/benchmarks/engines.py`. CPU time, medians of five.

`--against DIR` plays the same with another checkout of negsim, in turns with this one, and prints ratios pair by pair.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

REPEATS = 5
SCENARIOS = ("istanbul-2025-06-02", "istanbul-2025", "three-fleets")
WORK = """
import sys, time
from negsim import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.mesa_engine import play_mesa
scenario, runs = load_scenario(sys.argv[1], sys.argv[4:]), int(sys.argv[3])
if sys.argv[2] == "mesa":
    try:
        from negsim.engine.native import prepare_parts
    except ImportError:
        pass  # a version that has no compiled parts
    else:
        prepare_parts(scenario)
play = {"batch": lambda: play_batch(scenario, 1, 0, runs), "mesa": lambda: play_mesa(scenario, 1, 0, runs)}[sys.argv[2]]
play()
began = time.process_time()
play()
print(runs / (time.process_time() - began))
"""
FIRST = """
import time
from negsim import load_scenario
from negsim.engine.batch_engine import play_batch
scenario = load_scenario("istanbul-2025-06-02")
began = time.process_time()
play_batch(scenario, 1, 0, 1)
print(time.process_time() - began)
"""
ten = "talks.sessions=[" + ", ".join(f"2025-{6 + k // 2:02d}-{2 + 14 * (k % 2):02d}" for k in range(10)) + "]"
CASES = {
    "base case": (SCENARIOS[0], "batch", 20_000),
    "six sessions": (SCENARIOS[1], "batch", 6_000),
    "ten sessions": (SCENARIOS[1], "batch", 4_000, ten),
    "three parties": (SCENARIOS[2], "batch", 20_000),
    "base case, Mesa": (SCENARIOS[0], "mesa", 300),
}


def printed(program, checkout, *arguments, **environment):
    """Return the number that a program prints, run on a checkout (this one where none is named)."""
    path = {"PYTHONPATH": checkout} if checkout else {}
    command = [sys.executable, "-P", "-c", program, *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **path, **environment}, capture_output=True, text=True, check=True)
    return float(done.stdout)


def starts():
    """Return CPU seconds until the first batch is played compiled, with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as folder:
        return [printed(FIRST, "", NEGSIM_CACHE_DIR=folder) for _ in range(2)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", default="", metavar="DIR")
    against = parser.parse_args().against
    cold, warm = starts()
    print(f"compiled batch engine: cold start {cold:.1f} s, warm start {warm:.2f} s, ratio {cold / warm:.0f}", flush=True)
    for label, case in CASES.items():
        ours, ratios = [], []
        for _ in range(REPEATS):
            ours.append(printed(WORK, "", *case))
            if against:
                ratios.append(ours[-1] / printed(WORK, against, *case))
        line = f"{label}: {statistics.median(ours):,.0f} talks a second and core"
        if against:
            line += f", {statistics.median(ratios):.2f} times as many ({min(ratios):.2f} to {max(ratios):.2f})"
        print(line, flush=True)


if __name__ == "__main__":
    main()
