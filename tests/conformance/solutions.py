"""Frontier and solution points against those NegMAS found by listing all outcomes: `python tests/conformance/solutions.py DIR`.

DIR holds traces (see README.md here); gains are counted from the reserved value, or from the worst outcome where that is better.
"""

import json
import sys
from pathlib import Path

import numpy as np

from negsim.analysis.spaces import solutions
from negsim.analysis.spaces.space import frontier_of, space_of

FIELDS = {"nash": "nash_utils", "egalitarian": "kalai_utils", "utilitarian": "max_welfare_utils"}


def space_of_trace(trace):
    """Return a trace's outcome space; worths are utilities, the bias in the first issue."""
    widest = max(len(issue["values"]) for issue in trace["issues"])
    worths = np.full((len(trace["ufuns"]), len(trace["issues"]), widest), np.nan)
    for p, ufun in enumerate(trace["ufuns"]):
        for i, (weight, values) in enumerate(zip(ufun["weights"], ufun["values"])):
            worths[p, i, : len(values)] = [weight * value for value in values]
        worths[p, 0] += ufun["bias"]
    return space_of(worths, [ufun["reserved_value"] for ufun in trace["ufuns"]])


def compare(trace):
    """Return what differs between our frontier and solutions and those of a trace."""
    space, known = space_of_trace(trace), trace["solutions"]
    frontier = frontier_of(space)
    different = []
    if len(frontier.points) != known["pareto_size"]:
        different.append(f"frontier of {len(frontier.points)} points, not {known['pareto_size']}")
    elif not np.allclose(sorted(frontier.points.tolist()), sorted(known["pareto_utils"]), atol=1e-9):
        different.append("other frontier points")
    worst = np.nanmin(np.where(np.isfinite(space.worths), space.worths, np.nan), axis=2).sum(axis=1)
    gains = frontier.points - np.maximum(space.floors, worst)
    for name, field in FIELDS.items():
        found = frontier.points[solutions.SOLUTIONS[name](gains)]
        if not any(np.allclose(found, point, atol=1e-9) for point in known[field]):
            different.append(f"{name} at {found.tolist()}, not {known[field]}")
    return different


def main():
    files = sorted(Path(sys.argv[1]).glob("*.json"))
    wrong = 0
    for path in files:
        different = compare(json.loads(path.read_text()))
        wrong += bool(different)
        print(f"{path.stem}: {'; '.join(different) or 'frontier, Nash, egalitarian and utilitarian points equal'}")
    print(f"matched {len(files) - wrong} of {len(files)} domains")
    return int(wrong > 0 or not files)


if __name__ == "__main__":
    sys.exit(main())
