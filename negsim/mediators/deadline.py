"""Deadline setter: a sanction falls due on a date, if the one who set it keeps its word."""

from negsim.core.dice import uniform
from negsim.core.registry import mediator
from negsim.core.state import Sight


@mediator("deadline", traits={"credibility": (0.5, 0.0, 1.0), "due": (1.0, 0.0, 1000.0)}, acts="opening")
def set_deadline(sight: Sight) -> int:
    """Show a stick for refusing the target: until session `due` at its expected size, after that whole or not at all.

    Until the deadline the expected jump, credibility times stick, is taken from the floor on the target; from session `due`
    on, one draw with that probability decides whether the sanction is real. Whether it falls is settled once a run.

    References
    ----------
    Beardsley (2011), "The Mediation Dilemma" (leverage with an end); Moore (2004), "Myopic prediction, self-destructive
    secrecy, and the unexpected benefits of revealing final deadlines", Organizational Behavior and Human Decision Processes 94.
    """
    if not sight.concerned:
        return 0
    share = float(sight.traits[0])
    if sight.session >= sight.traits[1]:
        share = 1.0 if uniform(sight.word, 0) < share else 0.0
    moved = 0
    for party in range(len(sight.leverage)):
        purse = sight.leverage[party]
        if share * purse["stick"] > 0.0:
            purse["stick_shown"] = share * purse["stick"]
            moved = 1
    return moved
