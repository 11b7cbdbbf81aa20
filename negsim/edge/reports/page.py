"""The page of a briefing: one file, with its figures, its style and nothing to be fetched."""

import importlib.resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from negsim.analysis.runs.pivots import most_open
from negsim.edge.reports import possible, told
from negsim.edge.reports.figures import inline
from negsim.edge.reports.gathered import Briefing
from negsim.names.actors import name_of
from negsim.plots import Subject

FILES = importlib.resources.files("negsim.edge.reports")


def page(one: Briefing) -> str:
    """Return a briefing as HTML.

    Parameters
    ----------
    one : Briefing

    Returns
    -------
    str
        It holds all that it shows, and asks for nothing.
    """
    environment = Environment(
        loader=FunctionLoader(lambda name: (FILES / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    blocked = told.blockers(one)
    quoted = {entry["id"]: entry for entry in told.statements(one)}
    return environment.get_template("page.html").render(
        facts=told.facts(one),
        headlines=told.headlines(one, blocked),
        zones=possible.zones(one),
        common=possible.common_ground(one),
        red_lines=possible.red_lines(one),
        openings=possible.openings(one),
        fair=possible.fair(one),
        endings=told.endings(one),
        blockers=blocked,
        moves=told.moves(one),
        decided=told.decided(one),
        scored=told.scored(one),
        drafts=possible.drafts(one),
        statements=list(quoted.values()),
        quoted=quoted,
        assumed=told.assumed(one),
        opened=told.opened(one),
        figures=figures(one),
        parties=[name_of(one.scenario, key) for key in one.scenario.parties],
        style=(FILES / "page.css").read_text(encoding="utf-8"),
        script=(FILES / "page.js").read_text(encoding="utf-8"),
    )


def figures(one: Briefing) -> dict[str, str]:
    """Return every figure that there is something to draw for, by its name, as SVG."""
    subject = Subject(one.scenario, one.seed, one.table, one.table.num_rows, label=one.point)
    ranges = None if one.summary is None else one.summary.assumed
    wanted: list[tuple[str, str, Subject]] = [
        ("acceptability", "acceptability", subject._replace(found=one.survey, runs=0)),
        ("shares", "shares", subject._replace(found=ranges)),
        ("timing", "timing", subject),
        ("refusals", "refusals", subject),
        ("gains", "gains", subject),
    ]
    if one.whole is not None:
        whole = Subject(one.scenario, one.seed, one.whole, one.whole.num_rows, one.experiment)
        wanted.append(("differences", "differences", whole))
    if one.summary is not None:
        runs = max((entry.share.of for entry in one.summary.decided), default=0)
        wanted.append(("decided", "decided", subject._replace(found=one.summary.decided, runs=runs)))
    if one.pivots:
        pivot = most_open(one.pivots)
        wanted.append(("tornado", "tornado", subject._replace(found=pivot, runs=pivot.share.of)))
    if one.scores is not None:
        wanted.append(("scores", "scores", subject._replace(found=one.scores)))
    found = {}
    for name, kind, what in wanted:
        try:
            found[name] = inline(name, kind, what)
        except ValueError:
            continue  # it has not what this picture shows
    return found
