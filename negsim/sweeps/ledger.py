"""The ledger of a sweep: a line a part in SQLite, for people and their queries. It follows the parts, which are the truth."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from negsim.sweeps.disk import GOES_ON, StoreError, sync_folder
from negsim.sweeps.parts import Part

NAME = "ledger.sqlite"
SCHEMA = """
create table if not exists chunks (part text primary key, segments text, runs integer, failed integer, seconds real);
create table if not exists failures (point text, replicate integer, traceback text, primary key (point, replicate));
"""


def follow(folder: Path, parts: Mapping[str, Part]) -> bool:
    """Make the ledger name exactly the parts that are there; tell whether it was damaged and is written anew."""
    try:
        _follow(folder, parts)
    except sqlite3.DatabaseError as error:
        if not _damaged(error):
            raise _told(folder, error) from error
        for name in (NAME, f"{NAME}-journal"):
            (folder / name).unlink(missing_ok=True)
        _follow(folder, parts)
        return True
    return False


def _follow(folder: Path, parts: Mapping[str, Part]) -> None:
    with _open(folder) as ledger:
        ledger.executescript(SCHEMA)
        lines = {part: (segments, runs, failed) for part, segments, runs, failed, _ in ledger.execute("select * from chunks")}
        told = {(key, number): text for key, number, text in ledger.execute("select * from failures")}
        wrong = [name for name, line in lines.items() if name not in parts or line != _line(parts[name])]
        failures = {(key, number): text for part in parts.values() for key, number, text in part.failures}
        ledger.executemany("delete from chunks where part = ?", [(name,) for name in wrong])
        if told.keys() - failures.keys() or any(told.get(run) != text for run, text in failures.items()):
            ledger.execute("delete from failures")
        for name, part in parts.items():
            if name not in lines or name in wrong:
                _enter(ledger, part, None)
        _enter_failures(ledger, [(*run, text) for run, text in failures.items()])
    sync_folder(folder)


def enter(folder: Path, part: Part, seconds: float | None) -> None:
    """Add a part, with how long it took to play, if that is known."""
    try:
        with _open(folder) as ledger:
            _enter(ledger, part, seconds)
            _enter_failures(ledger, part.failures)
    except (sqlite3.DatabaseError, OSError) as error:
        raise _told(folder, error) from error


@contextlib.contextmanager
def _open(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / NAME, timeout=60)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def _line(part: Part) -> tuple[str, int, int]:
    return json.dumps(part.segments), sum(runs for _, _, runs in part.segments), len(part.failures)


def _enter(ledger: sqlite3.Connection, part: Part, seconds: float | None) -> None:
    ledger.execute("insert or replace into chunks values (?, ?, ?, ?, ?)", (part.name, *_line(part), seconds))


def _enter_failures(ledger: sqlite3.Connection, failures: Iterable[tuple[str, int, str]]) -> None:
    ledger.executemany("insert or replace into failures values (?, ?, ?)", failures)


def _damaged(error: sqlite3.DatabaseError) -> bool:
    """Tell damage from a system that refuses, as where the disk is full or nobody may write."""
    refused = ("full", "readonly", "unable to open", "locked", "I/O")
    return not (isinstance(error, sqlite3.OperationalError) and any(word in str(error) for word in refused))


def _told(folder: Path, error: sqlite3.DatabaseError | OSError) -> StoreError:
    return StoreError(f"{folder / NAME}: {error}; {GOES_ON}")
