"""What came about, as sources tell it: for scoring only, never for preferences."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from negsim.domain.statement import Statement


class Happened(NamedTuple):
    """How an issue ended.

    Attributes
    ----------
    option : str
    session : int
        The session that it is an outcome of, from 0: the latest on or before the day.
    event : str
        The statement that tells it; issues told in one statement are one event.
    delivered : float or None
        Share of what was promised that was handed over, where that is known.
    """

    option: str
    session: int
    event: str
    delivered: float | None


def accounts_of(
    statements: Mapping[str, Statement], sessions: Sequence[datetime.date], *, first_only: bool
) -> dict[str, dict[str, Happened]]:
    """Return, for each issue, how it ended by each account: that of the source ("record"), or of a party; the latest of each.

    Parameters
    ----------
    statements : mapping of str to Statement
    sessions : sequence of date
    first_only : bool
        Whether only what is told of the day of the first session counts.

    Raises
    ------
    ValueError
        If somebody tells two outcomes of an issue on one day.
    """
    told: dict[str, dict[str, Happened]] = {}
    days: dict[tuple[str, str], datetime.date] = {}
    for key, one in sorted(statements.items(), key=lambda entry: entry[1].made_on):
        day = one.made_on
        if one.stance != "outcome" or day < sessions[0] or (first_only and day > sessions[0]):
            continue
        session = sum(day >= start for start in sessions) - 1
        for name in one.options:
            issue, _, option = name.partition(".")
            mine = told.setdefault(issue, {})
            before = mine.get(one.actor)
            if before is not None and days[issue, one.actor] == day:
                if before.option != option:
                    raise ValueError(
                        f"statements: {one.actor} tells two outcomes of '{issue}', '{before.option}' and '{option}'; keep one"
                    )
                mine[one.actor] = before._replace(delivered=one.delivered if before.delivered is None else before.delivered)
                continue
            mine[one.actor], days[issue, one.actor] = Happened(option, session, key, one.delivered), day
    return told


def rounds_before(statements: Mapping[str, Statement], first: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield issue and option of all that a source tells of how earlier rounds ended."""
    for one in statements.values():
        if one.stance == "outcome" and one.actor == "record" and one.made_on < first:
            for name in one.options:
                issue, _, option = name.partition(".")
                yield issue, option
