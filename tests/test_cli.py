"""The command line as users and scripts rely on it."""

import json
import subprocess
import sys

import pytest


def negsim(*arguments, cwd=None, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "negsim", *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_run_prints_the_talks_and_what_came_of_them_the_same_each_time():
    one, other = (negsim("run", "istanbul-2025-06-02", "--seed", 1).stdout for _ in range(2))
    assert one == other
    assert "Ukraine offers:" in one and "Issues" in one and "refused" in one
    assert max(map(len, one.splitlines())) <= 80


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
    "folder": (["plot", "nowhere"], "holds no sweep"),
    "plot": (["plot", "nowhere", "share"], "did you mean 'shares'?"),
    "empty": (["run", "empty.toml"], "the file is empty"),
    "binary": (["run", "binary.toml"], "not a text file"),
    "cut": (["run", "cut.toml"], "not valid TOML"),
    "nobody": (["run", "nobody.toml"], "parties"),
    "option": (["run", "option.toml"], "no option 'fulll'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_one_clear_line_and_exit_code_2(case, tmp_path):
    from negsim.files import bundled

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
    arguments, expected = BAD[case]
    done = negsim(*arguments, cwd=tmp_path, code=2)
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()


def test_help_imports_nothing_heavy():
    code = "import sys; sys.argv = ['negsim', '--help']\nimport negsim.cli\ntry: negsim.cli.main()\nexcept SystemExit: pass\nprint([m for m in ('mesa', 'numba', 'numpy', 'matplotlib', 'pyarrow', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_run_imports_no_numba():
    code = "import sys; sys.argv = ['negsim', 'run', 'istanbul-2025-06-02']\nimport negsim.cli\ntry: negsim.cli.main()\nexcept SystemExit: pass\nprint('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")
