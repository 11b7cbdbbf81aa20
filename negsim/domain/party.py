"""Parties and mediators, with the parameters a run draws for them."""

import math
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from negsim.domain.statement import Strict


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _as_range(value: Any) -> Any:
    if _is_number(value):
        return (value, value)
    pair = isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value))
    if not pair:
        raise ValueError(f"{value!r} is neither a number nor a range [lo, hi]")
    return value


def _ordered(value: tuple[float, float]) -> tuple[float, float]:
    if value[0] > value[1]:
        raise ValueError(f"the range [{value[0]:g}, {value[1]:g}] runs backwards; write [{value[1]:g}, {value[0]:g}]")
    return value


Range = Annotated[tuple[float, float], BeforeValidator(_as_range), AfterValidator(_ordered)]
"""A number, or [lo, hi] for a uniform draw once a run."""


BOUNDS: dict[str, tuple[float, float]] = {
    "theta": (-1, 1),
    "war_cost": (0, 1),
    "drift_weight": (0, 1),
    "patience": (0, 0.999),
    "hope": (0, 1),
    "hoped_gain": (-1, 1),
    "breach_loss": (0, 1),
    "noise": (0, 10),
    "ratify_low": (-1, 1),
    "ratify_width": (0, 2),
    "handover_cost": (0, 10),
    "curvature": (0.01, 100),
    "belief_up": (0.001, 1e6),
    "belief_down": (0.001, 1e6),
    "readiness": (0, 1),
    "readiness_rate": (0, 10),
    "readiness_threshold": (0, 1),
}
"""Least and most of each parameter of a party."""


def _within(name: str) -> Any:
    lo, hi = BOUNDS[name]

    def check(value: tuple[float, float]) -> tuple[float, float]:
        if value[0] < lo or value[1] > hi:
            raise ValueError(f"lies outside {lo:g}..{hi:g}")
        return value

    return AfterValidator(check)


class Utility(Strict):
    """A utility stated outright instead of drawn: a weight an issue, a value an option, a reservation value.

    The discount factor is kept for tools that use one; talks here do not discount.
    """

    weights: dict[str, Annotated[float, Field(ge=0.0)]]
    values: dict[str, list[float]]
    reservation: float = 0.0
    discount: float = Field(default=1.0, ge=0.0, le=1.0)


class Party(Strict):
    """A delegation and its principal. Each number is fixed or a range; units are gains of a track unless said."""

    name: str = ""
    principal: str = ""
    strategy: str = "time_dependent"
    acceptance: str = ""
    traits: dict[str, Range] = Field(default_factory=dict)
    utility: Utility | None = None
    theta: Annotated[Range, _within("theta")] = (0.0, 0.0)
    war_cost: Annotated[Range, _within("war_cost")] = (0.0, 0.0)
    drift_weight: Annotated[Range, _within("drift_weight")] = (0.0, 0.0)
    patience: Annotated[Range, _within("patience")] = (0.9, 0.9)
    hope: Annotated[Range, _within("hope")] = (0.0, 0.0)
    hoped_gain: Annotated[Range, _within("hoped_gain")] = (0.0, 0.0)
    breach_loss: Annotated[Range, _within("breach_loss")] = (0.0, 0.5)
    noise: Annotated[Range, _within("noise")] = (0.0, 0.5)
    ratify_low: Annotated[Range, _within("ratify_low")] = (-0.1, 0.1)
    ratify_width: Annotated[Range, _within("ratify_width")] = (0.05, 0.4)
    handover_cost: Annotated[Range, _within("handover_cost")] = (0.0, 0.5)
    curvature: Annotated[Range, _within("curvature")] = (0.5, 3.0)
    belief_up: Annotated[Range, _within("belief_up")] = (10.0, 10.0)
    belief_down: Annotated[Range, _within("belief_down")] = (10.0, 10.0)
    readiness: Annotated[Range, _within("readiness")] = (1.0, 1.0)
    readiness_rate: Annotated[Range, _within("readiness_rate")] = (0.0, 0.0)
    readiness_threshold: Annotated[Range, _within("readiness_threshold")] = (0.0, 0.0)


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
    style: str = "null"
    traits: dict[str, Range] = Field(default_factory=dict)
    target: list[str] = Field(default_factory=list)
    carrot: dict[str, float] = Field(default_factory=dict)
    stick: dict[str, float] = Field(default_factory=dict)
