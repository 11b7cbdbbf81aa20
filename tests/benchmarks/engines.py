"""How fast, in one run and as ratios: `python tests/benchmarks/engines.py`. CPU time, medians of five."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from negsim.edge.scenarios import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.mesa_engine import play_mesa

RUNS, REPEATS = 20_000, 5
START = (
    "from negsim.engine.batch_engine import play_batch\nfrom negsim.edge.scenarios import load_scenario\nimport time\n"
    "s = load_scenario('istanbul-2025-06-02')\nt = time.process_time()\nplay_batch(s, 1, 0, 1)\nprint(time.process_time() - t)"
)


def median(play):
    seconds = []
    for _ in range(REPEATS):
        began = time.process_time()
        play()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


def starts():
    """Return CPU seconds until the first batch is played, with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NEGSIM_CACHE_DIR": folder}
        command = [sys.executable, "-c", START]
        return [
            float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout) for _ in range(2)
        ]


def main():
    cold, warm = starts()
    print(f"cold start {cold:.1f} s, warm start {warm:.2f} s, ratio {cold / warm:.0f}")
    for name in ("istanbul-2025-06-02", "istanbul-2025"):
        scenario = load_scenario(name)
        moves = play_batch(scenario, 1, 0, 500, traced=True).moves.mean()
        batch = RUNS / median(lambda scenario=scenario: play_batch(scenario, 1, 0, RUNS))
        mesa = 50 / median(lambda scenario=scenario: play_mesa(scenario, 1, 0, 50))
        print(
            f"{name}: {moves:.1f} moves a talk; batch {batch:,.0f} talks/s, Mesa {mesa:,.0f} talks/s, ratio {batch / mesa:,.0f}"
        )


if __name__ == "__main__":
    main()
