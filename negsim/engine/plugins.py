"""Rules that users bring: a Python file beside a scenario."""

import importlib.util
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

from negsim.engine.cast import register_all
from negsim.engine.program import note_brought


class PluginError(ValueError):
    """A plug-in that cannot be used, in one line."""


def run_plugin(path: Path) -> None:
    """Import a user's file, so that the rules in it register themselves.

    Raises
    ------
    PluginError
        If there is no such file, or it raises.
    """
    if not path.is_file():
        raise PluginError(f"{path}: no such plug-in file")
    register_all()  # so that a plug-in cannot take a built-in name
    name = f"negsim_plugin_{zlib.crc32(str(path.resolve()).encode()):08x}_{path.stem}"
    if name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError(f"{path}: a plug-in is a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    before = set(sys.modules)
    try:
        spec.loader.exec_module(module)
        note_brought(str(path), before)
    except (Exception, SystemExit) as error:  # a user's file may raise anything
        del sys.modules[name]
        raise PluginError(f"{path}: the plug-in raises {type(error).__name__}: {error}") from None


def load_plugins(paths: Iterable[str]) -> None:
    """Import several of them."""
    for path in paths:
        run_plugin(Path(path))
