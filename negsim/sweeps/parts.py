"""A part: the finished chunks of a sweep, each one a Parquet file that says what it holds and proves that it is whole.

Its name ends in a digest of its bytes, its footer says which sweep and program it is of, which runs it holds in which order, and
what their failures were. So nothing but the parts themselves need be believed when a folder is opened again.
"""

import bisect
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from negsim.sweeps.chunk import POINT, Done
from negsim.sweeps.disk import told
from negsim.sweeps.tallies import Tally

NAMED = 32  # hexadecimal digits of a part's digest in its name
ABOUT = b"negsim"  # key of what a file says of itself


class Part(NamedTuple):
    """What a part holds.

    Attributes
    ----------
    name : str
        Of its file.
    sweep, program : str
        Digests of what is played, and of the code that played it.
    segments : tuple of (str, int, int)
        Key of a point, first replicate and number of runs, in the order of its rows.
    failures : tuple of (str, int, str)
        Key of a point, replicate and traceback of each run that failed.
    drawn : bool
        Whether it holds what each run was drawn to be.
    """

    name: str
    sweep: str
    program: str
    segments: tuple[tuple[str, int, int], ...]
    failures: tuple[tuple[str, int, str], ...]
    drawn: bool


class Piece(NamedTuple):
    """Consecutive replicates of a point, and where their rows lie."""

    first: int
    end: int
    part: str
    row: int


def pack(done: Done, keys: Sequence[str], sweep: str, program: str) -> tuple[Part, bytes]:
    """Return a finished chunk as a part and the bytes of its file.

    Parameters
    ----------
    done : Done
    keys : list of str
        The key of each point.
    sweep, program : str
    """
    segments = tuple((keys[s.point], s.first, s.runs) for s in done.segments)
    failures = tuple((keys[point], number, text) for (point, number), text in done.errors.items())
    told = {"sweep": sweep, "program": program, "segments": segments, "failures": failures, "drawn": done.drawn}
    tallies = None if done.tallies is None else {keys[point]: one for point, one in done.tallies.items()}
    about = json.dumps(told if tallies is None else {**told, "tallies": tallies})
    points = pa.array([keys[point] for point in done.table[POINT].to_pylist()], pa.string())
    table = done.table.set_column(done.table.column_names.index(POINT), POINT, points).replace_schema_metadata({ABOUT: about})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, write_page_checksum=True)
    data = sink.getvalue().to_pybytes()
    key, first, _ = segments[0]
    name = f"{key}-{first:09d}-{sum(s.runs for s in done.segments):06d}-{_digest(data)}.parquet"
    return Part(name, sweep, program, segments, failures, done.drawn), data


def is_part(name: str) -> bool:
    """Tell whether a file is called as a part is."""
    return re.fullmatch(rf".+-\d{{9,}}-\d{{6,}}-[0-9a-f]{{{NAMED}}}\.parquet", name) is not None


def read_part(path: Path) -> Part | None:
    """Return what a part holds; nothing if it is not whole, or not of a sweep."""
    data = _whole(path)
    if data is None:
        return None
    try:
        about = json.loads(pq.read_schema(pa.BufferReader(data)).metadata[ABOUT])
        segments = tuple((str(key), int(first), int(runs)) for key, first, runs in about["segments"])
        failures = tuple((str(key), int(number), str(text)) for key, number, text in about["failures"])
        return Part(path.name, about["sweep"], about["program"], segments, failures, bool(about.get("drawn")))
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError):
        return None


def read_tallies(path: Path) -> dict[str, Tally]:
    """Return what a part keeps of all runs of each point, by the point's key."""
    with told(path):
        about = json.loads(pq.read_schema(path).metadata[ABOUT])
    found: dict[str, Tally] = about["tallies"]
    return found


def read_rows(path: Path) -> pa.Table | None:
    """Return the rows of a part; nothing if it is not whole."""
    data = _whole(path)
    return None if data is None else pq.read_table(pa.BufferReader(data), page_checksum_verification=True)


def _whole(path: Path) -> bytes | None:
    with told(path):
        try:
            data = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
    return data if path.stem.rpartition("-")[2] == _digest(data) else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:NAMED]


Cover = dict[str, list[Piece]]
"""For each point's key, pieces that do not overlap, in order."""


def lay(cover: Cover, part: Part, *, failed: bool, sample: int = 1) -> None:
    """Lay a part over what is covered, where nothing is yet: its runs that did not fail, or those that did.

    Of a sample only those are laid whose rows there are, and counted in steps of it.
    """
    lost: dict[str, list[int]] = {}
    for key, number, _ in part.failures:
        if number % sample == 0:
            lost.setdefault(key, []).append(number // sample)
    row = 0
    for key, start, length in part.segments:
        first, end = -(-start // sample), -(-(start + length) // sample)
        runs = end - first
        bad = sorted(number for number in lost.get(key, ()) if first <= number < end)
        pieces = cover.setdefault(key, [])
        for begin, stop in [(number, number + 1) for number in bad] if failed else _between(bad, first, end):
            for a, b in list(gaps(pieces, begin, stop)):
                bisect.insort(pieces, Piece(a, b, part.name, row + a - first))
        row += runs


def _between(bad: Sequence[int], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a range that lie between some of its numbers."""
    for number in (*bad, end):
        if first < number:
            yield first, number
        first = number + 1


def gaps(pieces: Sequence[Piece], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a range of replicates that no piece covers.

    Examples
    --------
    >>> list(gaps([Piece(2, 4, "", 0), Piece(6, 7, "", 0)], 0, 9))
    [(0, 2), (4, 6), (7, 9)]
    """
    at = bisect.bisect_left(pieces, (first,))
    if at and pieces[at - 1].end > first:
        at -= 1
    for piece in itertools.islice(pieces, at, None):
        if piece.first >= end:
            break
        if first < piece.first:
            yield first, piece.first
        first = max(first, piece.end)
    if first < end:
        yield first, end
