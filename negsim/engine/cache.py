"""Where compiled rules are kept: a file for each rule and signature, found by what the rule says and not by where it lies.

A file's name is a digest of the rule's own source file, of the signature and of the processor; its folder is one of everything
else that compiled code may have drawn in (`core`, `talks`, the engine, the versions of Python, NumPy and Numba). So a copy or a
new installation of the same code finds what an earlier one compiled, and an edited helper finds nothing. A file begins with a
digest of the rest: one that is damaged is compiled anew.
"""

import contextlib
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

import numba
import numpy as np
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

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
        path = self.file(sig, target_context.codegen())
        try:
            data = path.read_bytes()
            if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
                return None
            return CompileResult._rebuild(target_context, *pickle.loads(data[DIGEST:]))
        except OSError:
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled; where nothing can be written, it is compiled again the next time."""
        if data.library.has_dynamic_globals:
            return
        path = self.file(sig, data.codegen)
        packed = dumps(data._reduce())
        aside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:12]}.tmp")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                aside.write_bytes(hashlib.sha256(packed).digest() + packed)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)


def cache_folder() -> Path:
    """Return where compiled rules are kept: under $NEGSIM_CACHE_DIR, or the user's cache folder."""
    base = os.environ.get("NEGSIM_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "negsim" / code_digest()


@functools.cache
def code_digest() -> str:
    """Return a digest of all that a compiled rule may have drawn in from other files, and of what compiled it."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(f"{sys.version_info[:2]} {np.__version__} {numba.__version__}".encode())
    for folder in ("core", "talks", "engine"):
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _words_on(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__} {source_digest(function)}"


@functools.cache
def source_digest(function: Callable[..., Any]) -> str:
    """Return a digest of the file that a function is written in."""
    try:
        return hashlib.sha256(Path(inspect.getfile(function)).read_bytes()).hexdigest()[:16]
    except (OSError, TypeError):  # typed in, not read from a file
        return hashlib.sha256(function.__code__.co_code + repr(function.__code__.co_consts).encode()).hexdigest()[:16]
