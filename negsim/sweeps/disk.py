"""Files that are there whole or not at all, and a folder that one process works on at a time."""

import contextlib
import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

try:
    import fcntl
except ImportError:  # not on Windows, where nothing is locked
    fcntl = None  # type: ignore[assignment]

ASIDE = ".tmp"  # what a file is called until it is whole
GOES_ON = "what was finished is kept: mend that, and the same command goes on"


class StoreError(ValueError):
    """A folder of a sweep that cannot be read or written as asked; in one line."""


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that, whatever is killed, it is there whole or as it was before.

    Parameters
    ----------
    path : Path
    write : callable
        Writes the content into the open file it is given.

    Raises
    ------
    StoreError
        If the system refuses, as where the disk is full.
    """
    with told(path):
        put(path, write)


def put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file beside its place and move it there once it is whole; an error of the system is raised as it is."""
    aside = path.with_name(path.name + ASIDE)
    with aside.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, not only what they name."""
    if os.name == "nt":  # which has no such thing
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of an error of the system which file it was, and that the same command goes on."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: {reason}; {GOES_ON}") from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes; the system lets go of it when this one ends, however it ends.

    Raises
    ------
    StoreError
        If another holds it; its process id is said.
    """
    path = folder / "lock"
    with contextlib.ExitStack() as stack:
        with told(path):
            file = stack.enter_context(path.open("a+"))
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(f"{folder}: {_holder(path)} is working on it; wait for it, or choose another --out") from None
            except OSError:  # a file system without locks
                pass
        with told(path):
            file.truncate(0)
            file.write(f"process {os.getpid()} on {platform.node() or 'this machine'}")
            file.flush()
        yield


def _holder(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() or "another process"


def sealed(content: Mapping[str, Any]) -> bytes:
    """Return a mapping as JSON that ends in a checksum of the rest."""
    text = json.dumps(content, indent=1, default=str, allow_nan=False)
    whole = {**json.loads(text), "checksum": hashlib.sha256(text.encode()).hexdigest()}
    return json.dumps(whole, indent=1).encode()


def unsealed(path: Path) -> dict[str, Any] | None:
    """Read such a file; nothing if it is not there, or not as it was written."""
    try:
        content = json.loads(path.read_bytes())
        checksum = content.pop("checksum")
        text = json.dumps(content, indent=1)
    except (OSError, ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return None
    return content if hashlib.sha256(text.encode()).hexdigest() == checksum else None


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
