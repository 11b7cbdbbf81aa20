"""What is off the table: options read as hard, options worse than those for their owner, and consent withheld."""

from typing import Any

import numpy as np

from negsim.core.registry import helper, maker
from negsim.core.state import HARD, POSTURE, PRICE, SILENT, Case, Prior


@helper
def bar(prior: Prior, case: Case, readings: Any, barred: Any) -> None:
    """Mark every bargained option that a red line or a withheld consent excludes, and what is worse in the order of who drew it.

    Who takes an option only with another takes nothing worse without that either, unless its words say so.

    Parameters
    ----------
    readings : array of int, shape (refusal,)
    barred : array of int, shape (party, issue, option)
        Written: 1 + the refusal that is the party's own red line; -(1 + refusal) of an actor whose consent the option takes.
    """
    parties = barred.shape[0]
    for r in range(len(prior.refusals)):
        refusal = prior.refusals[r]
        actor, j, named = int(refusal["actor"]), int(refusal["position"]), int(refusal["option"])
        if actor < parties and readings[r] == HARD:
            _bar_option(case, barred, actor, j, named, r + 1)
            conditional = is_conditional(case, actor, j, named)
            for place in range(place_of(prior, actor, j, named) if case.positions["first"][j] < 0 else 0):
                worse = int(prior.ladders[actor, j, place])
                if worse > 0 and (not conditional or prior.places["stance"][actor, j, worse] == SILENT):
                    _bar_option(case, barred, actor, j, worse, r + 1)
        if actor >= parties and (readings[r] == HARD or readings[r] == PRICE) and takes_consent(prior, j, named, actor):
            for party in range(parties):
                _bar_option(case, barred, party, j, named, -(r + 1))


@maker
def shut_out(prior: Prior, case: Case, refusal: int) -> Any:
    """Return what one refusal shuts out for whom if it is a red line, or consent withheld, as `bar` marks it."""
    readings = np.full(len(prior.refusals), POSTURE, np.int64)
    readings[refusal] = HARD
    barred = np.zeros((len(case.parties), case.targets.shape[1], case.targets.shape[2]), np.int64)
    bar(prior, case, readings, barred)
    return barred


@helper
def takes_consent(prior: Prior, j: int, option: int, actor: int) -> bool:
    """Tell whether an option of a position needs an actor's consent."""
    for row in range(len(prior.needs)):
        need = prior.needs[row]
        if need["position"] == j and need["option"] == option and need["actor"] == actor:
            return True
    return False


@helper
def place_of(prior: Prior, party: int, j: int, option: int) -> int:
    """Return the place of an option in a party's order."""
    ladder = prior.ladders[party, j]
    for place in range(len(ladder)):
        if ladder[place] == option:
            return place
    return 0


@helper
def is_conditional(case: Case, party: int, j: int, option: int) -> bool:
    """Tell whether a party takes an option of a position with some other one only."""
    for row in range(len(case.lifts)):
        lift = case.lifts[row]
        if lift["party"] == party and lift["position"] == j and lift["option"] == option:
            return True
    return False


@helper
def is_lifted(case: Case, party: int, j: int, option: int, o: int) -> bool:
    """Tell whether a bargained option comes with one that lifts a party's refusal of an option of a position."""
    for row in range(len(case.lifts)):
        lift = case.lifts[row]
        mine = lift["party"] == party and lift["position"] == j and lift["option"] == option
        if mine and case.option_of[lift["other"], o] == lift["other_option"]:
            return True
    return False


@helper
def _bar_option(case: Case, barred: Any, party: int, j: int, option: int, mark: int) -> None:
    """Mark an option wherever it stands in its issue, unless it comes with an option that lifts the refusal."""
    issue = int(case.positions["issue"][j])
    for o in range(case.issues["options"][issue]):
        lifted = mark > 0 and is_lifted(case, party, j, option, o)
        if case.option_of[j, o] == option and not lifted and barred[party, issue, o] == 0:
            barred[party, issue, o] = mark
