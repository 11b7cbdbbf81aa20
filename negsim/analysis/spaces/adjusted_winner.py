"""Adjusted Winner: divide issues between two parties so that both get the same share of their own points.

Each issue goes to the party that put more points on it; then the one ahead hands issues over in increasing order of the ratio of
its points to the other's, the last of them in part, until both have the same total (Brams & Taylor 1996, "Fair Division", ch. 4).
"""

from typing import NamedTuple


class Division(NamedTuple):
    """Who gets what.

    Attributes
    ----------
    to_first : dict of str to float
        Share of each issue that goes to the first party.
    totals : tuple of float
        Points that each party gets, of its own 100 (or of what its points sum to).
    split : str
        The issue that is divided; empty if none is.
    transfers : list of (str, float)
        Issues handed over to even it out, with the share of each, in order.
    """

    to_first: dict[str, float]
    totals: tuple[float, float]
    split: str
    transfers: list[tuple[str, float]]


def adjusted_winner(first: dict[str, float], second: dict[str, float]) -> Division:
    """Divide issues by the points that two parties put on them.

    Raises
    ------
    ValueError
        If the parties do not put points on the same issues, or points are negative.

    Examples
    --------
    >>> found = adjusted_winner({"house": 60, "boat": 40}, {"house": 30, "boat": 70})
    >>> found.to_first["house"].__round__(3), found.totals[0].__round__(2)
    (1.0, 63.64)
    """
    if set(first) != set(second) or min([*first.values(), *second.values()], default=0) < 0:
        raise ValueError("both parties put points, none below 0, on the same issues")
    pair = (first, second)
    total = [0.0, 0.0]
    shares: dict[str, float] = dict.fromkeys(first, 0.0)
    for issue in first:
        if first[issue] > second[issue]:
            shares[issue], total[0] = 1.0, total[0] + first[issue]
        elif first[issue] < second[issue]:
            total[1] += second[issue]
    for issue in first:  # ties go to whoever leads
        if first[issue] == second[issue]:
            leads = total[0] >= total[1]
            shares[issue] = 1.0 if leads else 0.0
            total[0 if leads else 1] += first[issue]
    ahead = 0 if total[0] >= total[1] else 1
    mine, theirs = pair[ahead], pair[1 - ahead]
    held = [issue for issue in first if (shares[issue] == 1.0) == (ahead == 0)]
    ratio = {issue: mine[issue] / theirs[issue] if theirs[issue] > 0 else float("inf") for issue in held}
    transfers: list[tuple[str, float]] = []
    split = ""
    for issue in sorted(held, key=ratio.__getitem__):
        gap = total[ahead] - total[1 - ahead]
        if gap <= 0.0 or mine[issue] + theirs[issue] == 0:
            break
        part = min(1.0, gap / (mine[issue] + theirs[issue]))
        total[ahead] -= part * mine[issue]
        total[1 - ahead] += part * theirs[issue]
        shares[issue] = 1.0 - part if ahead == 0 else part
        transfers.append((issue, part))
        if part < 1.0:
            split = issue
            break
    return Division(shares, (total[0], total[1]), split, transfers)
