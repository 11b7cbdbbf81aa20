"""What once went wrong in silence, or in a traceback, by name; and whose code is run. `fuzz.py` looks for more."""

import pytest
from edge.fuzz import KINDS, fuzz
from running import negsim

BASE = "istanbul-2025-06-02"
BEYOND = {
    "talks.delivery.lag_days=[-0.9, -0.9]": "lies outside 0..36500",
    "tracks.ceasefire.trust=[0, 0]": "greater than or equal to",
    "talks.trust_memory=5": "lies outside 0..1",
    "mediators.united_states.carrot.russia=-5": "greater than or equal to 0",
    "parties.russia.theta=" + "1" * 310: "is neither a number nor a range",
    "parties.russia.theta=" + "1" * 5000: "is neither a number nor a range",
    "parties.russia.theta=" + "[" * 1200 + "]" * 1200: "is neither a number nor a range",
    "talks.rounds=[1, " + "9" * 310 + "]": "rounds",
}


@pytest.mark.parametrize("change", BEYOND, ids=lambda change: change[:40])
def test_numbers_beyond_their_bounds(change):
    said = negsim("run", BASE, "--set", change, code=2).stderr
    assert BEYOND[change] in said and said.count("\n") == 1 and len(said) < 700


def test_utilities_that_would_overflow(tmp_path):
    at = tmp_path / "big.toml"
    at.write_text(
        'id = "big"\nextends = "two-issues"\n[parties.buyer.utility]\nreservation = 0.0\n'
        "weights = { price = 1.0, delivery = 1.0 }\nvalues = { price = [0.0, 1e308, 1e308], delivery = [0.0, 1.0, 1.0] }\n"
    )
    assert "less than or equal to" in negsim("check", at, code=2).stderr


def test_deep_and_long_files(tmp_path):
    (tmp_path / "deep.toml").write_text("x = " + "[" * 1200 + "]" * 1200)
    assert "nested more than 100 deep" in negsim("check", tmp_path / "deep.toml", code=2).stderr
    for number in range(130):
        (tmp_path / f"e{number}.toml").write_text(f'id = "e"\nextends = "./e{number + 1}.toml"\n')
    assert "extend each other" in negsim("check", tmp_path / "e0.toml", code=2).stderr
    (tmp_path / "loop.toml").write_text(f'id = "l"\nextends = "../{tmp_path.name}/loop.toml"\n')
    assert "extends itself" in negsim("check", tmp_path / "loop.toml", code=2).stderr
    (tmp_path / "nul.toml").write_text('id = "n"\nextends = "a\\u0000b"\n')
    assert "is no name of a file" in negsim("check", tmp_path / "nul.toml", code=2).stderr


def test_ids_are_words(tmp_path):
    (tmp_path / "odd.toml").write_text('id = "o"\nextends = "two-issues"\n[tracks."a b"]\n')
    assert "'a b' is no id" in negsim("check", tmp_path / "odd.toml", code=2).stderr


def test_sizes_are_looked_at_before_anything_is_built():
    said = negsim("sweep", "two-issues", "--runs", 10**10, "--out", "nowhere", "--dry-run", code=2).stderr
    assert "less than or equal to" in said
    said = negsim(
        "sweep", "two-issues", "--runs", 10**8, "--vary", "parties.buyer.theta=0:1:11", "--out", "nowhere", code=2
    ).stderr
    assert "are more than" in said
    said = negsim("sweep", "two-issues", "--vary", "parties.buyer.theta=0,x", "--out", "nowhere", code=2).stderr
    assert "mixes numbers, words" in said


def test_check_lists_all_faults(tmp_path):
    at = tmp_path / "bad.toml"
    at.write_text('id = "b"\nextends = "two-issues"\n[tracks.sale]\ncore = ["nope"]\n[mediators.buyer]\ntarget = ["price.x"]\n')
    said = negsim("check", at, BASE, code=2)
    assert said.stderr.count("\n") == 2 and "no issue 'nope'" in said.stderr and "is also a party" in said.stderr
    assert "valid" in said.stdout  # the other one


def test_nothing_is_run_by_looking(tmp_path):
    mark = tmp_path / "ran"
    (tmp_path / "rule.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    (tmp_path / "own.toml").write_text('id = "own"\nextends = "two-issues"\nplugins = ["rule.py"]\n')
    (tmp_path / "script.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    assert "plug-ins were not run" in negsim("check", tmp_path / "own.toml").stdout
    for command in ("cite", "analyze"):
        assert "then say --code" in negsim(command, tmp_path / "own.toml", code=2).stderr
        assert "then say --code" in negsim(command, tmp_path / "script.py", code=2).stderr
    assert "then say --code" in negsim("run", tmp_path / "own.toml", "--no-code", code=2).stderr
    assert not mark.exists()
    negsim("check", tmp_path / "own.toml", "--code")
    assert mark.exists()


def test_plugins_lie_beside_their_scenario(tmp_path):
    (tmp_path / "rule.py").write_text("")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "own.toml").write_text('id = "own"\nextends = "two-issues"\nplugins = ["../rule.py"]\n')
    assert "does not lie beside" in negsim("run", tmp_path / "in" / "own.toml", code=2).stderr


@pytest.mark.parametrize("kind", KINDS)
def test_fuzzed_inputs(kind):
    assert set(fuzz(kind, range(8))) <= {"fine", "one line"}
