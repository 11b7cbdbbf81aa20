"""The face-validity list, with what is measured of each statement.

    python tests/face_validity/check.py [--runs 2000] [--only TEXT] [--case PATH ...] [--json FILE]

With --case, the statements that are asked of every case are asked of these as well. Exit 1 if a statement fails that nothing is
said to be missing for.
"""

import argparse
import json
import sys
import time
import tomllib
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1])]

from face_validity.measures import MEASURES, Variant, scenario_of  # noqa: E402

from negsim.edge.files import bundled_ids  # noqa: E402

HERE = Path(__file__).parent
LIST = tomllib.loads((HERE / "statements.toml").read_text(encoding="utf-8"))


class Verdict(NamedTuple):
    """What became of a statement: what was measured of each case, the worst, and whether it holds."""

    id: str
    found: dict
    worst: float | None
    holds: bool


def coded_cases():
    """Return the ids of all bundled cases that rest on statements."""
    names = [name for name in bundled_ids("scenarios") if scenario_of(name).used()]
    return [name for name in names if name != "what-if-posture"]


def bound(entry):
    return " and ".join(f"{sign} {entry[key]:g}" for key, sign in (("least", ">="), ("most", "<=")) if key in entry)


def judge(key, runs, more=(), slack=0.0):
    """Measure a statement on its cases."""
    entry = LIST["statements"][key]
    names = [*coded_cases(), *more] if entry["on"] == "every" else [LIST["cases"][name] for name in entry["on"]]
    found = {}
    for name in names:
        variants = [Variant(name, tuple(arm), runs) for arm in entry.get("arms", [[]])]
        value = MEASURES[entry["measure"]](entry, variants)
        found[name] = None if value is None else float(value)
    values = [value for value in found.values() if value is not None]
    if not values:
        return Verdict(key, found, None, "waits_for" not in entry)
    low, high = entry.get("least", -1e9) - slack, entry.get("most", 1e9) + slack
    worst = max(values, key=lambda value: max(value - high, low - value))
    return Verdict(key, found, worst, low <= worst <= high)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--only", default="", help="statements whose id holds this text")
    parser.add_argument("--case", action="append", default=[], help="a scenario of your own")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    began = time.perf_counter()
    verdicts = []
    for key, entry in LIST["statements"].items():
        if options.only not in key:
            continue
        verdict = judge(key, options.runs, options.case)
        verdicts.append(verdict)
        said = "holds" if verdict.holds else "FAILS (explained)" if "explained" in entry else "FAILS"
        if "waits_for" in entry:
            said = "holds already" if verdict.holds else f"waits for {entry['waits_for']}"
        value = "   n/a" if verdict.worst is None else f"{verdict.worst:6.3f}"
        print(f"{value}  {bound(entry):>16}  {said:<17}  {key}", flush=True)
        for name, one in verdict.found.items():
            if len(verdict.found) > 1:
                print(f"{'':10}{name}: {'nothing to measure' if one is None else format(one, '.3f')}")
    held = sum(one.holds for one in verdicts)
    print(f"{held} of {len(verdicts)} hold ({time.perf_counter() - began:.0f} s)")
    if options.json:
        options.json.write_text(json.dumps([one._asdict() for one in verdicts], indent=1) + "\n", encoding="utf-8")
    sys.exit(any(not one.holds and "waits_for" not in LIST["statements"][one.id] for one in verdicts))


if __name__ == "__main__":
    main()
