"""Where files are read: scenarios, coded sources and experiments, by id or path. Part of the edge."""

import ast
import difflib
import importlib.util
import json
import runpy
import sys
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from negsim.domain.scenario import Scenario, sources_merged
from negsim.domain.statement import Source


class InputError(Exception):
    """A user's mistake, in one line: what, where, how to fix."""


def bundled(kind: str) -> Path:
    """Return the folder of bundled files of a kind: from the wheel, or from a checkout."""
    here = Path(__file__).resolve().parent
    packed = here / "_bundled" / kind
    return packed if packed.is_dir() else here.parent / kind


def bundled_ids(kind: str) -> list[str]:
    """Return the ids of the bundled files of a kind; a scenario may also be a script."""
    endings = (".toml", ".py") if kind == "scenarios" else (".toml",)
    return sorted(path.stem for path in bundled(kind).glob("*") if path.suffix in endings)


def load_scenario(name: str | Path, changes: Sequence[str] = ()) -> Scenario:
    """Load a scenario by bundled id or path, with `path=value` changes.

    Raises
    ------
    InputError
        If it does not exist or is not valid: one line that says what, where and how to fix it.

    Examples
    --------
    >>> load_scenario("istanbul-2025-06-02").parties["russia"].name
    'Russia'
    >>> load_scenario("istanbul-2025-06-02", ["parties.russia.theta=0.1"]).parties["russia"].theta
    (0.1, 0.1)
    """
    path = find(name, "scenarios")
    return build_scenario(scenario_tables(path), path, changes)


