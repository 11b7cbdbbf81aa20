"""Every example in docstrings and in the README runs."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import negsim

MODULES = [m.name for m in pkgutil.walk_packages(negsim.__path__, "negsim.") if not m.name.endswith("__main__")]
README = Path(__file__).resolve().parent.parent / "README.md"


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


@pytest.mark.parametrize("page", [README, README.parent / "docs" / "adding.md"], ids=lambda page: page.name)
def test_python_on_a_page(page):
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        few = block.replace("runs=200", "runs=20")  # it reads as one would write it, and runs as long as a test may
        exec(compile(few, page.name, "exec"), {})


def test_readme_names_commands_that_exist():
    from negsim.edge.app import app, discover

    discover()
    from typer.main import get_command

    named = set(re.findall(r"negsim (\w+) ?", " ".join(re.findall(r"```sh\n(.*?)```", README.read_text(), re.DOTALL))))
    assert named and named <= set(get_command(app).commands)
