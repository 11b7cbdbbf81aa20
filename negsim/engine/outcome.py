"""From result arrays to words: the record of a run."""

import hashlib
import json
from typing import Any

import negsim
from negsim.core.state import (
    ACCEPTS,
    BREAKS,
    DECLINES,
    DELIVERS,
    HAPPENS,
    NOT_KNOWN,
    OFFERS,
    PUTS,
    RATIFIES,
    SAYS_NO,
    STAYS_AWAY,
    WALKS_OUT,
    WAR_ENDS,
)
from negsim.domain.course import Event
from negsim.domain.record import IssueRecord, Move, ReadingRecord, Record, TrackRecord
from negsim.domain.scenario import Scenario
from negsim.domain.statement import CUES
from negsim.engine.arrays import READINGS
from negsim.engine.layout import Layout, lay_out
from negsim.engine.results import Results
from negsim.talks import refusals

NO_AGREEMENT = "no agreement"  # how an issue without a status quo ends that is not agreed
MOVES = {
    OFFERS: "offers",
    ACCEPTS: "accepts",
    WALKS_OUT: "walks out",
    RATIFIES: "ratified",
    DECLINES: "declines to ratify",
    BREAKS: "broken",
    DELIVERS: "delivered",
    STAYS_AWAY: "stays away",
    WAR_ENDS: "war ends",
    PUTS: "puts at last call",
    SAYS_NO: "refuses",
    HAPPENS: "happens",
}
BOUNDS = {
    refusals.NOTHING: "",
    refusals.RED_LINE: "red line",
    refusals.CONSENT: "consent withheld",
    refusals.PRICED: "price",
    refusals.SILENT: "price (silent)",
    refusals.HANDOVER: "cost of handing over",
    refusals.DOUBT: "doubt that it holds",
    refusals.FLOOR: "floor",
    refusals.OTHER_ISSUES: "rest of the package",
    refusals.ASPIRATION: "hope for more",
    refusals.RATIFICATION: "ratification",
    refusals.SEVERAL: "several of its own",
    refusals.JOINTLY: "none alone",
}


