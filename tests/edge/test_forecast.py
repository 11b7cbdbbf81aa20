"""A forecast sealed before a round is known, and scored after."""

import json
from pathlib import Path

import pytest
from running import negsim

CASE = (Path(__file__).parents[1] / "one-no.toml").read_text()
ENDED = """
[statements.o1]
actor = "record"
stance = "outcome"
options = ["thing.done"]
made_on = 2026-01-01
paragraph = 1
paraphrase = "It was done."
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    at = tmp_path_factory.mktemp("forecast")
    (at / "before.toml").write_text(CASE)
    (at / "after.toml").write_text(CASE + ENDED)
    said = negsim("forecast", at / "before.toml", "--out", at / "f.json", "--runs", 100)
    return at, said


@pytest.fixture(autouse=True, scope="module")
def little(module_mocker=None):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        patch.setattr("negsim.analysis.runs.summary.MEMBER_RUNS", 20)
        yield


def test_a_forecast_holds_shares_nulls_digests_and_its_date(sealed):
    at, said = sealed
    content = json.loads((at / "f.json").read_text())
    thing = content["issues"]["thing"]
    assert sum(one["runs"] for one in thing["options"].values()) == content["runs"] == 100
    low, high = thing["options"]["done"]["interval"]
    assert low <= thing["options"]["done"]["share"] == content["tracks"]["thing"]["share"] <= high
    assert thing["nulls"]["uniform"] == [0.5, 0.5] and thing["nulls"]["last round"] is None
    assert {"digest", "program", "version", "sealed_on", "seed"} <= set(content) and content["outcomes_known"] == []
    assert content["checksum"] in said.stdout and not said.stderr


def test_it_is_scored_by_what_came_about_since(sealed):
    at, _ = sealed
    share = json.loads((at / "f.json").read_text())["issues"]["thing"]["options"]["done"]["share"]
    found = json.loads(negsim("score", at / "f.json", "--against", at / "after.toml", "--json").stdout)
    (one,) = found["issues"]
    assert (one["was"], one["model"]) == ("done", pytest.approx((1 - share) ** 2))
    assert one["nulls"]["status quo"] == 1.0
    assert "0 perfect" in negsim("score", at / "f.json", "--against", at / "after.toml").stdout


def test_what_was_changed_since_is_refused(sealed, tmp_path):
    at, _ = sealed
    text = (at / "f.json").read_text()
    (tmp_path / "f.json").write_text(text.replace('"seed": 0', '"seed": 1'))
    for file in (tmp_path / "f.json", Path(__file__)):
        assert "no sealed forecast, or was changed" in negsim("score", file, "--against", at / "after.toml", code=2).stderr


def test_bad_input(sealed, tmp_path):
    at, _ = sealed
    assert "is there already" in negsim("forecast", at / "before.toml", "--out", at / "f.json", code=2).stderr
    assert "no source of 'no'" in negsim("score", at / "f.json", "--against", at / "before.toml", code=2).stderr
    assert "is not bundled; say what it is scored by" in negsim("score", at / "f.json", code=2).stderr
    assert "has no issue 'thing'" in negsim("score", at / "f.json", "--against", "istanbul-2025-06-02", code=2).stderr
    assert "goes with a sealed forecast" in negsim("score", tmp_path, "--against", "istanbul-2025-06-02", code=2).stderr
