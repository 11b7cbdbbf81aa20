"""Who works: this process, or a crew of others that is built again when one of them dies."""

import concurrent.futures as futures
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple

from negsim.engine.interruptible import interruptible
from negsim.sweeps.chunk import Done, Job, Segment, dead_chunk, play_chunk
from negsim.sweeps.disk import StoreError
from negsim.sweeps.source import Source

DEATHS = 2  # of a run that was played alone, until it counts as one that cannot be played
HOPELESS = 10  # such runs in a row, with none in between that can be, and it is the rules or the machine
STARTING = 30.0  # seconds that a new worker may take beside what it plays


class Suspect(NamedTuple):
    """A job that was under way when a worker died; it is played alone, to see whether it was its fault."""

    job: Job
    deaths: int = 0  # when it was alone


class Under(NamedTuple):
    """A job under way."""

    job: Job
    since: float


def play_here(source: Source) -> Iterator[Done]:
    """Play chunks one after another in this process."""
    while (job := source.take()) is not None:
        done = interruptible(play_chunk, job)
        source.learn(job, done.seconds)
        yield done


class Crew(NamedTuple):
    """Those who work for a sweep.

    Attributes
    ----------
    start : callable
        Returns an executor; called again after one has been ended.
    end : callable
        Stops an executor at once, whatever it is doing.
    workers : int
        How many they are.
    broken : tuple of exception types
        What a chunk raises whose worker died.
    local : bool
        Whether they are of this machine, so that little work is done sooner without them.
    """

    start: Callable[[], futures.Executor]
    end: Callable[[Any], None]
    workers: int
    broken: tuple[type[Exception], ...] = (BrokenProcessPool,)
    local: bool = True


def processes(workers: int) -> Crew:
    """Return a crew of processes on this machine."""
    spawn = multiprocessing.get_context("spawn")
    return Crew(lambda: futures.ProcessPoolExecutor(workers, spawn, _end_with_parent), _end, workers)


def play_by(crew: Crew, source: Source, limit_seconds: float) -> Iterator[Done]:
    """Play chunks by a crew; yields them as they finish.

    A worker that dies, runs out of memory, or takes longer than the limit, costs a new pool. What was under way then is played
    again, each job alone: one that is fine is kept, one that does it again is halved, until a run stands alone. A run that does
    it twice although it was alone has no result, and is played again the next time.

    Raises
    ------
    StoreError
        If no run can be played any more.
    """
    suspects: list[Suspect] = []
    hopeless, slowest = 0, 0.0
    while True:
        pool = crew.start()
        running: dict[futures.Future[Done], Under] = {}
        alone: Suspect | None = None
        try:
            while True:
                alone = None
                if suspects and not running:
                    alone = suspects[-1]
                    pool.submit(_ready).result(STARTING)
                    _submit(pool, alone.job, running)
                elif not suspects:
                    _fill(pool, source, running)
                if not running:
                    return
                limit = limit_seconds + STARTING if alone is None else _limit_of(alone.job, limit_seconds, slowest)
                for done in _finished(running, limit, source):
                    slowest = max(slowest, done.seconds / max(1, sum(segment.runs for segment in done.segments)))
                    if alone is not None:
                        suspects.pop()
                    hopeless = 0
                    yield done
        except Exception as error:
            if not isinstance(error, (*crew.broken, TimeoutError, MemoryError)):
                raise
            reason = _reason(error)
            if alone is None:
                suspects.extend(Suspect(under.job) for under in running.values())
                continue
            suspects.pop()
            halves = _halved(alone.job)
            suspects.extend(Suspect(half) for half in halves)
            if not halves and alone.deaths + 1 < DEATHS:
                suspects.append(Suspect(alone.job, alone.deaths + 1))
            elif not halves:
                hopeless += 1
                yield dead_chunk(alone.job, reason)
                if hopeless == HOPELESS:
                    raise StoreError(
                        f"{HOPELESS} runs in a row, each alone, twice: {reason}; what was finished is kept:"
                        " mend the rules, or give the machine more memory or --time-limit more seconds"
                    ) from None
        finally:
            crew.end(pool)


def _fill(pool: futures.Executor, source: Source, running: dict[futures.Future[Done], Under]) -> None:
    """Hand out chunks until every worker has one; one that is not taken goes back."""
    while len(running) < source.workers():
        job = source.take()
        if job is None:
            return
        try:
            _submit(pool, job, running)
        except BaseException:
            source.give_back([job])
            raise


def _submit(pool: futures.Executor, job: Job, running: dict[futures.Future[Done], Under]) -> None:
    running[pool.submit(play_chunk, job)] = Under(job, time.monotonic())


def _ready() -> None:
    """Have a worker import what it takes to play."""


def _finished(running: dict[futures.Future[Done], Under], seconds: float, source: Source) -> Iterator[Done]:
    """Yield what is finished, waiting for the first as long as it may take; what is yielded is under way no more."""
    oldest = min(under.since for under in running.values())
    finished, _ = futures.wait(running, max(0.0, oldest + seconds - time.monotonic()), futures.FIRST_COMPLETED)
    if not finished:
        raise TimeoutError(f"did not return within {seconds:g} s")
    for future in finished:
        done = future.result()
        source.learn(running.pop(future).job, done.seconds)
        yield done


def _limit_of(job: Job, limit_seconds: float, slowest: float) -> float:
    """Return how long a job that is played alone may take: a run all the time there is, several not much more than others."""
    runs = sum(segment.runs for segment in job.segments)
    return limit_seconds if runs == 1 or not slowest else min(limit_seconds, max(10.0, 20.0 * slowest * runs))


def _reason(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    return str(error) if isinstance(error, TimeoutError) else "the worker process died"


def _end_with_parent() -> None:
    """Let a worker end when the process that started it does, however that was killed; Ctrl-C is that one's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _halved(job: Job) -> list[Job]:
    """Return a job as two smaller ones; nothing if it is a single run."""
    total = sum(segment.runs for segment in job.segments)
    if total == 1:
        return []
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    room = total // 2
    for point, first, runs in job.segments:
        left = min(runs, room)
        room -= left
        if left:
            sides[0].append(Segment(point, first, left))
        if runs > left:
            sides[1].append(Segment(point, first + left, runs - left))
    return [job._replace(segments=tuple(side)) for side in sides]


def _end(pool: futures.ProcessPoolExecutor) -> None:
    """Stop a pool at once, whatever its workers are doing."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        if worker.is_alive():
            worker.kill()
    for worker in workers:
        worker.join(5)
