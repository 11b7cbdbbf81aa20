"""Indices of functions whose indices are known, through the whole pipeline: `python tests/sweep/known.py` (some minutes).

A party whose only rule is to ask for the option that lies at the value of a function of four traits, and another that takes
anything, make Ishigami's function and Sobol's g-function of a negotiation. Swept from the command line in Saltelli's design,
with common draws and with draws of each point's own, the indices that `negsim sensitivity` prints must lie within their intervals
of the true ones, and that of a trait that does nothing must hold 0. Noise as large as the function is drawn in each run.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

OPTIONS = 64
RULES = '''
import math
from negsim.core.dice import uniform
from negsim.core.menus import no_package
from negsim.core.registry import acceptance, strategy

TRAITS = {f"x{n}": (0.5, 0.0, 1.0) for n in range(1, 6)} | {"noise": (0.0, 0.0, 1.0), "which": (0.0, 0.0, 1.0)}


@strategy("evaluate", acceptance="never", traits=TRAITS)
def evaluate(view):
    """Ask for the option that lies at the value of a function."""
    if view.traits[6] < 0.5:
        a, b, c = (math.pi * (2.0 * float(view.traits[k]) - 1.0) for k in (0, 1, 2))
        value = (math.sin(a) + 7.0 * math.sin(b) * math.sin(b) + 0.1 * c * c * c * c * math.sin(a) + 10.75) / 28.5
    else:
        value = 1.0
        for k in range(4):
            at = (0.0, 1.0, 4.5, 9.0)[k]
            value = value * (abs(4.0 * float(view.traits[k]) - 2.0) + at) / (1.0 + at)
        value = value / 4.0
    value = 0.25 + 0.5 * value + float(view.traits[5]) * (uniform(view.dice, 0) - 0.5)
    package = no_package(len(view.sizes))
    package[0] = 1 + min(max(int(value * 63.0), 0), 63)
    return package


@acceptance("never", insists=True)
def never(view, my_next):
    """Take nothing."""
    return False


@acceptance("always")
def always(view, my_next):
    """Take anything."""
    return True
'''
SCENARIO = """
id = "known"
title = "A known function"
plugins = ["rules.py"]
[talks]
sessions = [2026-01-15]
rounds = [3, 3]
[tracks.one]
[issues.level]
track = "one"
options = [{options}]
[parties.a]
strategy = "evaluate"
noise = 0.0
utility.weights = {{ level = 1.0 }}
utility.values = {{ level = [{values}] }}
[parties.b]
acceptance = "always"
noise = 0.0
utility.weights = {{ level = 1.0 }}
utility.values = {{ level = [{same}] }}
"""
TRUE = {  # first and total: Ishigami and Homma 1990, Saltelli and Sobol' 1995
    "ishigami": {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437), "x5": (0.0, 0.0)},
    "g-function": {},
}


def g_indices():
    """Return first and total indices of the g-function."""
    parts = [1.0 / (3.0 * (1.0 + a) ** 2) for a in (0.0, 1.0, 4.5, 9.0)]
    whole = math.prod(1.0 + part for part in parts) - 1.0
    found = {}
    for number, part in enumerate(parts):
        others = math.prod(1.0 + other for place, other in enumerate(parts) if place != number)
        found[f"x{number + 1}"] = (part / whole, part * others / whole)
    return {**found, "x5": (0.0, 0.0)}


def negsim(*words):
    done = subprocess.run([sys.executable, "-P", "-m", "negsim", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def main():
    TRUE["g-function"] = g_indices()
    missed = 0
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        (folder / "rules.py").write_text(RULES)
        options = ", ".join(f'{{ id = "{"none" if k == 0 else f"o{k}"}" }}' for k in range(OPTIONS + 1))
        values = ", ".join(f"{k / OPTIONS:.6f}" for k in range(OPTIONS + 1))
        same = ", ".join(["0.0"] + ["1.0"] * OPTIONS)
        (folder / "known.toml").write_text(SCENARIO.format(options=options, values=values, same=same))
        for which, (name, true) in enumerate(TRUE.items()):
            for noise, draws in ((0.0, "--common"), (0.4, "--common"), (0.4, "--own-draws")):
                out = folder / f"{name}{noise}{draws}"
                axes = [word for path in true for word in ("--vary", f"parties.a.traits.{path}=0:1")]
                fixed = ["--set", f"parties.a.traits.which={which}.0", "--set", f"parties.a.traits.noise={noise}"]
                negsim("sweep", folder / "known.toml", *axes, *fixed, "--design", "saltelli", "--points", 256, "--runs", 8, "--seed", 1,
                       draws, "--no-inputs", "--outcome", "utility.a", "--out", out)  # fmt: skip
                (found,) = json.loads(negsim("sensitivity", out, "--json"))["outcomes"]
                print(
                    f"{name}, noise {noise}, {draws[2:]}: {found['points']} points x {found['runs']} runs, noise share {found['noise']:.2f}"
                )
                for one in found["inputs"]:
                    path = one["path"].rpartition(".")[2]
                    for kind, truth in zip(("first", "total"), true[path]):
                        index = one["indices"][kind]
                        within = index["low"] - 0.005 <= truth <= index["high"] + 0.005
                        missed += not within
                        print(f"  {path} {kind:5} {index['value']:+.3f} ({index['low']:+.3f} to {index['high']:+.3f}), true {truth:+.3f}"
                              f"{'' if within else '  MISSED'}", flush=True)  # fmt: skip
    print(f"{missed} of the true indices lie outside")
    assert missed <= 2, "of 54 intervals of 95% some three may miss, no more"


if __name__ == "__main__":
    main()
