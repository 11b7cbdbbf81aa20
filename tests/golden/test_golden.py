"""Whole talks, turn by turn, as a person reads them. Rewrite with `PYTHONPATH=tests python tests/golden/test_golden.py` and read the difference."""

from pathlib import Path

import pytest
from running import negsim

HERE = Path(__file__).resolve().parent
CASES = {
    "istanbul-2025-06-02-seed-1": ["run", "istanbul-2025-06-02", "--seed", "1", "--among", "0"],
    "istanbul-2025-06-02-micro": [
        *("run", "istanbul-2025-06-02", "--seed", "4", "--among", "0"),
        *("--set", "parties.ukraine.strategy=micro", "--set", "parties.russia.strategy=frequency"),
    ],
    "istanbul-2025-seed-2": ["run", "istanbul-2025", "--seed", "2", "--among", "0"],
    "panmunjom-seed-5": ["run", "panmunjom", "--seed", "5", "--among", "0"],
    "two-texts": [
        *("run", "istanbul-2025-06-02", "--seed", "3", "--among", "0"),
        *("--set", "mediators.turkiye.style=formulation", "--set", "mediators.turkiye.traits={}"),
        *("--set", "mediators.european_states.style=formulation"),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name):
    assert negsim(*CASES[name]).stdout == (HERE / f"{name}.txt").read_text()


if __name__ == "__main__":
    for key, arguments in CASES.items():
        (HERE / f"{key}.txt").write_text(negsim(*arguments).stdout)
