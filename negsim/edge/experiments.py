"""What is asked of a scenario: experiment files, tables of points, and options of the command line. Part of the edge."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import ValidationError

from negsim.edge.files import InputError, find, is_experiment, near, problems_in, read_toml
from negsim.sweeps.design import Experiment, Kind, parse_axis

if TYPE_CHECKING:
    from negsim.sweeps.axes import Axis


class Request(NamedTuple):
    """What is asked for beside a scenario or experiment; None or nothing leaves it as the experiment has it."""

    vary: list[str] | None = None
    design: str = ""
    points: int | None = None
    runs: int | None = None
    seed: int | None = None
    changes: list[str] | None = None
    levers: list[str] | None = None
    constraints: list[str] | None = None
    file: str | None = None
    outcome: str = ""
    until: float | None = None
    most: int | None = None
    common: bool | None = None


def load_experiment(name: str) -> dict[str, Any]:
    """Return the tables of an experiment file; a scenario, and a table of points, are found beside it."""
    path = find(name, "experiments")
    tables = read_toml(path)
    tables.setdefault("id", path.stem)
    named = str(tables.get("scenario", ""))
    for beside in (path.parent / named, path.parent / f"{named}.toml"):
        if named and beside.is_file():
            tables["scenario"] = str(beside)
    if isinstance(tables.get("file"), str) and tables["file"]:
        if tables.get("rows"):
            raise InputError(f"{path}: has rows and a file of points; keep one")
        tables["rows"] = read_points(path.parent / tables["file"])
    return tables


def read_points(path: Path) -> list[dict[str, Any]]:
    """Read the points of an explicit design from a CSV or Parquet table: a column for each varied path.

    Raises
    ------
    InputError
        If it cannot be read, or a value is missing.
    """
    import pyarrow as pa
    from pyarrow import csv, parquet

    if not path.is_file():
        raise InputError(f"{path}: no such table of points; paths in an experiment are from where its file lies")
    try:
        table = parquet.read_table(path) if path.suffix.lower() == ".parquet" else csv.read_csv(path)
        rows: list[dict[str, Any]] = table.to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path}: is no CSV or Parquet table ({error})") from None
    if len(set(table.column_names)) < len(table.column_names) or "" in table.column_names:
        raise InputError(f"{path}: names a column twice, or not at all; name each by one path")
    for number, row in enumerate(rows):
        for name, value in row.items():
            if not isinstance(value, bool | int | float | str) or value == "":
                raise InputError(f"{path}: row {number + 1}: {name}: write a number, a word, true or false in every place")
    if not rows:
        raise InputError(f"{path}: holds no points")
    return rows


def experiment_asked(subject: str, request: Request) -> Experiment:
    """Read an experiment file, or make one of a scenario; options of the command line come on top."""
    return experiment_of(load_experiment(subject) if is_experiment(subject) else {"scenario": subject}, request, subject)


def experiment_of(tables: dict[str, Any], request: Request, subject: str = "") -> Experiment:
    """Return an experiment made of its tables, with what is asked for beside them on top.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    subject = subject or str(tables["scenario"])
    if request.design and request.design not in get_args(Kind):
        raise InputError(f"--design {request.design}: no such design{near(request.design, get_args(Kind))}")
    if request.file is not None:
        tables = {**tables, "file": request.file, "rows": read_points(Path(request.file))}
    if tables.get("arms") or tables.get("rows"):
        tables.setdefault("design", "explicit")
    axes: dict[str, dict[str, Axis]] = {}
    for option, texts in (("vary", request.vary), ("levers", request.levers)):
        try:
            axes[option] = dict(parse_axis(text) for text in texts or [])
            if len(axes[option]) < len(texts or []):
                raise ValueError("names an input twice; say all its values at once")
        except ValueError as error:
            raise InputError(f"--{option.removesuffix('s')} {error}") from None
    for name, value in (
        ("design", request.design or None),
        ("points", request.points),
        ("runs", request.runs),
        ("seed", request.seed),
        ("outcome", request.outcome or None),
        ("until", request.until),
        ("most", request.most),
        ("common", request.common),
        ("constraints", request.constraints or None),
    ):
        if value is not None:
            tables[name] = value
    if request.runs is not None and request.runs < 1:
        raise InputError(f"--runs {request.runs}: a sweep takes at least 1 run a point")
    if request.changes and isinstance(tables.get("changes", []), list):
        tables["changes"] = [*tables.get("changes", []), *request.changes]
    for kind, asked in axes.items():
        if asked and all(isinstance(tables.get(one, {}), dict) for one in ("vary", "levers", "uncertainties")):
            others = [other for other in ("vary", "levers", "uncertainties") if other != kind]
            for path in asked:  # varied anew, an input is what it was: a lever, or what nobody knows; --lever makes it one
                known = next((other for other in others if path in (tables.get(other) or {})), kind)
                if kind == "levers" and known != kind:
                    tables[known] = {key: axis for key, axis in tables[known].items() if key != path}
                    known = kind
                tables[known] = {**tables.get(known, {}), path: asked[path]}
    try:
        return Experiment.model_validate(tables)
    except ValidationError as error:
        raise InputError(f"{subject}: {problems_in(Experiment, error)[0]}") from None
