"""Many runs at once: the same rules, compiled. The only file that imports Numba.

Rules are typed function pointers, so that a new strategy compiles alone; signatures are read off a real run; explicit
signatures are what makes the cache on disk hit. The cache lies in a folder named by a digest of everything that a compiled
rule may have drawn in (`core`, `talks`, the engine, the versions of Numba, NumPy and Python); a rule's own file is watched by
Numba itself.
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

from negsim.core.moves import look
from negsim.core.registry import HELPERS, MAKERS
from negsim.core.state import Agenda, Behind, Case, Desk, Prior, Speakers
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import Cast, cast
from negsim.engine.results import Results, empty_results, take_down
from negsim.talks.advance import advance, sight_of
from negsim.talks.begin import begin, set_up

try:
    import numba
    from numba import njit, typeof, types
    from numba.extending import register_jitable
except Exception as error:
    numba = None
    warnings.warn(f"Numba cannot be used ({error}); the batch engine runs uncompiled, slower but not different", stacklevel=1)

SLICED = {"worths": 3, "offers": 2, "menu": 2}  # fields of a View or Sight that are cut out of larger arrays


class CannotCompile(RuntimeError):
    """A rule that Numba cannot compile; Mesa can play it."""


def compiled() -> bool:
    """Tell whether runs are compiled: Numba is there and not switched off (NUMBA_DISABLE_JIT)."""
    return numba is not None and not numba.config.DISABLE_JIT


def play_batch(scenario: Scenario, seed: int, first: int, runs: int, *, traced: bool = False) -> Results:
    """Play consecutive replicates of a scenario.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    first : int
        Number of the first replicate.
    runs : int
    traced : bool
        Whether every move is kept.

    Returns
    -------
    Results
        One row a run. A run whose rules raised is marked failed; play it with `Talks` to see the error.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> play_batch(load_scenario("istanbul-2025-06-02"), seed=1, first=0, runs=3).failed.any()
    np.False_
    """
    rules = cast(scenario)
    prior, case = to_arrays(scenario, seed, traced=traced)
    results = empty_results(prior, case, runs)
    kernel(prior, case, rules)(first, results)
    return results


def kernel(prior: Prior, case: Case, rules: Cast) -> Callable[[int, Results], None]:
    """Return a function that plays replicates `first`, `first + 1`, ... into result arrays."""
    desk, behind = set_up(prior, case)
    if not compiled():
        speakers = Speakers(rules.offers, rules.accepts)
        return lambda first, results: _play(
            prior, case, desk, behind, first, begin, rules.protocol, speakers, rules.mediators, results
        )
    _use_cache()
    signatures = _signatures(prior, case, len(rules.offers), len(rules.mediators))
    begins = _compile_lean(signatures["begin"], begin)
    turn = _compile(signatures["protocol"], rules.protocol)
    speakers = Speakers(
        tuple(_compile(signatures["offer"], rule) for rule in rules.offers),
        tuple(_compile(signatures["accept"], rule) for rule in rules.accepts),
    )
    helpers = tuple(_compile(signatures["mediate"], rule) for rule in rules.mediators)
    run = _compile_lean(signatures["play"], _play)

    def play(first: int, results: Results) -> None:
        with _function_pointers():
            run(prior, case, desk, behind, first, begins, turn, speakers, helpers, results)

    return play


def _play_one(
    prior: Prior, case: Case, desk: Desk, behind: Behind, begins: Any, protocol: Any, speakers: Any, mediators: Any
) -> None:
    """Play one run; apart, since a loop inside `try` is not wholly covered when compiled under Python 3.12."""
    clock = begins(prior, case, desk, behind)
    while not clock.over:
        clock = advance(clock, desk, behind, case, protocol, speakers, mediators)


def _play(
    prior: Prior,
    case: Case,
    desk: Desk,
    behind: Behind,
    first: int,
    begins: Any,
    protocol: Any,
    speakers: Any,
    mediators: Any,
    results: Any,
) -> None:
    """Play every run of a batch; one that raises is marked and the batch goes on."""
    for row in range(len(results.failed)):
        agenda = case.agenda
        mine = Case(
            Agenda(
                agenda.sizes,
                agenda.bounds,
                agenda.quo,
                agenda.actors,
                agenda.deal_keys,
                agenda.seed,
                first + row,
            ),
            case.frame,
        )
        try:
            _play_one(prior, mine, desk, behind, begins, protocol, speakers, mediators)
            take_down(results, row, desk, behind, mine)
        except Exception:
            results.failed[row] = True


@functools.cache
def _make_helpers_compilable() -> None:
    for function in (*HELPERS, take_down, _play_one):
        register_jitable(_nrt=False, boundscheck=False)(function)
    for function in MAKERS:
        register_jitable(_nrt=True, boundscheck=True)(function)


@functools.cache
def _compile(signature: Any, function: Callable[..., Any]) -> Any:
    """Compile a rule, which may make arrays, and may be somebody's first: indices are checked."""
    return _njit(signature, function, boundscheck=True)


