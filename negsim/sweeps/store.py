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
import pyarrow.parquet as pq

from negsim.sweeps import ledger
from negsim.sweeps.chunk import POINT, REPLICATE, Done, Segment, arranged
from negsim.sweeps.disk import ASIDE, StoreError, digest_of, locked, sealed, told, unsealed, write_whole
from negsim.sweeps.parts import ABOUT, Cover, Part, gaps, is_part, lay, pack, read_part, read_rows, read_tallies
from negsim.sweeps.tallies import Tally, added, as_table, tally

ROW_GROUP = 65_536
AT_HAND = 400_000_000  # bytes of parts that are kept in memory while the rows of one table are put in order
MANIFEST, TABLE, TALLIES = "manifest.json", "results.parquet", "tallies.parquet"
OURS = {TALLIES, TALLIES + ASIDE, "lock", "parts", ledger.NAME, f"{ledger.NAME}-journal", MANIFEST + ASIDE, TABLE, TABLE + ASIDE}


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
        self._drawn, self._sample = list(manifest.get("drawn", ())), int(manifest["identity"].get("sample", 1))
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
            self._check(known, same=known.get("identity") == self._manifest["identity"])
        self._held.enter_context(locked(self.folder))
        for left in (*self.folder.glob(f"*{ASIDE}"), *(self.folder / "parts").glob(f"*{ASIDE}")):
            left.unlink(missing_ok=True)
        parts = [part for path in sorted((self.folder / "parts").iterdir()) if (part := self._read(path)) is not None]
        known = unsealed(at)  # as it is now that nobody else writes
        if known is None:
            self._check(None, same=not parts or any(part.sweep == self._sweep for part in parts))
            if at.exists():
                self.said.append(f"{at}: was damaged, and is written anew")
        else:
            self._check(known, same=known.get("identity") == self._manifest["identity"])
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
            self._write_manifest(
                {**self._manifest, "programs": programs}
            )  # whoever looks in before it is finished knows what it is
        elif "table" not in known and known.get("changes") != self._manifest.get("changes"):
            self._write_manifest({**self._manifest, "programs": programs})
        elif known.get("programs") != programs:
            self._write_manifest({**known, "programs": programs})
        if ledger.follow(self.folder, self._parts):
            self.said.append(f"{self.folder / ledger.NAME}: was damaged, and is written anew from the parts")

    def _check(self, known: Mapping[str, Any] | None, *, same: bool) -> None:
        if not same:
            more = self._otherwise(known)
            raise StoreError(f"{self.folder}: holds a sweep of another scenario or seed; choose another --out{more}")

    def _otherwise(self, known: Mapping[str, Any] | None) -> str:
        """Say what to say to go on, where the sweeps differ in nothing but their draws and the sample of their rows."""
        there, here = dict((known or {}).get("identity", {})), dict(self._manifest["identity"])
        sample, own = there.pop("sample", 1), not there.pop("common", True)
        here.pop("sample", None), here.pop("common", None)
        draws = "--own-draws" if own else "--common"
        return f", or go on with that one as it was begun: --sample {sample} {draws}" if there == here else ""

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
        first_of = {key: point for point, key in reversed(list(enumerate(self.keys)))}  # a point met twice is played once
        return [
            Segment(point, first, end - first)
            for key, point in sorted(first_of.items(), key=lambda item: item[1])
            for first, end in gaps(cover.get(key, ()), 0, runs)
        ]

    def adopt(self, path: Path) -> None:
        """Take over a part of the same sweep from another folder.

        Raises
        ------
        StoreError
            If it is damaged, or of another sweep.
        """
        part = read_part(path)
        if part is None or part.sweep != self._sweep or part.program not in self._programs:
            raise StoreError(f"{path}: is damaged, or of another sweep; play that shard again")
        if part.name not in self._parts and part.drawn >= bool(self._drawn):
            with told(path):
                data = path.read_bytes()
            write_whole(self.folder / "parts" / part.name, lambda file: file.write(data))
            self._parts[part.name] = part
            ledger.enter(self.folder, part, None)

    def leave(self, runs: int, shard: tuple[int, int]) -> int:
        """Write what is to be known of a shard when it is joined with the others; return how many runs it holds."""
        number, of = shard
        if "table" in (unsealed(self.folder / MANIFEST) or {}):
            raise StoreError(
                f"{self.folder}: holds a finished sweep; give each shard a folder of its own, and merge them with it"
            )
        self._write_manifest({**self._manifest, "runs": runs, "programs": self._programs, "shard": f"{number}/{of}"})
        return sum(piece.end - piece.first for pieces in self._cover().values() for piece in pieces)

    def _cover(self, *, failed: bool = True, sample: int = 1) -> Cover:
        """Return which part each run is taken from: one in which it did not fail, if there is one."""
        cover: Cover = {}
        for bad in (False, True) if failed else (False,):
            for name in sorted(self._parts):
                lay(cover, self._parts[name], failed=bad, sample=sample)
        return cover

    def compact(self, runs: int) -> int:
        """Write all rows of the sweep as asked for, in order, into `results.parquet`; return how many.

        Raises
        ------
        StoreError
            If they are not exactly the replicates asked for of every point; then nothing is written.
        """
        kept = -(-runs // self._sample)
        about = {"sweep": self._sweep, "points": len(self.keys), "runs": kept}
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
            if total != kept * len(self.keys):
                raise StoreError(f"{table}: {total} rows instead of {kept * len(self.keys)}; the same command plays the rest")

        more: dict[str, Any] = {"tallies": self._tally(runs)} if self._sample > 1 else {}
        write_whole(table, write)
        with told(table):
            more["table"] = {"rows": total, "sha256": digest_of(table)}
        self._write_manifest({**self._manifest, "runs": runs, "programs": self._programs, **more})
        return total

    def _tally(self, runs: int) -> dict[str, str]:
        """Write what is kept of all runs, by point; return the digest of that."""
        held: dict[str, Tally] = {}
        counts: dict[str, int] = {}
        for name in sorted(self._parts):
            for key, one in read_tallies(self.folder / "parts" / name).items():
                held[key] = added([held.get(key, {}), one])
            for key, _, length in self._parts[name].segments:
                counts[key] = counts.get(key, 0) + length
        for key, rows in self._unplayed.items():  # runs without a result count as failed
            held[key] = added([held.get(key, {}), *(tally(row.select(["failed"])) for row in rows.values())])
            counts[key] = counts.get(key, 0) + len(rows)
        if any(counts.get(key) != runs for key in self.keys):
            raise StoreError(
                f"{self.folder}: holds tallies of more than {runs} runs a point, or of some twice (shards of another number);"
                " ask for as many runs as it has, or join shards of one number"
            )
        found = as_table((point, held[key]) for point, key in enumerate(self.keys))
        at = self.folder / TALLIES
        write_whole(at, lambda file: pq.write_table(found, file, write_page_checksum=True))
        return {"sha256": digest_of(at)}

    def _rows(self, runs: int) -> Iterator[pa.Table]:
        """Yield the rows of the table in order, in blocks, each of them checked to be what it is taken for."""
        at_hand: dict[str, pa.Table] = {}
        step = self._sample
        for block in _blocks(self._wanted(-(-runs // step))):
            if block[0].part:
                rows = self._part(block[0].part, at_hand).slice(block[0].row, sum(want.end - want.first for want in block))
            else:
                rows = self._instead(self.keys[block[0].point], block[0].first)
            if not _labelled(rows, [(self.keys[want.point], want.first, want.end) for want in block], step):
                raise StoreError(f"{self.folder}: a part holds other runs than it says; remove parts/ to play them again")
            numbers = [w.point * runs + step * number for w in block for number in range(w.first, w.end)]
            points = pa.array([number // runs for number in numbers], pa.int64())
            rows = rows.set_column(rows.column_names.index(POINT), POINT, points)
            yield arranged(rows.add_column(0, "run", pa.array(numbers, pa.int64())), self._drawn)

    def _wanted(self, runs: int) -> Iterator["Want"]:
        """Yield where each run is to be taken from, in order; of one without a result, from no part."""
        cover = self._cover(sample=self._sample)
        for point, key in enumerate(self.keys):
            taken = 0
            for piece in cover.get(key, ()):
                yield from (Want(point, hole, hole + 1, "", 0) for hole in range(taken, min(piece.first, runs)))
                taken = min(piece.end, runs)
                if taken > piece.first:
                    yield Want(point, piece.first, taken, piece.part, piece.row)
            yield from (Want(point, hole, hole + 1, "", 0) for hole in range(taken, runs))

    def _instead(self, key: str, number: int) -> pa.Table:
        replicate = number * self._sample
        if replicate not in self._unplayed.get(key, {}):
            raise StoreError(f"{self.folder}: replicate {replicate} of a point is missing; the same command plays it")
        row = self._unplayed[key][replicate]
        return row.set_column(row.column_names.index(POINT), POINT, pa.array([key]))

    def _part(self, name: str, at_hand: dict[str, pa.Table]) -> pa.Table:
        if name not in at_hand:
            rows = read_rows(self.folder / "parts" / name)
            if rows is None:
                raise StoreError(f"{self.folder / 'parts' / name}: changed while it was read; the same command plays it again")
            while at_hand and sum(table.nbytes for table in at_hand.values()) > AT_HAND:
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


def _labelled(rows: pa.Table, expected: list[tuple[str, int, int]], step: int) -> bool:
    """Tell whether rows are these replicates of these points, counted in steps."""
    keys = [key for key, first, end in expected for _ in range(first, end)]
    numbers = [step * number for _, first, end in expected for number in range(first, end)]
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
