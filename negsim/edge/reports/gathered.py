"""All that a briefing tells of: read from a sweep, or played of a scenario."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from negsim.analysis.draws.drafts import Draft, draft_of
from negsim.analysis.draws.survey import Survey, survey
from negsim.analysis.runs.ensembles import played
from negsim.analysis.runs.pivots import Pivots, pivots
from negsim.analysis.runs.scores import Scores, final_outcomes, scores
from negsim.analysis.runs.summary import Summary, summarize, tracks_of
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError, find
from negsim.edge.planning import check_ensemble, load_checked, parse_package, variants, variants_of
from negsim.edge.scenarios import build_scenario, load_source
from negsim.edge.subjects import is_sweep, played_here, point_words
from negsim.edge.words.console import complain, progress, waiting
from negsim.engine.outcome import digest
from negsim.sweeps.reading import read_so_far, sample_of

DRAWS = 1000
BRIEF = "it was asked to be brief"
MOST_COMPARED = 30  # points that are told apart


class Briefing(NamedTuple):
    """What a briefing tells of.

    Attributes
    ----------
    name : str
        What was asked for: a folder or a scenario.
    scenario : Scenario
    seed : int
    table : pyarrow.Table
        Runs of one point, without failed ones.
    failed, left : int
        Runs that failed, and that are still to be played.
    asked, sample : int
        Runs of a point that were asked for, and of how many of them the table keeps one.
    point : str
        Which point of several, in words.
    whole : pyarrow.Table or None
        Runs of all points, where there are several.
    experiment : dict
    named : str
        How the scenario was named.
    changes : list of str
        What was changed of it.
    survey : Survey
    draft : str
        As it was put on the table; empty for none.
    drafts : list of Draft
    summary : Summary or None
        Ranges over what is assumed, and what decided it; None where that was not played.
    pivots : list of Pivots
    scores : Scores or None
        None where no source says what came about.
    sources : dict of str to str
        Title of each source.
    digest : str
    why_brief : str
        Why parts are missing that would have to be played; empty where none is.
    """

    name: str
    scenario: Scenario
    seed: int
    table: pa.Table
    failed: int
    left: int
    asked: int
    sample: int
    point: str
    whole: pa.Table | None
    experiment: dict[str, Any]
    named: str
    changes: list[str]
    survey: Survey
    draft: str
    drafts: list[Draft]
    summary: Summary | None
    pivots: list[Pivots]
    scores: Scores | None
    sources: dict[str, str]
    digest: str
    why_brief: str


class Order(NamedTuple):
    """What is asked of a briefing.

    Attributes
    ----------
    draft : str
        A package, as `issue=option,issue=option`; empty for none.
    point : int
        Of a sweep of several.
    runs : int
        Of a scenario, and of each variant of what has to be played.
    seed : int or None
        Of a scenario; else 0.
    changes : sequence of str
        To a scenario.
    workers : int
    brief : bool
        Whether what would have to be played beside the runs is left out.
    code : bool
        Whether a scenario's own code is run.
    """

    draft: str = ""
    point: int | None = None
    runs: int = 1000
    seed: int | None = None
    changes: Sequence[str] = ()
    workers: int = 1
    brief: bool = False
    code: bool = True


class Runs(NamedTuple):
    """Runs of one point, and where they are from."""

    scenario: Scenario
    seed: int
    table: pa.Table
    left: int
    asked: int
    sample: int
    point: str
    whole: pa.Table | None
    experiment: dict[str, Any]
    named: str
    changes: list[str]


def gather(name: str, order: Order) -> Briefing:
    """Read or play all that a briefing of a sweep's folder or a scenario tells of.

    Raises
    ------
    InputError
        A user's mistake, in one line.
    """
    runs = _swept(Path(name), order) if is_sweep(name) else _played(name, order)
    scenario, rows = runs.scenario, played(runs.table)
    if not rows.num_rows:
        raise InputError(f"{name}: has no run that did not fail, or none yet; there is nothing to report")
    if scenario.plugins and is_sweep(name):
        raise InputError(f"{name}: was played with plug-ins, which no folder is trusted with; report the scenario itself")
    draft = parse_package(order.draft, scenario, "--draft")
    if runs.left:
        complain(f"{name}: is unfinished, {runs.left:,} runs are still to be played; this tells of those that there are")
    try:
        with waiting("drawing preferences (the first time, rules are compiled)"):
            found = survey(scenario, DRAWS, runs.seed)
            drafts = draft_of(found.table, draft) if draft else []
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None
    if draft and not drafts:
        raise InputError("--draft: changes nothing: every issue it names stays at its first option")
    summary, moved, why = _certainty(name, runs, order)
    happened = final_outcomes(scenario)[0] if scenario.happened() else {}
    return Briefing(
        name,
        scenario,
        runs.seed,
        rows,
        runs.table.num_rows - rows.num_rows,
        runs.left,
        runs.asked,
        runs.sample,
        runs.point,
        runs.whole,
        runs.experiment,
        runs.named,
        runs.changes,
        found,
        order.draft,
        drafts,
        summary,
        moved,
        scores(rows, scenario, runs.seed) if happened else None,
        {key: _title(key) for key in scenario.sources},
        digest(scenario),
        why,
    )


def _played(name: str, order: Order) -> Runs:
    if order.point is not None:
        raise InputError(f"--point {order.point}: {name} is a scenario; it goes with the folder of a sweep")
    scenario, seed = load_checked(name, list(order.changes), code=order.code), order.seed or 0
    parse_package(order.draft, scenario, "--draft")  # found out before anything is played
    with waiting(f"playing {order.runs:,} runs (the first time, rules are compiled)"):
        table = played_here(scenario, order.runs, seed)
    return Runs(scenario, seed, table, 0, order.runs, 1, "", None, {}, name, list(order.changes))


def _swept(folder: Path, order: Order) -> Runs:
    if order.changes:
        raise InputError(f"{folder}: is a sweep, already played; --set goes with a scenario")
    if order.seed is not None:
        raise InputError(f"--seed {order.seed}: {folder} is a sweep, played under its own; leave it out")
    table, manifest, left = read_so_far(folder, told_of=_needed)
    points, at = int(manifest["points"]), order.point or 0
    if at >= points:
        raise InputError(f"--point {at}: the sweep has {points} points, counted from 0")
    scenario = build_scenario(manifest["scenario"], folder / "manifest.json", manifest["changes"][at], code=False)
    experiment = manifest["experiment"]
    named, changes = experiment["scenario"], manifest["changes"][at]
    asked, sample = manifest["asked"], sample_of(manifest)
    if points == 1:
        return Runs(scenario, manifest["seed"], table, left, asked, sample, "", None, experiment, named, changes)
    mine = table.filter(pc.equal(table["point"], at))
    if not mine.num_rows:
        raise InputError(f"{folder}: nothing of point {at} is played yet; name another with --point")
    whole = table if points <= MOST_COMPARED and not left else None
    seed = mine["seed"][0].as_py()  # its own, where points have draws of their own
    words = f"{at}: {point_words(manifest, scenario, at)}"
    return Runs(scenario, seed, mine, left, asked, sample, words, whole, experiment, named, changes)


def _needed(column: str) -> bool:
    """Tell whether a briefing tells of a column; what runs were drawn to be it leaves alone."""
    heads = (
        "option",
        "closed_in",
        "blocked_by",
        "bound_by",
        "received",
        "zone",
        "table",
        "ratified",
        "agreed",
        "session",
        "turn",
    )
    return column in ("point", "replicate", "failed", "seed", "arm") or column.partition(".")[0] in (*heads, "gain", "utility")


def _certainty(name: str, runs: Runs, order: Order) -> tuple[Summary | None, list[Pivots], str]:
    """Play what ranges, levers and what decided it take; else say why not."""
    from negsim.engine.batch_engine import compiles
    from negsim.engine.compiler import CannotCompile

    if order.brief:
        return None, [], BRIEF
    if not compiles():
        return None, [], "rules are not compiled on the machine it was made on"
    if is_sweep(name):
        make = variants_of(runs.scenario, [])
    else:
        make = variants(name, list(order.changes), code=order.code)
    try:
        check_ensemble(make)
        with progress("combinations") as advance:
            summary = summarize(make, runs.seed, order.workers, advance)
        with progress("variants") as advance:
            moved = pivots(make, tracks_of(runs.scenario), min(order.runs, 1000), runs.seed, order.workers, advance)
        return summary, moved, ""
    except (CannotCompile, ValueError) as reason:
        return None, [], str(reason)


def _title(source: str) -> str:
    try:
        return load_source(find(source, "seeds")).title
    except InputError:
        return source  # a source of the user's own that lies elsewhere
