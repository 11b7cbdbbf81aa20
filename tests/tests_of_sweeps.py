"""Sweeps as tests need them."""

from negsim.edge.experiments import Request
from negsim.edge.planning import plan_sweep
from negsim.sweeps import source
from negsim.sweeps.sweep import run_sweep


class Killed(Exception):
    pass


def unfinished(folder, runs=15, points=(0.0, 0.2), scenario="istanbul-2025-06-02"):
    """Leave a sweep in a folder of which only some chunks were played, as a kill would."""
    plan = plan_sweep(scenario, Request(vary=[f"parties.russia.theta={','.join(map(str, points))}"], runs=runs), "mesa")

    def stop(done, total):
        if done:
            raise Killed

    before, source.CHUNK_RUNS["mesa"] = source.CHUNK_RUNS["mesa"], 6
    try:
        run_sweep(plan, folder, 1, stop)
    except Killed:
        assert not (folder / "results.parquet").exists()
        return folder
    finally:
        source.CHUNK_RUNS["mesa"] = before
    raise AssertionError("it was played to its end")
