"""What others computed or published, against what negsim says; the scripts beside this file do the same for any folder."""

import json
import subprocess
import sys
from pathlib import Path

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
