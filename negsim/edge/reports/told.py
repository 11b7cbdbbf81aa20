"""A briefing in words: what it is of, what comes about over the talks, how sure that is, and what a reader should know first."""

import datetime
import shlex
from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

import negsim
from negsim.analysis.draws.drafts import EVEN
from negsim.analysis.runs.ensembles import blocks, option_shares, share
from negsim.analysis.runs.pivots import Move, most_open
from negsim.analysis.runs.scores import as_well
from negsim.analysis.runs.summary import ends_at
from negsim.domain.citation import ASSUMED, basis_of, citations, rests_on
from negsim.domain.scenario import Scenario
from negsim.edge.reports.gathered import BRIEF, DRAWS, Briefing
from negsim.edge.reports.lines import ALWAYS, LEAST, MOST, Cited, interval
from negsim.edge.reports.possible import cause, changed_words, giving
from negsim.edge.words.scores import verdicts
from negsim.engine.outcome import NO_AGREEMENT
from negsim.names.actors import deal_name, name_of, who_of
from negsim.names.inputs import input_words
from negsim.names.levers import lever_name, sentence, setting_words
from negsim.names.numbers import percent
from negsim.names.outcomes import in_words, outcome_name, tracks_told


def facts(one: Briefing) -> dict[str, Any]:
    """Return what stands at the head of a briefing, and how it is made again."""
    scenario = one.scenario
    counts = basis_of(scenario, citations(scenario))
    return {
        "title": scenario.title,
        "summary": scenario.summary,
        "id": scenario.id,
        "point": one.point,
        "runs": one.table.num_rows,
        "failed": one.failed,
        "left": one.left,
        "sample": one.sample,
        "asked": one.asked,
        "draws": len(one.survey.table.draws.floors),
        "seed": one.seed,
        "readings": scenario.readings,
        "digest": one.digest,
        "version": negsim.__version__,
        "made": datetime.datetime.now(datetime.UTC).strftime("%d %B %Y"),
        "counts": counts._asdict() | {"all": sum(counts)},
        "parties": [_party(scenario, key) for key in scenario.parties],
        "mediators": [{"name": side.name or key, "style": side.style} for key, side in scenario.mediators.items()],
        "sessions": [f"{day.day} {day:%B %Y}" for day in scenario.talks.sessions],
        "tracks": [_track(scenario, key) for key in scenario.tracks],
        "why_brief": one.why_brief,
        "subject": subject_parts(one),
        "case": again_of(one)[0],
        "open_outcome": most_open(one.pivots).outcome if one.pivots else "",
        "again": list(_again(one)),
    }


def _party(scenario: Scenario, key: str) -> dict[str, str]:
    side = scenario.parties[key]
    return {"name": side.name or key, "principal": side.principal, "strategy": side.strategy.replace("_", " ")}


def _track(scenario: Scenario, key: str) -> dict[str, Any]:
    track = scenario.tracks[key]
    issues = [
        {
            "name": scenario.label(issue),
            "core": issue in track.core,
            "options": [option.label for option in entry.options],
            "quo": track.status_quo,
        }
        for issue, entry in scenario.issues.items()
        if entry.track == key
    ]
    return {"name": track.name or key, "procedure": track.procedure.replace("_", " "), "issues": issues}


def _again(one: Briefing) -> Iterator[dict[str, str]]:
    """Yield the commands by which each part is made again."""
    case, seed = again_of(one)
    folder = one.name if one.experiment else "DIR"
    draft, brief = f" --draft {shlex.quote(one.draft)}" if one.draft else "", " --brief" if one.why_brief == BRIEF else ""
    yield {"what": "This briefing", "command": f"negsim report {''.join(subject_parts(one))}{draft}{brief}"}
    kept = f" --sample {one.sample}" if one.sample > 1 else ""
    yield {"what": "Runs", "command": f"negsim sweep {case} --runs {one.asked} --seed {seed}{kept} --out DIR"}
    yield {"what": "What could be agreed", "command": f"negsim analyze {case} --draws {DRAWS} --seed {seed}"}
    runs = f" --runs {one.pivots[0].share.of}" if one.pivots else ""
    yield {"what": "What moves it, what decided it", "command": f"negsim explain {case}{runs} --seed {seed}"}
    yield {"what": "Every number and its statement", "command": f"negsim cite {case}"}
    yield {"what": "Sums over a folder checked, and runs played again", "command": f"negsim verify {shlex.quote(folder)}"}


def again_of(one: Briefing) -> tuple[str, int]:
    """Return how the scenario is named on a command line, with what was changed of it, and its seed."""
    return " ".join([shlex.quote(one.named), *(f"--set {shlex.quote(change)}" for change in one.changes)]), one.seed


def subject_parts(one: Briefing) -> tuple[str, str]:
    """Return how what was asked for is named on a command line, and the options that go with it."""
    if one.experiment:
        return shlex.quote(one.name), f" --point {one.point.partition(':')[0]}" if one.point else ""
    name, case, seed = shlex.quote(one.named), *again_of(one)
    return name, f"{case.removeprefix(name)} --runs {one.asked} --seed {seed}"


