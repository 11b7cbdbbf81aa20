"""What others computed or published, against what negsim says; the scripts beside this file do the same for any folder."""

import json
import os
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


def test_published_tables():
    done = run("tables.py", HERE / "tables", NUMBA_DISABLE_JIT="1")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "matched 134 of 134 rows", done.stdout + done.stderr


def test_a_changed_row_is_noticed(tmp_path):
    table = json.loads((HERE / "tables" / "rubinstein.json").read_text())
    table["outside_option"]["rows"].append({"w2": 0.7, "x2": 0.6})
    (tmp_path / "rubinstein.json").write_text(json.dumps(table))
    done = run("tables.py", tmp_path)
    assert done.returncode == 1 and "outside 0.7" in done.stdout
