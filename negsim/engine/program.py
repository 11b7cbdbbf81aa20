"""Which program plays: digests of the code that decides what comes out of a run.

What is known by them: a sweep, which never holds the rows of two programs unasked, and compiled code, which is never that of an
older version of a rule or of a file it brings in.
"""

import ast
import functools
import hashlib
import importlib.util
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PLAYS = ("core", "domain", "talks", "engine", "theory", "strategies", "mediators", "protocols", "sweeps/chunk.py")
BROUGHT: dict[str, tuple[str, ...]] = {}
"""For each plug-in that was imported, the files of further modules that came with it."""


@functools.cache
def program_digest(plugins: tuple[str, ...] = ()) -> str:
    """Return a digest of all code that plays: negsim's own, and that of plug-ins with all that they bring in.

    Examples
    --------
    >>> len(program_digest())
    16
    """
    return digest_over(_own(), " ".join(map(brought_digest, plugins)))


def digest_over(files: Iterable[Path], about: str = "") -> str:
    """Return a digest of the names and contents of files, in any order, and of what is to be said beside them."""
    found = hashlib.sha256(about.encode())
    for name, content in sorted((file.name.encode(), file.read_bytes()) for file in files):
        found.update(name + content)
    return found.hexdigest()[:16]


def _own() -> Iterator[Path]:
    for name in PLAYS:
        at = PACKAGE / name
        yield from [at] if at.suffix == ".py" else at.rglob("*.py")


@functools.cache
def brought_digest(path: str) -> str:
    """Return a digest of a Python file and of all files of a user's own that it imports, or that were imported with it."""
    return digest_over({*files_of(Path(path).resolve()), *map(Path, BROUGHT.get(str(Path(path).resolve()), ()))})


def files_of(path: Path) -> set[Path]:
    """Return a file and the files that it imports, and so on, without those of Python, negsim's engine and installed packages."""
    seen: set[Path] = set()
    todo = [path]
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        todo.extend(file for name in _imports(at) if (file := _file_of(name)) is not None and is_own(file))
    return seen


def is_own(file: Path) -> bool:
    """Tell whether a module's file is one that may change while everything else stays: a user's, or a rule of negsim's."""
    if file.is_relative_to(PACKAGE):
        return file.relative_to(PACKAGE).parts[0] in ("strategies", "mediators", "protocols", "theory")
    return not any(file.is_relative_to(folder) for folder in _installed())


def _may_be_own(file: Path) -> bool:
    return file.is_relative_to(PACKAGE) or is_own(file)


@functools.cache
def _installed() -> tuple[Path, ...]:
    paths = sysconfig.get_paths()
    return tuple(Path(paths[name]).resolve() for name in ("stdlib", "platstdlib", "purelib", "platlib"))


def _imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file may mean by its import statements, wherever in it they stand."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, OSError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file_of(name: str) -> Path | None:
    """Return the file of a module, imported or not; nothing if it has none, or comes with Python."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names or (top != name and (above := _file_of(top)) is not None and not _may_be_own(above)):
        return None
    module = sys.modules.get(name)
    if module is not None:
        file = getattr(module, "__file__", None)
    else:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError, AttributeError):
            return None
        file = spec.origin if spec is not None and spec.has_location else None
    return Path(file).resolve() if file and file.endswith(".py") else None


def note_brought(path: str, before: Iterable[str]) -> None:
    """Note which modules came with a plug-in: those that were not there before it was imported."""
    modules = [sys.modules[name] for name in sys.modules.keys() - set(before)]
    files = {Path(file).resolve() for module in modules if (file := getattr(module, "__file__", None)) and file.endswith(".py")}
    BROUGHT[str(Path(path).resolve())] = tuple(sorted(str(file) for file in files if is_own(file)))
