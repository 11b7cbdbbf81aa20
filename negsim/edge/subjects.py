"""From what a user names to what a picture is drawn from: a sweep, a point of it, or a scenario. Part of the edge."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import played
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError, find
from negsim.edge.planning import check_ensemble, load_checked, variants, variants_of
from negsim.edge.scenarios import build_scenario
from negsim.edge.words.console import complain, progress, waiting
from negsim.names.inputs import change_words
from negsim.plots import PLOTS, POINTS, RUNS, SCENARIO, Plot, Subject, discover
from negsim.sweeps.reading import read_so_far, sample_of
from negsim.sweeps.store import MANIFEST, TABLE

if TYPE_CHECKING:
    from negsim.edge.mattered import Opened


class Wanted(NamedTuple):
    """What is asked of a picture, beside its kind and its subject.

    Attributes
    ----------
    point : int or None
        Of a sweep of several.
    outcome, deal : str
    replicate : int or None
        Which run, for pictures of one; else the first.
    runs : int or None
        Of what has to be played; else 1,000.
    seed : int or None
        Of what has to be played; of a sweep its own.
    changes : list of str
        To a scenario.
    at_least : float or None
        Of the outcome, for levers; else a half.
    workers : int
    code : bool
        Whether a scenario's own code is run.
    """

    point: int | None = None
    outcome: str = ""
    deal: str = ""
    replicate: int | None = None
    runs: int | None = None
    seed: int | None = None
    changes: Sequence[str] = ()
    at_least: float | None = None
    workers: int = 1
    code: bool = True

    @property
    def to_play(self) -> int:
        """How many runs are played of what has to be."""
        return RUNS_PLAYED if self.runs is None else self.runs


RUNS_PLAYED, ENOUGH = 1000, 0.5
LEFT_BY_SWEEPS = (MANIFEST, TABLE, "parts")


def is_sweep(name: str) -> bool:
    """Tell whether a name is that of a folder of a sweep, and not that of a scenario or of a folder of a domain."""
    folder = Path(name)
    if not folder.is_dir() or any((folder / left).exists() for left in LEFT_BY_SWEEPS):
        return folder.is_dir()
    try:
        find(name, "scenarios")
    except InputError:
        return True  # that it holds no sweep is said when it is read
    return False


def subject_of(name: str, kind: Plot, wanted: Wanted) -> Subject:
    """Return what a kind of picture is drawn from, played or analysed as far as it takes.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    if kind.needs not in (RUNS, POINTS, SCENARIO, *ANALYSES):
        raise InputError(f"{kind.name}: is drawn by negsim tournament DOMAIN... --out DIR")
    _check_options(kind, wanted)
    subject = _swept(Path(name), kind, wanted) if is_sweep(name) else _of_scenario(name, kind, wanted)
    subject = subject._replace(outcome=wanted.outcome, deal=wanted.deal, replicate=wanted.replicate or 0)
    _check_outcome(subject, numbers="numbers" in kind.takes)
    if kind.needs in (RUNS, POINTS, SCENARIO):
        return subject
    return ANALYSES[kind.needs](name, subject, wanted)


def _check_options(kind: Plot, wanted: Wanted) -> None:
    """Refuse what a kind of picture has no use for."""
    given = {
        "outcome": bool(wanted.outcome),
        "deal": bool(wanted.deal),
        "run": wanted.replicate is not None,
        "at-least": wanted.at_least is not None,
    }
    for option, is_given in given.items():
        if is_given and option not in kind.takes:
            raise InputError(f"--{option}: goes with {takers(option)}, not with '{kind.name}'")
    if wanted.at_least is not None and not math.isfinite(wanted.at_least):
        raise InputError(f"--at-least {wanted.at_least}: is no number")


def check_played(names: Sequence[str], kind: Plot, wanted: Wanted) -> None:
    """Refuse runs and a seed where nothing has to be played."""
    if wanted.runs is not None and kind.needs == SCENARIO:
        raise InputError(f"--runs {wanted.runs}: '{kind.name}' takes as many as it needs; leave it out")
    if all(is_sweep(name) for name in names):
        if wanted.seed is not None:
            raise InputError(f"--seed {wanted.seed}: a sweep has its own, and nothing else is played; leave it out")
        if wanted.runs is not None and kind.needs not in PLAYS:
            raise InputError(f"--runs {wanted.runs}: '{kind.name}' plays nothing of a sweep; leave it out")


def set_beside(found: Sequence[tuple[str, Subject]]) -> Subject:
    """Return the first subject with the others beside it, each with a label that no other has."""
    every = [(name, one) for name, each in found for one in (each, *each.beside)]
    labels = [one.label or one.scenario.id for _, one in every]
    named = [
        one._replace(label=label if labels.count(label) == 1 else f"{label} ({name})", beside=())
        for label, (name, one) in zip(labels, every)
    ]
    return named[0]._replace(beside=tuple(named[1:]))


def takers(option: str) -> str:
    """Return the kinds of pictures that an option goes with."""
    discover()
    *most, last = sorted(repr(name) for name, kind in PLOTS.items() if option in kind.takes)
    return f"{', '.join(most)} and {last}" if most else last


