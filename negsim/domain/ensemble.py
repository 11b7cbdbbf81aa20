"""What no source says and theory leaves open: the choices that an outcome is shown over."""

import math
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from negsim.domain.statement import Strict

MOST_COMBINED = 512
WORDS = {"readings": "how refusals are read", "talks.breakdown": "chance that talks end after a round"}
"""What is often left open, in words, by its path."""
Choice = bool | int | float | str


class Ensemble(Strict):
    """Values of what no source says; an outcome is shown over all combinations of them.

    Attributes
    ----------
    strategies : list of str
        Any side may follow any of them; empty: each keeps its own.
    readings : list of str
        Whether readings of rejections follow the coded cues or are uniform.
    vary : dict of str to list
        Values of other numbers or rules, by their paths in the scenario.
    """

    strategies: list[str] = Field(default_factory=list)
    readings: list[Literal["coded", "uniform"]] = Field(default=["coded", "uniform"], min_length=1)
    vary: dict[str, list[Choice]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _differ(self) -> "Ensemble":
        named: dict[str, list[Choice]] = {"strategies": [*self.strategies], "readings": [*self.readings], **self.vary}
        for name, values in named.items():
            if len({_same(value) for value in values}) < len(values) or (name in self.vary and not values):
                raise ValueError(f"{name}: names a value twice, or none; list each that is open once")
        return self

    def choices(self, strategies: Mapping[str, str], *, coded: bool) -> dict[str, list[Choice]]:
        """Return the values of all that is open, by path.

        Parameters
        ----------
        strategies : mapping of str to str
            That of each party, which is among the choices.
        coded : bool
            Whether there are readings to be drawn.

        Raises
        ------
        ValueError
            If something is open twice, or there are too many combinations.

        Examples
        --------
        >>> Ensemble(strategies=["micro", "zeuthen"], readings=["coded"]).choices({"a": "zeuthen", "b": "linear"}, coded=False)
        {'parties.a.strategy': ['zeuthen', 'micro'], 'parties.b.strategy': ['linear', 'micro', 'zeuthen']}
        """
        found: dict[str, list[Choice]] = {}
        if self.strategies:
            for key, own in strategies.items():
                found[f"parties.{key}.strategy"] = list[Choice](dict.fromkeys([own, *self.strategies]))
        if coded:
            found["readings"] = list[Choice](self.readings)
        for path, values in self.vary.items():
            if path in found:
                raise ValueError(f"ensemble.vary: {path} is open already; leave it out")
            found[path] = list(values)
        count = math.prod(len(values) for values in found.values())
        if count > MOST_COMBINED:
            raise ValueError(f"ensemble: {count} combinations; it may have at most {MOST_COMBINED}, so name fewer values")
        return found


def _same(value: Choice) -> str:
    """Return a text that equal values have alike: 0 and 0.0 are one number."""
    return str(value) if isinstance(value, bool | str) else f"{float(value)!r}"
