"""Many runs at once: the same rules, compiled.

Rules are typed function pointers, so that a new strategy compiles alone; their signatures are read off a real run.
"""

import functools
from collections.abc import Callable
from typing import Any

from negsim.core.moves import look
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior, Speakers
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import Cast, cast
from negsim.engine.compiler import compile_lean, compile_rule, compiled, function_pointers, typeof, types, use_cache
from negsim.engine.draws import Draws, draw_runs, empty_draws, replicate_of
from negsim.engine.results import Results, empty_results, take_down
from negsim.talks.advance import advance, sight_of
from negsim.talks.begin import begin, set_up

SLICED = {"worths", "offers", "menu", "floors", "sizes"}  # fields of a View or Sight that are cut out of larger arrays


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


def draw_batch(scenario: Scenario, seed: int, first: int, runs: int) -> Draws:
    """Draw the preferences of consecutive replicates, exactly as their runs begin with them, without playing.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> draw_batch(load_scenario("two-issues"), seed=1, first=0, runs=2).floors.shape
    (2, 2, 1)
    """
    rules = cast(scenario)
    prior, case = to_arrays(scenario, seed)
    desk, behind = set_up(prior, case)
    draws = empty_draws(prior, case, runs)
    if not compiled():
        draw_runs(prior, case, desk, behind, first, begin, rules.mediators, draws)
        return draws
    use_cache()
    signatures = read_signatures(prior, case, len(rules.offers), len(rules.mediators))
    begins = compile_lean(signatures["begin"], begin)
    helpers = tuple(compile_rule(signatures["mediate"], rule) for rule in rules.mediators)
    with function_pointers():
        compile_lean(signatures["draw"], draw_runs)(prior, case, desk, behind, first, begins, helpers, draws)
    return draws


def kernel(prior: Prior, case: Case, rules: Cast) -> Callable[[int, Results], None]:
    """Return a function that plays replicates `first`, `first + 1`, ... into result arrays."""
    desk, behind = set_up(prior, case)
    play = player(rules.protocol)
    if not compiled():
        speakers = Speakers(rules.offers, rules.accepts)
        return lambda first, results: play(prior, case, desk, behind, first, begin, speakers, rules.mediators, results)
    use_cache()
    signatures = read_signatures(prior, case, len(rules.offers), len(rules.mediators))
    begins = compile_lean(signatures["begin"], begin)
    speakers = Speakers(
        tuple(compile_rule(signatures["offer"], rule) for rule in rules.offers),
        tuple(compile_rule(signatures["accept"], rule) for rule in rules.accepts),
    )
    helpers = tuple(compile_rule(signatures["mediate"], rule) for rule in rules.mediators)
    run = compile_lean(signatures["play"], play)

    def play_from(first: int, results: Results) -> None:
        with function_pointers():
            run(prior, case, desk, behind, first, begins, speakers, helpers, results)

    return play_from


@functools.cache
def player(protocol: Any) -> Any:
    """Return a function that plays every run of a batch under a protocol; the protocol is compiled into it."""

    @helper
    def play_one(
        prior: Prior, case: Case, desk: Desk, behind: Behind, begins: Any, speakers: Any, mediators: Any
    ) -> None:  # apart, since a loop inside `try` is not wholly covered when compiled under Python 3.12
        clock = begins(prior, case, desk, behind)
        while not clock.over:
            clock = advance(clock, desk, behind, case, protocol, speakers, mediators)

    def play(
        prior: Prior,
        case: Case,
        desk: Desk,
        behind: Behind,
        first: int,
        begins: Any,
        speakers: Any,
        mediators: Any,
        results: Any,
    ) -> None:
        for row in range(len(results.failed)):
            mine = replicate_of(case, first + row)
            try:
                play_one(prior, mine, desk, behind, begins, speakers, mediators)
                take_down(results, row, desk, behind, mine)
            except Exception:
                results.failed[row] = True

    return play


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


READ: dict[Any, dict[str, Any]] = {}  # signatures by what they are read from


def read_signatures(prior: Prior, case: Case, seats: int, helpers: int) -> dict[str, Any]:
    """Read the types of all rules off a real run, once for each number of parties and mediators."""
    key = (_type_of(prior), _type_of(case), seats, helpers)
    if key not in READ:
        READ[key] = _read(prior, case, seats, helpers)
    return READ[key]


def _read(prior: Prior, case: Case, seats: int, helpers: int) -> dict[str, Any]:
    desk, behind = set_up(prior, case)
    clock = begin(prior, case, desk, behind)
    prior_t, case_t, clock_t, desk_t, behind_t = map(_type_of, (prior, case, clock, desk, behind))
    view_t, sight_t = _type_of(look(clock, desk, case, 0)), _type_of(sight_of(clock, desk, behind, case, 0))
    packages = types.Array(types.int64, 1, "C")
    offer, accept, mediate = packages(view_t), types.boolean(view_t, packages), types.int64(sight_t)
    pointer = types.FunctionType
    speakers_t = types.NamedTuple((types.UniTuple(pointer(offer), seats), types.UniTuple(pointer(accept), seats)), Speakers)
    mediators_t = types.UniTuple(pointer(mediate), helpers)
    begins = clock_t(prior_t, case_t, desk_t, behind_t)
    results_t = _type_of(empty_results(prior, case, 1))
    draw = types.void(
        prior_t,
        case_t,
        desk_t,
        behind_t,
        types.int64,
        pointer(begins),
        mediators_t,
        _type_of(empty_draws(prior, case, 1)),
    )
    play = types.void(
        prior_t,
        case_t,
        desk_t,
        behind_t,
        types.int64,
        pointer(begins),
        speakers_t,
        mediators_t,
        results_t,
    )
    return {
        "begin": begins,
        "offer": offer,
        "accept": accept,
        "mediate": mediate,
        "play": play,
        "draw": draw,
    }