def digest(scenario: Scenario) -> str:
    """Return a digest of all that a scenario says of its runs, by which runs of the same one are known."""
    text = json.dumps(scenario.played(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def bound_text(scenario: Scenario, code: int) -> str:
    """Put a bound into words, with the statement behind it."""
    kind, mark = int(code) % refusals.KINDS, int(code) // refusals.KINDS
    return f"{BOUNDS[kind]} {scenario.refusals()[mark - 1].statements[0]}" if mark > 0 else BOUNDS[kind]


def party_text(scenario: Scenario, code: int) -> str:
    """Name a party, its principal, or a mediator whose text it is; nobody is an empty string."""
    parties = list(scenario.parties)
    if code < -1:
        return list(scenario.mediators)[-2 - code]
    if code < 0:
        return ""
    return parties[code] if code < len(parties) else f"{parties[code - len(parties)]} (principal)"


def actors_of(scenario: Scenario) -> list[str]:
    """Return who can block: parties, then mediators whose consent something takes."""
    return [*scenario.parties, *scenario.mediators]


def blockers(scenario: Scenario, codes: Any) -> tuple[str, str]:
    """Put who blocks, and what binds each, into words, in the order of ids: "; " between those who do alone, else " + ".

    Parameters
    ----------
    codes : sequence of int
        One an actor, of `Results.blame`.
    """
    found = sorted((key, int(code)) for key, code in zip(actors_of(scenario), codes) if code != 0)
    jointly = any(code == refusals.JOINTLY for _, code in found)
    bounds = [bound_text(scenario, code) for _, code in found]
    alike = len(set(bounds)) == 1
    return (" + " if jointly else "; ").join(key for key, _ in found), "; ".join(bounds[:1] if alike else bounds)


def record_of(scenario: Scenario, results: Results, row: int, *, seed: int, replicate: int, engine: str) -> Record:
    """Return the record of one run of a batch."""
    layout = lay_out(scenario)
    parties = list(scenario.parties)
    quo = {key: scenario.tracks[scenario.issues[key].track].status_quo for key in layout.positions}
    issues = {}
    for key in scenario.issues:  # in the order of the file, however issues are tied together for bargaining
        line = results.positions[row, layout.positions.index(key)]
        ids = scenario.issues[key].option_ids()
        agreed, tabled = bool(line["ratified"] >= quo[key]), bool(line["at_table"] >= quo[key])
        issues[key] = IssueRecord(
            scenario.issues[key].track,
            option_text(ids, line["ratified"]),
            agreed,
            option_text(ids, line["at_table"]),
            int(line["session"]) if tabled else None,
            int(line["turn"]) if tabled else None,
            "" if agreed else party_text(scenario, line["refused_by"]),
            *blockers(scenario, results.blame[row, layout.positions.index(key)]),
        )
    tracks = {}
    for t, key in enumerate(scenario.tracks):
        line = results.tracks[row, t]
        tabled = bool(line["table"])
        tracks[key] = TrackRecord(
            None if line["zone"] == NOT_KNOWN else bool(line["zone"]),
            tabled,
            bool(line["ratified"]),
            bool(line["agreed"]),
            float(line["delivered"]),
            int(line["session"]) if tabled else None,
            int(line["turn"]) if tabled else None,
            party_text(scenario, line["refused_by"]),
            *blockers(scenario, results.blame[row, len(layout.positions) + t]),
        )
    spent = {
        key: {
            kind: {
                party: float(getattr(mediator, kind).get(party, 0.0) - results.leverage[row, m, p][kind])
                for p, party in enumerate(parties)
            }
            for kind in ("carrot", "stick")
        }
        for m, (key, mediator) in enumerate(scenario.mediators.items())
    }
    gains = {
        key: {"utility": float(results.parties[row, p]["utility"]), "gain": float(results.parties[row, p]["gain"])}
        for p, key in enumerate(parties)
    }
    moves = [
        _move(scenario, layout, results.log[row, k], results.said[row, k])
        for k in range(min(results.moves[row], results.log.shape[1]))
    ]
    told = negsim.__version__, seed, replicate, engine
    readings = _readings(scenario, results.readings[row].tolist(), results.beliefs[row])
    return Record(scenario.id, digest(scenario), *told, issues, tracks, gains, spent, moves, readings)


def _readings(scenario: Scenario, codes: list[int], beliefs: Any) -> list[ReadingRecord]:
    """Return how each refusal was read, and by the others; consent to milder options goes with it."""
    found = []
    for r, (refusal, code) in enumerate(zip(scenario.refusals(), codes)):
        held = [told[r] for told in beliefs if beliefs.size and told["before"][r] > 0.0]
        before, after = (sum(float(told[when]) for told in held) / len(held) if held else None for when in ("before", "after"))
        shares = (1.0, 1.0, 1.0) if scenario.readings == "uniform" else CUES[refusal.cue]
        share = None if refusal.reading else shares[code] / sum(shares)
        if refusal.milder_than < 0:
            named = refusal.actor, refusal.option, refusal.statements[0]
            found.append(ReadingRecord(*named, READINGS[code], share, before, after))
    return found


def option_text(ids: list[str], code: int) -> str:
    """Name an option; where there is no status quo, no agreement is none of them."""
    return ids[code] if code >= 0 else NO_AGREEMENT


def event_text(event: Event) -> str:
    """Put an event into words: how it is called, and what it moves."""
    moved = f"{event.parameter} {event.by:+g}"
    return f"{event.name} ({moved})" if event.name else moved


def _move(scenario: Scenario, layout: Layout, line: Any, said: Any) -> Move:
    package: dict[str, str] = {}
    if line["move"] in (OFFERS, PUTS):
        for c, compound in enumerate(layout.compounds):
            if said[c] < 0:
                continue
            for key, option in zip(compound, layout.packages[c][said[c]]):
                package[key] = scenario.issues[key].option_ids()[option]
    deal = layout.deals[line["deal"]] if line["deal"] >= 0 else ""
    return Move(
        int(line["session"]),
        deal,
        int(line["turn"]),
        party_text(scenario, line["party"]),
        MOVES[int(line["move"])],
        package,
        event_text(scenario.talks.happening()[int(line["turn"])]) if line["move"] == HAPPENS else "",
    )
