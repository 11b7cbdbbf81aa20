"""Whole talks, turn by turn, as a person reads them. Rewrite with `python tests/golden/test_golden.py` and read the difference."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CASES = {
    "istanbul-2025-06-02-seed-1": ["run", "istanbul-2025-06-02", "--seed", "1"],
    "istanbul-2025-06-02-micro": [
        *("run", "istanbul-2025-06-02", "--seed", "4"),
        *("--set", "parties.ukraine.strategy=micro", "--set", "parties.russia.strategy=frequency"),
    ],
    "istanbul-2025-seed-2": ["run", "istanbul-2025", "--seed", "2"],
}


def played(arguments):
    return subprocess.run([sys.executable, "-m", "negsim", *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", CASES)
def test_golden(name):
    assert played(CASES[name]) == (HERE / f"{name}.txt").read_text()


if __name__ == "__main__":
    for key, arguments in CASES.items():
        (HERE / f"{key}.txt").write_text(played(arguments))
