"""Outcomes and their shares in words."""

import math
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from negsim.analysis.runs.ensembles import Share, share
from negsim.analysis.runs.expression import parse
from negsim.domain.citation import ASSUMED, citations, rests_on
from negsim.domain.scenario import Scenario
from negsim.engine.columns import OUTPUTS

HEADED = {
    **dict.fromkeys(("gain", "utility"), "PARTY"),
    **dict.fromkeys(("session", "turn", "delivered", "table", "ratified"), "TRACK"),
    "closed_in": "ISSUE",
}  # columns that are called by their owner and what they say


def outcome_name(scenario: Scenario, outcome: str) -> str:
    """Put an outcome into words, where there are any for it.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> chosen = load_scenario("istanbul-2025-06-02")
    >>> outcome_name(chosen, "agreed.ceasefire"), outcome_name(chosen, "option.crimea != none")
    ('Ceasefire agreed (all its core issues)', "Crimea: anything but 'not recognised'")
    >>> outcome_name(chosen, "gain.russia")
    'Russia: gain over the status quo, in gains of a track'
    """
    try:
        column, compare, value = parse(outcome)
    except ValueError:
        return outcome
    head, _, key = column.partition(".")
    if head in ("agreed", "zone") and key in scenario.tracks and not compare:
        name = scenario.tracks[key].name or key
        whole = "all its core issues" if scenario.tracks[key].core else "anything of it"
        return f"{name} agreed ({whole})" if head == "agreed" else f"{name}: a zone of agreement"
    if head == "option" and key in scenario.issues and value in scenario.issues[key].option_ids():
        label = scenario.issues[key].option(value).label
        return f"{scenario.label(key)}: {label}" if compare == "==" else f"{scenario.label(key)}: anything but '{label}'"
    kind = HEADED.get(head, "")
    owners: dict[str, Any] = {"PARTY": scenario.parties, "TRACK": scenario.tracks, "ISSUE": scenario.issues}
    if kind and not compare and key in owners[kind]:
        return f"{owners[kind][key].name or key}: {OUTPUTS[f'{head}.{kind}']}"
    return outcome


def share_of_runs(scenario: Scenario, outcome: str) -> str:
    """Say of what the share of an outcome is one."""
    head, _, track = outcome.partition(".")
    agreed = head == "agreed" and track in scenario.tracks
    told = f"share of runs with {outcome_name(scenario, outcome)}"
    return f"{scenario.tracks[track].name or track}: share of runs that agree" if agreed else told


def in_words(found: Share) -> str:
    """Put a share of runs into words, for where a number would say more than is known."""
    if math.isnan(found.share):
        return "no such run"
    if found.share in (0.0, 1.0):
        return "none" if found.share == 0.0 else "all"
    steps = ((0.05, "hardly any"), (0.33, "few"), (0.67, "about half"), (0.95, "most"))
    return next((words for most, words in steps if found.share <= most), "nearly all")


def without_deal(scenario: Scenario) -> str:
    """Return what gains are counted over."""
    return "the status quo" if all(track.status_quo for track in scenario.tracks.values()) else "no agreement"


def tracks_told(scenario: Scenario, table: pa.Table) -> str:
    """Say in which share of runs each track is agreed; in words alone where what is assumed prevails.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> chosen = load_scenario("two-issues")
    >>> tracks_told(chosen, pa.table({"agreed.sale": [True, False, True, True]}))
    'Sale agreed in most runs'
    """
    cited, told = citations(scenario), []
    for key, track in scenario.tracks.items():
        held = table[f"agreed.{key}"].drop_null()
        found = share(pc.sum(held).as_py() or 0, len(held))
        assumed = rests_on(scenario, cited, track.core) == ASSUMED
        told.append((found.share, f"{track.name or key} agreed in {_often(found, assumed=assumed)}"))
    told.sort(key=lambda one: -one[0])
    rest = [re.sub(r"( of| the)? runs?$", "", text.replace(" agreed in ", " in ")) for _, text in told[1:]]
    return "; ".join([told[0][1], *rest])


def _often(found: Share, *, assumed: bool) -> str:
    if assumed:
        words = in_words(found)
        return {"none": "no run", "all": "all runs", "about half": "about half the runs"}.get(words, f"{words} runs")
    value = 100.0 * found.share
    return f"{value:.0f}% of runs" if value >= 1.0 or not value else f"{value:.1f}% of runs"
