"""What is off the table: options read as hard, options worse than those for their owner, and consent withheld."""

from typing import Any

from negsim.core.registry import helper
from negsim.core.state import HARD, PRICE, Case, Prior


@helper
def bar(prior: Prior, case: Case, readings: Any, barred: Any) -> None:
    """Mark every bargained option that a red line or a withheld consent excludes.

    Parameters
    ----------
    readings : array of int, shape (refusal,)
    barred : array of int, shape (party, issue, option)
        Written: 1 + the refusal that is the party's own red line; -(1 + refusal) of an actor whose consent the option takes.
    """
    parties = barred.shape[0]
    rank = prior.places["rank"]
    for r in range(len(prior.refusals)):
        refusal = prior.refusals[r]
        actor, j, named = int(refusal["actor"]), int(refusal["position"]), int(refusal["option"])
        if actor < parties and readings[r] == HARD:
            conditional = is_conditional(prior, r)
            for o in range(1, case.positions["options"][j]):
                worse = not conditional and 0 <= rank[actor, j, o] < rank[actor, j, named]
                if o == named or worse:
                    _bar_option(prior, case, barred, actor, j, o, r + 1, r)
        if actor >= parties and (readings[r] == HARD or readings[r] == PRICE) and takes_consent(prior, j, named, actor):
            for party in range(parties):
                _bar_option(prior, case, barred, party, j, named, -(r + 1), -1)


@helper
def takes_consent(prior: Prior, j: int, option: int, actor: int) -> bool:
    """Tell whether an option of a position needs an actor's consent."""
    for row in range(len(prior.needs)):
        need = prior.needs[row]
        if need["position"] == j and need["option"] == option and need["actor"] == actor:
            return True
    return False


@helper
def is_conditional(prior: Prior, refusal: int) -> bool:
    """Tell whether something lifts a refusal."""
    for row in range(len(prior.lifts)):
        if prior.lifts["refusal"][row] == refusal:
            return True
    return False


@helper
def is_lifted(prior: Prior, case: Case, refusal: int, o: int) -> bool:
    """Tell whether a bargained option comes with one that lifts a refusal."""
    for row in range(len(prior.lifts)):
        lift = prior.lifts[row]
        if lift["refusal"] == refusal and case.option_of[lift["position"], o] == lift["option"]:
            return True
    return False


@helper
def _bar_option(prior: Prior, case: Case, barred: Any, party: int, j: int, option: int, mark: int, refusal: int) -> None:
    """Mark an option wherever it stands in its issue, unless it comes with an option that lifts the refusal."""
    issue = int(case.positions["issue"][j])
    for o in range(case.issues["options"][issue]):
        if refusal >= 0 and is_lifted(prior, case, refusal, o):
            continue
        if case.option_of[j, o] == option and barred[party, issue, o] == 0:
            barred[party, issue, o] = mark
