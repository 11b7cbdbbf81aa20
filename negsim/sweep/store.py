"""Where a sweep is kept: Parquet parts as chunks finish, a ledger of them in SQLite, one table at the end.

A part is written aside, flushed and renamed before the ledger names it, so that whatever is killed, what the ledger names is
whole. The final table holds the rows in order of (point, replicate) in fixed row groups: the same bytes for any number of
workers and any interruption.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from negsim.sweep.chunk import POINT, REPLICATE, Done, Segment

ROW_GROUP = 65_536
SCHEMA = """
create table if not exists chunks (part text primary key, segments text, runs integer, failed integer, seconds real);
create table if not exists failures (point text, replicate integer, traceback text, primary key (point, replicate));
"""


class StoreError(ValueError):
    """A folder that cannot be written to as asked; in one line."""


class Store:
    """The folder of one sweep.

    Parameters
    ----------
    folder : Path
    manifest : mapping
        What the sweep is. `identity` in it must be that of any sweep already there.
    keys : list of str
        One key a point, the same whenever the point is the same; parts are filed under it.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], keys: list[str]) -> None:
        self.folder, self.keys = folder, keys
        self._claim(manifest)

    def _claim(self, manifest: Mapping[str, Any]) -> None:
        at = self.folder / "manifest.json"
        if at.is_file():
            try:
                there = json.loads(at.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                raise StoreError(f"{at}: cannot be read; choose another --out") from None
            if not isinstance(there, dict) or there.get("identity") != manifest["identity"]:
                raise StoreError(f"{self.folder}: holds a sweep of another scenario, seed or version; choose another --out")
        elif self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise StoreError(f"{self.folder}: holds something that is no sweep; choose an empty folder for --out")
        (self.folder / "parts").mkdir(parents=True, exist_ok=True)
        _write_whole(at, json.dumps(manifest, indent=1, default=str).encode())
        with self._ledger() as ledger:
            ledger.executescript(SCHEMA)

    @contextlib.contextmanager
    def _ledger(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.folder / "ledger.sqlite", timeout=60)
        try:
            with connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.folder / 'ledger.sqlite'}: {error}; remove it, and what it named is played again") from None
        finally:
            connection.close()

    def done(self) -> dict[str, set[int]]:
        """Return the replicates that are kept for each point key."""
        kept: dict[str, set[int]] = {}
        with self._ledger() as ledger:
            rows = ledger.execute("select part, segments from chunks").fetchall()
        for part, segments in rows:
            if _readable(self.folder / "parts" / part):
                for key, first, runs in json.loads(segments):
                    kept.setdefault(key, set()).update(range(first, first + runs))
        return kept

    def keep(self, done: Done) -> None:
        """Write a finished chunk."""
        first = done.segments[0]
        part = f"{self.keys[first.point]}-{first.first:09d}-{done.table.num_rows:06d}-{len(done.segments)}.parquet"
        keys = pa.array([self.keys[point] for point in done.table[POINT].to_pylist()], pa.string())
        table = done.table.set_column(0, POINT, keys)
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink)
        _write_whole(self.folder / "parts" / part, sink.getvalue().to_pybytes())
        segments = json.dumps([(self.keys[s.point], s.first, s.runs) for s in done.segments])
        failed = pc.sum(table["failed"]).as_py() or 0
        with self._ledger() as ledger:
            ledger.execute(
                "insert or replace into chunks values (?, ?, ?, ?, ?)",
                (part, segments, table.num_rows, int(failed), done.seconds),
            )
            ledger.executemany(
                "insert or replace into failures values (?, ?, ?)",
                [(self.keys[point], number, text) for (point, number), text in done.errors.items()],
            )

    def missing(self, runs: int) -> list[Segment]:
        """Return what is still to be played for a number of replicates a point."""
        kept = self.done()
        segments = []
        for point, key in enumerate(self.keys):
            numbers = [number for number in range(runs) if number not in kept.get(key, set())]
            while numbers:
                length = 1
                while length < len(numbers) and numbers[length] == numbers[0] + length:
                    length += 1
                segments.append(Segment(point, numbers[0], length))
                numbers = numbers[length:]
        return segments

    def compact(self, runs: int) -> pa.Table:
        """Write all rows of the sweep as asked for, in order, into `results.parquet`; return them."""
        parts = sorted((self.folder / "parts").glob("*.parquet"))
        with self._ledger() as ledger:
            named = {part for (part,) in ledger.execute("select part from chunks")}
        tables = [pq.read_table(part) for part in parts if part.name in named and _readable(part)]
        table = pa.concat_tables(tables)
        order = {key: place for place, key in enumerate(self.keys)}
        places = pa.array([order.get(key, -1) for key in table[POINT].to_pylist()], pa.int64())
        table = table.set_column(0, POINT, places)
        table = table.filter(pc.and_(pc.greater_equal(table[POINT], 0), pc.less(table[REPLICATE], runs)))
        table = table.sort_by([(POINT, "ascending"), (REPLICATE, "ascending")])
        labels = pc.add(pc.multiply(table[POINT], runs), table[REPLICATE])
        table = table.drop_columns([POINT, REPLICATE]).add_column(0, "run", labels).combine_chunks()
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, row_group_size=ROW_GROUP)
        _write_whole(self.folder / "results.parquet", sink.getvalue().to_pybytes())
        return table

    def failures(self) -> list[tuple[str, int, str]]:
        """Return point key, replicate and traceback of every failed run."""
        with self._ledger() as ledger:
            return ledger.execute("select point, replicate, traceback from failures order by 1, 2").fetchall()


def read_results(folder: Path) -> tuple[pa.Table, dict[str, Any]]:
    """Return the table and the manifest of a finished sweep.

    Raises
    ------
    StoreError
        If the folder holds none.
    """
    at = folder / "results.parquet"
    if not at.is_file():
        unfinished = (folder / "manifest.json").is_file()
        what = "an unfinished sweep; run the same command again to finish it" if unfinished else "no sweep"
        raise StoreError(f"{folder}: holds {what}")
    try:
        table, manifest = pq.read_table(at), json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        raise StoreError(f"{folder}: cannot be read ({error})") from None
    if not isinstance(manifest, dict) or not {"scenario", "experiment", "points", "runs", "seed"} <= set(manifest):
        raise StoreError(f"{folder}: manifest.json is not that of a sweep")
    if not {"run", "failed"} <= set(table.column_names):
        raise StoreError(f"{folder}: results.parquet is not that of a sweep")
    return table, manifest


def _readable(part: Path) -> bool:
    """Tell whether a part is there and whole; one that is not is played again."""
    try:
        pq.read_metadata(part)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    aside = path.with_name(path.name + ".tmp")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
