"""How large a sweep is, and what it takes."""

from negsim.edge.estimate import Estimate
from negsim.edge.words.console import say
from negsim.sweeps.plan import Plan


def show_estimate(found: Estimate, plan: Plan) -> None:
    """Print what a sweep would take."""
    many = f"{found.points:,} point{'s' if found.points > 1 else ''} x {found.runs:,} runs"
    say(f"{many} = {found.points * found.runs:,} runs of {plan.experiment.scenario}")
    if found.total != found.points * found.runs:
        say(f"of these {found.total:,} in this shard")
    compiling = f", {spent(found.compiling)} of it compiling, once" if found.compiling else ""
    say(f"time    about {spent(found.seconds)} with {found.workers} workers{compiling} (from {found.probed} runs played now)")
    say(f"disk    about {size(found.disk)}: parts and table" + (f", rows of 1 in {plan.sample}" if plan.sample > 1 else ""))
    say(f"memory  about {size(found.memory)} in all processes")


def spent(seconds: float) -> str:
    """Put a time into words.

    Examples
    --------
    >>> spent(0.4), spent(90), spent(600), spent(10000), spent(1e6)
    ('1 s', '90 s', '10 min', '2.8 h', '12 days')
    """
    for unit, length, least in (("days", 86400.0, 3 * 86400.0), ("h", 3600.0, 7200.0), ("min", 60.0, 120.0)):
        if seconds >= least:
            count = seconds / length
            return f"{count:.1f} {unit}" if unit == "h" else f"{count:.0f} {unit}"
    return f"{max(1.0, seconds):.0f} s"


def size(count: float) -> str:
    """Put a number of bytes into words.

    Examples
    --------
    >>> size(2e3), size(3.4e8), size(2.5e9)
    ('1 MB', '340 MB', '2.5 GB')
    """
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(1.0, count / 1e6):.0f} MB"
