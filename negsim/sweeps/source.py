"""What to play next: chunks of what a sweep still misses, small and plain while its rules compile beside it."""

import importlib.util
import math
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

from negsim.domain.scenario import Scenario
from negsim.engine.plugins import load_plugins
from negsim.sweeps.chunk import Engine, Job, Segment
from negsim.sweeps.plan import Plan, seed_of

CHUNK_RUNS: dict[Engine, int] = {"batch": 5000, "mesa": 100, "plain": 100}  # until it is known how long a run takes
HERE_RUNS: dict[Engine, int] = {"batch": 40_000, "mesa": 100, "plain": 100}  # sooner played here than workers have started
CHUNK_SECONDS = 2.0  # long enough that handing over costs nothing, short enough that little is lost
LARGEST = 20_000  # runs of a chunk, however short they are
WORTH_COMPILING = 3000  # runs a worker: fewer are played plain in the time that compiling takes


class Source:
    """Hands out what is missing, chunk by chunk, for the engine that is ready when it is asked.

    Parameters
    ----------
    plan : Plan
    missing : list of Segment
    workers : int
        So many share the work, so a chunk is small enough that every one gets some.
    slow : Engine
        What to play by while the rules are not compiled.
    compiling : multiprocessing.Process, optional
        Where they are being compiled.
    """

    def __init__(
        self, plan: Plan, missing: list[Segment], workers: int, slow: Engine, compiling: BaseProcess | None = None
    ) -> None:
        self._plan, self._workers, self._slow, self._compiling = plan, workers, slow, compiling
        self._missing, self._again = list(reversed(missing)), list[Job]()
        self._left = sum(segment.runs for segment in missing)
        self._sizes: dict[Engine, int] = dict(CHUNK_RUNS)
        self._paces: dict[Engine, float] = {}

    def engine(self) -> Engine:
        """Return the engine that is ready."""
        if self._compiling is not None and not self._compiling.is_alive():
            self._compiling, self._slow = None, self._plan.engine
        return self._slow

    def workers(self) -> int:
        """Return how many may work at once: one fewer while rules compile."""
        self.engine()
        return self._workers if self._compiling is None else max(1, self._workers - 1)

    def learn(self, job: Job, seconds: float) -> None:
        """Make chunks so large that one takes as long as it should, going by the quickest so far: the first one loads rules."""
        runs = sum(segment.runs for segment in job.segments)
        pace = min(seconds / runs, self._paces.get(job.engine, math.inf))
        if runs > 1 and pace > 0.0:
            self._paces[job.engine] = pace
            self._sizes[job.engine] = max(1, min(LARGEST, int(CHUNK_SECONDS / pace)))

    def give_back(self, jobs: list[Job]) -> None:
        """Take back what was not played; it comes first the next time."""
        self._again.extend(jobs)

    def take(self) -> Job | None:
        """Return the next chunk; nothing if none is left."""
        if self._again:
            return self._again.pop()
        engine = self.engine()
        chunk = cut(self._missing, size_of(self._left, self._sizes[engine], self._workers))
        self._left -= sum(segment.runs for segment in chunk)
        return job_of(self._plan, chunk, engine) if chunk else None


def size_of(total: int, most: int, workers: int) -> int:
    """Return how many runs go into a chunk: not too many, and so few that every worker gets some of a large job."""
    return max(1, min(most, -(-total // workers) if total >= 2000 * workers else total))


def cut(missing: list[Segment], size: int) -> list[Segment]:
    """Take so many runs off the end of a list of segments, the first of them last."""
    chunk: list[Segment] = []
    room = size
    while missing and room:
        point, first, runs = missing.pop()
        part = min(runs, room)
        chunk.append(Segment(point, first, part))
        if runs > part:
            missing.append(Segment(point, first + part, runs - part))
        room -= part
    return chunk


def job_of(plan: Plan, chunk: list[Segment], engine: Engine) -> Job:
    """Return what a worker is handed for a chunk."""
    return Job(
        tuple(chunk),
        {segment.point: plan.scenarios[segment.point] for segment in chunk},
        {segment.point: plan.points[segment.point] for segment in chunk},
        plan.plugins,
        {s.point: seed_of(plan.experiment, plan.keys[s.point] if plan.keys else "") for s in chunk},
        engine,
        plan.drawn,
        plan.sample,
    )


@contextmanager
def source_of(plan: Plan, missing: list[Segment], workers: int) -> Iterator[tuple[Source, str]]:
    """Yield where chunks come from, and what is to be said of it; compiles beside it if that is worth while."""
    unready = _unready(plan, missing)
    runs = sum(segment.runs for segment in missing)
    slow: Engine = "plain" if unready and plan.engine == "batch" else plan.engine
    if not unready or runs < WORTH_COMPILING * workers:
        said = f"{runs:,} runs are played uncompiled: sooner done than compiling" if slow == "plain" and runs else ""
        yield Source(plan, missing, workers, slow), said
        return
    beside = multiprocessing.get_context("spawn").Process(target=_compile, args=(unready, plan.plugins, plan.engine), daemon=True)
    beside.start()
    try:
        said = "the first runs are played uncompiled, while the rules compile beside them"
        yield Source(plan, missing, workers, slow, beside), said
    finally:
        beside.terminate()
        beside.join()


def _unready(plan: Plan, missing: list[Segment]) -> list[Scenario]:
    """Return a scenario for each set of rules that is still to be compiled."""
    if importlib.util.find_spec("numba") is None or not missing:
        return []
    from negsim.engine.batch_engine import is_compiled
    from negsim.engine.cast import cast
    from negsim.engine.compiler import compiled
    from negsim.engine.native import has_parts

    ready = has_parts if plan.engine == "mesa" else is_compiled
    rules = {cast(plan.scenarios[segment.point]): plan.scenarios[segment.point] for segment in missing}
    return [scenario for scenario in rules.values() if not ready(scenario)] if compiled() and plan.engine != "plain" else []


def _compile(scenarios: list[Scenario], plugins: tuple[str, ...], engine: Engine) -> None:
    """Compile rules in a process of its own; what cannot be compiled is found out, and said, when it is played."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from negsim.engine.batch_engine import prepare
    from negsim.engine.compiler import CannotCompile
    from negsim.engine.native import prepare_parts

    load_plugins(plugins)
    for scenario in scenarios:
        try:
            (prepare_parts if engine == "mesa" else prepare)(scenario)
        except CannotCompile:
            continue
