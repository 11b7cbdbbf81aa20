"""Statements: one coded claim of one actor from one source."""

import datetime
import difflib
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Stance = Literal["demands", "offers", "accepts", "rejects", "dismisses", "conditions-on", "claims", "outcome"]
Strength = Literal["red line", "priority", "stated"]
Reading = Literal["hard", "price", "posture"]

REJECTING: tuple[Stance, ...] = ("rejects", "dismisses", "conditions-on")
WANTING: tuple[Stance, ...] = ("demands", "offers", "accepts")


def known(name: str, among: Iterable[str], where: str, what: str) -> None:
    """Raise a ValueError that suggests near misses unless a name is known."""
    names = list(among)
    if name in names:
        return
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else f"; there is: {', '.join(names) or 'none'}"
    raise ValueError(f"{where}: no {what} '{name}'{hint}")


class Strict(BaseModel):
    """A model that refuses keys it does not know and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Statement(Strict):
    """One claim: who takes which stance on which options, how strongly, when, and where it is written.

    Attributes
    ----------
    options : list of str
        `issue.option`; empty only for stance `claims`.
    condition : str
        For `conditions-on`: the `issue.option` without which the options are refused.
    about : str
        For `claims`: the parameter that the claim speaks to, as a path into the scenario.
    same_day : bool
        Made on the day of the session, and tabled there or a view of what was tabled.
    reading : str or None
        Fixes the reading of a rejection instead of drawing it.
    """

    actor: str
    stance: Stance
    options: list[str] = Field(default_factory=list)
    condition: str = ""
    about: str = ""
    strength: Strength = "stated"
    made_on: datetime.date
    published_on: datetime.date | None = None
    same_day: bool = False
    paragraph: int = Field(ge=1)
    paraphrase: str
    reading: Reading | None = None

    @model_validator(mode="after")
    def _names_something(self) -> "Statement":
        if self.stance == "claims" and (not self.about or self.options):
            raise ValueError("a claim names a parameter in `about` and no options")
        if bool(self.condition) != (self.stance == "conditions-on"):
            raise ValueError("`condition` goes with stance 'conditions-on', and that stance with a condition")
        if self.stance != "claims" and not self.options:
            raise ValueError(f"stance '{self.stance}' names no options; add options = [\"issue.option\"]")
        return self

    @property
    def cue(self) -> str:
        """Which words a rejection was made in; "red line" overrides the stance."""
        return "red line" if self.strength == "red line" else {"conditions-on": "rejects"}.get(self.stance, self.stance)


class Source(Strict):
    """A coded source.

    Attributes
    ----------
    paragraphs : int
        How many it has; statements cite them by number.
    variables : dict of str to list of str
        The issues it speaks of and their options, the status quo first: the vocabulary of its statements.
    statements : dict of str to Statement
        By id.
    """

    id: str
    title: str
    published_on: datetime.date
    paragraphs: int = Field(ge=1)
    notes: str = ""
    variables: dict[str, list[str]]
    statements: dict[str, Statement]

    @model_validator(mode="after")
    def _paragraphs_exist(self) -> "Source":
        for key, statement in self.statements.items():
            if statement.paragraph > self.paragraphs:
                raise ValueError(
                    f"statement '{key}': cites paragraph {statement.paragraph}, but the source has {self.paragraphs}"
                )
            if statement.made_on > (statement.published_on or self.published_on):
                raise ValueError(f"statement '{key}': made on {statement.made_on}, after it was published")
            for name in (*statement.options, *([statement.condition] if statement.condition else [])):
                issue, _, option = name.partition(".")
                known(issue, self.variables, f"statement '{key}'", "issue")
                known(option, self.variables[issue], f"statement '{key}': issue '{issue}'", "option")
        return self