def endings(one: Briefing) -> list[dict[str, Any]]:
    """Return how often each issue ends at each option, with both intervals, what happened, and a run that ends so."""
    scenario, table = one.scenario, one.table
    known, cited, found = scenario.outcomes(), citations(scenario), []
    numbers = table["replicate"]
    for key, issue in scenario.issues.items():
        basis = rests_on(scenario, cited, [key])
        ids = [*issue.option_ids(), *([] if scenario.quo_of(key) else [NO_AGREEMENT])]
        for option, held in option_shares(table, key, ids).items():
            was = "so" if known.get(key) == option else ""
            example = str(numbers[pc.index(table[f"option.{key}"], option).as_py()].as_py()) if held.hits else ""
            found.append(
                {
                    "issue": scenario.label(key),
                    "option": option if option == NO_AGREEMENT else issue.option(option).label,
                    "basis": basis,
                    "share": interval(held) if basis != ASSUMED or one.summary is None else in_words(held),
                    "range": "" if option == NO_AGREEMENT else _range(one, ends_at(key, option)),
                    "was": was,
                    "run": example,
                    "first": option == ids[0],
                    "rows": len(ids),
                }
            )
    return found


def _range(one: Briefing, outcome: str) -> str:
    if one.summary is None or outcome not in one.summary.assumed:
        return ""
    held = one.summary.assumed[outcome]
    return f"{percent(held.least.share)} to {percent(held.most.share)}"


def blockers(one: Briefing) -> list[dict[str, Any]]:
    """Return who blocks each issue most, and what binds them."""
    scenario, found = one.scenario, []
    for key in scenario.issues:
        for who, why, count in blocks(one.table, key)[:2]:
            if count / one.table.num_rows >= LEAST:
                told = share(count, one.table.num_rows)
                cited = tuple(word for word in why.replace(";", " ").split() if word in scenario.statements)
                found.append(
                    {
                        "issue": scenario.label(key),
                        "who": who_of(scenario, who),
                        "why": why,
                        "share": interval(told),
                        "count": count,
                        "statements": cited,
                    }
                )
    return found


def moves(one: Briefing) -> list[dict[str, Any]]:
    """Return what would move each outcome most, and whether it makes the likely unlikely or the other way round."""
    found = []
    for pivot in one.pivots:
        sure = [move for move in pivot.moves if move.low > 0.0 or move.high < 0.0]
        rows = [
            _move(one.scenario, move)
            for move in [*[move for move in sure if move.flips], *[m for m in sure if not m.flips]][:MOST]
        ]
        pairs = [_move(one.scenario, move) for move in pivot.pairs if move.flips][:2] if not any(m.flips for m in sure) else []
        name = outcome_name(one.scenario, pivot.outcome)
        found.append({"name": name, "share": interval(pivot.share), "rows": [*rows, *pairs]})
    return found


def _move(scenario: Scenario, move: Move) -> dict[str, Any]:
    words = " and ".join(
        f"{lever_name(scenario, lever)}{setting_words(lever, value)}" for lever, value in zip(move.levers, move.values)
    )
    return {
        "words": words,
        "statements": tuple(key for lever in move.levers for key in lever.statements),
        "share": interval(move.share),
        "difference": f"{100 * move.difference:+.1f} points ({100 * move.low:+.1f} to {100 * move.high:+.1f})",
        "flips": move.flips,
    }


def decided(one: Briefing) -> list[str]:
    """Say in a sentence what decided each track."""
    found = []
    for entry in one.summary.decided if one.summary is not None else ():
        told = "the same in all runs, so nothing that is drawn decided it." if not entry.groups else sentence(one.scenario, entry)
        found.append(f"{outcome_name(one.scenario, entry.outcome)}: {told}")
    return found


def scored(one: Briefing) -> dict[str, Any] | None:
    """Return scores beside nulls, and what they come to."""
    if one.scores is None or not one.scores.issues:
        return None
    scenario, found = one.scenario, one.scores
    names = list(dict.fromkeys(name for entry in found.issues for name in entry.nulls))
    rows = [
        [
            f"{scenario.label(entry.issue)}: {scenario.issues[entry.issue].option(entry.was).label}",
            percent(entry.probability),
            f"{entry.model:.3f}",
            *(f"{entry.nulls[name]:.3f}" if name in entry.nulls else "" for name in names),
        ]
        for entry in found.issues
    ]
    means = {mean.name: f"{mean.value:.3f}" for mean in found.means}
    rows.append(["Mean over events", "", means.get("negsim", ""), *(means.get(name, "") for name in names)])
    return {"names": names, "rows": rows, "verdicts": verdicts(found), "level": as_well(found)}


