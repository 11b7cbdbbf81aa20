"""Where a sweep is kept: parts as chunks finish, a ledger of them, one table at the end.

A part is written aside, flushed and renamed, and proves by its name that it is whole, so that whatever is killed or damaged, what
counts as played is whole; the rest is played again. The table holds the rows in order of (point, replicate) in fixed row groups:
the same bytes for any number of workers and any interruption. The manifest says first what the sweep is, and last, once the table
is there, how large it is and by which digest the table is known.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from negsim.sweeps import ledger
from negsim.sweeps.chunk import POINT, REPLICATE, Done, Segment, arranged
from negsim.sweeps.disk import ASIDE, StoreError, digest_of, locked, sealed, told, unsealed, write_whole
from negsim.sweeps.parts import ABOUT, Cover, Part, gaps, is_part, lay, pack, read_part, read_rows

ROW_GROUP = 65_536
PARTS_AT_HAND = 32  # tables of parts that are kept in memory while the rows of one table are put in order
MANIFEST, TABLE = "manifest.json", "results.parquet"
OURS = {"lock", "parts", ledger.NAME, f"{ledger.NAME}-journal", MANIFEST + ASIDE, TABLE, TABLE + ASIDE}


class Store:
    """The folder of one sweep, held against other processes until it is closed.

    Parameters
    ----------
    folder : Path
    manifest : mapping
        What the sweep is. Its `identity` must be that of any sweep already there, and its `program`, the digest of the code that
        plays, one of those that played it.
    keys : list of str
        One key a point, the same whenever the point is the same; parts are filed under it.
    accept_program : bool
        Whether another program may go on with what is there; the manifest then names both.

    Attributes
    ----------
    said : list of str
        What was found on opening that a user should know.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], keys: list[str], *, accept_program: bool = False) -> None:
        self._held = contextlib.ExitStack()
        self.folder, self.keys, self.said = folder, keys, list[str]()
        self._manifest, self._program = manifest, str(manifest.get("program", ""))
        self._sweep = hashlib.sha256(json.dumps(manifest["identity"], sort_keys=True).encode()).hexdigest()[:16]
        self._drawn = list(manifest.get("drawn", ()))
        self._parts: dict[str, Part] = {}
        self._unplayed: dict[str, dict[int, pa.Table]] = {}  # rows that stand in for runs without a result
        try:
            with told(folder):
                self._claim(accept=accept_program)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._held.close()

    def _claim(self, *, accept: bool) -> None:
        """Take the folder, or refuse it without changing anything in it."""
        at = self.folder / MANIFEST
        there = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        if self.folder.exists() and (not self.folder.is_dir() or (MANIFEST not in there and set(there) - OURS)):
            raise StoreError(f"{self.folder}: holds something that is no sweep; choose an empty folder for --out")
        (self.folder / "parts").mkdir(parents=True, exist_ok=True)
        known = unsealed(at)
        if known is not None:
            self._check(same=known.get("identity") == self._manifest["identity"])
        self._held.enter_context(locked(self.folder))
        for left in (*self.folder.glob(f"*{ASIDE}"), *(self.folder / "parts").glob(f"*{ASIDE}")):
            left.unlink(missing_ok=True)
        parts = [part for path in sorted((self.folder / "parts").iterdir()) if (part := self._read(path)) is not None]
        known = unsealed(at)  # as it is now that nobody else writes
        if known is None:
            self._check(same=not parts or any(part.sweep == self._sweep for part in parts))
            if at.exists():
                self.said.append(f"{at}: was damaged, and is written anew")
        else:
            self._check(same=known.get("identity") == self._manifest["identity"])
        own = {part.name: part for part in parts if part.sweep == self._sweep}
        programs = list((known or {}).get("programs", sorted({part.program for part in own.values()})))
        if self._program not in programs:
            if programs and not accept:
                raise StoreError(
                    f"{self.folder}: was played by another program (code {programs[-1]}, this is {self._program});"
                    " choose another --out, or say --accept-code to go on with this one"
                )
            programs.append(self._program)
        self._programs = programs
        self._parts = {name: part for name, part in own.items() if part.program in programs and part.drawn >= bool(self._drawn)}
        if any(part.program in programs and part.drawn < bool(self._drawn) for part in own.values()):
            self.said.append(f"{self.folder}: holds runs without what they were drawn to be; they are played again")
        if known is None:
            self._write_manifest({"identity": self._manifest["identity"], "programs": programs})
        elif known.get("programs") != programs:
            self._write_manifest({**known, "programs": programs})
        if ledger.follow(self.folder, self._parts):
            self.said.append(f"{self.folder / ledger.NAME}: was damaged, and is written anew from the parts")

    def _check(self, *, same: bool) -> None:
        if not same:
            raise StoreError(f"{self.folder}: holds a sweep of another scenario or seed; choose another --out")

    def _read(self, path: Path) -> Part | None:
        if not is_part(path.name):
            return None
        part = read_part(path)
        if part is None:
            self.said.append(f"{path}: is damaged; its runs are played again")
            with told(path):
                path.unlink()
        return part

    def _write_manifest(self, content: Mapping[str, Any]) -> None:
        data = sealed(content)
        write_whole(self.folder / MANIFEST, lambda file: file.write(data))

    def keep(self, done: Done) -> None:
        """Write a finished chunk."""
        part, data = pack(done, self.keys, self._sweep, self._program)
        write_whole(self.folder / "parts" / part.name, lambda file: file.write(data))
        self._parts[part.name] = part
        ledger.enter(self.folder, part, done.seconds)

    def stand_in(self, done: Done) -> None:
        """Take the rows of runs that have no result, for the table at hand; they are played again the next time."""
        for row, number in enumerate(done.table[REPLICATE].to_pylist()):
            key = self.keys[done.table[POINT][row].as_py()]
            self._unplayed.setdefault(key, {})[number] = done.table.slice(row, 1)

    def missing(self, runs: int, *, failed: bool = False) -> list[Segment]:
        """Return what is still to be played for a number of replicates a point.

        Parameters
        ----------
        runs : int
        failed : bool
            Whether runs that failed are to be played again.
        """
        cover = self._cover(failed=not failed)
        return [
            Segment(point, first, end - first)
            for point, key in enumerate(self.keys)
            for first, end in gaps(cover.get(key, ()), 0, runs)
        ]

    def _cover(self, *, failed: bool = True) -> Cover:
        """Return which part each run is taken from: one in which it did not fail, if there is one."""
        cover: Cover = {}
        for bad in (False, True) if failed else (False,):
            for name in sorted(self._parts):
                lay(cover, self._parts[name], failed=bad)
        return cover

    def compact(self, runs: int) -> int:
        """Write all rows of the sweep as asked for, in order, into `results.parquet`; return how many.

        Raises
        ------
        StoreError
            If they are not exactly the replicates asked for of every point; then nothing is written.
        """
        about = {"sweep": self._sweep, "points": len(self.keys), "runs": runs}
        table = self.folder / TABLE
        total = 0

        def write(file: Any) -> None:
            nonlocal total
            writer: pq.ParquetWriter | None = None
            try:
                for group in _regrouped(self._rows(runs), ROW_GROUP):
                    if writer is None:
                        schema = group.schema.with_metadata({ABOUT: json.dumps(about)})
                        writer = pq.ParquetWriter(file, schema, write_page_checksum=True)
                    total += group.num_rows
                    writer.write_table(group, row_group_size=ROW_GROUP)
            finally:
                if writer is not None:
                    writer.close()
            if total != runs * len(self.keys):
                raise StoreError(f"{table}: {total} rows instead of {runs * len(self.keys)}; the same command plays the rest")

        write_whole(table, write)
        with told(table):
            found = digest_of(table)
        self._write_manifest({**self._manifest, "programs": self._programs, "table": {"rows": total, "sha256": found}})
        return total

    def _rows(self, runs: int) -> Iterator[pa.Table]:
        """Yield the rows of the table in order, in blocks, each of them checked to be what it is taken for."""
        at_hand: dict[str, pa.Table] = {}
        for block in _blocks(self._wanted(runs)):
            if block[0].part:
                rows = self._part(block[0].part, at_hand).slice(block[0].row, sum(want.end - want.first for want in block))
            else:
                rows = self._instead(self.keys[block[0].point], block[0].first)
            if not _labelled(rows, [(self.keys[want.point], want.first, want.end) for want in block]):
                raise StoreError(f"{self.folder}: a part holds other runs than it says; remove parts/ to play them again")
            numbers = [number for w in block for number in range(w.point * runs + w.first, w.point * runs + w.end)]
            points = pa.array([number // runs for number in numbers], pa.int64())
            rows = rows.set_column(rows.column_names.index(POINT), POINT, points)
            yield arranged(rows.add_column(0, "run", pa.array(numbers, pa.int64())), self._drawn)

    def _wanted(self, runs: int) -> Iterator["Want"]:
        """Yield where each run is to be taken from, in order; of one without a result, from no part."""
        cover = self._cover()
        for point, key in enumerate(self.keys):
            taken = 0
            for piece in cover.get(key, ()):
                yield from (Want(point, hole, hole + 1, "", 0) for hole in range(taken, min(piece.first, runs)))
                taken = min(piece.end, runs)
                if taken > piece.first:
                    yield Want(point, piece.first, taken, piece.part, piece.row)
            yield from (Want(point, hole, hole + 1, "", 0) for hole in range(taken, runs))

    def _instead(self, key: str, replicate: int) -> pa.Table:
        if replicate not in self._unplayed.get(key, {}):
            raise StoreError(f"{self.folder}: replicate {replicate} of a point is missing; the same command plays it")
        row = self._unplayed[key][replicate]
        return row.set_column(row.column_names.index(POINT), POINT, pa.array([key]))

    def _part(self, name: str, at_hand: dict[str, pa.Table]) -> pa.Table:
        if name not in at_hand:
            rows = read_rows(self.folder / "parts" / name)
            if rows is None:
                raise StoreError(f"{self.folder / 'parts' / name}: changed while it was read; the same command plays it again")
            while len(at_hand) >= PARTS_AT_HAND:
                at_hand.pop(next(iter(at_hand)))
            at_hand[name] = rows.replace_schema_metadata(None)
        return at_hand[name]

    def failures(self) -> list[tuple[str, int, str]]:
        """Return point key, replicate and traceback of every run that failed and has not been played again since."""
        whole = self._cover(failed=False)
        found = {(key, number): text for part in self._parts.values() for key, number, text in part.failures}
        return [(*run, text) for run, text in sorted(found.items()) if any(gaps(whole.get(run[0], ()), run[1], run[1] + 1))]


class Want(NamedTuple):
    """Consecutive replicates of a point, and the part and row that they are to be taken from."""

    point: int
    first: int
    end: int
    part: str
    row: int


def _blocks(wanted: Iterator[Want]) -> Iterator[list[Want]]:
    """Join what lies side by side in one part."""
    block: list[Want] = []
    for want in wanted:
        if block and not (
            want.part and want.part == block[-1].part and want.row == block[-1].row + block[-1].end - block[-1].first
        ):
            yield block
            block = []
        block.append(want)
    if block:
        yield block


def _labelled(rows: pa.Table, expected: list[tuple[str, int, int]]) -> bool:
    """Tell whether rows are these replicates of these points."""
    keys = [key for key, first, end in expected for _ in range(first, end)]
    numbers = [number for _, first, end in expected for number in range(first, end)]
    return rows[POINT].to_pylist() == keys and rows[REPLICATE].to_pylist() == numbers


def _regrouped(tables: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    """Join tables and cut them into pieces of so many rows, the last of what is left."""
    waiting: list[pa.Table] = []
    held = 0
    for table in tables:
        while held + table.num_rows >= size:
            waiting.append(table.slice(0, size - held))
            table = table.slice(size - held)
            yield pa.concat_tables(waiting).combine_chunks()
            waiting, held = [], 0
        if table.num_rows:
            waiting.append(table)
            held += table.num_rows
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()


def read_results(folder: Path, names: list[str] | None = None) -> tuple[pa.Table, dict[str, Any]]:
    """Return the table, or some columns of it, and the manifest of a finished sweep, with the size that the table says it has.

    Raises
    ------
    StoreError
        If the folder holds none, or it is damaged.
    """
    manifest = read_manifest(folder)
    try:
        table = pq.read_table(folder / TABLE, columns=names, page_checksum_verification=True)
        about = json.loads(table.schema.metadata[ABOUT])
        return table.replace_schema_metadata(None), {**manifest, "points": about["points"], "runs": about["runs"]}
    except (OSError, ValueError, TypeError, KeyError, pa.ArrowException) as error:
        raise StoreError(f"{folder / TABLE}: cannot be read ({error}); {AGAIN}") from None


AGAIN = "the same negsim sweep command again writes it anew"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a finished sweep, once its table has been found to be the one it was written for.

    Raises
    ------
    StoreError
        If the folder holds no finished sweep, or a damaged one.
    """
    at = folder / MANIFEST
    if not at.is_file():
        raise StoreError(f"{folder}: holds no sweep")
    manifest = unsealed(at)
    if manifest is None:
        raise StoreError(f"{at}: is damaged; {AGAIN}")
    if "table" not in manifest or not (folder / TABLE).is_file():
        raise StoreError(f"{folder}: holds an unfinished sweep; run the same command again to finish it")
    with told(folder / TABLE):
        found = digest_of(folder / TABLE)
    if found != manifest["table"]["sha256"]:
        raise StoreError(f"{folder / TABLE}: is not the table that was written; {AGAIN}")
    return manifest


def read_columns(folder: Path, names: list[str]) -> pa.Table:
    """Return some columns of a finished sweep, and `failed`, over the runs that did not fail."""
    file = pq.ParquetFile(folder / TABLE)
    groups = (file.read_row_group(number, [*names, "failed"]) for number in range(file.num_row_groups))
    return pa.concat_tables([rows.filter(pc.invert(rows["failed"])) for rows in groups])
