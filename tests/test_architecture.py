"""Imports point one way, and compiled code keeps to what both engines compute alike."""

import ast
from pathlib import Path

import pytest

import negsim

PACKAGE = Path(negsim.__file__).resolve().parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)

# What each folder may import of negsim; the edge may import everything.
ALLOWED = {
    "core": {"core"},
    "domain": {"core", "domain"},
    "talks": {"core", "talks"},
    "strategies": {"core", "strategies"},
    "mediators": {"core", "mediators"},
    "protocols": {"core", "protocols"},
    "engine": {"core", "domain", "talks", "engine"},
    "sweeps": {"domain", "engine", "sweeps"},
    "analysis": {"core", "domain", "talks", "engine", "sweeps", "analysis"},
    "validity": {"core", "domain", "talks", "engine", "analysis", "edge", "validity"},
    "theory": {"core", "talks", "theory"},
    "formats": {"domain", "formats"},
    "names": {"core", "domain", "engine", "analysis", "names"},
    "plots": {"core", "domain", "engine", "analysis", "names", "plots"},
}
HOT = ("core", "talks", "strategies", "mediators", "protocols")


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    folder = path.relative_to(PACKAGE).parts[0]
    if folder not in ALLOWED:
        return
    for name in imports(ast.parse(path.read_text())):
        if name.startswith("negsim."):
            assert name.split(".")[1] in ALLOWED[folder], f"{folder} may not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_edge_prints_or_opens_files(path):
    if path.relative_to(PACKAGE).parts[0] == "edge" or path.relative_to(PACKAGE).parts[:2] == ("sweeps", "store.py"):
        return
    names = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not names & {"print", "open", "input"}


def test_only_the_compiler_imports_numba():
    for path in FILES:
        if any(name.split(".")[0] == "numba" for name in imports(ast.parse(path.read_text()))):
            assert path.name in ("cache.py", "compiler.py", "whole.py")


HOT_FILES = [path for path in FILES if path.relative_to(PACKAGE).parts[0] in HOT]
BANNED = {"sum", "pow"}
BANNED_ATTRIBUTES = {"pow", "power", "dot", "einsum", "matmul", "sum", "mean", "prod", "argsort", "sort"}


def differing(tree):
    """Yield what would not be bit for bit the same in both engines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
            yield f"line {node.lineno}: a constant power; write x*x or take the exponent from data"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield f"line {node.lineno}: @"
        if isinstance(node, ast.Call):
            name = node.func
            if isinstance(name, ast.Name) and name.id in BANNED:
                yield f"line {node.lineno}: {name.id}()"
            if isinstance(name, ast.Attribute):
                numpy = isinstance(name.value, ast.Name) and name.value.id == "np"
                if name.attr in BANNED_ATTRIBUTES or (numpy and name.attr in ("exp", "log", "sqrt")):
                    yield f"line {node.lineno}: .{name.attr}()"


@pytest.mark.parametrize("path", HOT_FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_hot_code_is_the_same_in_both_engines(path):
    assert not list(differing(ast.parse(path.read_text())))


def test_the_check_can_fail():
    assert len(list(differing(ast.parse("x ** 3\nnp.sum(a)\na @ b\nmath.pow(2, y)\nsum(a)")))) == 5


def test_modules_stay_one_noun():
    assert not [str(path) for path in FILES if len(path.read_text().splitlines()) > 400]
