"""Parties and mediators, with the parameters a run draws for them."""

import math
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, create_model

from negsim.core.parameters import PARAMETERS
from negsim.domain.statement import Id, Strict, short

LARGEST = 1e12  # a number whose sums and squares are numbers too


def _is_number(value: object) -> bool:
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < LARGEST
    return isinstance(value, float) and math.isfinite(value)


def _as_range(value: Any) -> Any:
    if _is_number(value):
        return (value, value)
    pair = isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value))
    if not pair:
        raise ValueError(f"{short(value)} is neither a number nor a range [lo, hi]")
    return value


def _ordered(value: tuple[float, float]) -> tuple[float, float]:
    if value[0] > value[1]:
        raise ValueError(f"the range [{value[0]:g}, {value[1]:g}] runs backwards; write [{value[1]:g}, {value[0]:g}]")
    return value


Range = Annotated[tuple[float, float], BeforeValidator(_as_range), AfterValidator(_ordered)]
"""A number, or [lo, hi] for a uniform draw once a run."""


def bounds(least: float, most: float) -> AfterValidator:
    """Return what holds a range within bounds."""

    def check(value: tuple[float, float]) -> tuple[float, float]:
        if value[0] < least or value[1] > most:
            raise ValueError(f"lies outside {least:g}..{most:g}")
        return value

    return AfterValidator(check)


Level = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
"""A utility that sums and squares of utilities can be taken of."""


class Utility(Strict):
    """A utility stated outright instead of drawn: a weight an issue, a value an option, a reservation value.

    The discount factor is kept for tools that use one; talks here do not discount.
    """

    weights: dict[Id, Annotated[float, Field(ge=0.0, le=LARGEST)]]
    values: dict[Id, list[Level]]
    reservation: Level = 0.0
    discount: float = Field(default=1.0, ge=0.0, le=1.0)


Colour = Annotated[str, Field(pattern="^(#[0-9a-fA-F]{6})?$")]
"""A colour as #rrggbb, in which an actor is drawn; empty: one by its place."""


class _Party(Strict):
    """A delegation and its principal. Each number is fixed or a range; units are gains of a track unless said."""

    name: str = ""
    colour: Colour = ""
    principal: str = ""
    strategy: str = "time_dependent"
    acceptance: str = ""
    traits: dict[str, Range] = Field(default_factory=dict)
    utility: Utility | None = None


if TYPE_CHECKING:

    class Party(_Party):
        """A party with its parameters, one attribute each (see `negsim.core.parameters`)."""

        def __getattr__(self, name: str) -> tuple[float, float]: ...

else:
    Party = create_model(
        "Party",
        __base__=_Party,
        __doc__=_Party.__doc__,
        __module__=__name__,
        **{
            name: (Annotated[Range, bounds(known.least, known.most)], Field(known.default, description=known.words))
            for name, known in PARAMETERS.items()
        },
    )


Pledge = Annotated[float, Field(ge=0.0, le=10.0)]


class Mediator(Strict):
    """A third party: its style, its leverage, and what that is for.

    Attributes
    ----------
    target : list of str
        `issue.option` that its carrots and sticks are tied to, all of one issue.
    carrot, stick : dict of str to float
        What it can add to a party's gain from the target, or take from its floor there.
    """

    name: str = ""
    colour: Colour = ""
    style: str = "null"
    traits: dict[str, Range] = Field(default_factory=dict)
    target: list[str] = Field(default_factory=list)
    carrot: dict[str, Pledge] = Field(default_factory=dict)
    stick: dict[str, Pledge] = Field(default_factory=dict)
