"""Statements: one coded claim of one actor from one source."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Stance = Literal["demands", "offers", "accepts", "rejects", "dismisses", "conditions-on", "claims", "outcome"]
Strength = Literal["red line", "priority", "stated"]
Reading = Literal["hard", "price", "posture"]

REJECTING: tuple[Stance, ...] = ("rejects", "dismisses")
WANTING: tuple[Stance, ...] = ("demands", "offers", "accepts")


class Strict(BaseModel):
    """A model that refuses keys it does not know and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(Strict):
    """One claim: who takes which stance on which options, how strongly, when, and where it is written.

    Attributes
    ----------
    options : list of str
        `issue.option`; empty only for stance `claims`.
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
        if self.stance == "claims":
            if not self.about or self.options:
                raise ValueError("a claim names a parameter in `about` and no options")
        elif not self.options:
            raise ValueError(f"stance '{self.stance}' names no options; add options = [\"issue.option\"]")
        return self

    @property
    def cue(self) -> str:
        """Which words a rejection was made in; "red line" overrides the stance."""
        return "red line" if self.strength == "red line" else self.stance


class Source(Strict):
    """A coded source: where it comes from, how many paragraphs it has, and its statements by id."""

    id: str
    title: str
    published_on: datetime.date
    paragraphs: int = Field(ge=1)
    notes: str = ""
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
        return self
