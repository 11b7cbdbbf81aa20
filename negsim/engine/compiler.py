"""Rules made fast: with `whole.py`, the only file that imports Numba.

Signatures are read off real values and given explicitly, which is what makes the cache on disk hit. The cache lies in a folder
named by a digest of everything that compiled code may have drawn in (`core`, `talks`, the engine, the versions of Numba, NumPy
and Python); a rule's own file is watched by Numba itself.
"""

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from negsim.core.registry import HELPERS, MAKERS

try:
    import numba
    from numba import njit
    from numba import typeof as typeof
    from numba import types as types
    from numba.core.registry import cpu_target
    from numba.core.runtime.nrt import rtsys
    from numba.extending import register_jitable

    from negsim.engine.whole import WholeCompiler
except Exception as error:
    numba = None
    warnings.warn(f"Numba cannot be used ({error}); the batch engine runs uncompiled, slower but not different", stacklevel=1)


class CannotCompile(RuntimeError):
    """A rule that Numba cannot compile; Mesa can play it."""


def compiled() -> bool:
    """Tell whether runs are compiled: Numba is there and not switched off (NUMBA_DISABLE_JIT)."""
    return numba is not None and not numba.config.DISABLE_JIT


def _make_helpers_compilable() -> None:
    """Make every helper and maker known so far usable from compiled code; a plug-in may bring more later."""
    inside = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # nobody calls them from outside
    while HELPERS:
        register_jitable(_nrt=False, boundscheck=False, **inside)(HELPERS.pop())
    while MAKERS:
        register_jitable(_nrt=True, boundscheck=True, **inside)(MAKERS.pop())


@functools.cache
def compile_rule(signature: Any, function: Callable[..., Any]) -> Any:
    """Compile a rule, which may make arrays, and may be somebody's first: indices are checked."""
    return _njit(signature, function, boundscheck=True)


@functools.cache
def compile_lean(signature: Any, function: Callable[..., Any]) -> Any:
    """Compile a function that makes no array: without reference counts."""
    return _njit(signature, function, _nrt=False, boundscheck=False)


def _njit(signature: Any, function: Callable[..., Any], **options: bool) -> Any:
    _make_helpers_compilable()
    rtsys.initialize(cpu_target.target_context)  # its library is no part of a rule
    with function_pointers():
        try:
            return njit(signature, cache=True, nogil=True, pipeline_class=WholeCompiler, **options)(function)
        except numba.core.errors.NumbaError as error:
            reason = next((line for line in str(error).splitlines() if line.strip()), "")
            raise CannotCompile(f"{function.__module__}.{function.__qualname__} cannot be compiled: {reason}") from error


@contextlib.contextmanager
def function_pointers() -> Iterator[None]:
    """Use typed function pointers without being told each time that Numba calls them experimental."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", numba.NumbaExperimentalFeatureWarning)
        yield


@functools.cache
def use_cache() -> None:
    """Point Numba at the cache folder of this very version of the rules; go on without one if none can be written."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="negsim-"))
    numba.config.CACHE_DIR = str(folder)


def cache_folder() -> Path:
    """Return where compiled rules are kept: $NEGSIM_CACHE_DIR, or the user's cache folder."""
    base = os.environ.get("NEGSIM_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "negsim" / _digest()


@functools.cache
def _digest() -> str:
    """Return a digest of all that a compiled rule may have drawn in from other files."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(f"{sys.version} {np.__version__} {numba.__version__}".encode())
    for folder in ("core", "talks", "engine"):
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def native(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a maker that is compiled when it is called, or as it is where nothing is compiled.

    Examples
    --------
    >>> import numpy as np
    >>> from negsim.core.frontier import frontier
    >>> points, packages = native(frontier)(np.eye(2), 1.0 - np.eye(2), np.array([2, 2]))
    >>> points.tolist()
    [[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]]
    """
    return _native(function) if compiled() else function


@functools.cache
def _native(function: Callable[..., Any]) -> Any:
    use_cache()
    _make_helpers_compilable()
    return njit(cache=True, nogil=True)(function)
