"""Who works: this process, or a pool of local ones that is built again when one of them dies."""

import concurrent.futures as futures
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

from negsim.sweep.chunk import Done, Job, Segment, dead_chunk, play_chunk
from negsim.sweep.source import Source


def play_here(source: Source) -> Iterator[Done]:
    """Play chunks one after another in this process."""
    while (job := source.take()) is not None:
        yield play_chunk(job)


def play_in_processes(source: Source, workers: int, limit_seconds: float) -> Iterator[Done]:
    """Play chunks in worker processes; yields them as they finish.

    A worker that dies, or a chunk that takes longer than the limit, costs a new pool; the chunks that were under way are
    halved, until a run that does it again stands alone and is marked failed.
    """
    job = source.take()
    while job is not None:
        pool = futures.ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent)
        running: dict[futures.Future[Done], Job] = {}
        try:
            while job is not None or running:
                while job is not None and len(running) < source.workers():
                    running[pool.submit(play_chunk, job)] = job
                    job = source.take()
                finished, _ = futures.wait(running, limit_seconds, futures.FIRST_COMPLETED)
                if not finished:
                    raise TimeoutError(f"did not return within {limit_seconds:g} s")
                for future in finished:
                    done = future.result()
                    del running[future]
                    yield done
        except (BrokenProcessPool, TimeoutError) as error:
            reason = str(error) if isinstance(error, TimeoutError) else "the worker process died"
            for lost in running.values():
                halves = _halved(lost)
                source.give_back(halves)
                if not halves:
                    yield dead_chunk(lost, reason)
            job = job or source.take()
        finally:
            _end(pool)


def _end_with_parent() -> None:
    """Let a worker end when the process that started it does, however that was killed."""
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
            worker.terminate()
    for worker in workers:
        worker.join(5)
