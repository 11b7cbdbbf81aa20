"""Issues, their options, and the tracks they belong to."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from negsim.domain.statement import Id, Strict, short


def _as_size(value: Any) -> Any:
    shares = list(value.values()) if isinstance(value, dict) else [value]
    if not all(isinstance(share, int | float) and not isinstance(share, bool) and 0.0 <= share <= 1.0 for share in shares):
        raise ValueError(f"{short(value)} is no size; write a share of all, 0..1, or what each side receives, {{one = 1.0}}")
    return value


Size = Annotated[float | dict[str, float], BeforeValidator(_as_size)]


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
    size : float or dict of str to float
        Of a swap: the share of all that goes each way, 0..1; for a gift what each side receives, by party.
    """

    id: Id
    name: str = ""
    stops: float = Field(default=0.0, ge=0.0, le=1.0)
    guarantee: float = Field(default=0.0, ge=0.0, le=1.0)
    days: float = Field(default=0.0, ge=0.0, le=1e6)
    needs: list[str] = Field(default_factory=list)
    by: list[str] = Field(default_factory=list)
    size: Size = 0.0

    def received(self, party: str) -> float:
        """Return the size of what a side of a swap receives."""
        return self.size.get(party, 0.0) if isinstance(self.size, dict) else self.size

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
    swap : list of str
        The two parties that hand over to each other; the options are then sizes.
    staged : bool
        Whether one hands over before it has received, so that it bears the cost whatever the other does.
    ratified : bool or None
        Whether principals judge it; None: unless it is a swap.
    """

    name: str = ""
    track: str
    options: list[Option] = Field(min_length=1, max_length=2000)
    order: dict[str, list[str]] = Field(default_factory=dict)
    available_when: str = ""
    deal: str = ""
    swap: list[str] = Field(default_factory=list)
    staged: bool = False
    ratified: bool | None = None

    @model_validator(mode="after")
    def _options_differ(self) -> "Issue":
        ids = [option.id for option in self.options]
        for key in ids:
            if ids.count(key) > 1:
                raise ValueError(f"option '{key}' is listed twice")
        if self.options[0].by:
            raise ValueError(f"option '{ids[0]}' is the status quo; nobody has to bring it about: leave `by` out")
        self._check_sizes()
        return self

    def _check_sizes(self) -> None:
        if not self.swap:
            sized = [f"option '{option.id}' has a size" for option in self.options if option.size]
            for what in (*sized, *(["it is staged"] if self.staged else [])):
                raise ValueError(f'{what}, but this is no swap; add swap = ["one", "other"]')
            return
        if len(self.swap) != 2 or self.swap[0] == self.swap[1]:
            raise ValueError(f"swap: {', '.join(self.swap)} are not two parties; name the two that hand over to each other")
        least = 0.0
        for place, option in enumerate(self.options):
            where = f"option '{option.id}': size"
            for party in option.size if isinstance(option.size, dict) else ():
                if party not in self.swap:
                    raise ValueError(f"{where} names '{party}', who is no side of the swap between {' and '.join(self.swap)}")
            if option.stops:
                raise ValueError(f"option '{option.id}' stops fighting, and a swap does not; make the truce an issue of its own")
            gift = isinstance(option.size, dict)
            largest = max(map(option.received, self.swap))
            if (place > 0) != (largest > 0.0):
                raise ValueError(f"{where} {largest:g}: nothing goes over in a swap's first option, and something in each other")
            if gift and any(one.size == option.size for one in self.options[:place]):
                raise ValueError(f"{where} is that of an option before it; leave one of them out")
            if not gift and place > 0 and largest <= least:
                raise ValueError(f"{where} {largest:g} is not above the one before, {least:g}; list sizes from small to large")
            least = least if gift else largest

    @property
    def is_judged(self) -> bool:
        """Whether principals judge what is agreed on it: unless it is a swap, or as it says."""
        return not self.swap if self.ratified is None else self.ratified

    @property
    def available_after(self) -> str:
        """The issue that has to leave its status quo for this one to arise; empty if none has to, or none is named."""
        match = re.fullmatch(r"(\w[\w-]*) > 0", self.available_when)
        return match[1] if match else ""

    def option(self, key: str) -> Option:
        """Return an option by its id."""
        return next(option for option in self.options if option.id == key)

    def option_ids(self) -> list[str]:
        """Return the ids of the options, the status quo first."""
        return [option.id for option in self.options]


Count = Annotated[float, Field(ge=1e-9, le=1e9)]


class Deliveries(Strict):
    """Pseudo-counts of swaps that were delivered whole, in part and not at all: what is expected of the next."""

    all: Count = 1.0
    part: Count = 1.0
    none: Count = 1.0


class Track(Strict):
    """A strand of the talks.

    Attributes
    ----------
    procedure : str
        Whether its issues close one by one or as one package.
    status_quo : bool
        Whether option 0 everywhere is the status quo. False for domains that know only options and a reservation value.
    core : list of str
        The issues that decide whether the track counts as agreed; if none is named, anything that is agreed counts.
    trust : tuple of float
        a and b of the Beta prior on truces kept.
    delivery : Deliveries
        What is known of swaps carried out.
    """

    name: str = ""
    procedure: Literal["issue_by_issue", "package"] = "package"
    status_quo: bool = True
    core: list[str] = Field(default_factory=list)
    trust: tuple[Count, Count] = (1.0, 1.0)
    delivery: Deliveries = Deliveries()
