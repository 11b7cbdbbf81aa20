"""Numbers as a reader wants them."""


def percent(share: float) -> str:
    """Return a share as a percentage; what is rare but happens is not 0."""
    value = 100.0 * share
    if 0.0 < value < 1.0:
        return f"{value:.1f}%" if value >= 0.05 else "under 0.1%"
    return f"{value:.1f}%" if 99.0 < value < 100.0 else f"{value:.0f}%"


def number(value: object) -> str:
    """Return a value of an input, as short as it can be told."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else str(value).replace("_", " ")
