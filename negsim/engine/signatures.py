"""The types that rules are compiled for, read off a real run."""

from typing import Any

from negsim.core.moves import look
from negsim.core.state import Case, Prior, Speakers
from negsim.engine.compiler import typeof, types
from negsim.engine.draws import empty_draws
from negsim.engine.results import empty_results
from negsim.talks.advance import sight_of
from negsim.talks.begin import begin, set_up

SLICED = {"worths", "offers", "menu", "floors", "sizes"}  # fields of a View or Sight that are cut out of larger arrays


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


READ: dict[tuple[int, int], dict[str, Any]] = {}  # by numbers of parties and mediators: nothing else is part of a type


def read_signatures(prior: Prior, case: Case, seats: int, helpers: int) -> dict[str, Any]:
    """Read the types of all rules off a real run, once for each number of parties and mediators."""
    if (seats, helpers) not in READ:
        READ[seats, helpers] = _read(prior, case, seats, helpers)
    return READ[seats, helpers]


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
    room = prior_t, case_t, desk_t, behind_t
    draw = types.void(*room, types.int64, pointer(begins), mediators_t, _type_of(empty_draws(prior, case, 1)))
    play = types.void(*room, packages, pointer(begins), speakers_t, mediators_t, results_t)
    number, nothing = types.int64, types.void
    return {
        "open_deal": nothing(clock_t, desk_t, behind_t, case_t),
        "appraise": nothing(desk_t, behind_t, case_t, number),
        "lay_menus": nothing(desk_t, case_t, number),
        "note_zones": nothing(clock_t, desk_t, behind_t, case_t),
        "close_deal": clock_t(clock_t, prior_t, desk_t, behind_t, case_t),
        "take_down": nothing(results_t, number, prior_t, desk_t, behind_t, case_t),
        "begin": begins,
        "offer": offer,
        "accept": accept,
        "mediate": mediate,
        "play": play,
        "draw": draw,
    }
