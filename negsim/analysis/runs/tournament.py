"""A tournament: every strategy against every other, in both seats, over several domains.

In the manner of the Automated Negotiating Agents Competition (Baarslag, Fujita, Gerding et al. 2013, "Evaluating practical
negotiating agents", Artificial Intelligence 198).
"""

import concurrent.futures
import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from negsim.core.registry import STRATEGIES
from negsim.domain.scenario import Scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cast import register_all


class Match(NamedTuple):
    """Two strategies met on a domain, one in each seat, some runs.

    Attributes
    ----------
    domain, first, second : str
        Scenario, and the strategies of its two parties.
    gains : tuple of float
        Mean gain of each.
    agreed : float
        Mean share of tracks agreed.
    runs, failed : int
        Runs that count, and those that failed and do not.
    """

    domain: str
    first: str
    second: str
    gains: tuple[float, float]
    agreed: float
    runs: int
    failed: int


class Score(NamedTuple):
    """What a strategy made against another: its mean gain, in shares of the most that any made on that domain in that seat."""

    strategy: str
    against: str
    share: float
    agreed: float


class Standing(NamedTuple):
    """How a strategy did over all its matches.

    Attributes
    ----------
    score : float
        Mean of its shares.
    others : float
        The same of those it played against.
    agreed : float
    """

    strategy: str
    score: float
    others: float
    agreed: float


def play(
    scenarios: Sequence[Scenario],
    strategies: Sequence[str],
    runs: int,
    seed: int,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Match]:
    """Play every pair of strategies on every scenario.

    Raises
    ------
    ValueError
        If a scenario is not of two parties.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> len(play([load_scenario("two-issues")], ["linear", "hardheaded"], runs=2, seed=1))
    4
    """
    for scenario in scenarios:
        if len(scenario.parties) != 2:
            raise ValueError(f"{scenario.id}: has {len(scenario.parties)} parties; a tournament is of pairs")
    ids = [scenario.id for scenario in scenarios]
    labels = [key if ids.count(key) == 1 else f"{key} ({at + 1})" for at, key in enumerate(ids)]
    pairs = list(itertools.product(zip(labels, scenarios), strategies, strategies))

    def meet(pair: tuple[tuple[str, Scenario], str, str]) -> Match:
        (label, scenario), *names = pair
        results = play_batch(seated(scenario, names), seed, 0, runs)
        fine = ~results.failed
        gains = results.parties["gain"][fine].mean(axis=0) if fine.any() else np.zeros(2)
        agreed = float((results.tracks["agreed"][fine] == 1).mean()) if fine.any() else 0.0
        return Match(label, names[0], names[1], (float(gains[0]), float(gains[1])), agreed, int(fine.sum()), int((~fine).sum()))

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        matches: list[Match] = []
        for match in pool.map(meet, pairs):
            matches.append(match)
            if progress is not None:
                progress(len(matches), len(pairs))
    return matches


def seated(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """Return a scenario with other strategies in its seats, each with its own acceptance condition and default traits."""
    parties = {
        key: side.model_copy(update={"strategy": name, "acceptance": "", "traits": {}})
        for (key, side), name in zip(scenario.parties.items(), names)
    }
    return scenario.model_copy(update={"parties": parties})


def scores(matches: Sequence[Match]) -> list[Score]:
    """Return what each strategy made in each match, one score a seat."""
    matches = [match for match in matches if match.runs > 0]
    most: dict[tuple[str, int], float] = {}
    for match in matches:
        for seat in (0, 1):
            most[match.domain, seat] = max(most.get((match.domain, seat), 0.0), match.gains[seat])
    found = []
    for match in matches:
        shares = [match.gains[s] / most[match.domain, s] if most[match.domain, s] > 0.0 else 0.0 for s in (0, 1)]
        found.append(Score(match.first, match.second, shares[0], match.agreed))
        found.append(Score(match.second, match.first, shares[1], match.agreed))
    return found


def standings(found: Sequence[Score]) -> list[Standing]:
    """Return how each strategy did, the best first."""
    table = []
    for name in dict.fromkeys(score.strategy for score in found):
        mine = [score for score in found if score.strategy == name]
        others = [score.share for score in found if score.against == name]
        shares, agreed = [score.share for score in mine], [score.agreed for score in mine]
        table.append(Standing(name, float(np.mean(shares)), float(np.mean(others)), float(np.mean(agreed))))
    return sorted(table, key=lambda standing: (-standing.score, standing.strategy))


def all_strategies() -> list[str]:
    """Return the strategies that negsim brings, by name."""
    register_all()
    return sorted(name for name, rule in STRATEGIES.items() if str(rule.offer.__module__).startswith("negsim."))
