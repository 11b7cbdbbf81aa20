"""Many runs at once: the same rules, compiled.

Rules are typed function pointers, so that a new strategy compiles alone; their signatures are read off a real run.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from negsim.core.cases import replicate_of
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk, Prior, Speakers
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import Cast, cast
from negsim.engine.compiler import compile_lean, compile_rule, compiled, entry, function_pointers, is_kept
from negsim.engine.draws import Draws, draw_runs, empty_draws
from negsim.engine.results import Results, empty_results, take_down
from negsim.engine.signatures import read_signatures
from negsim.talks.advance import advance
from negsim.talks.begin import begin, set_up


def play_batch(scenario: Scenario, seed: int, first: int, runs: int, *, traced: bool = False, drawn: bool = False) -> Results:
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
    drawn : bool
        Whether what each run was drawn to be is kept.

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
    prior, case = to_arrays(scenario, seed, traced=traced, drawn=drawn)
    results = empty_results(prior, case, runs)
    kernel(prior, case, cast(scenario))(np.arange(first, first + runs), results)
    return results


def play_plain(scenario: Scenario, seed: int, first: int, runs: int, *, drawn: bool = False) -> Results:
    """Play consecutive replicates of a scenario uncompiled: the same results, at once, and a hundred times slower.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> play_plain(load_scenario("istanbul-2025-06-02"), seed=1, first=0, runs=3).failed.any()
    np.False_
    """
    prior, case = to_arrays(scenario, seed, drawn=drawn)
    results = empty_results(prior, case, runs)
    plain_kernel(prior, case, cast(scenario))(np.arange(first, first + runs), results)
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
    signatures = read_signatures(prior, case, len(rules.offers), len(rules.mediators))
    begins = compile_lean(signatures["begin"], begin)
    helpers = tuple(compile_rule(signatures["mediate"], rule) for rule in rules.mediators)
    with function_pointers():
        compile_lean(signatures["draw"], draw_runs)(prior, case, desk, behind, first, begins, helpers, draws)
    return draws


Kernel = Callable[..., None]
"""Plays replicates of these numbers into result arrays; draws that are `taken` (rows of TAKEN) are those of their partners."""


def kernel(prior: Prior, case: Case, rules: Cast) -> Kernel:
    """Return a function that plays replicates, compiled where Numba is there."""
    if not compiled():
        return plain_kernel(prior, case, rules)
    desk, behind = set_up(prior, case)
    run, *pointers = compiled_rules(prior, case, rules)

    def play_some(numbers: Any, results: Results, taken: Any = case.taken) -> None:
        with function_pointers():
            run(prior, case._replace(taken=taken), desk, behind, numbers, *pointers, results)

    return play_some


def plain_kernel(prior: Prior, case: Case, rules: Cast) -> Kernel:
    """Return a function that plays replicates uncompiled."""
    desk, behind = set_up(prior, case)
    play, speakers = player(rules.protocol), Speakers(rules.offers, rules.accepts)

    def play_some(numbers: Any, results: Results, taken: Any = case.taken) -> None:
        play(prior, case._replace(taken=taken), desk, behind, numbers, begin, speakers, rules.mediators, results)

    return play_some


def compiles() -> bool:
    """Tell whether rules are compiled here at all."""
    return compiled()


def is_compiled(scenario: Scenario) -> bool:
    """Tell whether a scenario's rules are compiled already, in this process or an earlier one."""
    if not compiled():
        return False
    rules = cast(scenario)
    signatures = read_signatures(*to_arrays(scenario, 0), len(rules.offers), len(rules.mediators))
    return rules in COMPILED or all(is_kept(signatures[kind], rule, made_for) for kind, rule, made_for in all_rules(rules))


def prepare(scenario: Scenario) -> None:
    """Compile a scenario's rules, so that they are kept."""
    prior, case = to_arrays(scenario, 0)
    kernel(prior, case, cast(scenario))


COMPILED: dict[Cast, tuple[Any, ...]] = {}  # by the rules, which say how many parties and mediators there are


def compiled_rules(prior: Prior, case: Case, rules: Cast) -> tuple[Any, ...]:
    """Return the machine code that plays a batch, and the rules that it is handed, compiled once a process."""
    if rules not in COMPILED:
        signatures = read_signatures(prior, case, len(rules.offers), len(rules.mediators))
        made = {
            (kind, rule): compile_lean(signatures[kind], rule, made_for)
            if kind in ("play", "begin")
            else compile_rule(signatures[kind], rule)
            for kind, rule, made_for in all_rules(rules)
        }
        speakers = Speakers(
            tuple(made["offer", rule] for rule in rules.offers), tuple(made["accept", rule] for rule in rules.accepts)
        )
        mediators = tuple(made["mediate", rule] for rule in rules.mediators)
        COMPILED[rules] = entry(made["play", player(rules.protocol)]), made["begin", begin], speakers, mediators
    return COMPILED[rules]


def all_rules(rules: Cast) -> Iterator[tuple[str, Any, Any]]:
    """Yield the kind of everything that is compiled for some rules, its function, and what that is made for, if for something."""
    yield "begin", begin, None
    yield from (("offer", rule, None) for rule in rules.offers)
    yield from (("accept", rule, None) for rule in rules.accepts)
    yield from (("mediate", rule, None) for rule in rules.mediators)
    yield "play", player(rules.protocol), rules.protocol


@functools.cache
def player(protocol: Any) -> Any:
    """Return a function that plays every run of a batch under a protocol; the protocol is compiled into it."""

    @helper
    def play_one(
        prior: Prior, case: Case, desk: Desk, behind: Behind, begins: Any, speakers: Any, mediators: Any
    ) -> None:  # apart, since a loop inside `try` is not wholly covered when compiled under Python 3.12
        clock = begins(prior, case, desk, behind)
        while not clock.over:
            clock = advance(clock, prior, desk, behind, case, protocol, speakers, mediators)

    def play(
        prior: Prior,
        case: Case,
        desk: Desk,
        behind: Behind,
        numbers: Any,
        begins: Any,
        speakers: Any,
        mediators: Any,
        results: Any,
    ) -> None:
        for row in range(len(results.failed)):
            mine = replicate_of(case, numbers[row])
            try:
                play_one(prior, mine, desk, behind, begins, speakers, mediators)
                take_down(results, row, prior, desk, behind, mine)
            except Exception:
                results.failed[row] = True

    return play