def _check_outcome(subject: Subject, *, numbers: bool) -> None:
    from negsim.analysis.runs.expression import check

    if subject.outcome:
        try:
            check(subject.outcome, subject.scenario, numbers=numbers)
        except ValueError as error:
            raise InputError(f"--outcome {error}") from None


def _of_scenario(name: str, kind: Plot, wanted: Wanted) -> Subject:
    scenario, seed = load_checked(name, list(wanted.changes), code=wanted.code), wanted.seed or 0
    if kind.needs == POINTS or wanted.point is not None:
        raise InputError(f"{name}: is a scenario; this takes the folder of a sweep of several points: negsim sweep --vary ...")
    label = ", ".join(change_words(scenario, change) for change in wanted.changes)
    if kind.needs != RUNS:
        return Subject(scenario, seed, label=label)
    with waiting(f"playing {wanted.to_play:,} runs (the first time, rules are compiled)"):
        table = played_here(scenario, wanted.to_play, seed)
    rows = played(table)
    if not rows.num_rows:
        raise InputError(f"{name}: every run failed; negsim run {name} shows why")
    return Subject(scenario, seed, rows, rows.num_rows, label="; ".join(filter(None, [label, _failed(table)])))


def _failed(table: pa.Table) -> str:
    """Say how many runs failed, if any did."""
    count = pc.sum(table["failed"]).as_py() or 0
    return f"{count:,} run{'s' if count > 1 else ''} failed and left out" if count else ""


def played_here(scenario: Scenario, runs: int, seed: int) -> pa.Table:
    """Play runs in this process: compiled where they can be."""
    from negsim.engine.compiler import CannotCompile
    from negsim.sweeps.chunk import play

    try:
        return play(scenario, runs, seed, drawn=False)
    except CannotCompile as reason:
        complain(f"{reason}; played in Mesa")
        return play(scenario, runs, seed, engine="mesa", drawn=False)


def _swept(folder: Path, kind: Plot, wanted: Wanted) -> Subject:
    if wanted.changes:
        raise InputError(f"{folder}: is a sweep, already played; --set goes with a scenario")
    table, manifest, left = read_so_far(folder)
    points, at = int(manifest["points"]), folder / "manifest.json"
    base = build_scenario(manifest["scenario"], at, [], code=False)
    several = kind.needs == POINTS or kind.needs in SEVERAL
    if several and wanted.point is not None:
        raise InputError(f"--point {wanted.point}: '{kind.name}' is drawn of all points; leave it out")
    if base.plugins and not several and kind.needs != RUNS:
        raise InputError(
            f"{folder}: was played with plug-ins, which no folder is trusted with; draw '{kind.name}' of the scenario"
        )
    if wanted.replicate is not None and wanted.replicate >= manifest["asked"]:
        raise InputError(f"--run {wanted.replicate}: the sweep has {manifest['asked']:,} runs of each point, counted from 0")
    beside = points > 1 and wanted.point is None and kind.name == "shares" and points <= MOST_BESIDE
    if wanted.point is None and points > 1 and not several and not beside:
        raise InputError(
            f"{folder}: holds {points} points; name one with --point 0 and so on, or draw 'response' or 'differences'"
        )
    if wanted.point is not None and wanted.point >= points:
        raise InputError(f"--point {wanted.point}: the sweep has {points} points, counted from 0")
    if left:
        complain(f"{folder}: is unfinished, {left:,} runs are still to be played; this shows those that there are")
    if beside:
        rows = played(table)
        _some(rows, str(folder))
        every = [_point(table, manifest, at, place) for place in sorted(set(rows["point"].to_pylist()))]
        return every[0]._replace(beside=tuple(every[1:]))
    if wanted.point is not None or points == 1:
        return _point(table, manifest, at, wanted.point or 0, of_runs=several or kind.needs == RUNS)
    _some(played(table), str(folder))
    rows = _even(table) if left else table  # with those that failed: runs are paired by their place
    label = _missing(table, manifest, left)
    return Subject(base, manifest["seed"], rows, played(rows).num_rows, manifest["experiment"], label=label)


def _missing(table: pa.Table, manifest: dict[str, Any], left: int) -> str:
    """Say what is missing from a sweep of several points: runs that are not kept, that failed, that are still to be played."""
    told = [_kept(manifest), _failed(table)]
    if left:
        none = int(manifest["points"]) - len(set(table["point"].to_pylist()))
        begun = f", {none:,} of {manifest['points']:,} points not begun" if none else ""
        told.append(f"unfinished: {left:,} runs to go{begun}")
    return "; ".join(filter(None, told))


def _kept(manifest: dict[str, Any]) -> str:
    sample = sample_of(manifest)
    return f"one run in {sample:,} kept" if sample > 1 else ""


MOST_BESIDE = 4  # points of a sweep that are set side by side
SEVERAL = ("indices", "boxes", "levers")
PLAYS = ("pivots", "decided")  # what plays runs of its own, of a sweep too


