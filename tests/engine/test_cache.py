"""The folder of compiled rules: what is damaged, foreign or cannot be written is survived and said; what Numba refuses is played in Mesa."""

import hashlib
import os

import numba
import pytest

from negsim.engine import cache
from negsim.engine.cache import SourceCache
from negsim.engine.compiler import CannotCompile, compile_rule


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NEGSIM_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(cache, "TROUBLE", [])
    cache._is_trusted.cache_clear()
    yield cache.cache_folder()
    cache._is_trusted.cache_clear()


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"!" + data[41:]])
def test_damaged_files_are_not_read(folder, monkeypatch, damage):
    path = folder / "rule.bin"
    monkeypatch.setattr(SourceCache, "file", lambda *_: path)
    kept = SourceCache(test_damaged_files_are_not_read)
    assert kept.read(None, None) is None and cache.is_trusted()
    content = b"some machine code, as it were"
    path.write_bytes(hashlib.sha256(content).digest() + content)
    assert kept.read(None, None) == content
    path.write_bytes(damage(path.read_bytes()))
    assert kept.read(None, None) is None


def test_a_folder_is_made_for_its_user_alone(folder):
    assert cache.is_trusted() and not cache.trouble()
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_is_run_that_others_may_have_written(folder, monkeypatch):
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert not cache.is_trusted() and "others may write it" in cache.trouble()
    monkeypatch.setattr(SourceCache, "file", lambda *_: folder / "rule.bin")
    content = b"evil"
    (folder / "rule.bin").write_bytes(hashlib.sha256(content).digest() + content)
    assert SourceCache(test_damaged_files_are_not_read).read(None, None) is None


def test_a_folder_that_cannot_be_written_is_said(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert cache.is_trusted() and "may not be written; rules are compiled again each time" in cache.trouble()


def test_a_folder_that_cannot_be_made_is_said(tmp_path, monkeypatch, folder):
    (tmp_path / "negsim").write_text("in the way")
    assert not cache.is_trusted() and "compiled again each time" in cache.trouble()


def by_name(number):
    return globals()["hashlib"]


def other_types(number):
    return "a" if number > 0 else 1.0


def not_there(number):
    return number.nothing


def opens(number):
    with open("file") as file:  # noqa: PTH123
        return file.read()


def defines(number):
    class Inner:
        pass

    return Inner()


def star(number):
    return max(*[number, 2], key=lambda entry: -entry)


def formats(number):
    return hashlib.sha256(f"{number}".encode()).hexdigest()


@pytest.mark.compiled
@pytest.mark.parametrize("rule", [by_name, other_types, not_there, opens, defines, star, formats], ids=lambda rule: rule.__name__)
def test_what_numba_refuses_is_one_line(folder, rule):
    with pytest.raises(CannotCompile, match=f"{rule.__name__} cannot be compiled: .+"):
        compile_rule(numba.float64(numba.float64), rule)
