"""Dask as those who work: on this machine, or on a cluster where its scheduler runs."""

import contextlib
import importlib.util
from collections.abc import Iterator
from typing import Any

from negsim.sweeps.disk import StoreError
from negsim.sweeps.pool import Crew

STARTS = 3  # tries to start workers
PATIENCE = 20.0  # seconds for a scheduler to answer, and for workers to come


@contextlib.contextmanager
def crew_on(address: str, workers: int) -> Iterator[Crew]:
    """Yield the workers of a Dask scheduler.

    Parameters
    ----------
    address : str
        As tcp://host:8786, or "local" for a cluster of its own on this machine.
    workers : int
        Of a local cluster.

    Raises
    ------
    StoreError
        If Dask is missing, or the scheduler does not answer.
    """
    if importlib.util.find_spec("distributed") is None:
        raise StoreError("--dask needs Dask: pip install 'negsim[dask]'")
    import dask
    from distributed import Client, KilledWorker
    from distributed.client import FutureCancelledError

    quiet = {"distributed.logging.distributed": "critical", "distributed.admin.log-format": "", "logging.distributed": "critical"}
    with dask.config.set(quiet), contextlib.ExitStack() as held:
        try:
            where: Any = held.enter_context(_cluster(workers)) if address == "local" else address
            client = held.enter_context(Client(where, timeout=PATIENCE))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            raise StoreError(f"--dask {address}: no scheduler with workers answers there ({error})") from None

        def end(executor: Any) -> None:
            executor.shutdown(wait=False)  # which takes our own chunks back; a scheduler of others may have theirs
            if address == "local" and any(client.processing().values()):
                with contextlib.suppress(TimeoutError):
                    client.restart(timeout=PATIENCE)

        count = max(1, sum(client.nthreads().values()))
        yield Crew(lambda: client.get_executor(pure=False), end, count, (KilledWorker, FutureCancelledError), local=False)


def _cluster(workers: int) -> Any:
    """Start workers on this machine; one that dies while it starts, as for want of memory, costs another try."""
    from distributed import LocalCluster

    for left in reversed(range(STARTS)):
        try:
            return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50)
        except RuntimeError:
            if not left:
                raise
    raise AssertionError
