"""What statements come to, as the arrays that a run is drawn from: stances, orders and tiers of each party."""

import zlib
from typing import Any

import numpy as np

from negsim.core.state import CONCEDES, NOBODY_ALONE, OTHERS_DOING, OWN_DOING, PLACE, REFUSES, WANTS
from negsim.domain.positions import Position, tier_of
from negsim.domain.scenario import Scenario
from negsim.engine.layout import Layout


def stable_hash(name: str) -> int:
    """Return a 32-bit hash of an id that is the same in every process (CRC-32)."""
    return zlib.crc32(name.encode())


def option_number(scenario: Scenario, layout: Layout, name: str) -> tuple[int, int]:
    """Return position and option of a name `issue.option`."""
    issue, _, option = name.partition(".")
    return layout.positions.index(issue), scenario.issues[issue].option_ids().index(option)


def tiers_of(scenario: Scenario, layout: Layout, stage: int) -> Any:
    """Return the tier of each position for each party at a stage."""
    said: dict[str, list[Position]] = {}
    for position in scenario.positions(stage):
        said.setdefault(position.option.partition(".")[0], []).append(position)
    parties = list(scenario.parties)
    return np.array([[tier_of(said.get(key, []), parties, party, key).number for key in layout.positions] for party in parties])


def places_of(scenario: Scenario, layout: Layout, width: int, stage: int) -> Any:
    """Return what each party's words come to on each option at a stage."""
    parties = list(scenario.parties)
    places = np.zeros((len(parties), len(layout.positions), width), PLACE)
    places["refusal"] = -1
    for p, party in enumerate(parties):
        for j, key in enumerate(layout.positions):
            for o, option in enumerate(scenario.issues[key].options):
                alone = OWN_DOING if party in option.by else OTHERS_DOING if option.by else NOBODY_ALONE
                places[p, j, o]["alone"], places[p, j, o]["key"] = alone, stable_hash(f"{key}.{option.id}")
    for position in scenario.positions(stage):
        j, o = option_number(scenario, layout, position.option)
        if position.actor not in parties:
            continue
        said = {word.stance for word in position.words}
        places[parties.index(position.actor), j, o]["proposed"] = 2 if "demands" in said else int("offers" in said)
        if o > 0:
            stance = {"wants": WANTS, "concedes": CONCEDES, "refuses": REFUSES}[position.stance]
            place = places[parties.index(position.actor), j, o]
            place["stance"] = CONCEDES if stance == WANTS and place["alone"] == OWN_DOING else stance
    for r, (refusal, stands) in enumerate(zip(scenario.refusals(), scenario.standing(stage))):
        if stands and refusal.actor in parties:
            j, o = option_number(scenario, layout, refusal.option)
            places[parties.index(refusal.actor), j, o]["refusal"] = r
    return places


def ladders_of(scenario: Scenario, layout: Layout, width: int) -> Any:
    """Return each party's order of the options of each position."""
    ladders = np.full((len(scenario.parties), len(layout.positions), width), -1, np.int64)
    for p, party in enumerate(scenario.parties):
        for j, key in enumerate(layout.positions):
            ids = scenario.issues[key].option_ids()
            order = scenario.issues[key].order.get(party, ids[1:])
            ladders[p, j, : len(order)] = [ids.index(option) for option in order]
    return ladders
