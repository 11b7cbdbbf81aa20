"""Which files there are, by id or path, and how they are read and written."""

import ast
import difflib
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from negsim import formats
from negsim.domain.scenario import Scenario
from negsim.domain.statement import Source, short
from negsim.sweeps.disk import ASIDE, put

MOST_BYTES, DEEPEST = 20_000_000, 100  # of a file, and of tables in tables


class InputError(Exception):
    """A user's mistake, in one line: what, where, how to fix.

    Attributes
    ----------
    all : list of str
        All that is wrong, where more was found than that.
    """

    def __init__(self, text: str, all_of_them: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.all = list(all_of_them) or [text]


def bundled(kind: str) -> Path:
    """Return the folder of bundled files of a kind: from the wheel, or from a checkout."""
    here = Path(__file__).resolve().parents[1]
    packed = here / "_bundled" / kind
    return packed if packed.is_dir() else here.parent / kind


def bundled_ids(kind: str) -> list[str]:
    """Return the ids of the bundled files of a kind; a scenario may also be a script."""
    endings = (".toml", ".py") if kind == "scenarios" else (".toml",)
    return sorted(path.stem for path in bundled(kind).glob("*") if path.suffix in endings)


def find(name: str | Path, kind: str, beside: Path | None = None) -> Path:
    """Return the file of an id or path, looking beside another file first.

    Raises
    ------
    InputError
        If there is none; near misses among the bundled ids are suggested.
    """
    text = str(name)
    if not text.isprintable():
        raise InputError(f"{text!r}: is no name of a file")
    places = [bundled(kind), Path()]
    if beside is not None:  # neighbours come first, or those in a folder of that kind there or one level up
        places = [beside, beside / kind, beside.parent / kind, *places]
    for place in places:
        for ending in (".toml", ".py"):
            at = place / f"{text}{ending}"
            if at.is_file() and (kind != "seeds" or kind_of(at) == "source"):
                return at
    path = Path(text) if beside is None else beside / text
    if kind == "scenarios" and path.exists() and path.suffix not in (".toml", ".py") and domain_files(path):
        return path
    if path.suffix in (".toml", ".py"):
        if path.is_file():
            return path
        raise InputError(f"{text}: is a folder, not a file" if path.is_dir() else f"{text}: no such file")
    if path.is_dir():
        raise InputError(f"{text}: is a folder, and neither a sweep nor a domain (Genius XML, NegMAS YAML) lies in it")
    if path.is_file():
        raise InputError(f"{text}: a scenario, source or experiment is a .toml file (a scenario may be a .py)")
    if kind == "scenarios" and (bundled("experiments") / f"{text}.toml").is_file():
        raise InputError(f"{text}: is an experiment; run it with negsim sweep {text} --out DIR")
    raise InputError(f"{text}: no such {kind[:-1]}{near(text, bundled_ids(kind))}")


def near(name: str, among: Any) -> str:
    """Return a hint at the nearest known name, or the list of all."""
    names = [str(key) for key in among]
    close = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean '{close[0]}'?" if close else f"; there is: {', '.join(names) or 'none'}"


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it is empty, no text or no TOML.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; no scenario is")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file; a scenario is written in TOML") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    try:
        tables = parsed(text)
    except ValueError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from None
    return tables


def parsed(text: str) -> dict[str, Any]:
    """Parse TOML.

    Raises
    ------
    ValueError
        If it is none, or has numbers or nesting beyond what any scenario needs.
    """
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise ValueError(f"nested more than {DEEPEST} deep") from None
    except ValueError as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise
        raise ValueError("a number of more digits than are read") from None
    level: list[Any] = [tables]
    for _ in range(DEEPEST):
        inside = [part.values() if isinstance(part, dict) else part for part in level]
        level = [part for parts in inside for part in parts if isinstance(part, dict | list)]
        if not level:
            return tables
    raise ValueError(f"nested more than {DEEPEST} deep")


def kind_of(path: Path) -> str:
    """Tell what a file holds by its tables: a source, an experiment or a scenario."""
    if path.suffix != ".toml":
        return "scenario"  # a script, or another tool's domain
    return held_by(read_toml(path))


def held_by(tables: Mapping[str, Any]) -> str:
    """Tell whether tables are those of a source, an experiment or a scenario."""
    if "variables" in tables or "paragraphs" in tables:
        return "source"
    return "experiment" if "scenario" in tables else "scenario"


def is_experiment(name: str) -> bool:
    """Tell whether a name is that of an experiment: a bundled id, or a file with a `scenario` in it."""
    if (bundled("experiments") / f"{name}.toml").is_file():
        return True
    path = Path(name)
    return path.suffix == ".toml" and path.is_file() and "scenario" in read_toml(path)


def title_of(kind: str, key: str) -> str:
    """Return the title of a bundled file; of a script, the first line of its docstring."""
    path = bundled(kind) / f"{key}.toml"
    if path.is_file():
        return str(read_toml(path).get("title", ""))
    script = ast.parse(path.with_suffix(".py").read_text(encoding="utf-8"))
    return (ast.get_docstring(script) or "").split("\n")[0].rstrip(".")


