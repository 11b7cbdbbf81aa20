"""How well an ensemble foretold what came about, beside models that know nothing."""

from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.scores import NULLS, Scores, as_well
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph

EXTRAS = {
    "size": "size agreed, of all there are",
    "delivered": "share handed over of what was promised",
    "when": "session in which it closed",
}


def show_scores(scenario: Scenario, found: Scores) -> None:
    """Print scores per issue beside those of the null models, and say whether one of them does as well."""
    console = console_of()
    paragraph(
        console,
        "Ranked probability score over the options of each issue: 0 perfect, 1 worst. The mean counts an event once, however many"
        " issues it settled at a stroke.",
    )
    named = [name for name in NULLS if any(name in one.nulls for one in found.issues)]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("issue: how it ended", overflow="fold", max_width=26, min_width=26)
    table.add_column("P", justify="right", no_wrap=True)
    for name in ("negsim", *named):
        table.add_column(name, justify="right", max_width=7, overflow="fold")
    for one in found.issues:
        label = scenario.issues[one.issue].option(one.was).label
        nulls = (f"{one.nulls[name]:.3f}" if name in one.nulls else "" for name in named)
        words = escape(f"{scenario.label(one.issue)}: {label}")
        table.add_row(words, f"{one.probability:.2f}", f"{one.model:.3f}", *nulls)
    means = {one.name: one for one in found.means}
    over = [f"{means[name].value:.3f}" if name in means else "" for name in ("negsim", *named)]
    table.add_row("mean over events", "", *over, style="bold")
    console.print(table)
    for line in verdicts(found):
        paragraph(console, line)
    for extra in found.extras:
        text = f"{scenario.label(extra.issue)}, {EXTRAS[extra.what]}: was {extra.was};"
        text += f" negsim {extra.model:.3f}, all alike {extra.null:.3f}"
        paragraph(console, text, "  ")
    if found.left_out:
        paragraph(console, f"not scored, as it is known of an earlier session only: {', '.join(found.left_out)}")
    for key, told in scenario.accounts().items():
        if len({one.option for one in told.values()}) > 1:
            said = ", ".join(f"{who} says {one.option}" for who, one in told.items())
            console.print(escape(f"accounts differ on {key}: {said}"), soft_wrap=True)


def verdicts(found: Scores) -> list[str]:
    """Say how sure the mean is, and which nulls do as well."""
    if not found.means:
        return []
    mine = found.means[0]
    lines = [f"negsim's mean: {mine.value:.3f} ({mine.low:.3f}-{mine.high:.3f}, sampling error of the runs)."]
    events = len({one.event for one in found.issues})
    better = [one for one in found.worse if one.value <= 0.0]
    unsure = [one for one in found.worse if one.value > 0.0 and one.name in as_well(found)]
    if better:
        told = ", ".join(f"'{one.name}' ({one.value + mine.value:.3f})" for one in better)
        lines.append(f"A model that knows nothing does as well or better: {told}.")
    if unsure:
        told = ", ".join(f"'{one.name}'" for one in unsure)
        lines.append(f"Better than {told}, but over {events} events that may be chance.")
    if not better and not unsure:
        lines.append(f"It beats every model that knows nothing, by more than chance over its {events} events.")
    return lines
