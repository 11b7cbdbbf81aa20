"""Statements: one coded claim of one actor from one source."""

import datetime
import difflib
import functools
import re
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

Stance = Literal["demands", "offers", "accepts", "concedes", "rejects", "dismisses", "conditions-on", "claims", "outcome"]
Strength = Literal["red line", "priority", "stated", "secondary"]
Reading = Literal["hard", "price", "posture", "given_up"]

REJECTING: tuple[Stance, ...] = ("rejects", "dismisses", "conditions-on")
WANTING: tuple[Stance, ...] = ("demands", "offers", "accepts")
CUES: dict[str, tuple[float, float, float]] = {
    "red line": (8.0, 2.0, 1.0),
    "rejects": (5.0, 3.0, 2.0),
    "dismisses": (2.0, 5.0, 3.0),
}
"""Dirichlet parameters of hard, price and posture for each cue of a refusal, the strongest first."""


def known(name: str, among: Iterable[str], where: str, what: str) -> None:
    """Raise a ValueError that suggests near misses unless a name is known."""
    names = list(among)
    if name in names:
        return
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else f"; there is: {', '.join(names) or 'none'}"
    raise ValueError(f"{where}: no {what} '{name}'{hint}")


def short(value: object) -> str:
    """Return a value as it is written, cut where it is long."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # more digits than Python writes, deeper than it goes
        return "what is written there"
    return text if len(text) <= 80 else f"{text[:77]}..."


def _plain(text: str) -> str:
    if not re.fullmatch(r"\w[\w-]{0,79}", text):
        raise ValueError(f"{text[:90]!r} is no id; write one word of letters, digits, _ and -, of at most 80")
    return text


Id = Annotated[str, AfterValidator(_plain)]
"""What something is called in paths, columns and on the command line."""


class Faults(ValueError):
    """All that is wrong with something, one line each; as text, the first."""

    def __init__(self, all_of_them: list[str]) -> None:
        super().__init__(all_of_them[0])
        self.all = all_of_them


def check_all(checks: Iterable[Callable[[], object]]) -> None:
    """Make every check, and raise all that they complain of at once."""
    faults = []
    for check in checks:
        try:
            check()
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise Faults(faults)


WRITTEN: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime.date: "a date; write it as 2025-06-02, without quotes",
    str: 'a text; write it in "quotes"',
}
"""What a field of a kind is written as."""
ACCEPTED: dict[type, tuple[type, ...]] = {float: (float, int), datetime.date: (datetime.date, str)}


@functools.cache
def _kinds(model: type[BaseModel]) -> dict[str, tuple[type, ...]]:
    """Return what may stand in each field of a model that holds one plain value; nothing for others."""
    found = {}
    for name, field in model.model_fields.items():
        union = get_origin(field.annotation) in (Union, types.UnionType)
        among = list(get_args(field.annotation)) if union else [field.annotation]
        plain = [kind for kind in among if kind in WRITTEN]
        simple = len(plain) == 1 and all(kind in (plain[0], type(None)) for kind in among)
        found[name] = (*ACCEPTED.get(plain[0], (plain[0],)), *([type(None)] if len(among) > 1 else [])) if simple else ()
    return found


class Strict(BaseModel):
    """A model that refuses keys it does not know and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _as_written(cls, value: Any, info: ValidationInfo) -> Any:
        """Take a value as what it is written as: pydantic would make 1970 of 0, and true of "yes"."""
        kinds = _kinds(cls)[str(info.field_name)]
        if kinds and not any(isinstance(value, kind) and (kind is bool or not isinstance(value, bool)) for kind in kinds):
            raise ValueError(f"{short(value)} is not {WRITTEN[kinds[0]]}")
        return value


def _as_names(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(name, str) for name in value)):
        return value
    raise ValueError(f'{short(value)} names no option; write "issue.option", or a list of those')


