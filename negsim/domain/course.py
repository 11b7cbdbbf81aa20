"""How talks run: protocol, calendar, what happens in between."""

import datetime
from typing import Annotated

from pydantic import Field, model_validator

from negsim.domain.party import Range, bounds
from negsim.domain.statement import Strict


class Drift(Strict):
    """The battlefield between sessions: chance that a step is one up, and steps a week; 0 where the front stands still."""

    up: Annotated[Range, bounds(0, 1)] = (0.5, 0.5)
    pace: float = Field(default=1.0, ge=0.0, le=7.0)


class Delivery(Strict):
    """When a swap is delivered: lag in days. How far is told by its track."""

    lag_days: Annotated[Range, bounds(0, 36500)] = (3.0, 30.0)


class Event(Strict):
    """Something that happens on a day between sessions and moves a named parameter.

    Attributes
    ----------
    parameter : str
        `parties.ID.NAME` for a party's parameter, `tracks.ID.trust` for a promise kept (1) or broken (0) there.
    by : float
        Added to the parameter; for trust, how far the promise was kept.
    probability : float
        That it happens at all.
    """

    name: str = ""
    on: datetime.date
    parameter: str
    by: float = Field(ge=-100.0, le=100.0)
    probability: float = Field(default=1.0, ge=0.0, le=1.0)


class Course(Strict):
    """How the talks run.

    Attributes
    ----------
    rounds : tuple of int
        Least and most of a session, drawn for each; the delegations know only the most.
    breakdown : float
        Chance that bargaining over a deal ends after a round without agreement: a deadline that nobody knows.
    """

    protocol: str = "alternating_offers"
    sessions: list[datetime.date] = Field(min_length=1, max_length=200)
    rounds: tuple[int, int] = (2, 6)
    breakdown: float = Field(default=0.0, ge=0.0, lt=1.0)
    horizon_days: float = Field(default=30.0, ge=0.0, le=36500.0)
    drift: Drift = Drift()
    delivery: Delivery = Delivery()
    trust_memory: Annotated[Range, bounds(0, 1)] = (0.7, 0.95)
    events: list[Event] = Field(default_factory=list, max_length=1000)

    @model_validator(mode="after")
    def _calendar_runs(self) -> "Course":
        if sorted(set(self.sessions)) != self.sessions:
            raise ValueError("sessions: dates must rise, each once")
        if not 1 <= self.rounds[0] <= self.rounds[1] <= 10000:
            raise ValueError(f"rounds: [{self.rounds[0]}, {self.rounds[1]}] is no range of whole numbers from 1 to 10000")
        return self

    def happening(self) -> list[Event]:
        """Return the events that a session follows: the others change nothing."""
        return [event for event in self.events if event.on <= self.sessions[-1]]
