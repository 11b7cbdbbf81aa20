"""What is off the table: options read as hard, options worse than those for their owner, and consent withheld."""

from typing import Any

from negsim.core.registry import helper
from negsim.core.state import (
    COUNT,
    HARD,
    MEMBER,
    PLACE,
    POSTURE,
    Case,
    Prior,
)


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
        s, j, named = int(prior.names[row, 0]), int(prior.names[row, 1]), int(prior.names[row, 2])
        actor = int(prior.rejections[s, 0])
        if readings[s] == POSTURE:
            continue
        if actor < parties:
            if readings[s] == HARD:
                lifted, by = int(prior.names[row, 3]), int(prior.names[row, 4])
                for o in range(1, case.frame.positions[j, COUNT]):
                    worse = lifted < 0 and prior.places[actor, j, o, PLACE] < prior.places[actor, j, named, PLACE]
                    if o == named or worse:
                        _bar_option(case, barred, actor, j, o, s + 1, lifted, by)
            continue
        for need in range(len(prior.needs)):
            if prior.needs[need, 0] == j and prior.needs[need, 1] == named and prior.needs[need, 2] == actor:
                for party in range(parties):
                    _bar_option(case, barred, party, j, named, -(s + 1), -1, -1)


@helper
def _bar_option(case: Case, barred: Any, party: int, j: int, option: int, mark: int, lifted: int, by: int) -> None:
    """Mark an option wherever it stands in its issue, unless it comes with the option that lifts the bar."""
    issue = int(case.frame.positions[j, MEMBER])
    for o in range(case.agenda.sizes[issue]):
        if lifted >= 0 and case.frame.option_of[lifted, o] == by:
            continue
        if case.frame.option_of[j, o] == option and barred[party, issue, o] == 0:
            barred[party, issue, o] = mark
