"""What mattered: indices of inputs, boxes, and how robust levers are."""

import math
import textwrap
from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from negsim.analysis.runs.discovery import Box, Discovery
from negsim.analysis.runs.robustness import Setting, least
from negsim.analysis.runs.sensitivity import Index, Sensitivity
from negsim.domain.scenario import Scenario
from negsim.edge.words.console import console_of, paragraph
from negsim.names.inputs import bound_words, input_words

NAMES = 34  # columns for the words on an input
MOST_SETTINGS, MOST_FEATURES, MOST_BOXES = 40, 6, 3
TITLES = {
    "first": "alone",
    "total": "with others",
    "mu": "mean effect",
    "size": "size",
    "mu_star": "mu*",
    "sigma": "sigma",
}
ABOUT = {
    "saltelli": (
        "alone: share of the variance between points that the input explains by itself (first-order Sobol' index); with others:"
        " that it has a part in (total index). Both without the noise of replicates."
    ),
    "morris": (
        "Effects of a move over the whole range, in units of the outcome. mean effect: mu; size: root of the mean square without"
        " the noise of replicates, 0 for an input that does nothing; mu*: mean of sizes, and sigma, their deviation, both with"
        " that noise."
    ),
}


def show_sensitivity(scenario: Scenario, found: Sequence[Sensitivity]) -> None:
    """Print indices of each outcome, how noisy it is, and whether the indices have settled."""
    console = console_of()
    for place, one in enumerate(found):
        if place:
            console.print()
        console.print(f"[bold]{escape(one.outcome)}[/bold]: mean {_number(one.mean)}, {one.points:,} points x {one.runs:,} runs")
        if not one.variance.value > 0.0 or one.variance.low <= 0.0:
            paragraph(console, "It does not vary between the points by more than the noise of replicates: nothing here moves it.")
            continue
        table = Table(box=None, pad_edge=False)
        table.add_column("input", max_width=NAMES, overflow="fold")
        kinds = list(one.inputs[0].indices)
        kinds = kinds if one.design == "saltelli" else ["mu", "size", "mu_star", "sigma"]
        for kind in kinds:
            table.add_column(TITLES[kind], justify="right", no_wrap=True)
        for entry in one.inputs:
            words = "\n".join(textwrap.wrap(input_words(scenario, entry.path), NAMES))
            shown = [
                _number(entry.indices[kind]) if kind in ("first", "total", "mu", "size") else f"{entry.indices[kind].value:.2f}"
                for kind in kinds
            ]
            table.add_row(escape(words), *shown)
        console.print(table)
        paragraph(console, ABOUT[one.design])
        if one.runs == 1:
            paragraph(console, "Points were played once: noise cannot be told from what inputs do; take --runs 2 or more.")
        elif not math.isnan(one.noise):
            paragraph(
                console,
                f"Of the variance of a single run {100 * one.noise:.0f}% is the noise of replicates, {100 * (1 - one.noise):.0f}%"
                " the inputs.",
            )
        steps = ", ".join(f"{values[one.inputs[0].path]:.2f} ({size})" for size, values in one.settling)
        paragraph(console, f"Settling, of the first input by size of the design: {steps}.")


def show_discovery(scenario: Scenario, found: Discovery) -> None:
    """Print boxes of inputs under which an outcome is frequent, in words."""
    console = console_of()
    share = found.hits / found.runs
    console.print(f"[bold]{escape(found.outcome)}[/bold]: {100 * share:.1f}% of {found.runs:,} runs; {found.inputs} inputs vary")
    for name, boxes in (("PRIM", found.prim), ("CART", found.cart)):
        console.print()
        if not boxes:
            paragraph(console, f"{name}: no box in which the outcome is frequent.")
        for place, box in enumerate(boxes[:MOST_BOXES]):
            console.print(f"{name}, box {place + 1}: {_judged(box)}")
            for bound in box.bounds:
                paragraph(console, bound_words(scenario, bound), "  - ")
        if len(boxes) > MOST_BOXES:
            console.print(f"and {len(boxes) - MOST_BOXES} boxes more (--json has all)", style="dim")
    console.print("\nWhat tells runs apart most (extra trees, sum 1)")
    for column, score in found.scores[:MOST_FEATURES]:
        paragraph(console, f"{score:.3f}  {input_words(scenario, column)}", "  ")
    paragraph(console, "Boxes were fitted to one half of the runs; their figures are those of the other.")


def _judged(box: Box) -> str:
    return (
        f"the outcome in {100 * box.density:.0f}% of its runs; it holds {100 * box.coverage:.0f}% of all runs with the outcome,"
        f" {100 * box.mass:.0f}% of all runs"
    )


def show_robustness(scenario: Scenario, found: Sequence[Setting], outcome: str, at_least: float) -> None:
    """Print how each setting of the levers holds over what nobody knows."""
    console = console_of()
    rest = found[0].satisfices.of
    console.print(f"[bold]{escape(outcome)}[/bold] at least {at_least:g}, over {rest} points of what nobody knows")
    table = Table(box=None, pad_edge=False)
    for name in found[0].levers:
        table.add_column(escape("\n".join(textwrap.wrap(input_words(scenario, name), 22))), overflow="fold", max_width=24)
    for name in ("mean", "worst", "enough at", "surely", "regret"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in found[:MOST_SETTINGS]:
        table.add_row(
            *(_value(value) for value in one.levers.values()),
            f"{one.mean.value:.2f}",
            _number(one.worst),
            f"{one.satisfices.hits}/{rest}",
            f"{one.surely.hits}/{rest}",
            f"{one.regret:.2f}",
        )
    console.print(table)
    if len(found) > MOST_SETTINGS:
        console.print(f"and {len(found) - MOST_SETTINGS} settings more (--json has all)", style="dim")
    first = least(found)
    if first is None:
        best = max(found, key=lambda one: (one.surely.hits, one.worst.value))
        where = ", ".join(f"{input_words(scenario, key)} = {_value(value)}" for key, value in best.worst_at.items())
        paragraph(
            console,
            f"No setting is enough at every point. The nearest, {_named(scenario, best)}, is at {best.surely.hits} of {rest};"
            f" it is worst at {where}.",
        )
    else:
        paragraph(console, f"The first that is enough at every point, interval included: {_named(scenario, first)}.")
    paragraph(
        console,
        "mean and worst: of the outcome over those points; enough at: points where it is as much as asked for; surely: where its"
        " interval lies above; regret: the most that another setting would have had more at one point.",
    )


def _named(scenario: Scenario, one: Setting) -> str:
    return ", ".join(f"{input_words(scenario, name)} = {_value(value)}" for name, value in one.levers.items())


def _value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(found: Index) -> str:
    if math.isnan(found.value):
        return "?"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"
