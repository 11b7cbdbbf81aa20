"""What lines of a briefing are made of: words with the statements behind them, shares with their intervals."""

from typing import NamedTuple

from negsim.analysis.runs.ensembles import Share
from negsim.names.numbers import percent

MOST = 5  # lines of a list
LEAST = 0.02  # share below which a cause is not listed
ALWAYS = 0.95  # an option possible in more draws than this is common ground


class Cited(NamedTuple):
    """Words with the statements they rest on."""

    words: str
    statements: tuple[str, ...] = ()


def interval(one: Share) -> str:
    """Return a share with its 95% interval; of a single one without."""
    if not one.of:
        return "no such run"
    if one.of == 1:
        return percent(one.share)  # one draw, or one run, is no sample
    low, high = 100.0 * one.low, 100.0 * one.high
    return f"{percent(one.share)} ({low:.0f}-{high:.0f})" if high >= 1.0 else f"{percent(one.share)} ({low:.1f}-{high:.1f})"