@functools.cache
def _compile_lean(signature: Any, function: Callable[..., Any]) -> Any:
    """Compile a function that makes no array: without reference counts."""
    return _njit(signature, function, _nrt=False, boundscheck=False)


def _njit(signature: Any, function: Callable[..., Any], **options: bool) -> Any:
    _make_helpers_compilable()
    with _function_pointers():
        try:
            return njit(signature, cache=True, nogil=True, **options)(function)
        except numba.core.errors.NumbaError as error:
            reason = next((line for line in str(error).splitlines() if line.strip()), "")
            raise CannotCompile(f"{function.__module__}.{function.__qualname__} cannot be compiled: {reason}") from error


@contextlib.contextmanager
def _function_pointers() -> Iterator[None]:
    """Use typed function pointers without being told each time that Numba calls them experimental."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", numba.NumbaExperimentalFeatureWarning)
        yield


@functools.cache
def _use_cache() -> None:
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


def _type_of(value: Any) -> Any:
    """Return the Numba type of a state tuple as compiled code makes it: fields cut from larger arrays have any layout."""
    members = []
    for name, part in zip(value._fields, value):
        kind = _type_of(part) if hasattr(part, "_fields") else typeof(part)
        if name in SLICED and type(value).__name__ in ("View", "Sight"):
            kind = types.Array(kind.dtype, kind.ndim, "A")
        members.append(kind)
    if len(set(members)) == 1:
        return types.NamedUniTuple(members[0], len(members), type(value))
    return types.NamedTuple(tuple(members), type(value))


def _signatures(prior: Prior, case: Case, seats: int, helpers: int) -> dict[str, Any]:
    """Read the types of all rules off a real run."""
    desk, behind = set_up(prior, case)
    clock = begin(prior, case, desk, behind)
    prior_t, case_t, clock_t, desk_t, behind_t = map(_type_of, (prior, case, clock, desk, behind))
    view_t, sight_t = _type_of(look(clock, desk, case.agenda, 0)), _type_of(sight_of(clock, desk, behind, case, 0))
    agenda_t = case_t.types[0]
    packages = types.Array(types.int64, 1, "C")
    offer, accept, mediate = packages(view_t), types.boolean(view_t, packages), types.int64(sight_t)
    pointer = types.FunctionType
    speakers_t = types.NamedTuple((types.UniTuple(pointer(offer), seats), types.UniTuple(pointer(accept), seats)), Speakers)
    mediators_t = types.UniTuple(pointer(mediate), helpers)
    begins = clock_t(prior_t, case_t, desk_t, behind_t)
    protocol = clock_t(clock_t, desk_t, agenda_t, speakers_t)
    results_t = _type_of(empty_results(prior, case, 1))
    play = types.void(
        prior_t,
        case_t,
        desk_t,
        behind_t,
        types.int64,
        pointer(begins),
        pointer(protocol),
        speakers_t,
        mediators_t,
        results_t,
    )
    return {
        "begin": begins,
        "protocol": protocol,
        "offer": offer,
        "accept": accept,
        "mediate": mediate,
        "play": play,
    }