def domain_files(path: Path) -> dict[str, list[Path]]:
    """Return the files of another tool's domain by the format they are in: those of a folder, or of the folder of one of them."""
    formats.discover()
    endings = {ending: name for name, known in formats.FORMATS.items() for ending in known.endings}
    if path.is_file():
        path = path.parent if path.suffix.lower() in endings else path / "nothing"
    found: dict[str, list[Path]] = {}
    for at in sorted(path.iterdir()) if path.is_dir() else []:
        if at.is_file() and at.suffix.lower() in endings:
            found.setdefault(endings[at.suffix.lower()], []).append(at)
    return found


def schema_of(kind: str) -> str:
    """Return the JSON Schema of a kind of file as users write it, or of what a command prints with `--json`.

    A scenario file may leave out what it extends, so nothing is required of it but its id.
    """
    from negsim.sweeps.design import Experiment

    models: dict[str, Any] = {"scenario": Scenario, "source": Source, "experiment": Experiment}
    if kind not in models:
        from negsim.edge.replies import REPLIES

        models = {**models, **REPLIES}
    schema = models[kind].model_json_schema()
    if kind == "scenario":
        schema["properties"]["extends"] = {"type": "string", "description": "Id of a scenario to build on."}
        schema["properties"].pop("source_of")
        schema["required"] = ["id"]
        from negsim.edge.parameters import traits_in_schema

        for actor in ("Party", "Mediator"):
            schema["$defs"][actor]["properties"]["traits"]["properties"] = traits_in_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1)


def check_writable(path: Path) -> None:
    """Refuse a file that cannot be written, before anything is computed for it."""
    folder = next(place for place in (path.parent, *path.parent.parents) if place.exists())
    fine = os.access(path, os.W_OK) and path.is_file() if path.exists() else folder.is_dir() and os.access(folder, os.W_OK)
    if not fine:
        raise InputError(f"{path}: cannot be written; name another file with -o")


def write_text(path: Path, text: str) -> None:
    """Write a text file, with the folders on the way; what was there stays until all of it is written."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, with the folders on the way; what was there stays until all of it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a device has no place beside it
        path.write_bytes(data)
        return
    place = path.resolve()
    try:
        put(place, lambda file: file.write(data))
    finally:
        place.with_name(place.name + ASIDE).unlink(missing_ok=True)


def validated(model: Any, tables: Mapping[str, Any], path: Path) -> Any:
    """Validate tables as a model; the first mistake in them is one line."""
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        found = [f"{path}: {problem}" for problem in problems_in(model, error, tables)]
        raise InputError(found[0], found) from None


RENAMED = {
    "receiver": 'a swap is one issue of sizes, swap = ["one", "other"]',
    "giver": 'a swap is one issue of sizes, swap = ["one", "other"]',
    "curvature": "it is now benefit_curve and cost_curve",
    "share_a": "it is now the track's delivery = {all = 1, part = 1, none = 1}",
    "share_b": "it is now the track's delivery = {all = 1, part = 1, none = 1}",
}
"""What has taken the place of keys that files once had."""
WRITTEN_AS = {"model_type": "a table, { ... }", "dict_type": "a table, { ... }", "list_type": "a list, [ ... ]"}


def problems_in(model: Any, error: ValidationError, tables: Any = None) -> list[str]:
    """Put what validation found into words: where, what, and the nearest name; entries of lists by their id."""
    found = error.errors()
    found.sort(key=lambda problem: problem["type"] != "extra_forbidden")  # a misspelt name is missed elsewhere too
    return [text for problem in found for text in _words_on(model, problem, tables)]


def _path_of(loc: Sequence[int | str], tables: Any) -> str:
    """Return a place in tables as a dotted path, with the id of an entry of a list where it has one."""
    path = []
    for part in loc:
        inside = isinstance(tables, Mapping) or (isinstance(tables, list) and isinstance(part, int) and part < len(tables))
        tables = (tables.get(part) if isinstance(tables, Mapping) else tables[part]) if inside else None
        named = isinstance(part, int) and isinstance(tables, Mapping) and isinstance(tables.get("id"), str)
        path.append(str(tables["id"] if named else part))
    return ".".join(path)


def _words_on(model: Any, problem: Any, tables: Any) -> list[str]:
    where = _path_of(problem["loc"], tables)
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        name = str(problem["loc"][-1])
        fields = _fields_at(model, problem["loc"][:-1])
        message = f"unknown key; {RENAMED[name]}" if name in RENAMED else f"unknown key{near(name, fields)}"
    elif problem["type"] == "missing":
        message = "missing"
    elif problem["type"] in WRITTEN_AS:
        message = f"write {WRITTEN_AS[problem['type']]}, not {short(problem['input'])}"
    elif "input" in problem and not problem["msg"].startswith("Value error"):
        message = f"{message[0].lower()}{message[1:]}, not {short(problem['input'])}"
    faults = getattr(problem.get("ctx", {}).get("error"), "all", [message])
    return [f"{where}: {fault}" if where else fault for fault in faults]


def _fields_at(model: Any, loc: tuple[int | str, ...]) -> list[str]:
    fields: Any = model
    for part in loc:
        inner = getattr(fields, "model_fields", {}).get(part)
        annotation = inner.annotation if inner is not None else fields
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if hasattr(candidate, "model_fields"):
                fields = candidate
    return list(getattr(fields, "model_fields", {}))
