"""What a run was drawn to be: everything that holds when it begins, laid side by side as numbers."""

from typing import Any

from negsim.core.clock import turns_of
from negsim.core.registry import helper
from negsim.core.state import Behind, Case, Desk


@helper
def note_inputs(case: Case, desk: Desk, behind: Behind) -> None:
    """Write down what was drawn; `negsim.engine.inputs` names each place in the same order.

    Parameters
    ----------
    behind
        `behind.inputs` is written: readings; weights of the parties, then of their principals; values; parameters; what
        principals ask for; traits of the parties, then of mediators; what holds for the talks; chances of deliveries; links;
        rounds of each session.
    """
    inputs = behind.inputs
    at = spread(inputs, 0, behind.read)
    for row in range(len(behind.weights)):
        at = spread(inputs, at, behind.weights[row])
    for party in range(len(case.parties)):
        for j in range(len(case.positions)):
            at = spread(inputs, at, behind.values[party, j])
    for party in range(len(case.parties)):
        at = spread(inputs, at, behind.drawn[party])
    at = spread(inputs, at, behind.parties["asked"])
    for party in range(len(case.parties)):
        at = spread(inputs, at, desk.traits[party])
    for m in range(len(behind.traits)):
        at = spread(inputs, at, behind.traits[m])
    course = behind.course[0]
    for number in (course["drift_up"], course["lag_low"], course["lag_high"], course["trust_memory"]):
        inputs[at] = number
        at += 1
    at = spread(inputs, at, behind.tracks["all"])
    at = spread(inputs, at, behind.tracks["part"])
    at = spread(inputs, at, behind.links)
    for session in range(len(case.days)):
        inputs[at] = turns_of(case, session) // len(case.parties)
        at += 1


@helper
def spread(inputs: Any, at: int, row: Any) -> int:
    """Write a row of numbers from a place on; return the place after them."""
    for k in range(len(row)):
        inputs[at + k] = row[k]
    return at + len(row)
