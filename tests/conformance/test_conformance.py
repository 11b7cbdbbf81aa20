"""What others computed or published, against what negsim says; the scripts beside this file do the same for any folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def run(script, folder, **environment):
    command, environment = [sys.executable, str(HERE / script), str(folder)], {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_frontiers_and_solution_points():
    done = run("solutions.py", HERE / "traces")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "matched 11 of 11 domains", done.stdout + done.stderr


def test_a_changed_solution_is_noticed(tmp_path):
    trace = json.loads((HERE / "traces" / "Laptop.json").read_text())
    trace["solutions"]["nash_utils"][0][0] += 0.01
    (tmp_path / "Laptop.json").write_text(json.dumps(trace))
    done = run("solutions.py", tmp_path)
    assert done.returncode == 1 and "nash" in done.stdout


def test_folder_without_traces(tmp_path):
    assert run("solutions.py", tmp_path).returncode == 1


def test_negmas_traces_are_played_again_offer_by_offer(tmp_path):
    """Some of one domain, uncompiled; `python tests/conformance/negmas_traces.py tests/conformance/traces` plays all in both engines."""
    trace = json.loads((HERE / "traces" / "Laptop.json").read_text())
    trace["runs"] = trace["runs"][::3]
    (tmp_path / "Laptop.json").write_text(json.dumps(trace))
    done = run("negmas_traces.py", tmp_path, NUMBA_DISABLE_JIT="1")
    number = len(trace["runs"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert number > 5 and done.stdout.splitlines()[-1].startswith(f"matched {number} of {number} negotiations, ")


@pytest.mark.full
def test_all_negmas_traces():
    done = run("negmas_traces.py", HERE / "traces")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "matched 258 of 258 negotiations, 17190 offers"


def test_a_changed_offer_is_noticed(tmp_path):
    trace = json.loads((HERE / "traces" / "NiceOrDie.json").read_text())
    trace["runs"] = trace["runs"][:1]
    trace["runs"][0]["offers"][5][2] = [2]
    (tmp_path / "NiceOrDie.json").write_text(json.dumps(trace))
    done = run("negmas_traces.py", tmp_path, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 1 and "offer 5" in done.stdout and "matched 0 of 1 negotiations, 0 offers" in done.stdout


TABLES = {"adjusted_winner": 10, "bargaining_solutions": 52, "rank_weights": 37, "concession_dynamics": 16, "rubinstein": 19}
PLAYED = ("concession_dynamics", "rubinstein")  # rows that are whole negotiations


@pytest.mark.parametrize("table", [pytest.param(name, marks=pytest.mark.full) if name in PLAYED else name for name in TABLES])
def test_published_tables(tmp_path, table):
    shutil.copy(HERE / "tables" / f"{table}.json", tmp_path)
    done = run("tables.py", tmp_path, NUMBA_DISABLE_JIT="1")
    rows = TABLES[table]
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == f"matched {rows} of {rows} rows", done.stdout + done.stderr


def test_a_changed_row_is_noticed(tmp_path):
    table = json.loads((HERE / "tables" / "rank_weights.json").read_text())
    table["RS"]["3"][0]["value"] += 1e-9
    (tmp_path / "rank_weights.json").write_text(json.dumps(table))
    done = run("tables.py", tmp_path, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 1 and "RS n=3" in done.stdout and "matched 36 of 37 rows" in done.stdout
