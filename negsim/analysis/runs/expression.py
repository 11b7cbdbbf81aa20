"""Outcomes as users write them: a comparison on a column of the results."""

import math
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from negsim.domain.scenario import Scenario
from negsim.domain.statement import known
from negsim.engine.columns import blocked_column

PATTERN = re.compile(r"\s*(\w+(?:\.\w+)*)\s*(?:(==|!=|>=|<=|>|<)\s*(\S+)\s*)?$")
COMPARE = {
    "==": pc.equal,
    "!=": pc.not_equal,
    ">=": pc.greater_equal,
    "<=": pc.less_equal,
    ">": pc.greater,
    "<": pc.less,
}


YES_OR_NO = ("zone", "table", "ratified", "agreed")


def parse(text: str) -> tuple[str, str, str]:
    """Split an expression into column, comparison and value; a bare column is a yes or no.

    Raises
    ------
    ValueError
        If it is no comparison on a column.

    Examples
    --------
    >>> parse("option.ceasefire == full")
    ('option.ceasefire', '==', 'full')
    """
    match = PATTERN.match(text)
    if match is None:
        raise ValueError(f"'{text}': write COLUMN, or COLUMN == VALUE (also !=, >, <, >=, <=)")
    return match[1], match[2] or "", match[3] or ""


def is_share(text: str) -> bool:
    """Tell whether the mean of an outcome over runs is a share of them: whether it is a yes or no, and not a number.

    Examples
    --------
    >>> is_share("agreed.sale"), is_share("session.sale"), is_share("session.sale > 0")
    (True, False, True)
    """
    column, compare, _ = parse(text)
    return bool(compare) or column.partition(".")[0] in YES_OR_NO


def check(text: str, scenario: Scenario, *, numbers: bool = False) -> None:
    """Check an expression against a scenario before anything is run.

    Parameters
    ----------
    text : str
    scenario : Scenario
    numbers : bool
        Whether a column of numbers will do as it is, as `gain.ukraine`.

    Raises
    ------
    ValueError
        If it names a column or an option that there will not be.
    """
    column, _, value = parse(text)
    head, _, name = column.partition(".")
    groups: dict[str, Any] = {
        **dict.fromkeys(("option", "bound_by", "closed_in"), scenario.issues),
        "blocked_by": [*scenario.issues, *(blocked_column(scenario, key).partition(".")[2] for key in scenario.tracks)],
        **dict.fromkeys(("zone", "table", "ratified", "agreed", "delivered", "session", "turn"), scenario.tracks),
        **dict.fromkeys(("utility", "gain"), scenario.parties),
        "received": [f"{key}.{party}" for key, issue in scenario.issues.items() for party in issue.swap],
        "nash_distance": [""],
        "pareto_gap": [""],
    }
    known(head, groups, f"'{text}'", "column")
    known(name, groups[head], f"'{text}'", "name")
    if head in YES_OR_NO:
        if value and value.lower() not in ("true", "false"):
            raise ValueError(f"'{text}': is yes or no; write {column}, or {column} == false")
    elif head in ("blocked_by", "bound_by", "option"):
        if not value:
            raise ValueError(f"'{text}': write {column} == VALUE")
    elif not (numbers and column == text.strip()):
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if math.isnan(number):
            raise ValueError(f"'{text}': compare it with a number, as {column} > 0")
    if head == "option":
        known(value, scenario.issues[name].option_ids(), f"'{text}'", "option")


def measured(table: pa.Table, text: str) -> Any:
    """Return an outcome of each run as a number: 1 or 0 whether it holds, or the number in a column; NaN where a run failed.

    Where a number is not known, as the turn of an agreement that there is not, it is NaN as well.
    """
    values = holds(table, text) if is_share(text) else table[parse(text)[0]]
    values = pc.if_else(table["failed"], pa.scalar(None, pa.float64()), values.cast(pa.float64()))
    return values.to_numpy()


def holds(table: pa.Table, text: str) -> pa.ChunkedArray:
    """Return for each run whether an expression holds; null where the run failed."""
    column, compare, value = parse(text)
    values = table[column]
    if not compare:
        return values.cast(pa.bool_())
    if column.partition(".")[0] in YES_OR_NO:
        return COMPARE[compare](values.cast(pa.float64()), float(value.lower() == "true"))
    if column.partition(".")[0] in ("session", "turn", "closed_in"):  # a run without a deal has none, and so does not fulfil it
        found = COMPARE[compare](values.cast(pa.float64()), float(value))
        return pc.if_else(table["failed"], pa.scalar(None, pa.bool_()), pc.fill_null(found, False))  # noqa: FBT003
    other: Any = value if pa.types.is_string(values.type) else float(value)
    return COMPARE[compare](values, other)
