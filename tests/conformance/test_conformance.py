"""What others computed or published, against what negsim says; the scripts beside this file do the same for any folder."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def run(script, folder):
    return subprocess.run([sys.executable, str(HERE / script), str(folder)], capture_output=True, text=True, check=False)


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


def test_every_negmas_trace_is_played_again_offer_by_offer(tmp_path):
    """Three of the domains; `python tests/conformance/negmas_traces.py tests/conformance/traces` plays all."""
    for name in ("Laptop", "Dinner_3p", "FlightBooking_gw_rv"):
        shutil.copy(HERE / "traces" / f"{name}.json", tmp_path)
    done = run("negmas_traces.py", tmp_path)
    assert done.returncode == 0 and done.stdout.splitlines()[-1].startswith("matched 58 of 58 negotiations, "), (
        done.stdout + done.stderr
    )


@pytest.mark.full
def test_all_negmas_traces():
    done = run("negmas_traces.py", HERE / "traces")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "matched 258 of 258 negotiations, 17190 offers"


def test_a_changed_offer_is_noticed(tmp_path):
    trace = json.loads((HERE / "traces" / "NiceOrDie.json").read_text())
    trace["runs"] = trace["runs"][:1]
    trace["runs"][0]["offers"][5][2] = [2]
    (tmp_path / "NiceOrDie.json").write_text(json.dumps(trace))
    done = run("negmas_traces.py", tmp_path)
    assert done.returncode == 1 and "offer 5" in done.stdout and "matched 0 of 1 negotiations, 0 offers" in done.stdout


def test_published_tables():
    done = run("tables.py", HERE / "tables")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "matched 134 of 134 rows", done.stdout + done.stderr


def test_a_changed_row_is_noticed(tmp_path):
    table = json.loads((HERE / "tables" / "rubinstein.json").read_text())
    table["outside_option"]["rows"].append({"w2": 0.7, "x2": 0.6})
    (tmp_path / "rubinstein.json").write_text(json.dumps(table))
    done = run("tables.py", tmp_path)
    assert done.returncode == 1 and "outside 0.7" in done.stdout
