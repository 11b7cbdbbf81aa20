"""What is off the table: options read as hard, options worse than those for their owner, and consent withheld."""

from typing import Any

from negsim.core.registry import helper
from negsim.core.state import HARD, POSTURE, Case, Prior


@helper
def bar(prior: Prior, case: Case, readings: Any, barred: Any) -> None:
    """Mark every bargained option that a red line or a withheld consent excludes.

    Parameters
    ----------
    readings : array of int, shape (statement,)
    barred : array of int, shape (party, issue, option)
        Written: 1 + the statement of the party's own red line; -(1 + statement) of an actor whose consent the option takes.
    """
    parties = barred.shape[0]
    for row in range(len(prior.names)):
        name = prior.names[row]
        s, j, named = int(name["statement"]), int(name["position"]), int(name["option"])
        actor = int(prior.rejections["actor"][s])
        if readings[s] == POSTURE:
            continue
        if actor < parties:
            if readings[s] == HARD:
                lifted, by = int(name["lift_position"]), int(name["lift_option"])
                rank = prior.places["rank"]
                for o in range(1, case.positions["options"][j]):
                    worse = lifted < 0 and rank[actor, j, o] < rank[actor, j, named]
                    if o == named or worse:
                        _bar_option(case, barred, actor, j, o, s + 1, lifted, by)
            continue
        for need in range(len(prior.needs)):
            taken = prior.needs[need]
            if taken["position"] == j and taken["option"] == named and taken["actor"] == actor:
                for party in range(parties):
                    _bar_option(case, barred, party, j, named, -(s + 1), -1, -1)


@helper
def _bar_option(case: Case, barred: Any, party: int, j: int, option: int, mark: int, lifted: int, by: int) -> None:
    """Mark an option wherever it stands in its issue, unless it comes with the option that lifts the bar."""
    issue = int(case.positions["issue"][j])
    for o in range(case.issues["options"][issue]):
        if lifted >= 0 and case.option_of[lifted, o] == by:
            continue
        if case.option_of[j, o] == option and barred[party, issue, o] == 0:
            barred[party, issue, o] = mark
