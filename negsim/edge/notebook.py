"""negsim in Python: what the commands do, with tables, short texts and HTML in place of printed lines. Part of the edge."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from negsim.domain.scenario import Scenario
from negsim.edge.experiments import Request, experiment_of
from negsim.edge.files import InputError
from negsim.edge.found import Found, Sweep
from negsim.edge.planning import check_ensemble, parse_package, plan_of, plan_sweep, variants, variants_of
from negsim.sweeps.axes import Value
from negsim.sweeps.plan import Plan

Subject = str | Path | Scenario
"""Id of a bundled scenario, a path to a file, or a scenario that was loaded before."""


def sweep(
    scenario: Subject,
    *,
    runs: int | None = None,
    seed: int | None = None,
    vary: Mapping[str, Sequence[Value] | str] | None = None,
    changes: Iterable[str] = (),
    design: str | None = None,
    points: int | None = None,
    out: str | Path | None = None,
    workers: int = 1,
    inputs: bool | None = None,
) -> Sweep:
    """Run an ensemble.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Or an experiment, by id or path.
    runs : int, optional
        Of each point; 1000, or what an experiment says.
    seed : int, optional
        Key of every draw; 0, or what an experiment says.
    vary : mapping of str to sequence or str, optional
        Values of varied inputs by path; or "lo:hi:n".
    changes : iterable of str
        As `path=value`.
    design : str, optional
        "grid" or "random".
    points : int, optional
        Of a random design.
    out : path, optional
        Folder that keeps the runs, as `negsim sweep --out`: the same call again resumes or extends it.
    workers : int
        Processes. More than one start Python anew, so a script that asks for them needs `if __name__ == "__main__":`.
    inputs : bool, optional
        Whether rows hold what each run was drawn to be; so up to 20,000 runs if not said.

    Returns
    -------
    Sweep

    Raises
    ------
    InputError
        What is wrong with what was asked for, in one line.

    Examples
    --------
    >>> import negsim
    >>> found = negsim.sweep("istanbul-2025-06-02", runs=3, seed=1)
    >>> found
    <negsim: sweep of istanbul-2025-06-02, 1 point x 3 runs, seed 1; 3 rows>
    >>> found.share("agreed.humanitarian").of
    3
    """
    from negsim.edge.ensembles import enough_of
    from negsim.sweeps.sweep import run_sweep

    for name, value, least in (("runs", runs, 1), ("seed", seed, 0), ("points", points, 1), ("workers", workers, 1)):
        _whole(name, value, least)
    if vary is not None and not isinstance(vary, Mapping):
        raise InputError(f"vary={vary!r}: give a mapping of paths to values")
    axes = [_axis(path, values) for path, values in (vary or {}).items()]
    asked = Request(axes, design or "", points, runs, seed, _texts(changes))
    if isinstance(scenario, Scenario):
        if scenario.plugins:
            raise InputError(f"{scenario.id}: has plug-ins, which are found beside its file; sweep that by its path")
        tables = scenario.model_dump(mode="json")
        plan = plan_of(experiment_of({"scenario": scenario.id}, asked), tables, Path(scenario.id), "batch", drawn=inputs)
    else:
        plan = plan_sweep(str(scenario), asked, "batch", drawn=inputs)
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            run_sweep(plan, at := Path(folder) / "runs", workers, lambda *_: None, enough=enough_of(plan, at))
            return _swept(Path(folder) / "runs", plan)
    run_sweep(plan, Path(out), workers, lambda *_: None, enough=enough_of(plan, Path(out)))
    return _swept(Path(out), plan)


def _axis(path: str, values: Sequence[Value] | str) -> str:
    if isinstance(values, str):
        return f"{path}={values}"
    if not isinstance(values, Sequence) or any(isinstance(value, str) and "," in value for value in values):
        raise InputError(f"vary: {path}: give a list of numbers or words without commas, or 'lo:hi:n'")
    return f"{path}={','.join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)}"


def _texts(texts: Iterable[str] | str) -> list[str]:
    """Return texts as a list; one alone is a list of one."""
    return [texts] if isinstance(texts, str) else list(texts)


def _whole(name: str, value: object, least: int) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
        raise InputError(f"{name}={value!r}: give a whole number of at least {least}")


def _swept(folder: Path, plan: Plan) -> Sweep:
    from negsim.sweeps.reading import read_results

    table, manifest = read_results(folder)
    points = manifest["points"]
    many = f"{points} point{'s' if points > 1 else ''} x {manifest['runs']} runs"
    title = f"sweep of {plan.scenarios[0].id}, {many}, seed {manifest['seed']}"
    return Sweep(title, table, manifest, plan.scenarios[0])


def analyze(scenario: Subject, *, draws: int = 1000, seed: int = 0, changes: Iterable[str] = (), package: str = "") -> Found:
    """Survey what could be agreed; a row for each deal.

    Parameters
    ----------
    scenario : str, Path or Scenario
    draws : int
        Of what the texts leave open.
    seed : int
        Key of every draw.
    changes : iterable of str
        As `path=value`.
    package : str
        One to measure, as `ceasefire=full`, or "agreed".

    Returns
    -------
    Found
        Its `content` is a `negsim.analysis.draws.survey.Survey`.

    Examples
    --------
    >>> import negsim
    >>> negsim.analyze("two-issues", draws=1).table.column_names[:3]
    ['deal', 'zone', 'low']
    """
    from negsim.analysis.draws.survey import Ask, as_json, survey

    _whole("draws", draws, 1)
    _whole("seed", seed, 0)
    chosen = _maker(scenario, changes)(())
    found = survey(chosen, draws, seed, Ask(parse_package(package, chosen), [], 3, 0))
    rows = []
    for name, one in as_json(found)["deals"].items():
        best = one["packages"][0] if one["packages"] else None
        opening = one["opens"][0] if one["opens"] else None
        rows.append(
            {
                "deal": name,
                "zone": one["zone"]["share"],
                "low": one["zone"]["interval"][0],
                "high": one["zone"]["interval"][1],
                "best_package": "; ".join(f"{key}={option}" for key, option in best["package"].items()) if best else None,
                "acceptable": best["acceptable"] if best else None,
                "opens": " and ".join(f"{item['who']} ({item['kind']})" for item in opening["constraints"]) if opening else None,
                "opens_in": opening["share_of_draws_without_zone"] if opening else None,
            }
        )
    return Found(f"what could be agreed in {chosen.id}, {draws} draws", pa.Table.from_pylist(rows), found)


def explain(
    scenario: Subject,
    outcomes: Iterable[str] = (),
    *,
    runs: int = 1000,
    pairs: int = 1000,
    seed: int = 0,
    changes: Iterable[str] = (),
    workers: int = 1,
) -> Found:
    """Say what decided some outcomes, how far they hang on what is assumed, and what is pivotal.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Or the folder of a sweep of one point.
    outcomes : iterable of str
        As `agreed.ceasefire`; that every track is agreed if none is named.
    runs : int
        Of each variant.
    pairs : int
        Of runs, for what decided it.
    seed : int
        Key of every draw.
    changes : iterable of str
        As `path=value`.
    workers : int
        Threads.

    Returns
    -------
    Found
        A row for each outcome and group of draws; its `content` has "decided", "assumed" and "pivots".
    """
    from negsim.analysis.runs.expression import check
    from negsim.analysis.runs.pivots import pivots
    from negsim.analysis.runs.summary import explained, tracks_of

    for name, value, least in (("runs", runs, 10), ("pairs", pairs, 10), ("seed", seed, 0), ("workers", workers, 1)):
        _whole(name, value, least)
    make = _maker(scenario, changes)
    chosen = make(())
    check_ensemble(make)
    asked = _texts(outcomes) or tracks_of(chosen)
    for text in asked:
        try:
            check(text, chosen)
        except ValueError as error:
            raise InputError(str(error)) from None
    decided, assumed = explained(make, asked, runs, pairs, seed, workers)
    rows = []
    for one in decided:
        for level, parts in (("group", one.groups), ("statement", one.readings)):
            for part in parts:
                row: dict[str, Any] = {
                    "outcome": one.outcome,
                    "level": level,
                    "draws": part.id,
                    "statements": ", ".join(part.statements),
                }
                for name, share in (("first", part.first), ("total", part.total)):
                    row |= {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}
                rows.append(row)
    content = {"decided": decided, "assumed": assumed, "pivots": pivots(make, asked, runs, seed, workers)}
    return Found(f"what decided {', '.join(asked)} in {chosen.id}", pa.Table.from_pylist(rows), content)


def score(subject: Sweep | str | Path, against: str = "") -> Found:
    """Score a sweep, its folder, or a sealed forecast against what came about; a row for each issue.

    Parameters
    ----------
    subject : Sweep, str or Path
    against : str
        For a forecast: the scenario whose sources say what came about.

    Returns
    -------
    Found
        Its `content` is a `negsim.analysis.runs.scores.Scores`.

    Examples
    --------
    >>> import negsim
    >>> negsim.score(negsim.sweep("istanbul-2025-06-02", runs=3)).table["was"][0].as_py()
    'none'
    """
    from negsim.analysis.runs.ensembles import played
    from negsim.analysis.runs.scores import scores
    from negsim.edge.forecasts import scored_forecast
    from negsim.edge.scoring import check_outcomes, scored

    if not isinstance(subject, Sweep | str | Path):
        raise InputError(f"{type(subject).__name__}: give a sweep, the folder of one, or the file of a sealed forecast")
    if isinstance(subject, Sweep):
        if subject.content["points"] != 1:
            raise InputError(f"a score is of one point; this sweep has {subject.content['points']}")
        scenario = subject.scenario
        check_outcomes(scenario, scenario.id)
        found = scores(played(subject.table), scenario, subject.content["seed"])
    else:
        path = Path(subject)
        scenario, found = scored_forecast(path, against) if path.is_file() else scored(path)
    rows = [
        {"issue": one.issue, "was": one.was, "event": one.event, "chance": one.probability, "negsim": one.model, **one.nulls}
        for one in found.issues
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    return Found(f"scores of {scenario.id}, mean {found.means[0].value:.3f} (0 is perfect)", table, found)


def _maker(scenario: Subject, changes: Iterable[str]) -> Callable[[Sequence[str]], Scenario]:
    if isinstance(scenario, Scenario):
        return variants_of(scenario, _texts(changes))
    return variants(str(scenario), _texts(changes))


def sensitivity(found: Sweep, outcomes: Iterable[str] | str = ()) -> Found:
    """Say which inputs of a Saltelli or Morris design outcomes hang on; a row for each index.

    Parameters
    ----------
    found : Sweep
    outcomes : iterable of str
        As `agreed.ceasefire` or `gain.ukraine`; that of the sweep if none is named.

    Returns
    -------
    Found
        Its `content` is a list of `negsim.analysis.runs.sensitivity.Sensitivity`.

    Examples
    --------
    >>> import negsim
    >>> runs = negsim.sweep("two-issues", vary={"parties.buyer.theta": "0:0.2"}, design="saltelli", points=4, runs=2)
    >>> negsim.sensitivity(runs, "gain.buyer").table.num_rows
    2
    """
    from negsim.edge.mattered import sensitivity_of

    told = sensitivity_of(found.opened(), _texts(outcomes))
    rows = [
        {"outcome": one.outcome, "input": entry.path, "index": kind, **index._asdict()}
        for one in told
        for entry in one.inputs
        for kind, index in entry.indices.items()
    ]
    return Found(f"sensitivity of {', '.join(one.outcome for one in told)}", pa.Table.from_pylist(rows), told)


def discover(found: Sweep, outcome: str = "", *, boxes: int = 2) -> Found:
    """Say under which inputs an outcome comes about; a row for each bound of each box.

    Parameters
    ----------
    found : Sweep
    outcome : str
        As `option.ceasefire != none`; that of the sweep if not said.
    boxes : int
        That PRIM looks for.

    Returns
    -------
    Found
        Its `content` is a `negsim.analysis.runs.discovery.Discovery`.
    """
    from negsim.edge.mattered import discovery_of

    told = discovery_of(found.opened(), outcome, boxes)
    rows = [
        {"method": method, "box": place + 1, **box._replace(bounds=())._asdict(), **bound._asdict()}
        for method, entries in (("prim", told.prim), ("cart", told.cart))
        for place, box in enumerate(entries)
        for bound in box.bounds
    ]
    table = pa.Table.from_pylist([{key: value for key, value in row.items() if key != "bounds"} for row in rows])
    return Found(f"inputs under which {told.outcome}", table, told)


def robustness(found: Sweep, outcome: str = "", *, at_least: float = 0.5, levers: Iterable[str] | str = ()) -> Found:
    """Say how each setting of the levers holds over what nobody knows; a row for each.

    Parameters
    ----------
    found : Sweep
    outcome : str
        That of the sweep if not said.
    at_least : float
        How much of it is enough.
    levers : iterable of str
        Which inputs are levers; those of the experiment if not said.

    Returns
    -------
    Found
        Its `content` is a list of `negsim.analysis.runs.robustness.Setting`.
    """
    from negsim.edge.mattered import robustness_of

    named, told = robustness_of(found.opened(), outcome, at_least, _texts(levers))
    rows = [
        {**one.levers, "mean": one.mean.value, "worst": one.worst.value, "best": one.best, "enough_at": one.satisfices.hits,
         "surely_at": one.surely.hits, "of": one.satisfices.of, "regret": one.regret}
        for one in told
    ]  # fmt: skip
    return Found(f"levers on {named}, at least {at_least:g}", pa.Table.from_pylist(rows), told)
