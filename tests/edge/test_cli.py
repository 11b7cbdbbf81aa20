"""The command line as users and scripts rely on it."""

import json
import signal
import subprocess
import sys

import pytest
from running import negsim

from negsim.edge.files import bundled


def test_run_prints_the_talks_and_what_came_of_them_the_same_each_time():
    one, other = (negsim("run", "istanbul-2025-06-02", "--seed", 1).stdout for _ in range(2))
    assert one == other
    assert "Ukraine offers:" in one and "Issues" in one and "blocked by" in one
    assert max(map(len, one.splitlines())) <= 80
    assert "In this run" in one and "read as a price, so in 30% of runs" in one and "One reading of many" in one
    assert "Of 40 runs of this seed, agreed: " in " ".join(one.split())
    told = negsim("run", "wage-dispute", "--seed", 2, "--among", 0).stdout
    assert "(against its own w04)" in " ".join(told.split()) and "One reading of many. More closely" in told


def test_run_json():
    plain = json.loads(negsim("run", "istanbul-2025-06-02", "--seed", 1, "--json").stdout)
    assert set(plain) >= {"scenario", "digest", "version", "seed", "engine", "issues", "tracks", "parties", "sessions"}
    assert set(plain["issues"]["ceasefire"]) >= {
        "track",
        "option",
        "agreed",
        "session",
        "turn",
        "refused_by",
        "bound_by",
    }
    assert set(plain["tracks"]["ceasefire"]) >= {
        "zone",
        "table",
        "ratified",
        "agreed",
        "session",
        "turn",
        "refused_by",
        "bound_by",
    }
    assert "offers" not in plain
    traced = json.loads(negsim("run", "istanbul-2025-06-02", "--seed", 1, "--json", "--trace").stdout)
    assert traced["offers"]


def test_sweep_and_plot(tmp_path):
    negsim("sweep", "istanbul-2025-06-02", "--runs", 30, "--engine", "mesa", "--out", tmp_path / "base")
    shown = negsim("plot", tmp_path / "base", "-o", tmp_path / "shares.png").stdout
    assert "shares.png" in shown
    assert (tmp_path / "shares.png").read_bytes().startswith(b"\x89PNG")


def test_list():
    shown = negsim("list").stdout
    for name in ("istanbul-2025-06-02", "micro", "alternating_offers", "facilitation", "shares"):
        assert name in shown


