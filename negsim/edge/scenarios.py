"""How a scenario is made of its file: what it extends, its coded sources, changes made to it, its plug-ins."""

import runpy
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from negsim.domain.scenario import Scenario
from negsim.domain.statement import Source, sources_merged
from negsim.edge.domains import tables_of
from negsim.edge.files import DEEPEST, InputError, bundled, find, held_by, near, parsed, read_toml, validated
from negsim.engine.plugins import PluginError, run_plugin

ALLOW = "look at them, then say --code"


def load_scenario(name: str | Path, changes: Sequence[str] = (), *, code: bool = True) -> Scenario:
    """Load a scenario by bundled id or path, with `path=value` changes.

    Parameters
    ----------
    name : str or Path
    changes : sequence of str
    code : bool
        Whether Python code that it brings is run: its plug-ins, or itself where it is a script. What is bundled always is.

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
    return build_scenario(scenario_tables(path, code=code), path, changes, code=code)


def scenario_tables(path: Path, *, code: bool = True) -> dict[str, Any]:
    """Return a scenario file as nested tables, with what it extends merged in and its sources' statements read.

    A script (`.py`) is run, and what it calls `scenario` is taken.
    """
    if path.suffix == ".py":
        if not code and not path.resolve().is_relative_to(bundled("scenarios").resolve()):
            raise InputError(f"{path}: is a script, and reading it runs it: look at it, then say --code")
        return scripted(path).model_dump()
    if path.suffix != ".toml":
        return tables_of(path)
    tables = _extended(path, ())
    if held_by(tables) == "experiment":
        raise InputError(f"{path}: is an experiment; run it with negsim sweep {path} --out DIR")
    if held_by(tables) == "source":
        raise InputError(f'{path}: is a source; a scenario names it, as sources = ["{path.stem}"]')
    sources = []
    named = tables.get("sources", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise InputError(f'{path}: sources: write a list of ids, for example ["my-source"]')
    if len(set(named)) < len(named) or "" in named:
        raise InputError(f"{path}: sources: {named} names one twice, or none; name each once")
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
    for spoken in sources:
        check_status_quo(spoken, agenda, path)
    merged = {}
    for key, statement in statements.items():
        kept = on_agenda(statement.options, agenda)
        if kept or statement.stance == "claims":  # a source may speak of more than this scenario's agenda
            merged[key] = {**statement.model_dump(exclude_defaults=True), "options": kept}
            if statement.conditions:
                merged[key] |= conditional(on_agenda(statement.conditions, agenda))
    for fields in merged.values():
        if "supersedes" in fields:
            fields["supersedes"] = [ended for ended in fields["supersedes"] if ended in merged]
    own = tables.get("statements", {})
    if not isinstance(own, Mapping) or not all(isinstance(statement, Mapping) for statement in own.values()):
        raise InputError(f"{path}: statements: write each as a table [statements.ID]")
    for key, statement in own.items():
        merged[key] = {**merged.get(key, {}), **statement}
    return {**tables, "statements": merged, "source_of": source_of}


def check_status_quo(source: Source, agenda: Mapping[str, Any], path: Path) -> None:
    """Check that a source has the status quo of each issue first, as the scenario has it."""
    for issue, (told, *_) in source.variables.items():
        entry = agenda.get(issue)
        options = entry.get("options") if isinstance(entry, Mapping) else None
        first = options[0] if isinstance(options, list) and options else None
        quo = first.get("id", told) if isinstance(first, Mapping) else told
        if quo != told:
            raise InputError(
                f"{path}: issues.{issue}: the status quo is '{quo}', and in the source '{source.id}' it is '{told}';"
                " list it first in both"
            )


def on_agenda(options: Iterable[str], agenda: Iterable[str]) -> list[str]:
    """Return those options whose issue is on an agenda."""
    return [name for name in options if name.partition(".")[0] in agenda]


def conditional(conditions: list[str]) -> dict[str, Any]:
    """Return a refusal but for conditions as fields of a statement; without one on the agenda it is refused outright."""
    return {"condition": conditions} if conditions else {"stance": "rejects", "condition": ""}


def build_scenario(tables: Mapping[str, Any], path: Path, changes: Sequence[str] = (), *, code: bool = True) -> Scenario:
    """Validate a scenario's tables after `path=value` changes; only with `code` are its plug-ins imported."""
    changed = _deep(tables)
    for change in changes:
        key, equals, text = change.partition("=")
        if not equals or not key:
            raise InputError(f"'{change}': write it as path=value, for example parties.russia.theta=0.1")
        if key.strip() in ("sources", "extends", "plugins"):
            raise InputError(f"'{change}': '{key.strip()}' is read before changes are made; set it in a file of your own")
        put(changed, key.strip(), parse_value(text.strip()))
    scenario: Scenario = validated(Scenario, changed, path)
    for plugin in scenario.plugins if code else ():
        at = path.parent / plugin
        if not plugin.isprintable() or not at.resolve().is_relative_to(path.parent.resolve()):
            raise InputError(f"{path}: plugins: {plugin!r} does not lie beside the scenario; put it there")
        try:
            run_plugin(at)
        except PluginError as error:
            raise InputError(str(error)) from None
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
        found = parsed(f"value = {text}")
    except ValueError:
        return text
    return found["value"] if len(found) == 1 else text


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


def load_source(path: Path) -> Source:
    """Load and validate a coded source."""
    source: Source = validated(Source, read_toml(path), path)
    return source


def _extended(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    if path.resolve() in seen:
        raise InputError(f"{path}: extends itself")
    if len(seen) >= DEEPEST:
        raise InputError(f"{path}: stands at the end of {DEEPEST} files that extend each other; take fewer")
    tables = read_toml(path)
    base = tables.pop("extends", None)
    if base is None:
        return tables
    if not isinstance(base, str) or not base:
        raise InputError(f"{path}: extends: write the id of a scenario, or a path")
    at = find(base, "scenarios", beside=path.parent)
    if at.suffix != ".toml":
        raise InputError(f"{path}: extends: '{base}' is no .toml scenario")
    return _merged(_extended(at, (*seen, path.resolve())), tables)


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
