"""Where compiled rules are kept: a file for each rule and signature, found by what the rule says and not by where it lies.

A file's name is a digest of the rule's own source file and of those it imports, of the signature and of the processor; its folder
is one of everything else that compiled code may have drawn in (`core`, `talks`, the engine, the versions of Python, NumPy and
Numba). So a copy or a new installation of the same code finds what an earlier one compiled, and an edited helper finds nothing. A
file begins with a digest of the rest: one that is damaged is compiled anew. What is read from it is run: a folder that others may
write is not used.
"""

import functools
import hashlib
import inspect
import os
import pickle
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from negsim.engine.program import PACKAGE, brought_digest, digest_over

DIGEST = 32  # bytes


class SourceCache(NullCache):
    """The cache of one rule, as Numba asks for it.

    Parameters
    ----------
    function : callable
    made_for : callable, optional
        The rule that the function was made for and is compiled with.
    """

    def __init__(self, function: Callable[..., Any], made_for: Callable[..., Any] | None = None) -> None:
        self._name = function.__qualname__.replace("<locals>.", "")
        self._about = " ".join(_words_on(rule) for rule in (function, made_for) if rule is not None)

    def file(self, signature: Any, codegen: Any) -> Path:
        """Return where the machine code of a signature is kept."""
        text = f"{self._about} {signature} {codegen.magic_tuple()}"
        return cache_folder() / f"{self._name}-{hashlib.sha256(text.encode()).hexdigest()[:24]}.bin"

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return what was compiled for a signature; None if it is not there, or not whole."""
        target_context.refresh()
        data = self.read(sig, target_context.codegen())
        if data is None:
            return None
        try:
            return CompileResult._rebuild(target_context, *pickle.loads(data))
        except Exception:  # written by another build of the same version
            return None

    def read(self, signature: Any, codegen: Any) -> bytes | None:
        """Return what is kept for a signature; None if there is nothing, or nothing whole, or others may have written it."""
        if not is_trusted():
            return None
        try:
            data = self.file(signature, codegen).read_bytes()
        except OSError:
            return None
        return data[DIGEST:] if hashlib.sha256(data[DIGEST:]).digest() == data[:DIGEST] else None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled; where nothing can be written, it is compiled again the next time."""
        if data.library.has_dynamic_globals or not is_trusted():
            return
        path = self.file(sig, data.codegen)
        packed = dumps(data._reduce())
        aside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:12]}.tmp")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                aside.write_bytes(hashlib.sha256(packed).digest() + packed)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
        except OSError as error:
            TROUBLE.append(f"{path.parent}: {error.strerror or error}; {AGAIN}")


def cache_folder() -> Path:
    """Return where compiled rules are kept: under $NEGSIM_CACHE_DIR, or the user's cache folder."""
    base = os.environ.get("NEGSIM_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "negsim" / code_digest()


TROUBLE: list[str] = []
"""What went wrong with the folder in this process."""
AGAIN = "rules are compiled again each time; NEGSIM_CACHE_DIR names another folder for them"


def trouble() -> str:
    """Return what is to be said of the folder: that it is not used, or not written; nothing if all is well."""
    return TROUBLE[0] if TROUBLE else ""


@functools.cache
def _is_trusted(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            TROUBLE.append(f"{folder}: may not be written; {AGAIN}")
        if not hasattr(os, "getuid"):
            return True
        for at in (folder, folder.parent):
            found = at.stat()
            if found.st_uid not in (os.getuid(), 0) or found.st_mode & 0o022:
                TROUBLE.append(
                    f"{at}: others may write it, so nothing in it is run; take that from them (chmod go-w), or {AGAIN}"
                )
                return False
    except OSError as error:
        TROUBLE.append(f"{folder}: {error.strerror or error}; {AGAIN}")
        return folder.is_dir()
    return True


def is_trusted() -> bool:
    """Tell whether what is kept may be run: only the user, or root, may write the folder and the one above it."""
    return _is_trusted(cache_folder())


@functools.cache
def code_digest() -> str:
    """Return a digest of all that a compiled rule may have drawn in from other files, and of what compiled it."""
    about = f"{sys.version_info[:2]} {np.__version__} {numba.__version__} {llvmlite.__version__}"
    return digest_over((path for folder in ("core", "talks", "engine") for path in (PACKAGE / folder).rglob("*.py")), about)


def _words_on(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__} {source_digest(function)}"


@functools.cache
def source_digest(function: Callable[..., Any]) -> str:
    """Return a digest of the file that a function is written in, and of those that it brings in."""
    try:
        return brought_digest(inspect.getfile(function))
    except (OSError, TypeError):  # typed in, not read from a file
        return hashlib.sha256(function.__code__.co_code + repr(function.__code__.co_consts).encode()).hexdigest()[:16]
