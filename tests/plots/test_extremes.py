"""Forty issues, five parties, names of eighty letters and names that run from right to left: nothing is cut off or meets."""

import random

import pytest
from looks import faults

from negsim import plots
from negsim.domain.scenario import Scenario
from negsim.sweeps.chunk import play

LONG = ("a name that goes on and on " * 4)[:80]
ARABIC, HEBREW = "وقف إطلاق النار الكامل لمدة ثلاثين يوما برا وبحرا وجوا", "הסכם על חילופי שבויים"
NAMES = {0: LONG, 1: ARABIC, 2: HEBREW}


@pytest.fixture(scope="module")
def extreme():
    rng = random.Random(1)
    issues = {
        f"i{k}": {
            "name": NAMES.get(k % 10, f"Issue number {k}"),
            "track": f"t{k // 10}",
            "options": [
                {"id": "none", "name": "none"},
                {"id": "a", "name": NAMES.get(k % 10, f"one of {k}")},
                {"id": "b", "name": f"other of {k}"},
            ],
        }
        for k in range(40)
    }
    tracks = {
        f"t{k}": {"name": ("First", ARABIC, LONG, HEBREW)[k], "core": [f"i{10 * k}"], "procedure": "package"} for k in range(4)
    }
    parties = {
        f"p{k}": {
            "name": ("North", ARABIC, HEBREW, LONG, "West")[k],
            "utility": {
                "weights": {key: rng.uniform(0.1, 1.0) for key in issues},
                "values": {key: [0.0, rng.uniform(-0.3, 1.0), rng.uniform(-0.5, 1.0)] for key in issues},
            },
        }
        for k in range(5)
    }
    talks = {"sessions": ["2025-01-01", "2025-02-01"], "rounds": [1, 2]}
    return Scenario.model_validate(
        {
            "id": "extreme",
            "title": f"Forty issues: {ARABIC}",
            "talks": talks,
            "tracks": tracks,
            "issues": issues,
            "parties": parties,
        }
    )


@pytest.fixture(scope="module")
def subject(extreme):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        return plots.Subject(extreme, 1, play(extreme, runs=4, engine="mesa"), 4)


@pytest.mark.parametrize("width", ["slide", "column"])
@pytest.mark.parametrize("kind", ["shares", "timing", "refusals", "gains", "concession", "fans"])
def test_nothing_is_cut_off_or_on_top_of_another(kind, width, subject, monkeypatch):
    monkeypatch.setattr("negsim.plots.fans.PLAYED", 2)
    assert faults(kind, subject, width) == []


def test_words_that_run_from_right_to_left_keep_their_place():
    from negsim.plots.marks import broken

    assert (
        broken(f"{HEBREW} in 9%, {ARABIC} in 8%", 200)
        == f"\N{FIRST STRONG ISOLATE}{HEBREW}\N{POP DIRECTIONAL ISOLATE} in 9%, \N{FIRST STRONG ISOLATE}{ARABIC}\N{POP DIRECTIONAL ISOLATE} in 8%"
    )
    assert broken("no such word", 200) == "no such word"
