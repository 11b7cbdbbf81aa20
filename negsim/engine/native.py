"""Machine code for what the actors of a Mesa run do not do themselves: drawing it, opening and closing deals, adding it up."""

from collections.abc import Callable
from typing import Any, NamedTuple

from negsim.core.state import Case, Prior
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import Cast, cast
from negsim.engine.compiler import compile_lean, compiled, entry, is_kept
from negsim.engine.results import take_down
from negsim.engine.signatures import read_signatures
from negsim.talks.advance import PLAIN, Parts
from negsim.talks.begin import begin


class Native(NamedTuple):
    """The parts of a run, to be called as the plain functions are."""

    begin: Callable[..., Any]
    turn: Parts
    take_down: Callable[..., None]


def prepare_parts(scenario: Scenario) -> None:
    """Compile the parts of a scenario's Mesa runs, so that they are kept."""
    parts_of(*to_arrays(scenario, 0), cast(scenario), compiling=True)


def has_parts(scenario: Scenario) -> bool:
    """Tell whether the parts of a scenario's Mesa runs are there as machine code."""
    return parts_of(*to_arrays(scenario, 0), cast(scenario), compiling=False) is not None


MADE: dict[tuple[int, int], Native] = {}  # by numbers of parties and mediators


def parts_of(prior: Prior, case: Case, rules: Cast, *, compiling: bool) -> Native | None:
    """Return the parts of a run as machine code; nothing if it is not there and not to be made."""
    key = len(rules.offers), len(rules.mediators)
    if not compiled():
        return None
    if key not in MADE:
        signatures = read_signatures(prior, case, *key)
        functions = {"begin": begin, "take_down": take_down, **PLAIN._asdict()}
        if not compiling and not all(is_kept(signatures[kind], function) for kind, function in functions.items()):
            return None
        made = {kind: entry(compile_lean(signatures[kind], function)) for kind, function in functions.items()}
        MADE[key] = Native(made.pop("begin"), Parts(*(made[name] for name in Parts._fields)), made["take_down"])
    return MADE[key]
