"""Which draws belong together: groups of streams that can be taken from another run, down to those of one statement."""

from typing import Any, NamedTuple

from negsim.core import dice
from negsim.core.state import TAKEN
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import rows
from negsim.engine.stances import stable_hash
from negsim.talks.draw import PRINCIPAL
from negsim.talks.readings import ALIKE, CONSENT

ANY = -1
SILENCE = 0  # item of the stream of readings by which silence is judged


class Group(NamedTuple):
    """Draws that belong together.

    Attributes
    ----------
    id : str
    words : str
        What they are.
    statements : tuple of str
        Those that they read.
    streams : array of TAKEN, shape (stream,)
    """

    id: str
    words: str
    statements: tuple[str, ...]
    streams: Any


def groups_of(scenario: Scenario) -> list[Group]:
    """Return the groups that all draws of a run fall into, each draw into one.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> [group.id for group in groups_of(load_scenario("istanbul-2025-06-02"))][:3]
    ['readings', 'values', 'weights']
    """
    parties = [stable_hash(key) for key in scenario.parties]
    everything = {
        "readings": ("how refusals are meant", [(dice.READING, ANY), (dice.CUE, ANY)]),
        "values": ("what options are worth", [(dice.CURVE, ANY)]),
        "weights": ("what issues weigh", [(dice.WEIGHT, key) for key in parties]),
        "costs": ("costs, patience, pace of concession", [(purpose, ANY) for purpose in (dice.TYPE, dice.TRAIT, dice.LINK)]),
        "principals": ("what principals want", [(dice.RATIFY, ANY), *((dice.WEIGHT, _principal(key)) for key in parties)]),
        "clock": ("how long talks last, whose turn it is", [(dice.ROUNDS, ANY), (dice.PROTOCOL, ANY)]),
        "table": ("chance at the table", [(purpose, ANY) for purpose in (dice.OFFER, dice.NOISE, dice.MEDIATE)]),
        "events": (
            "delivery, breaches, the front, events",
            [(purpose, ANY) for purpose in (dice.DELIVERY, dice.BREACH, dice.DRIFT, dice.EVENT)],
        ),
    }
    return [
        Group(name, words, (), rows(TAKEN, [(*stream, ANY) for stream in streams]))
        for name, (words, streams) in everything.items()
    ]


def reading_groups(scenario: Scenario) -> list[Group]:
    """Return the groups that draws of readings fall into: of statements read together, and what an actor's have in common.

    What is refused in one breath, or in statements that share an option, has a draw in common and so is one group.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> reading_groups(load_scenario("istanbul-2025-06-02"))[0].id
    'reading of r23+r25+r27+r28+s13'
    """
    breaths: list[tuple[set[object], dict[str, None], dict[tuple[int, int, int], None]]] = []  # marks, statements, streams
    for refusal in scenario.refusals():
        if refusal.reading is not None:
            continue
        key, name = stable_hash(refusal.actor), refusal.statements[0]
        marks: set[object] = {name, (refusal.actor, refusal.group)}
        own = dice.READING, key, stable_hash(refusal.option)  # that of one of them is what they have in common
        together = [one for one in breaths if one[0] & marks]
        breaths = [one for one in breaths if not one[0] & marks]
        names = dict.fromkeys([*(told for one in together for told in one[1]), name])
        streams = dict.fromkeys([*(stream for one in together for stream in one[2]), own])
        breaths.append((marks.union(*(one[0] for one in together)), names, streams))
    found = [Group(f"reading of {'+'.join(names)}", "", tuple(names), rows(TAKEN, streams)) for _, names, streams in breaths]
    for actor in (*scenario.parties, *scenario.mediators):
        key = stable_hash(actor)
        common = [(dice.CUE, key, ANY), *((dice.READING, key, item) for item in (SILENCE, ALIKE, CONSENT))]
        speaks = any(refusal.actor == actor and refusal.reading is None for refusal in scenario.refusals())
        if speaks or actor in scenario.parties:
            found.append(Group(f"words of {actor}", "how it uses words, and what its silence means", (), rows(TAKEN, common)))
    return found


def _principal(key: int) -> int:
    return (key + PRINCIPAL) & 0xFFFFFFFF
