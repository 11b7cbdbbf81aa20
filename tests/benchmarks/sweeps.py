"""10,000 runs of a trivial model by this project's sweep, Mesa's `batch_run` and the EMA workbench: `python tests/benchmarks/sweeps.py`.

Each in a process of its own, on one worker and on two, wall time from start to results, without importing and (here) with rules
compiled before. The model is as small as each of them allows: here a talk of one round over two issues, each run a row of 20 columns
on disk; in Mesa two agents that draw a number in one step; in the workbench a function that draws a number. The others keep their
results in memory. Medians of three, in turns; ratios to this project's.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 10_000
OURS = """
import json, sys, tempfile, time, pathlib
from negsim.edge.experiments import Request
from negsim.edge.planning import plan_sweep
from negsim.sweeps.sweep import run_sweep
from negsim.engine.batch_engine import play_batch
runs, workers = int(sys.argv[1]), int(sys.argv[2])
if __name__ == "__main__":
    request = Request(runs=runs, changes=["talks.rounds=[1, 1]"], seed=1)
    play_batch(plan_sweep("two-issues", request, "batch", drawn=False).scenarios[0], 1, 0, 1)
    with tempfile.TemporaryDirectory() as at:
        began = time.perf_counter()
        plan = plan_sweep("two-issues", request, "batch", drawn=False)
        done = run_sweep(plan, pathlib.Path(at) / "out", workers, lambda *_: None)
        spent = time.perf_counter() - began
    assert done.rows == runs
    print(json.dumps(spent))
"""
MESA = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import mesa
runs, workers = int(sys.argv[1]), int(sys.argv[2])


class One(mesa.Agent):
    def step(self):
        self.model.value += self.random.random()


class Trivial(mesa.Model):
    def __init__(self, level=0.0, rng=None):
        super().__init__(rng=rng)
        self.value = level
        self.datacollector = mesa.DataCollector(model_reporters={"value": "value"})
        for _ in range(2):
            One(self)

    def step(self):
        self.agents.do("step")
        self.datacollector.collect(self)
        self.running = False


if __name__ == "__main__":
    began = time.perf_counter()
    found = mesa.batch_run(Trivial, {"level": [0.0]}, number_processes=workers, rng=list(range(runs)), max_steps=1,
                           data_collection_period=-1, display_progress=False)
    spent = time.perf_counter() - began
    assert len(found) == runs, len(found)
    print(json.dumps(spent))
"""
EMA = """
import json, random, sys, time, warnings, logging
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
from ema_workbench import Model, MultiprocessingEvaluator, RealParameter, ScalarOutcome, SequentialEvaluator
runs, workers = int(sys.argv[1]), int(sys.argv[2])


def trivial(level=0.0):
    return {"value": level + random.random() + random.random()}


if __name__ == "__main__":
    model = Model("trivial", function=trivial)
    model.uncertainties = [RealParameter("level", 0.0, 1.0)]
    model.outcomes = [ScalarOutcome("value")]
    began = time.perf_counter()
    evaluator = SequentialEvaluator(model) if workers == 1 else MultiprocessingEvaluator(model, n_processes=workers)
    with evaluator as one:
        experiments, outcomes = one.perform_experiments(scenarios=runs)
    spent = time.perf_counter() - began
    assert len(outcomes["value"]) == runs
    print(json.dumps(spent))
"""


def timed(text, runs, workers, folder):
    script = f"{folder}/work.py"
    Path(script).write_text(text)
    done = subprocess.run([sys.executable, script, str(runs), str(workers)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            spent = {name: [] for name in ("negsim", "mesa", "ema")}
            for _ in range(3):
                for name, text in (("negsim", OURS), ("mesa", MESA), ("ema", EMA)):
                    spent[name].append(timed(text, runs, workers, folder))
            ours = statistics.median(spent["negsim"])
            for name, times in spent.items():
                one = statistics.median(times)
                print(
                    f"{workers} workers, {name:6}: {one:6.2f} s, {runs / one:8,.0f} runs/s, {one / ours:5.2f} times ours",
                    flush=True,
                )


if __name__ == "__main__":
    main()
