"""How much memory the table of a large sweep takes to write: `python tests/sweep/memory.py --runs 10000000`.

One chunk is played and kept under new numbers again and again, so that only the store works. Prints the process's peak, before the
table is written and after that and its summary, and the bytes a run on the disk.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from negsim import load_scenario
from negsim.edge.words.ensemble import show_ensemble
from negsim.sweeps.chunk import REPLICATE, Job, Segment, play_chunk
from negsim.sweeps.reading import read_columns
from negsim.sweeps.store import Store

CHUNK = 5000


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000_000)
    runs = parser.parse_args().runs
    scenario = load_scenario("istanbul-2025-06-02")
    first = play_chunk(Job((Segment(0, 0, CHUNK),), {0: scenario}, {0: {}}, (), {0: 1}, "batch"))
    place = first.table.column_names.index(REPLICATE)
    with tempfile.TemporaryDirectory() as at:
        with Store(Path(at) / "out", {"identity": {}}, ["k0"]) as store:
            for number in range(0, runs, CHUNK):
                numbers = pa.array(range(number, number + CHUNK), pa.int64())
                table = first.table.set_column(place, REPLICATE, numbers)
                store.keep(first._replace(segments=(Segment(0, number, CHUNK),), table=table))
        print(f"{runs:,} runs kept: peak {peak():,.0f} MB", flush=True)
        began = time.process_time()
        with Store(Path(at) / "out", {"identity": {}}, ["k0"]) as store:
            assert not store.missing(runs)
            rows = store.compact(runs)
        show_ensemble(scenario, lambda names: read_columns(Path(at) / "out", names))
        size = (Path(at) / "out" / "results.parquet").stat().st_size
        print(
            f"{rows:,} rows written in {time.process_time() - began:,.0f} CPU s: peak {peak():,.0f} MB, {size / rows:.0f} bytes a run"
        )


if __name__ == "__main__":
    main()
