"""Issues, their options, and the tracks they belong to."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from negsim.domain.statement import Id, Strict


class Option(Strict):
    """One option of an issue.

    Attributes
    ----------
    stops : float
        Share of the fighting that it stops, 0..1.
    guarantee : float
        How far it makes a truce hold, 0..1.
    days : float
        How long it lasts; 0 for good.
    needs : list of str
        Actors whose consent it takes.
    by : list of str
        Actors who could bring it about alone (a withdrawal, a law): had one of them gained from it, it would have done so.
        Empty for what takes two (a truce, a meeting, a swap).
    """

    id: Id
    name: str = ""
    stops: float = Field(default=0.0, ge=0.0, le=1.0)
    guarantee: float = Field(default=0.0, ge=0.0, le=1.0)
    days: float = Field(default=0.0, ge=0.0, le=1e6)
    needs: list[str] = Field(default_factory=list)
    by: list[str] = Field(default_factory=list)

    @property
    def label(self) -> str:
        """How it is called in tables."""
        return self.name or self.id.replace("_", " ")


class Issue(Strict):
    """What is bargained over; option 0 is the status quo.

    Attributes
    ----------
    order : dict of str to list of str
        For each party its options from worst to best; the status quo among them where its place is known.
    available_when : str
        `issue > 0`: the issue arises only where that one leaves its status quo; the two are bargained over as one.
    deal : str
        Issues of one deal close together.
    receiver, giver : str
        For a direction of an exchange: who receives and who hands over.
    """

    name: str = ""
    track: str
    options: list[Option] = Field(min_length=1, max_length=1000)
    order: dict[str, list[str]] = Field(default_factory=dict)
    available_when: str = ""
    deal: str = ""
    receiver: str = ""
    giver: str = ""

    @model_validator(mode="after")
    def _options_differ(self) -> "Issue":
        ids = [option.id for option in self.options]
        for key in ids:
            if ids.count(key) > 1:
                raise ValueError(f"option '{key}' is listed twice")
        if bool(self.receiver) != bool(self.giver):
            raise ValueError("an exchange names both a receiver and a giver")
        return self

    def option_ids(self) -> list[str]:
        """Return the ids of the options, the status quo first."""
        return [option.id for option in self.options]


Prior = Annotated[float, Field(ge=1e-9, le=1e9)]


class Track(Strict):
    """A strand of the talks.

    Attributes
    ----------
    procedure : str
        Whether its issues close one by one or as one package.
    status_quo : bool
        Whether option 0 everywhere is the status quo. False for domains that know only options and a reservation value.
    core : list of str
        The issues that decide whether the track counts as agreed; all of them if none is named.
    trust : tuple of float
        a and b of the Beta prior on promises kept.
    """

    name: str = ""
    procedure: Literal["issue_by_issue", "package"] = "package"
    status_quo: bool = True
    core: list[str] = Field(default_factory=list)
    trust: tuple[Prior, Prior] = (1.0, 1.0)