BAD = {
    "scenario": (["run", "istanbul-2025-06-2"], "did you mean 'istanbul-2025-06-02'?"),
    "party": (["run", "istanbul-2025-06-02", "--set", "parties.rusia.theta=0.1"], "did you mean 'russia'?"),
    "key": (["run", "istanbul-2025-06-02", "--set", "parties.russia.thet=0.1"], "did you mean 'theta'?"),
    "value": (["run", "istanbul-2025-06-02", "--set", "parties.russia.theta=7"], "outside"),
    "strategy": (["run", "istanbul-2025-06-02", "--set", "parties.russia.strategy=micr"], "did you mean 'micro'?"),
    "command": (["rnu"], "No such command"),
    "runs": (["sweep", "istanbul-2025-06-02", "--runs", "0", "--out", "x"], "at least 1 run"),
    "axis": (["sweep", "istanbul-2025-06-02", "--vary", "theta", "--out", "x"], "write it as"),
    "folder": (["plot", "nowhere"], "no such scenario"),
    "plot": (["plot", "nowhere", "share"], "did you mean 'shares'?"),
    "empty": (["run", "empty.toml"], "the file is empty"),
    "binary": (["run", "binary.toml"], "not a text file"),
    "cut": (["run", "cut.toml"], "not valid TOML"),
    "nobody": (["run", "nobody.toml"], "parties"),
    "option": (["run", "option.toml"], "no option 'fulll'"),
    "trait": (["run", "istanbul-2025-06-02", "--set", "parties.russia.traits.beta=0"], "lies outside"),
    "nan": (["run", "istanbul-2025-06-02", "--set", "parties.russia.theta=nan"], "neither a number nor a range"),
    "entry": (["run", "istanbul-2025-06-02", "--set", "issues.ceasefire.options.ful.stops=1"], "did you mean 'full'?"),
    "experiment": (["run", "posture"], "is an experiment"),
    "experiment by its path": (["plot", str(bundled("experiments") / "posture.toml")], "is an experiment; run it with negsim"),
    "source by its path": (["run", str(bundled("seeds") / "panmunjom-1951-1953.toml")], "is a source; a scenario names it"),
    "near experiment": (["sweep", "postur", "--out", "x"], "did you mean 'posture'?"),
    "twice": (["sweep", "istanbul-2025-06-02", "--vary", "parties.russia.theta=0.1,0.1", "--out", "x"], "occurs twice"),
    "experiment key": (["sweep", "rnus.toml", "--out", "x"], "did you mean 'runs'?"),
    "plug-in": (["run", "plugged.toml"], "the plug-in raises ValueError: boom"),
    "taken": (["run", "taken.toml"], "is taken by a built-in rule"),
    "folder as file": (["sweep", "istanbul-2025-06-02", "--runs", "1", "--out", "empty.toml/sub"], "empty.toml/sub"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_one_clear_line_and_exit_code_2(case, tmp_path):
    whole = (bundled("scenarios") / "istanbul-2025-06-02.toml").read_text()
    (tmp_path / "empty.toml").write_text("")
    (tmp_path / "binary.toml").write_bytes(bytes(range(256)))
    (tmp_path / "cut.toml").write_text(whole[: len(whole) // 2 - 10])
    (tmp_path / "nobody.toml").write_text(
        'id = "x"\ntitle = "x"\n[talks]\nsessions = [2025-01-01]\n[tracks.t]\n[issues.i]\ntrack = "t"\noptions = [{ id = "a" }]\n'
    )
    (tmp_path / "option.toml").write_text(
        'id = "x"\nextends = "istanbul-2025-06-02"\n[mediators.united_states]\ntarget = ["ceasefire.fulll"]\n'
    )
    (tmp_path / "rnus.toml").write_text('id = "x"\nscenario = "two-issues"\nrnus = 3\n')
    (tmp_path / "boom.py").write_text("raise ValueError('boom')\n")
    (tmp_path / "takes.py").write_text(
        "from negsim.core.registry import strategy\n\n@strategy('micro')\ndef mine(view):\n    return view\n"
    )
    for name, plugin in (("plugged", "boom"), ("taken", "takes")):
        (tmp_path / f"{name}.toml").write_text(f'id = "x"\nextends = "two-issues"\nplugins = ["{plugin}.py"]\n')
    arguments, expected = BAD[case]
    done = negsim(*arguments, cwd=tmp_path, code=2)
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()


def test_help_imports_nothing_heavy():
    code = "import sys; sys.argv = ['negsim', '--help']\nimport negsim.edge.app\ntry: negsim.edge.app.main()\nexcept SystemExit: pass\nprint([m for m in ('mesa', 'numba', 'numpy', 'matplotlib', 'pyarrow', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_run_imports_no_numba():
    code = "import sys; sys.argv = ['negsim', 'run', 'istanbul-2025-06-02', '--among', '0']\nimport negsim.edge.app\ntry: negsim.edge.app.main()\nexcept SystemExit: pass\nprint('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")


@pytest.mark.full
def test_ctrl_c_ends_a_run_whose_rule_never_returns(tmp_path):
    (tmp_path / "endless.py").write_text(
        "import sys\nfrom negsim.core.registry import strategy\n\n@strategy('endless')\ndef endless(view):\n"
        "    print('on and on', file=sys.stderr, flush=True)\n    while True:\n        pass\n"
    )
    (tmp_path / "own.toml").write_text(
        'id = "own"\nextends = "two-issues"\nplugins = ["endless.py"]\n[parties.buyer]\nstrategy = "endless"\ntraits = {}\n'
    )
    command = [sys.executable, "-m", "negsim", "run", "own.toml"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == "on and on\n"
        process.send_signal(signal.SIGINT)
        assert "interrupted" in process.stderr.read()
        assert process.wait(20) == 130


def test_a_rule_that_raises_is_one_line_and_exit_code_1(tmp_path):
    (tmp_path / "raises.py").write_text(
        "from negsim.core.registry import strategy\n\n@strategy('raises')\ndef raises(view):\n    raise ValueError('boom')\n"
    )
    (tmp_path / "own.toml").write_text(
        'id = "own"\nextends = "two-issues"\nplugins = ["raises.py"]\n[parties.buyer]\nstrategy = "raises"\ntraits = {}\n'
    )
    done = negsim("run", "own.toml", cwd=tmp_path, code=1)
    assert "boom" in done.stderr and "raises.py" in done.stderr and len(done.stderr.strip().splitlines()) == 1
    negsim("sweep", "own.toml", "--runs", 3, "--engine", "mesa", "--out", "out", cwd=tmp_path, code=1)  # all of them failed


def test_one_issue_with_one_option_has_nothing_to_agree(tmp_path):
    (tmp_path / "one.toml").write_text(
        'id = "one"\ntitle = "One"\n[talks]\nsessions = [2026-01-01]\n[tracks.t]\n[issues.i]\ntrack = "t"\n'
        'options = [{ id = "only" }]\n[parties.a]\n[parties.b]\n'
    )
    plain = json.loads(negsim("run", "one.toml", "--json", cwd=tmp_path).stdout)
    assert plain["tracks"]["t"]["zone"] is False and plain["issues"]["i"]["agreed"] is False


def test_ctrl_c_says_how_to_go_on(tmp_path):
    import os
    import time

    if os.name != "posix":
        pytest.skip("signals as on POSIX")
    listening = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from negsim.edge.app import main; main()"
    )
    asked = ["sweep", "istanbul-2025", "--runs", "5000", "--engine", "mesa", "--out", str(tmp_path / "o")]
    command = [sys.executable, "-c", listening, *asked]  # whoever runs the tests may have SIGINT switched off
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for _ in range(100):
        time.sleep(0.2)
        if (tmp_path / "o" / "ledger.sqlite").exists():
            break
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "the same command again goes on" in said and "Traceback" not in said


def test_edited_arms_are_played_anew(tmp_path):
    experiment = (
        'id = "x"\nscenario = "two-issues"\nruns = 3\noutcome = "agreed.sale"\n[arms]\na = []\nb = ["talks.rounds=[{0}, {0}]"]\n'
    )
    tables = []
    for rounds, out in ((5, "same"), (1, "same"), (1, "fresh")):
        (tmp_path / "x.toml").write_text(experiment.format(rounds))
        negsim("sweep", "x.toml", "--engine", "mesa", "--out", out, cwd=tmp_path)
        tables.append((tmp_path / out / "results.parquet").read_bytes())
    assert tables[1] == tables[2] != tables[0]


def test_tournament(tmp_path):
    arguments = ["two-issues", "--strategies", "linear,micro,hardheaded", "--runs", 5, "--set", "tracks.sale.procedure=package"]
    shown = negsim("tournament", *arguments, "--out", tmp_path / "t").stdout
    assert "9 matches" in shown and "hardheaded" in shown and max(map(len, shown.splitlines()[:-1])) <= 80
    assert (tmp_path / "t" / "tournament.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "t" / "tournament.parquet").exists()
    assert (
        "did you mean 'micro'"
        in negsim("tournament", "two-issues", "--strategies", "mirco", "--out", tmp_path / "u", code=2).stderr
    )
    assert "a tournament is of pairs" in negsim("tournament", "three-fleets", "--runs", 1, "--out", tmp_path / "u", code=2).stderr


def test_check_notes_what_does_nothing_or_rests_on_nobodys_words():
    shown = negsim("check", "istanbul-2025-06-02").stdout
    told = " ".join(shown.split())
    assert "s04 (russia rejects) has no effect: superseded by r36" in told
    assert "r03 (russia accepts) has no effect: its actor's later words end it (r05)" in told
    assert "nobody speaks of ceasefire.partial" in told and "there is no number 'mediators.united_states.traits.bias'" in told
    assert all(len(line) <= 80 for line in shown.splitlines()[1:])
    assert "names no core issues" in negsim("check", "two-issues").stdout
    later = " ".join(negsim("check", "istanbul-2025-05-16").stdout.split())
    assert "r09 (ukraine rejects) is not used: made on 2025-06-01, after the first session on 2025-05-16" in later


def test_cite_says_which_words_and_which_rule_are_behind_a_value():
    shown = negsim("cite", "wage-dispute").stdout
    assert "parties.employer.value.wage.two = -U(0, 0.5)" in shown  # its own to do: a concession
    assert "parties.union.value.wage.six = 1, what it wants most" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assumed = negsim("cite", "istanbul-2025-06-02-article").stdout
    assert (
        "a swap that no statement backs" in assumed and "[assumed]" in assumed and "[stated]" in assumed and "[read]" in assumed
    )
    assert "Prisoners (assumed)" in negsim("run", "istanbul-2025-06-02-article", "--among", 0).stdout