def _even(table: pa.Table) -> pa.Table:
    """Return the replicates that every point begun has, so that runs can be paired."""
    points = table["point"].to_numpy()
    fewest = min(int((points == point).sum()) for point in set(points.tolist()))
    _, first = np.unique(points, return_index=True)
    return table.take(np.concatenate([np.arange(start, start + fewest) for start in first]))


def _point(table: pa.Table, manifest: dict[str, Any], at: Path, point: int, *, of_runs: bool = True) -> Subject:
    """Return one point of a sweep, named by what it changes; where it is not drawn of runs, it need have none."""
    scenario = build_scenario(manifest["scenario"], at, manifest["changes"][point], code=False)
    mine = table.filter(pc.equal(table["point"], point))
    rows = played(mine)
    if of_runs or not manifest["experiment"].get("common", True):
        _some(rows, f"{at.parent}, point {point}")
    told = [point_words(manifest, scenario, point) or ("" if manifest["points"] == 1 else "as it stands")]
    if mine.num_rows < manifest["runs"]:
        told.append(f"unfinished: {mine.num_rows:,} of {manifest['runs']:,} runs")
    told += [_kept(manifest), _failed(mine)] if of_runs else []
    seed = rows["seed"][0].as_py() if rows.num_rows else manifest["seed"]  # its own, where points have draws of their own
    return Subject(scenario, seed, rows, rows.num_rows, label="; ".join(filter(None, told)))


def point_words(manifest: dict[str, Any], scenario: Scenario, point: int) -> str:
    """Name a point of a sweep by its arm, or by what it changes; empty where it changes nothing."""
    experiment = manifest["experiment"]
    arms = list(experiment.get("arms") or {})
    own = manifest["changes"][point][len(experiment.get("changes", ())) :]
    return arms[point].replace("_", " ") if arms else ", ".join(change_words(scenario, change) for change in own)


def _some(rows: pa.Table, where: str) -> None:
    if not rows.num_rows:
        raise InputError(f"{where}: has no run that did not fail, or none yet; there is nothing to draw")


def _pivots(name: str, subject: Subject, wanted: Wanted) -> Subject:
    from negsim.analysis.runs.pivots import most_open, pivots
    from negsim.analysis.runs.summary import tracks_of

    outcomes = [subject.outcome] if subject.outcome else tracks_of(subject.scenario)
    with progress("variants") as advance:
        found = pivots(_variants(name, subject, wanted), outcomes, wanted.to_play, subject.seed, wanted.workers, advance)
    return subject._replace(found=most_open(found), runs=wanted.to_play)


def _decided(name: str, subject: Subject, wanted: Wanted) -> Subject:
    from negsim.analysis.runs.decided import what_decided
    from negsim.analysis.runs.summary import tracks_of

    outcomes = [subject.outcome] if subject.outcome else tracks_of(subject.scenario)
    with progress("runs") as advance:
        found = what_decided(_variants(name, subject, wanted), outcomes, wanted.to_play, subject.seed, wanted.workers, advance)
    return subject._replace(found=found, runs=max(one.share.of for one in found))


def _variants(name: str, subject: Subject, wanted: Wanted) -> Any:
    if wanted.point is None:
        make = variants(name, list(wanted.changes), code=wanted.code)
    else:
        make = variants_of(subject.scenario, [])
    check_ensemble(make)
    return make


def subject_found(swept: "Opened", found: Any, runs: int) -> Subject:
    """Return what a picture of an analysis of a sweep is drawn from."""
    experiment = swept.experiment
    return Subject(swept.scenario, experiment.seed, runs=runs, experiment=experiment.model_dump(mode="json"), found=found)


def _indices(name: str, subject: Subject, wanted: Wanted) -> Subject:
    from negsim.edge.mattered import opened, sensitivity_of

    _folder(name, "sensitivity")
    found = sensitivity_of(opened(Path(name)), [wanted.outcome] if wanted.outcome else None)
    return subject._replace(found=found[0])


def _boxes(name: str, subject: Subject, wanted: Wanted) -> Subject:
    from negsim.edge.mattered import discovery_of, opened

    _folder(name, "discover")
    return subject._replace(found=discovery_of(opened(Path(name)), wanted.outcome, 2))


def _levers(name: str, subject: Subject, wanted: Wanted) -> Subject:
    from negsim.edge.mattered import opened, robustness_of
    from negsim.plots.levers import Held

    _folder(name, "robustness")
    enough = ENOUGH if wanted.at_least is None else wanted.at_least
    outcome, found = robustness_of(opened(Path(name)), wanted.outcome, enough, ())
    return subject._replace(found=Held(found, outcome, enough))


def _folder(name: str, command: str) -> None:
    if not is_sweep(name):
        raise InputError(f"{name}: is a scenario; this takes the folder of a sweep, as negsim {command} does")


ANALYSES: dict[str, Callable[[str, Subject, Wanted], Subject]] = {
    "pivots": _pivots,
    "decided": _decided,
    "indices": _indices,
    "boxes": _boxes,
    "levers": _levers,
}
