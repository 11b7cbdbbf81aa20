"""How well an ensemble foretold what was agreed, beside models that know nothing."""

from typing import NamedTuple

import pyarrow as pa

from negsim.analysis.runs.ensembles import option_shares
from negsim.domain.scenario import Scenario


class Score(NamedTuple):
    """Brier scores (Brier 1950, Monthly Weather Review 78) on whether an issue left its status quo and was ratified."""

    issue: str
    outcome: bool
    probability: float
    model: float
    status_quo: float
    half: float
    previous: float | None


def brier(table: pa.Table, scenario: Scenario) -> list[Score]:
    """Score each issue whose outcome the sources know.

    The null models: always the status quo; one half; whatever the previous direct round did (where the scenario says).
    """
    found = []
    for issue, option in scenario.outcomes().items():
        ids = scenario.issues[issue].option_ids()
        outcome = option != ids[0]
        probability = 1.0 - option_shares(table, issue, ids)[ids[0]].share
        before = scenario.previous.get(issue)
        previous = None if before is None else float((before != ids[0]) != outcome)
        found.append(Score(issue, outcome, probability, _squared(probability, outcome), float(outcome), 0.25, previous))
    return found


def _squared(probability: float, outcome: bool) -> float:  # noqa: FBT001 (an outcome is a yes or no)
    miss = probability - float(outcome)
    return miss * miss