class Statement(Strict):
    """One claim: who takes which stance on which options, how strongly, when, and where it is written.

    Attributes
    ----------
    options : list of str
        `issue.option`; empty only for stance `claims`.
    condition : str or list of str
        For `conditions-on`: the `issue.option` without which the options are refused; of several any one will do.
    about : str
        For `claims`: the parameter that the claim speaks to, as a path into the scenario.
    same_day : bool
        Made on the day of the session, and tabled there or a view of what was tabled.
    until : date or None
        The last day on which it holds, where that is known.
    supersedes : list of str
        Earlier statements that it puts an end to, where the rules do not say so themselves.
    reading : str or None
        Fixes the reading of a refusal instead of drawing it; "given_up": a red line that no longer excludes, and costs as much.
    delivered : float or None
        For `outcome`: share of what was promised in an exchange that was handed over in the end, where that is known.
    """

    actor: str
    stance: Stance
    options: list[str] = Field(default_factory=list)
    condition: Annotated[str | list[str], BeforeValidator(_as_names)] = ""
    about: str = ""
    strength: Strength = "stated"
    made_on: datetime.date
    published_on: datetime.date | None = None
    same_day: bool = False
    paragraph: int = Field(ge=1)
    paraphrase: str
    until: datetime.date | None = None
    supersedes: list[str] = Field(default_factory=list)
    reading: Reading | None = None
    delivered: float | None = Field(default=None, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _names_something(self) -> "Statement":
        if self.stance == "claims" and (not self.about or self.options):
            raise ValueError("a claim names a parameter in `about` and no options")
        if bool(self.condition) != (self.stance == "conditions-on"):
            raise ValueError("`condition` goes with stance 'conditions-on', and that stance with a condition")
        if self.stance != "claims" and not self.options:
            raise ValueError(f"stance '{self.stance}' names no options; add options = [\"issue.option\"]")
        if self.reading is not None and self.stance not in REJECTING:
            raise ValueError(f"`reading` is of a refusal, and stance '{self.stance}' is none; leave it out")
        if self.delivered is not None and self.stance != "outcome":
            raise ValueError(f"`delivered` is of an outcome, and stance '{self.stance}' is none; leave it out")
        if self.until is not None and self.until < self.made_on:
            raise ValueError(f"holds until {self.until}, before it was made on {self.made_on}")
        return self

    @property
    def conditions(self) -> tuple[str, ...]:
        """The options with any of which a conditional refusal is lifted."""
        if isinstance(self.condition, str):
            return (self.condition,) if self.condition else ()
        return tuple(self.condition)

    @property
    def cue(self) -> str:
        """Which words a rejection was made in; "red line" overrides the stance."""
        return "red line" if self.strength == "red line" else {"conditions-on": "rejects"}.get(self.stance, self.stance)


def check_superseding(key: str, statements: Mapping[str, Statement]) -> None:
    """Check what a statement supersedes: earlier words of its own actor, not in a circle.

    Raises
    ------
    ValueError
    """
    statement = statements[key]
    for ended in statement.supersedes:
        where = f"statements.{key}.supersedes"
        known(ended, statements, where, "statement")
        if statements[ended].actor != statement.actor:
            raise ValueError(
                f"{where}: '{ended}' is by {statements[ended].actor}, not by {statement.actor}; name words of its own actor"
            )
        if statements[ended].made_on > statement.made_on:
            raise ValueError(
                f"{where}: '{ended}' was said on {statements[ended].made_on}, after '{key}' on {statement.made_on};"
                " the later of two supersedes the earlier"
            )
    behind, todo = {key}, list(statement.supersedes)
    while todo:
        ended = todo.pop()
        if ended == key:
            raise ValueError(f"statements.{key}.supersedes: leads back to '{key}' itself; take out what it does not supersede")
        if ended not in behind and ended in statements:
            behind.add(ended)
            todo += statements[ended].supersedes


class Coding(Strict):
    """Who coded a source, when, and under what rules."""

    by: str
    on: datetime.date
    what: str = ""


class Source(Strict):
    """A coded source.

    Attributes
    ----------
    paragraphs : int
        How many it has; statements cite them by number.
    coded : list of Coding
        Who coded it when, the first coding first.
    variables : dict of str to list of str
        The issues it speaks of and their options, the status quo first: the vocabulary of its statements.
    statements : dict of str to Statement
        By id.
    """

    id: Id
    title: str
    published_on: datetime.date
    paragraphs: int = Field(ge=1)
    notes: str = ""
    coded: list[Coding] = Field(default_factory=list)
    variables: dict[Id, list[Id]]
    statements: dict[Id, Statement]

    @model_validator(mode="after")
    def _paragraphs_exist(self) -> "Source":
        for issue, options in self.variables.items():
            if not options or len(set(options)) < len(options):
                raise ValueError(f"variables.{issue}: lists an option twice, or none; list each once, the status quo first")
        check_all(functools.partial(self._check, key, statement) for key, statement in self.statements.items())
        return self

    def _check(self, key: str, statement: Statement) -> None:
        check_superseding(key, self.statements)
        if statement.paragraph > self.paragraphs:
            raise ValueError(f"statement '{key}': cites paragraph {statement.paragraph}, but the source has {self.paragraphs}")
        if statement.made_on > (statement.published_on or self.published_on):
            raise ValueError(f"statement '{key}': made on {statement.made_on}, after it was published")
        for name in (*statement.options, *statement.conditions):
            issue, _, option = name.partition(".")
            known(issue, self.variables, f"statement '{key}'", "issue")
            known(option, self.variables[issue], f"statement '{key}': issue '{issue}'", "option")


def sources_merged(sources: list[Source]) -> tuple[dict[str, Statement], dict[str, str]]:
    """Return the statements of several sources by id, and the source each comes from.

    Raises
    ------
    ValueError
        If two sources use one id.
    """
    statements: dict[str, Statement] = {}
    source_of: dict[str, str] = {}
    for source in sources:
        for key, statement in source.statements.items():
            if key in statements:
                raise ValueError(f"statement '{key}' stands in both '{source_of[key]}' and '{source.id}'; rename one")
            statements[key] = statement
            source_of[key] = source.id
    return statements, source_of