def scenario_tables(path: Path) -> dict[str, Any]:
    """Return a scenario file as nested tables, with what it extends merged in and its sources' statements read.

    A script (`.py`) is run, and what it calls `scenario` is taken.
    """
    if path.suffix == ".py":
        return scripted(path).model_dump()
    if path.suffix != ".toml":
        from negsim.domains import tables_of

        return tables_of(path)
    tables = _extended(path, ())
    sources = []
    named = tables.get("sources", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise InputError(f'{path}: sources: write a list of ids, for example ["my-source"]')
    for source in named:
        try:
            at = find(source, "seeds", beside=path.parent)
        except InputError as error:
            raise InputError(f"{path}: sources: {error}") from None
        sources.append(load_source(at))
    try:
        statements, source_of = sources_merged(sources)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    agenda = tables.get("issues", {})
    if not isinstance(agenda, Mapping):
        raise InputError(f"{path}: issues: write each as a table [issues.ID]")
    merged = {}
    for key, statement in statements.items():
        kept = [name for name in statement.options if name.partition(".")[0] in agenda]
        if kept or statement.stance == "claims":  # a source may speak of more than this scenario's agenda
            merged[key] = {**statement.model_dump(exclude_defaults=True), "options": kept}
    own = tables.get("statements", {})
    if not isinstance(own, Mapping) or not all(isinstance(statement, Mapping) for statement in own.values()):
        raise InputError(f"{path}: statements: write each as a table [statements.ID]")
    for key, statement in own.items():
        merged[key] = {**merged.get(key, {}), **statement}
    return {**tables, "statements": merged, "source_of": source_of}


def build_scenario(tables: Mapping[str, Any], path: Path, changes: Sequence[str] = ()) -> Scenario:
    """Validate a scenario's tables after `path=value` changes."""
    changed = _deep(tables)
    for change in changes:
        key, equals, text = change.partition("=")
        if not equals or not key:
            raise InputError(f"'{change}': write it as path=value, for example parties.russia.theta=0.1")
        if key.strip() in ("sources", "extends", "plugins"):
            raise InputError(f"'{change}': '{key.strip()}' is read before changes are made; set it in a file of your own")
        put(changed, key.strip(), parse_value(text.strip()))
    scenario: Scenario = _validated(Scenario, changed, path)
    for plugin in scenario.plugins:
        run_plugin(path.parent / plugin)
    return scenario


def put(tables: dict[str, Any], path: str, value: object) -> None:
    """Set a dotted path in nested tables; lists of tables are entered by id.

    Raises
    ------
    InputError
        If a table on the way does not exist. (Unknown last names are found by validation.)
    """
    *way, last = path.split(".")
    at: Any = tables
    done: list[str] = []
    for name in way:
        if isinstance(at, dict) and name not in at and not done:
            raise InputError(f"{path}: no '{name}' here{near(name, at)}")
        entries = [str(row["id"]) for row in at if isinstance(row, dict) and "id" in row] if isinstance(at, list) else []
        if isinstance(at, list):
            at = next((row for row in at if isinstance(row, dict) and row.get("id") == name), None)
        elif isinstance(at, dict):
            if (
                name not in at
                and done[:1] in (["parties"], ["mediators"], ["issues"], ["tracks"], ["statements"])
                and len(done) == 1
            ):
                raise InputError(f"{path}: no '{name}' in {done[0]}{near(name, at)}")
            at = at.setdefault(name, {})
        if at is None:
            raise InputError(f"{path}: no '{name}' in '{done[-1]}'{near(name, entries)}")
        if not isinstance(at, dict | list):
            raise InputError(f"{path}: '{name}' holds no further names")
        done.append(name)
    if not isinstance(at, dict):
        raise InputError(f"{path}: '{way[-1]}' is a list; name one of its entries")
    at[last] = value


def parse_value(text: str) -> object:
    """Read a value as TOML would; what is no TOML value is a word."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def find(name: str | Path, kind: str, beside: Path | None = None) -> Path:
    """Return the file of an id or path, looking beside another file first.

    Raises
    ------
    InputError
        If there is none; near misses among the bundled ids are suggested.
    """
    text = str(name)
    places = [bundled(kind), Path()]
    if beside is not None:  # neighbours come first, or those in a folder of that kind there or one level up
        places = [beside, beside / kind, beside.parent / kind, *places]
    for place in places:
        for ending in (".toml", ".py"):
            at = place / f"{text}{ending}"
            if at.is_file() and (kind != "seeds" or kind_of(at) == "source"):
                return at
    path = Path(text) if beside is None else beside / text
    if kind == "scenarios" and path.exists() and path.suffix not in (".toml", ".py"):
        from negsim.domains import is_domain

        if is_domain(path):
            return path
    if path.suffix in (".toml", ".py"):
        if path.is_file():
            return path
        raise InputError(f"{text}: is a folder, not a file" if path.is_dir() else f"{text}: no such file")
    if path.is_dir():
        raise InputError(f"{text}: is a folder, and no Genius XML or NegMAS YAML domain lies in it")
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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file; a scenario is written in TOML") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise InputError(f"{path}: not valid TOML: nested too deeply") from None


def run_plugin(path: Path) -> None:
    """Import a user's file, so that the rules in it register themselves."""
    if not path.is_file():
        raise InputError(f"{path}: no such plug-in file")
    from negsim.engine.cast import register_all

    register_all()  # so that a plug-in cannot take a built-in name
    name = f"negsim_plugin_{zlib.crc32(str(path.resolve()).encode()):08x}_{path.stem}"
    if name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"{path}: a plug-in is a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # a user's file may raise anything
        del sys.modules[name]
        raise InputError(f"{path}: the plug-in raises {type(error).__name__}: {error}") from None


def _extended(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    if path in seen:
        raise InputError(f"{path}: extends itself")
    tables = read_toml(path)
    base = tables.pop("extends", None)
    if base is None:
        return tables
    return _merged(_extended(find(base, "scenarios", beside=path.parent), (*seen, path)), tables)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one set of nested tables over another; an empty table empties what lies under it."""
    result = dict(base)
    for key, value in over.items():
        known = result.get(key)
        result[key] = _merged(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) and value else value
    return result


def _deep(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _deep(part) for key, part in value.items()}
    return [_deep(part) for part in value] if isinstance(value, list) else value


def _validated(model: Any, tables: Mapping[str, Any], path: Path) -> Any:
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(model, error)}") from None


def first_problem(model: Any, error: ValidationError) -> str:
    """Put the first problem that validation found into words: where, what, and the nearest name."""
    problems = error.errors()
    problem = next(
        (p for p in problems if p["type"] == "extra_forbidden"), problems[0]
    )  # a misspelt name is missed elsewhere too
    where = ".".join(str(part) for part in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        name = str(problem["loc"][-1])
        message = f"unknown key{near(name, _fields_at(model, problem['loc'][:-1]))}"
    elif problem["type"] == "missing":
        message = "missing"
    elif "input" in problem and not problem["msg"].startswith("Value error"):
        message = f"{message[0].lower()}{message[1:]}, not {problem['input']!r}"
    return f"{where}: {message}" if where else message


def _fields_at(model: Any, loc: tuple[int | str, ...]) -> list[str]:
    fields: Any = model
    for part in loc:
        inner = getattr(fields, "model_fields", {}).get(part)
        annotation = inner.annotation if inner is not None else fields
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if hasattr(candidate, "model_fields"):
                fields = candidate
    return list(getattr(fields, "model_fields", {}))


def is_experiment(name: str) -> bool:
    """Tell whether a name is that of an experiment: a bundled id, or a file with a `scenario` in it."""
    if (bundled("experiments") / f"{name}.toml").is_file():
        return True
    path = Path(name)
    return path.suffix == ".toml" and path.is_file() and "scenario" in read_toml(path)


def load_experiment(name: str) -> dict[str, Any]:
    """Return the tables of an experiment file; a scenario beside it is found by its id."""
    path = find(name, "experiments")
    tables = read_toml(path)
    beside = path.parent / f"{tables.get('scenario', '')}.toml"
    if beside.is_file():
        tables["scenario"] = str(beside)
    return tables


def title_of(kind: str, key: str) -> str:
    """Return the title of a bundled file; of a script, the first line of its docstring."""
    path = bundled(kind) / f"{key}.toml"
    if path.is_file():
        return str(read_toml(path).get("title", ""))
    script = ast.parse(path.with_suffix(".py").read_text(encoding="utf-8"))
    return (ast.get_docstring(script) or "").split("\n")[0].rstrip(".")


def load_source(path: Path) -> Source:
    """Load and validate a coded source."""
    source: Source = _validated(Source, read_toml(path), path)
    return source


def scripted(path: Path) -> Scenario:
    """Run a scenario script and return what it calls `scenario`.

    Raises
    ------
    InputError
        If it defines none, or raises.
    """
    try:
        found = runpy.run_path(str(path)).get("scenario")
    except InputError:
        raise
    except (Exception, SystemExit) as error:  # a user's script may raise anything
        raise InputError(f"{path}: the script raises {type(error).__name__}: {error}") from None
    if not isinstance(found, Scenario):
        raise InputError(f"{path}: the script defines no `scenario`; build one with load_scenario or Scenario")
    return found


def kind_of(path: Path) -> str:
    """Tell what a file holds by its tables: a source, an experiment or a scenario."""
    if path.suffix == ".py":
        return "scenario"
    tables = read_toml(path)
    if "variables" in tables or "paragraphs" in tables:
        return "source"
    return "experiment" if "scenario" in tables else "scenario"


def schema_of(kind: str) -> str:
    """Return the JSON Schema of a kind of file as users write it.

    A scenario file may leave out what it extends, so nothing is required of it but its id.
    """
    from negsim.sweep.design import Experiment

    models: dict[str, Any] = {"scenario": Scenario, "source": Source, "experiment": Experiment}
    schema = models[kind].model_json_schema()
    if kind == "scenario":
        schema["properties"]["extends"] = {"type": "string", "description": "Id of a scenario to build on."}
        schema["properties"].pop("source_of")
        schema["required"] = ["id"]
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1)


def write_text(path: Path, text: str) -> None:
    """Write a text file, with the folders on the way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