def statements(one: Briefing) -> list[dict[str, Any]]:
    """Return every statement in use, with where it is written."""
    scenario, found = one.scenario, []
    for key, entry in scenario.statements.items():
        source = scenario.source_of.get(key, scenario.id)
        found.append(
            {
                "id": key,
                "actor": name_of(scenario, entry.actor),
                "stance": entry.stance.replace("-", " "),
                "on": f"{entry.made_on.day} {entry.made_on:%b %Y}",
                "source": one.sources.get(source, source),
                "paragraph": entry.paragraph,
                "words": entry.paraphrase,
            }
        )
    return found


def assumed(one: Briefing) -> list[dict[str, str]]:
    """Return every number that rests on nobody's words, with the rule that made it."""
    return [
        {"path": entry.path, "value": entry.value, "rule": entry.rule}
        for entry in citations(one.scenario)
        if not entry.statements
    ]


def opened(one: Briefing) -> list[Cited]:
    """Return what no source says and the ensemble tries in turn."""
    return [
        Cited(f"{input_words(one.scenario, path)}: {', '.join(map(str, values))}")
        for path, values in one.scenario.open_choices().items()
        if len(values) > 1
    ]


def headlines(one: Briefing, blocked: list[dict[str, Any]]) -> list[Cited]:
    """Return what a reader in a hurry should know, in order; `blocked` as from `blockers`."""
    return [*_of_drafts(one), *_of_room(one), *_of_talks(one, blocked), *_of_trust(one)]


def _of_drafts(one: Briefing) -> Iterator[Cited]:
    """Say of each deal of a draft how often all could accept it, on what it fails, and the least change that would do."""
    for entry in one.drafts:
        name = deal_name(one.scenario, entry.deal.id)
        told = f"The draft, {name}: all could accept it in {percent(entry.acceptable.share)} of draws"
        worst, change = next(iter(entry.objections), None), entry.opening
        if worst is not None:
            told += f"; most often it fails on {cause(one.scenario, worst)['words']} ({percent(worst.share)})"
        if entry.acceptable.share <= EVEN and change is None:
            told += "; no three changes make it acceptable in most draws"
        elif entry.acceptable.share <= EVEN and change is not None:
            words = "; ".join(changed_words(one, entry, change.package))
            told += f"; the least change: {words} ({percent(change.acceptable.share)})"
        yield Cited(told + ".", (worst.statement,) if worst is not None and worst.statement else ())


def _of_room(one: Briefing) -> Iterator[Cited]:
    """Say where there nearly always is room for agreement, and what would open what mostly is closed."""
    scenario = one.scenario
    often = [deal_name(scenario, deal.deal.id) for deal in one.survey.deals if deal.zone.share >= ALWAYS]
    if often:
        yield Cited(f"There is room for agreement in nearly every reading of the texts on: {', '.join(often)}.")
    for deal in one.survey.deals:
        if deal.zone.share >= EVEN:
            continue
        told = f"{deal_name(scenario, deal.deal.id)}: no package that all could accept in {percent(1 - deal.zone.share)} of draws"
        first = min(deal.repairs, key=lambda tally: (len(tally.constraints), -tally.share.hits), default=None)
        needed = [giving(one, deal, constraint) for constraint in first.constraints] if first is not None else []
        if first is not None:
            ways = " and ".join(way.words for way in needed)
            told += f". The smallest change that would open it in {percent(first.share.share)} of these: {ways}"
        yield Cited(told + ".", tuple(key for way in needed for key in way.statements))


def _of_talks(one: Briefing, blocked: list[dict[str, Any]]) -> Iterator[Cited]:
    """Say what comes about over the talks, who blocks most, and what each outcome turns on."""
    scenario = one.scenario
    yield Cited(f"Over the talks as they are played: {tracks_told(scenario, one.table)}.")
    most = max(blocked, key=lambda row: int(row["count"]), default=None)
    if most is not None:
        told = f"Who blocks most: {most['issue']}: {most['who']} ({most['why']}), {most['share']} of runs."
        yield Cited(told, most["statements"])
    for pivot in one.pivots:
        best = max((move for move in pivot.moves if move.flips), key=lambda move: abs(move.difference), default=None)
        if best is not None:
            moved = _move(scenario, best)
            turned = f"{percent(pivot.share.share)} becomes {moved['share']} of runs"
            yield Cited(f"{outcome_name(scenario, pivot.outcome)} turns on {moved['words']}: {turned}.", moved["statements"])


def _of_trust(one: Briefing) -> Iterator[Cited]:
    """Say what it all rests on, and how it does against what came about."""
    counts = basis_of(one.scenario, citations(one.scenario))
    yield Cited(
        f"Of the {sum(counts)} numbers behind this, {counts.stated} are stated by a source, {counts.read} read from words"
        f" that leave open how they are meant, and {counts.assumed} assumed."
    )
    if one.scores is not None and one.scores.issues:
        level, events = as_well(one.scores), len({entry.event for entry in one.scores.issues})
        told = f"it cannot be told from {len(level)} that know nothing" if level else "better than every model that knows nothing"
        yield Cited(f"Against what came about ({events} event{'s' if events > 1 else ''}): {told}.")
