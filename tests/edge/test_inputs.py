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


TABLES = """
id = "x"
title = "x"
talks.sessions = [2025-06-02]
talks.rounds = [2, 2]
[tracks.quota]
procedure = "issue_by_issue"
[tracks.other]
[issues.catch-limit]
track = "quota"
options = [{ id = "none" }, { id = "low" }]
[issues.checks]
track = "quota"
available_when = "catch-limit > 0"
options = [{ id = "none" }, { id = "some" }]
[issues.ports]
track = "quota"
options = [{ id = "none" }, { id = "open" }]
order.coast = ["open", "none"]
[issues.men]
track = "other"
swap = ["coast", "isles"]
options = [{ id = "none" }, { id = "half", size = 0.5 }, { id = "one", size = { coast = 1.0 } }]
[parties.coast]
[parties.isles]
[statements.a]
actor = "isles"
stance = "rejects"
options = ["ports.open"]
made_on = 2025-05-01
paragraph = 1
paraphrase = "No."
[statements.b]
actor = "isles"
stance = "dismisses"
options = ["ports.open"]
made_on = 2025-05-02
paragraph = 1
paraphrase = "Not now."
[statements.c]
actor = "isles"
stance = "dismisses"
options = ["checks.some"]
made_on = 2025-05-02
paragraph = 1
paraphrase = "Not now."
"""
BROKEN = {  # what is put in place of what, and what is said of it
    "a track": ('track = "quota"\navailable', 'track = "qota"\navailable', "no track 'qota'; did you mean 'quota'?"),
    "an issue to wait for": ('"catch-limit > 0"', '"qota > 0"', "no issue 'qota'"),
    "nothing to wait for": ('"catch-limit > 0"', '"> 0"', "should read 'ISSUE > 0'"),
    "a link's track": ("[parties.isles]", '[parties.isles]\n[[links]]\nparty = "isles"\noptions = ["ports.open", "men.half"]\n'
                       'value = 0.1\nstatements = ["a"]\n[tracks.third]\n[issues.port]\ntrack = "thrd"\noptions = [{id = "n"}]', "no track"),
    "a core issue": ("[tracks.other]", '[tracks.other]\ncore = ["ports"]', "'ports' is of the track 'quota'"),
    "sides of a swap": ('["coast", "isles"]', '["coast", "isles", "coast"]', "are not two parties; name the two"),
    "a gift twice": ('{ coast = 1.0 } }]', '{ coast = 1.0 } }, { id = "two", size = { coast = 1.0 } }]', "size is that of an option before it"),
    "a circle": ('paraphrase = "No."', 'paraphrase = "No."\nsupersedes = ["x"]\n[statements.x]\nactor = "isles"\nstance = "rejects"\n'
                 'options = ["ports.open"]\nmade_on = 2025-05-01\nparagraph = 1\nparaphrase = "x"\nsupersedes = ["y"]\n[statements.y]\n'
                 'actor = "isles"\nstance = "rejects"\noptions = ["ports.open"]\nmade_on = 2025-05-01\nparagraph = 1\nparaphrase = "y"\n'
                 'supersedes = ["a"]', "leads back to 'a' itself"),
    "two readings": ('stance = "dismisses"\noptions = ["ports', 'stance = "dismisses"\nreading = "posture"\noptions = ["ports', "has two readings"),
    "an order": ('stance = "rejects"', 'stance = "concedes"\noptions = ["men.half"]\nmade_on = 2025-05-01\nparagraph = 1\nparaphrase = "."\n'
                 '[statements.z]\nactor = "isles"\nstance = "rejects"', ""),
    "a teller": ('actor = "isles"\nstance = "rejects"', 'actor = "press"\nstance = "outcome"', "no actor 'press'"),
    "a day": ("made_on = 2025-05-01", "made_on = 0", "made_on: 0 is not a date"),
    "a paragraph": ("paragraph = 1", "paragraph = true", "paragraph: True is not a whole number"),
    "a flag": ("swap = [", 'staged = "yes"\nswap = [', "staged: 'yes' is not true or false"),
    "a count": ("[tracks.other]", '[tracks.other]\ndelivery = { all = "3" }', "delivery.all: '3' is not a number"),
    "a table": ("[tracks.other]", "[tracks.other]\ndelivery = 3", "write a table, { ... }, not 3"),
    "a condition": ('stance = "rejects"', 'stance = "conditions-on"\ncondition = 3', "3 names no option"),
    "an option's actor": ('{ id = "open" }', '{ id = "open", by = 3 }', "issues.ports.options.open.by"),
    "an old key": ("swap = [", 'receiver = "coast"\nswap = [', "unknown key; a swap is one issue of sizes"),
    "nothing to extend": ('title = "x"', 'title = "x"\nextends = ""', "write the id of a scenario"),
    "no source": ('title = "x"', 'title = "x"\nsources = [""]', "name each once"),
    "its own reading": ('stance = "dismisses"\noptions = ["checks', 'stance = "dismisses"\nsupersedes = ["c"]\noptions = ["checks', "leads back"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_references(name, tmp_path):
    old, new, said = BROKEN[name]
    text = TABLES if name != "two readings" else TABLES.replace('stance = "rejects"', 'stance = "rejects"\nreading = "hard"')
    assert old in text
    at = tmp_path / "x.toml"
    at.write_text(text.replace(old, new, 1))
    if said:
        done = negsim("run", at, code=2)
        assert said in done.stderr and done.stderr.count("\n") == 1
    else:
        negsim("check", at)


def test_what_has_no_effect_is_said(tmp_path):
    at = tmp_path / "x.toml"
    at.write_text(TABLES.replace('swap = ["coast"', 'order.coast = ["half", "one"]\ndeal = "exchange"\nswap = ["coast"'))
    said = " ".join(negsim("check", at).stdout.split())
    assert "issues.men.order.coast has no effect" in said and "issues.men.deal has no effect" in said


def test_issues_that_depend_are_counted(tmp_path):
    many = "".join(
        f'[issues.i{n}]\ntrack = "quota"\navailable_when = "catch-limit > 0"\noptions = [{{ id = "n" }}, {{ id = "y" }}]\n'
        for n in range(25)
    )
    (tmp_path / "x.toml").write_text(TABLES + many)
    assert "tie 27 issues of one deal together, with 67,108,865 combinations" in negsim("run", tmp_path / "x.toml", code=2).stderr


def test_an_order_above_what_is_conceded(tmp_path):
    at = tmp_path / "x.toml"
    text = TABLES.replace('{ id = "open" }', '{ id = "open" }, { id = "half" }').replace(
        'order.coast = ["open", "none"]', 'order.coast = ["open", "half"]\norder.isles = ["half", "open"]'
    )
    at.write_text(
        text
        + '[statements.d]\nactor = "isles"\nstance = "concedes"\noptions = ["ports.half"]\nmade_on = 2025-05-03\nparagraph = 1\n'
        'paraphrase = "."\n'
    )
    assert "refuses, above 'half', which 'd' would give" in negsim("check", at, code=2).stderr


def test_words_on_what_is_off_the_agenda(tmp_path):
    (tmp_path / "s.toml").write_text(
        'id = "s"\ntitle = "s"\npublished_on = 2025-05-09\nparagraphs = 2\nvariables = { ports = ["none", "open"], tolls = ["none", "low"] }\n'
        '[statements.a]\nactor = "isles"\nstance = "demands"\noptions = ["tolls.low"]\nmade_on = 2025-05-01\nparagraph = 1\nparaphrase = "."\n'
        '[statements.b]\nactor = "isles"\nstance = "conditions-on"\noptions = ["ports.open"]\ncondition = "tolls.low"\nsupersedes = ["a"]\n'
        'made_on = 2025-05-02\nparagraph = 2\nparaphrase = "."\n'
    )
    at = tmp_path / "x.toml"
    tables = 'sources = ["./s.toml"]\n' + TABLES.partition("[statements.a]")[0]
    at.write_text(tables.replace('{ id = "none" }, { id = "open" }', '{ id = "open" }, { id = "none" }'))
    assert "the status quo is 'open', and in the source 's' it is 'none'" in negsim("check", at, code=2).stderr
    at.write_text(tables)
    from negsim import load_scenario

    kept = load_scenario(at).statements
    assert list(kept) == ["b"] and kept["b"].stance == "rejects" and kept["b"].supersedes == []


def test_a_change_is_one_line():
    said = negsim("run", BASE, "--set", "parties.russia.theta=0.1\nreadings = 1", code=2).stderr
    assert "is neither a number nor a range" in said


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
