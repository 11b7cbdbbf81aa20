"""From result arrays to words: the record of a run, and the columns of a table of runs."""

import hashlib
import json
from typing import Any

import numpy as np

import negsim
from negsim.core.state import (
    ACCEPTS,
    AT_TABLE,
    BOUND_BY,
    BREAKS,
    DECLINES,
    DELIVERS,
    LOG_DEAL,
    LOG_MOVE,
    LOG_PACKAGE,
    LOG_PARTY,
    LOG_SESSION,
    LOG_TURN,
    OFFERS,
    RATIFIED,
    RATIFIES,
    REFUSED_BY,
    SESSION,
    STAYS_AWAY,
    TURN,
    WALKS_OUT,
    WAR_ENDS,
)
from negsim.domain.record import IssueRecord, Move, Record, TrackRecord
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import rejecting_ids
from negsim.engine.layout import Layout, lay_out
from negsim.engine.results import Results
from negsim.talks import refusals, tally

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
}


def digest(scenario: Scenario) -> str:
    """Return a digest of all that a scenario says, by which runs of the same one are known."""
    text = json.dumps(scenario.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def bound_text(scenario: Scenario, code: int) -> str:
    """Put a bound into words, with the statement behind it."""
    kind, mark = int(code) % refusals.KINDS, int(code) // refusals.KINDS
    return f"{BOUNDS[kind]} {rejecting_ids(scenario)[mark - 1]}" if mark > 0 else BOUNDS[kind]


def party_text(scenario: Scenario, code: int) -> str:
    """Name a party, or its principal; nobody is an empty string."""
    parties = list(scenario.parties)
    if code < 0:
        return ""
    return parties[code] if code < len(parties) else f"{parties[code - len(parties)]} (principal)"


def record_of(scenario: Scenario, results: Results, row: int, *, seed: int, replicate: int, engine: str) -> Record:
    """Return the record of one run of a batch."""
    layout = lay_out(scenario)
    parties = list(scenario.parties)
    quo = {key: scenario.tracks[scenario.issues[key].track].status_quo for key in layout.positions}
    issues = {}
    for j, key in enumerate(layout.positions):
        line = results.issues[row, j]
        ids = scenario.issues[key].option_ids()
        agreed, tabled = bool(line[RATIFIED] >= quo[key]), bool(line[AT_TABLE] >= quo[key])
        issues[key] = IssueRecord(
            scenario.issues[key].track,
            _option(ids, line[RATIFIED]),
            agreed,
            _option(ids, line[AT_TABLE]),
            int(line[SESSION]) if tabled else None,
            int(line[TURN]) if tabled else None,
            "" if agreed else party_text(scenario, line[REFUSED_BY]),
            "" if agreed else bound_text(scenario, line[BOUND_BY]),
        )
    tracks = {}
    for t, key in enumerate(scenario.tracks):
        line = results.tracks[row, t]
        tabled = bool(line[tally.T_TABLE])
        tracks[key] = TrackRecord(
            bool(line[tally.T_ZONE]),
            tabled,
            bool(line[tally.T_RATIFIED]),
            bool(line[tally.T_AGREED]),
            float(results.delivered[row, t]),
            int(line[tally.T_SESSION]) if tabled else None,
            int(line[tally.T_TURN]) if tabled else None,
            party_text(scenario, line[tally.T_REFUSED_BY]),
            bound_text(scenario, line[tally.T_BOUND_BY]),
        )
    spent = {
        key: {
            kind: {
                party: float(getattr(mediator, kind).get(party, 0.0) - results.leverage[row, m, k, p])
                for p, party in enumerate(parties)
            }
            for k, kind in enumerate(("carrot", "stick"))
        }
        for m, (key, mediator) in enumerate(scenario.mediators.items())
    }
    gains = {
        key: {"utility": float(results.parties[row, p, 0]), "gain": float(results.parties[row, p, 1])}
        for p, key in enumerate(parties)
    }
    moves = [_move(scenario, layout, results.log[row, k]) for k in range(min(results.moves[row], results.log.shape[1]))]
    return Record(scenario.id, digest(scenario), negsim.__version__, seed, replicate, engine, issues, tracks, gains, spent, moves)


def columns_of(scenario: Scenario, results: Results) -> dict[str, Any]:
    """Return a batch of runs as columns, as in `results.parquet`; a failed run has nulls."""
    layout = lay_out(scenario)
    parties = list(scenario.parties)
    failed = results.failed
    columns: dict[str, Any] = {}

    def words(codes: Any, text: Any) -> list[str | None]:
        known = {code: text(scenario, code) for code in np.unique(codes).tolist()}
        return [None if bad else known[code] for code, bad in zip(codes.tolist(), failed.tolist())]

    def numbers(values: Any) -> list[Any]:
        return [None if bad or value != value else value for value, bad in zip(values.tolist(), failed.tolist())]

    for j, key in enumerate(layout.positions):
        ids = scenario.issues[key].option_ids()
        line = results.issues[:, j]
        closed = line[:, RATIFIED] >= scenario.tracks[scenario.issues[key].track].status_quo
        columns[f"option.{key}"] = [
            None if bad else _option(ids, code) for code, bad in zip(line[:, RATIFIED].tolist(), failed.tolist())
        ]
        columns[f"refused_by.{key}"] = words(np.where(closed, -1, line[:, REFUSED_BY]), party_text)
        columns[f"bound_by.{key}"] = words(np.where(closed, 0, line[:, BOUND_BY]), bound_text)
    for t, key in enumerate(scenario.tracks):
        line = results.tracks[:, t]
        for column, name in (
            (tally.T_ZONE, "zone"),
            (tally.T_TABLE, "table"),
            (tally.T_RATIFIED, "ratified"),
            (tally.T_AGREED, "agreed"),
        ):
            columns[f"{name}.{key}"] = numbers(line[:, column] == 1)
        columns[f"delivered.{key}"] = numbers(results.delivered[:, t])
        for column, name in ((tally.T_SESSION, "session"), (tally.T_TURN, "turn")):
            columns[f"{name}.{key}"] = [
                None if bad or value < 0 else value for value, bad in zip(line[:, column].tolist(), failed.tolist())
            ]
        columns[f"refused_by.{key}"] = words(line[:, tally.T_REFUSED_BY], party_text)
    for p, key in enumerate(parties):
        columns[f"utility.{key}"] = numbers(results.parties[:, p, 0])
    for p, key in enumerate(parties):
        columns[f"gain.{key}"] = numbers(results.parties[:, p, 1])
    columns["nash_distance"] = numbers(results.measures[:, 0])
    columns["pareto_gap"] = numbers(results.measures[:, 1])
    columns["failed"] = failed.tolist()
    return columns


def _option(ids: list[str], code: int) -> str:
    """Name an option; where there is no status quo, no agreement is none of them."""
    return ids[code] if code >= 0 else "no agreement"


def _move(scenario: Scenario, layout: Layout, line: Any) -> Move:
    package: dict[str, str] = {}
    if line[LOG_MOVE] == OFFERS:
        for c, compound in enumerate(layout.compounds):
            if line[LOG_PACKAGE + c] < 0:
                continue
            for key, option in zip(compound, layout.packages[c][line[LOG_PACKAGE + c]]):
                package[key] = scenario.issues[key].option_ids()[option]
    deal = layout.deals[line[LOG_DEAL]] if line[LOG_DEAL] >= 0 else ""
    return Move(
        int(line[LOG_SESSION]),
        deal,
        int(line[LOG_TURN]),
        party_text(scenario, line[LOG_PARTY]),
        MOVES[int(line[LOG_MOVE])],
        package,
    )
