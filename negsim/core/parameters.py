"""The parameters of a party: one line each, from which scenario files, drawn state and documentation are made.

To add one, write its line here and use it in the rule that it is for: `party["name"]` in the talks, `parties.ID.name` in a file.
"""

from typing import NamedTuple


class Parameter(NamedTuple):
    """A number of a party, fixed or drawn once a run from a range.

    Attributes
    ----------
    default : tuple of float
        The range it is drawn from where a scenario says nothing.
    least, most : float
        What it may be.
    words : str
        What it is, with its unit.
    """

    default: tuple[float, float]
    least: float
    most: float
    words: str


# Append only: the place of a parameter is part of every draw of it.
PARAMETERS = {
    "theta": Parameter((0.0, 0.0), -1, 1, "what talking pays, in gains of a track"),
    "war_cost": Parameter((0.0, 0.0), 0, 1, "cost of the fighting not coded elsewhere, in gains of a track"),
    "drift_weight": Parameter((0.0, 0.0), 0, 1, "psi: what a sure win on the battlefield is worth, in gains of a track"),
    "patience": Parameter((0.9, 0.9), 0, 0.999, "delta: discount factor between sessions"),
    "hope": Parameter((0.0, 0.0), 0, 1, "q: chance of a later deal, a session"),
    "hoped_gain": Parameter((0.0, 0.0), -1, 1, "G: gain expected of a later deal, or of a session"),
    "breach_loss": Parameter((0.0, 0.5), 0, 1, "L: loss if the other side breaks a truce, in gains of a track"),
    "noise": Parameter(
        (0.0, 0.5),
        0,
        10,
        "s: standard deviation of the error in what it makes of the others' choices, or of their stated utility",
    ),
    "ratify_low": Parameter((0.0, 0.0), -1, 1, "least gain that its principal may ask for, in gains of what was agreed"),
    "ratify_width": Parameter((0.0, 0.0), 0, 2, "width of the range of gains that its principal may ask for"),
    "handover_cost": Parameter((0.0, 1.0), 0, 10, "c: cost of handing over all in a swap, to the benefit of receiving all"),
    "benefit_curve": Parameter((0.3, 1.0), 0.01, 100, "a: exponent of what is received in a swap over its size"),
    "belief_up": Parameter((10.0, 10.0), 0.001, 1e6, "a of its Beta belief about the front, in steps"),
    "belief_down": Parameter((10.0, 10.0), 0.001, 1e6, "b of its Beta belief about the front, in steps"),
    "readiness": Parameter((1.0, 1.0), 0, 1, "readiness to come to the table at the outset"),
    "readiness_rate": Parameter((0.0, 0.0), 0, 10, "how far readiness moves with a session's surprise"),
    "readiness_threshold": Parameter((0.0, 0.0), 0, 1, "readiness below which it stays away"),
    "cost_curve": Parameter((1.0, 3.0), 0.01, 100, "b: exponent of what handing over costs in a swap over its size"),
}
