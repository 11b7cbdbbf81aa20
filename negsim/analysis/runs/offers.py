"""What was put on the table in one run, and what each offer would have brought every party."""

from typing import Any, NamedTuple

import numpy as np

from negsim.core.state import ACCEPTS, OFFERS
from negsim.domain.scenario import Scenario
from negsim.engine.mesa_engine import Talks
from negsim.talks.appraise import side_of
from negsim.talks.tally import rise


class Offer(NamedTuple):
    """One offer.

    Attributes
    ----------
    step : int
        How many moves were made before it.
    session, deal : int
    party : int
    package : array of int, shape (issue,)
        Option of each compound issue; -1 of those of other deals.
    worths : array of float, shape (party,)
        Gain if it were agreed, links apart: over the status quo, in gains of the deal's track; or where there is none over the
        reservation value, in utility as stated.
    """

    step: int
    session: int
    deal: int
    party: int
    package: Any
    worths: Any


class Spoken(NamedTuple):
    """A run with its offers, and the moves at which a deal was closed.

    Attributes
    ----------
    talks : Talks
        As they ended.
    offers : list of Offer
    closed : dict of int to int
        By deal, the step at which it was accepted last.
    """

    talks: Talks
    offers: list[Offer]
    closed: dict[int, int]


def spoken(scenario: Scenario, seed: int, replicate: int = 0) -> Spoken:
    """Play a run and return what was offered in it.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> found = spoken(load_scenario("two-issues"), seed=1)
    >>> len(found.offers) > 0, found.offers[0].worths.shape
    (True, (2,))
    """
    talks = Talks(scenario, seed=seed, replicate=replicate)
    talks.play()
    parties = range(len(scenario.parties))
    offers, closed = [], {}
    for step, (row, said) in enumerate(zip(talks.desk.log[: talks.desk.pen[0]], talks.desk.said)):
        if row["move"] == ACCEPTS:
            closed[int(row["deal"])] = step
        if row["move"] != OFFERS or row["party"] >= len(parties):
            continue
        worths = np.array([_gain(talks, party, int(row["deal"]), said) for party in parties])
        offers.append(Offer(step, int(row["session"]), int(row["deal"]), int(row["party"]), said.copy(), worths))
    return Spoken(talks, offers, closed)


def _gain(talks: Talks, party: int, deal: int, package: Any) -> float:
    behind, case = talks.behind, talks.case
    quo, total = int(case.deals["quo"][deal]), side_of(behind, case, party, party, deal).unit
    gain = 0.0 if quo else -float(case.floors[party, deal])
    for issue, option in enumerate(package.tolist()):
        if option >= 0:
            for j, own in enumerate(talks.layout.packages[issue][option], start=int(case.issues["first"][issue])):
                gain += rise(behind, party, j, own, quo)
    return gain / total if total > 0.0 else 0.0


def busiest(found: Spoken) -> int:
    """Return the deal with the most different offers; -1 where nothing was offered."""
    kinds: dict[int, set[bytes]] = {}
    for one in found.offers:
        kinds.setdefault(one.deal, set()).add(one.package.tobytes())
    return max(kinds, key=lambda deal: (len(kinds[deal]), -deal), default=-1)


def deal_number(found: Spoken, deal: str) -> int:
    """Return the number of a deal by its name, or of the busiest where none is named.

    Raises
    ------
    ValueError
        If there is no such deal.
    """
    deals = list(found.talks.layout.deals)
    if deal and deal not in deals:
        raise ValueError(f"deal '{deal}': there is none; deals are {', '.join(deals)}")
    return deals.index(deal) if deal else busiest(found)
