"""Rules made fast: with `whole.py` and `cache.py`, the only file that imports Numba."""

import contextlib
import functools
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from negsim.core.registry import HELPERS, MAKERS

try:
    import numba
    from numba import njit
    from numba import typeof as typeof
    from numba import types as types
    from numba.core.registry import cpu_target
    from numba.core.runtime.nrt import rtsys
    from numba.extending import register_jitable

    from negsim.engine.cache import SourceCache, trouble
    from negsim.engine.whole import WholeCompiler
except Exception as error:
    numba = None
    warnings.warn(f"Numba cannot be used ({error}); the batch engine runs uncompiled, slower but not different", stacklevel=1)


class CannotCompile(RuntimeError):
    """A rule that Numba cannot compile; Mesa can play it."""


def compiled() -> bool:
    """Tell whether runs are compiled: Numba is there and not switched off (NUMBA_DISABLE_JIT)."""
    return numba is not None and not numba.config.DISABLE_JIT


def cache_trouble() -> str:
    """Return what is to be said of the folder of compiled rules; nothing if all is well with it."""
    return trouble() if compiled() else ""


def _make_helpers_compilable() -> None:
    """Make every helper and maker known so far usable from compiled code; a plug-in may bring more later."""
    inside = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # nobody calls them from outside
    while HELPERS:
        register_jitable(_nrt=False, boundscheck=False, **inside)(HELPERS.pop())
    while MAKERS:
        register_jitable(_nrt=True, boundscheck=True, **inside)(MAKERS.pop())


RULE = {"boundscheck": True}  # it may make arrays, and may be somebody's first: indices are checked
LEAN = {"_nrt": False, "boundscheck": False}  # it makes no array: compiled without reference counts


@functools.cache
def compile_rule(signature: Any, function: Callable[..., Any]) -> Any:
    """Compile a rule."""
    return _njit(signature, function, None, RULE)


@functools.cache
def compile_lean(signature: Any, function: Callable[..., Any], made_for: Callable[..., Any] | None = None) -> Any:
    """Compile a function that makes no array; one that was made for a rule names it."""
    return _njit(signature, function, made_for, LEAN)


def is_kept(signature: Any, function: Callable[..., Any], made_for: Callable[..., Any] | None = None) -> bool:
    """Tell whether a function need not be compiled: it is kept from before."""
    return SourceCache(function, made_for).read(signature, cpu_target.target_context.codegen()) is not None


def _njit(signature: Any, function: Callable[..., Any], made_for: Callable[..., Any] | None, options: Mapping[str, bool]) -> Any:
    _make_helpers_compilable()
    rtsys.initialize(cpu_target.target_context)  # its library is no part of a rule
    with function_pointers():
        try:
            rule = njit(nogil=True, pipeline_class=WholeCompiler, **options)(function)
            rule._cache = SourceCache(function, made_for)
            rule.compile(signature)
        except Exception as error:  # Numba refuses in many ways: by errors of its own, of Python's, of LLVM's
            reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
            raise CannotCompile(f"{function.__module__}.{function.__qualname__} cannot be compiled: {reason}") from error
    rule.disable_compile()
    (result,) = rule.overloads.values()
    rule.get_compile_result = lambda _: result  # there is no other: looking it up by signature takes longer than a short call
    return rule


def entry(rule: Any) -> Any:
    """Return the machine code behind a compiled rule, to be called without looking up again what type each array is of."""
    (result,) = rule.overloads.values()
    return result.entry_point


@contextlib.contextmanager
def function_pointers() -> Iterator[None]:
    """Use typed function pointers without being told each time that Numba calls them experimental."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", numba.NumbaExperimentalFeatureWarning)
        yield


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
    _make_helpers_compilable()
    rtsys.initialize(cpu_target.target_context)
    made = njit(nogil=True, pipeline_class=WholeCompiler)(function)
    made._cache = SourceCache(function)
    return made
