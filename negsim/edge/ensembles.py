"""An ensemble as it is run and told: progress, what failed, and what came of it. Part of the edge."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from negsim.analysis.runs.arms import compare
from negsim.analysis.runs.ensembles import mean_of
from negsim.analysis.runs.expression import is_share, measured, parse
from negsim.analysis.runs.members import Make
from negsim.analysis.runs.summary import Summary
from negsim.edge.planning import check_ensemble, variants
from negsim.edge.words.console import complain, last_error, progress
from negsim.edge.words.decided import show_decided
from negsim.edge.words.ensemble import show_arms, show_ensemble, show_points, show_sampled
from negsim.sweeps.plan import Plan
from negsim.sweeps.reading import read_columns, read_results
from negsim.sweeps.sampling import SAMPLED
from negsim.sweeps.shards import Shard
from negsim.sweeps.sweep import LIMIT_SECONDS, run_sweep


class Orders(NamedTuple):
    """Where a sweep is kept and who plays it."""

    out: Path
    workers: int
    limit_seconds: float | None = None
    retry_failed: bool = False
    accept_code: bool = False
    dask: str = ""
    shard: Shard | None = None


class Ended(NamedTuple):
    """How a sweep ended: rows of its table (or runs of a shard), runs in all and a point, failures, why some have no result."""

    rows: int
    total: int
    runs: int
    failed: int
    unplayed: list[str]


def run_ensemble(plan: Plan, orders: Orders) -> Ended:
    """Run a sweep with progress, and say what failed."""
    with progress("runs") as advance:
        done = run_sweep(
            plan,
            orders.out,
            orders.workers,
            advance,
            complain,
            limit_seconds=orders.limit_seconds or LIMIT_SECONDS,
            retry_failed=orders.retry_failed,
            accept_code=orders.accept_code,
            dask=orders.dask,
            shard=orders.shard,
            enough=enough_of(plan, orders.out),
        )
    total = len(plan.points) * done.runs if orders.shard is None else done.rows
    if done.failures:
        first = last_error(done.failures[0][2])
        complain(f"{len(done.failures)} of {total} runs failed and are marked so; the first: {first}")
    if done.unplayed:
        complain(
            f"{len(done.unplayed)} of {total} runs have no result and are marked as failed ({done.unplayed[0]});"
            " the same command plays them again"
        )
    if plan.experiment.until and orders.shard is None:
        width = widest(plan, orders.out)
        if width > plan.experiment.until:
            complain(f"at {plan.experiment.most:,} runs a point the widest interval is still {width:.4f}; --most allows more")
    return Ended(done.rows, total, done.runs, len(done.failures) + len(done.unplayed), done.unplayed)


def enough_of(plan: Plan, folder: Path) -> Callable[[], bool] | None:
    """Return what tells whether the replicates of a sweep suffice, where its experiment asks for that."""
    until = plan.experiment.until
    return (lambda: widest(plan, folder) <= until) if until else None


def widest(plan: Plan, folder: Path) -> float:
    """Return how wide the widest 95% interval of the outcome is, over the points of a finished sweep."""
    outcome = plan.experiment.outcome
    column = parse(outcome)[0]
    table, manifest = read_results(folder, ["failed", column] if column != "failed" else ["failed"])
    values = measured(table, outcome).reshape(manifest["points"], -1)
    ends = (mean_of(row) for row in values)
    return max((high - low if not math.isnan(low) else math.inf for _, low, high in ends), default=math.inf)


def tell_ensemble(plan: Plan, orders: Orders, done: Ended, *, brief: bool, code: bool, as_json: bool) -> dict[str, Any]:
    """Print what came of a sweep; or return it, to be printed as JSON."""
    experiment = plan.experiment
    told: dict[str, Any] = {
        "scenario": plan.scenarios[0].id,
        "points": len(plan.points),
        "runs": done.runs,
        "seed": experiment.seed,
        "rows": done.rows,
        "failed": done.failed,
        "folder": str(orders.out),
    }
    if done.failed >= done.total or orders.shard is not None:
        return told
    if as_json:
        return {**told, "outcomes": _outcomes(plan, orders.out)}
    if len(plan.points) == 1:
        make = variants(experiment.scenario, plan.changes[0], code=code) if not brief and _can_tell(plan) else None
        if make is not None:
            check_ensemble(make)
        found = None if make is None else _summary(plan, make, orders.workers)
        show_ensemble(plan.scenarios[0], lambda names: read_columns(orders.out, names), found)
        if found is not None:
            show_decided(plan.scenarios[0], found.decided)
    elif experiment.arms:
        table, arms = read_results(orders.out)[0], list(experiment.arms)
        show_arms(experiment, compare(table, arms, experiment.outcome, common=experiment.common))
    else:
        tracks = [f"agreed.{track}" for track in plan.scenarios[0].tracks]
        outcomes = [experiment.outcome] if experiment.outcome else tracks
        columns = dict.fromkeys(["point", "replicate", *experiment.inputs(), "failed", *(parse(text)[0] for text in outcomes)])
        table = read_results(orders.out, list(columns))[0]
        if experiment.design in SAMPLED:
            show_sampled(table, experiment, outcomes)
        else:
            show_points(plan.scenarios[0], table, experiment, outcomes)
    return told


def _outcomes(plan: Plan, folder: Path) -> list[dict[str, Any]]:
    """Return the share of runs, by point, that agree on each track, or have the outcome of the experiment."""
    experiment, found = plan.experiment, []
    texts = [experiment.outcome] if experiment.outcome else [f"agreed.{track}" for track in plan.scenarios[0].tracks]
    for text in texts:
        table, manifest = read_results(folder, list(dict.fromkeys(["point", "replicate", "failed", parse(text)[0]])))
        values = measured(table, text).reshape(manifest["points"], -1)
        for point, row in zip(plan.points, values):
            mean, low, high = mean_of(row, shares=is_share(text))
            found.append({"outcome": text, "point": point, "mean": mean, "low": low, "high": high})
    return found


def _summary(plan: Plan, make: Make, workers: int) -> Summary | None:
    """Play what the summary of a sweep of one point takes; without compiled rules it goes without."""
    from negsim.analysis.runs.summary import summarize
    from negsim.engine.batch_engine import is_compiled
    from negsim.engine.compiler import CannotCompile

    if not is_compiled(plan.scenarios[0]):
        complain("all runs are kept; compiling what the summary is played with (a minute, once; Ctrl-C or --brief goes without)")
    try:
        with progress("combinations") as advance:
            return summarize(make, plan.experiment.seed, workers, advance)
    except (CannotCompile, ValueError) as reason:
        complain(f"{reason}; the summary goes without what is assumed")
        return None


def _can_tell(plan: Plan) -> bool:
    """Tell whether what a summary takes can be played: by compiled rules."""
    from negsim.engine.batch_engine import compiles

    return compiles() and plan.engine == "batch"
