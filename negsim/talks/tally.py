"""What a finished run came to: tracks, gains, and how far it fell short of what was possible."""

import math
from typing import Any

import numpy as np

from negsim.core.frontier import frontier
from negsim.core.registry import helper, maker
from negsim.core.state import (
    AT_TABLE,
    BOUND_BY,
    CORE,
    IN_TRACK,
    ISSUE_DEAL,
    MEMBER,
    RATIFIED,
    RATIFIED_IN,
    REFUSED_BY,
    SESSION,
    STOPS,
    TRACK,
    TURN,
    ZONE,
    Behind,
    Case,
)
from negsim.talks.appraise import track_weight
from negsim.talks.delivery import HAPPENED, TRUCE

# Columns of the table of tracks.
T_ZONE, T_TABLE, T_RATIFIED, T_AGREED, T_SESSION, T_TURN, T_REFUSED_BY, T_BOUND_BY = range(8)


@helper
def unit(behind: Behind, case: Case, party: int) -> float:
    """Return what a party's gains are counted in: all its weights, or where some deal has no status quo, utility as stated."""
    for deal in range(len(behind.deals)):
        if case.agenda.quo[deal] == 0:
            return 1.0
    return track_weight(behind.weights[party], case, -1)


@helper
def overall_gain(behind: Behind, case: Case, party: int) -> float:
    """Return a party's gain from what is ratified.

    It is counted from the status quo, or where there is none from the reservation value.
    """
    gain, total = 0.0, unit(behind, case, party)
    for j in range(len(behind.issues)):
        option = int(behind.issues[j, RATIFIED])
        quo = case.agenda.quo[case.frame.issues[case.frame.positions[j, MEMBER], ISSUE_DEAL]]
        if option >= 0:
            before = float(behind.values[party, j, 0]) if quo == 1 else 0.0
            gain += float(behind.weights[party, j]) * (float(behind.values[party, j, option]) - before)
    gain += links_held(behind, case, party)
    for deal in range(len(behind.deals)):
        first = case.frame.parts[case.agenda.bounds[deal]]
        if case.agenda.quo[deal] == 0 and behind.issues[first, RATIFIED] >= 0:
            gain -= float(case.frame.floors[party, deal])
    return gain / total if total > 0.0 else 0.0


@helper
def links_held(behind: Behind, case: Case, party: int) -> float:
    """Return what a party's links bring it whose both options are ratified, in the units of its weights.

    A link is in gains of the track that its first option belongs to.
    """
    gain = 0.0
    for row in range(len(behind.links)):
        link = case.frame.links[row]
        if link[0] == party and behind.issues[link[1], RATIFIED] == link[2] and behind.issues[link[3], RATIFIED] == link[4]:
            track = int(case.frame.deals[case.frame.issues[case.frame.positions[link[1], MEMBER], ISSUE_DEAL], TRACK])
            gain += float(behind.links[row]) * track_weight(behind.weights[party], case, track)
    return gain


@helper
def session_gain(behind: Behind, party: int, session: int) -> float:
    """Return a party's gain from what was ratified in one session, in units of all its weights."""
    gain, total = 0.0, 0.0
    for j in range(len(behind.issues)):
        total += float(behind.weights[party, j])
        if behind.issues[j, RATIFIED_IN] == session:
            option = int(behind.issues[j, RATIFIED])
            gain += float(behind.weights[party, j]) * (float(behind.values[party, j, option]) - float(behind.values[party, j, 0]))
    return gain / total if total > 0.0 else 0.0


@helper
def tally_tracks(behind: Behind, case: Case, tracks: Any, delivered: Any) -> None:
    """Sum up each track over its core issues.

    Parameters
    ----------
    tracks : array of int, shape (track, 8)
        Written: zone, agreed at the table, ratified, both, session and turn of the last core issue, who refused, why.
    delivered : array, shape (track,)
        Written: mean share delivered, or truce kept, over the core issues.
    """
    frame = case.frame
    for track in range(len(tracks)):
        tracks[track, T_ZONE], tracks[track, T_TABLE], tracks[track, T_RATIFIED] = 1, 1, 1
        tracks[track, T_SESSION], tracks[track, T_TURN] = -1, -1
        tracks[track, T_REFUSED_BY], tracks[track, T_BOUND_BY] = -1, 0
        delivered[track] = 0.0
        count = 0
        for j in range(len(behind.issues)):
            deal = int(frame.issues[frame.positions[j, MEMBER], ISSUE_DEAL])
            if frame.positions[j, CORE] == 0 or frame.positions[j, IN_TRACK] != track:
                continue
            count += 1
            quo = int(case.agenda.quo[deal])
            at_table, ratified = behind.issues[j, AT_TABLE] >= quo, behind.issues[j, RATIFIED] >= quo
            zone = behind.trust[track, 3] == 1.0 if frame.deals[deal, TRACK] < 0 else behind.deals[deal, ZONE] == 1
            if not zone:
                tracks[track, T_ZONE] = 0
            if not at_table:
                tracks[track, T_TABLE] = 0
            if not ratified:
                if tracks[track, T_RATIFIED] == 1:
                    tracks[track, T_REFUSED_BY] = behind.issues[j, REFUSED_BY]
                    tracks[track, T_BOUND_BY] = behind.issues[j, BOUND_BY]
                tracks[track, T_RATIFIED] = 0
            else:
                truce = frame.effects[j, behind.issues[j, RATIFIED], STOPS] > 0.0
                delivered[track] += behind.promises[deal, TRUCE + HAPPENED if truce else HAPPENED]
            if at_table and (
                behind.issues[j, SESSION] > tracks[track, T_SESSION]
                or (behind.issues[j, SESSION] == tracks[track, T_SESSION] and behind.issues[j, TURN] > tracks[track, T_TURN])
            ):
                tracks[track, T_SESSION] = behind.issues[j, SESSION]
                tracks[track, T_TURN] = behind.issues[j, TURN]
        if tracks[track, T_TABLE] == 0:
            tracks[track, T_SESSION], tracks[track, T_TURN] = -1, -1
        tracks[track, T_AGREED] = tracks[track, T_TABLE] * tracks[track, T_RATIFIED]
        if count > 0:
            delivered[track] = float(delivered[track]) / count


@helper
def tally_parties(behind: Behind, case: Case, parties: Any) -> None:
    """Sum up what each party got.

    Parameters
    ----------
    parties : array, shape (party, 2)
        Written: utility (without agreement that of the status quo, or the reservation value) and gain over it, both
        in the party's unit.
    """
    for p in range(len(parties)):
        parties[p, 1] = overall_gain(behind, case, p)
        before, total = 0.0, unit(behind, case, p)
        for j in range(len(behind.issues)):
            if case.agenda.quo[case.frame.issues[case.frame.positions[j, MEMBER], ISSUE_DEAL]] == 1:
                before += float(behind.weights[p, j]) * float(behind.values[p, j, 0])
        for deal in range(len(behind.deals)):
            if case.agenda.quo[deal] == 0:
                before += float(case.frame.floors[p, deal])
        parties[p, 0] = before / total + float(parties[p, 1]) if total > 0.0 else 0.0


@helper
def gained(behind: Behind, case: Case) -> None:
    """Merge the frontier of two parties' gains over all issues, unless it is that of these very gains already."""
    same = behind.reached[0] >= 0
    for p in range(2):
        total = unit(behind, case, p)
        for c in range(len(case.agenda.sizes)):
            deal = int(case.frame.issues[c, ISSUE_DEAL])
            quo = int(case.agenda.quo[deal])
            floor = float(case.frame.floors[p, deal]) if quo == 0 and c == case.agenda.bounds[deal] else 0.0
            for o in range(case.agenda.sizes[c]):
                gain = -math.inf
                if behind.barred[p, c, o] == 0 and total > 0.0:
                    gain = -floor
                    for j in range(case.frame.parts[c], case.frame.parts[c + 1]):
                        before = float(behind.values[p, j, 0]) if quo == 1 else 0.0
                        gain += float(behind.weights[p, j]) * (float(behind.values[p, j, case.frame.option_of[j, o]]) - before)
                    gain /= total
                same = same and behind.gains[p, c, o] == gain
                behind.gains[p, c, o] = gain
    if not same:
        merge_gains(behind, case.agenda.sizes)


@maker
def merge_gains(behind: Behind, sizes: Any) -> int:
    """Write the frontier of the gains; return its points.

    Raises
    ------
    ValueError
        If it has more points than there is room for.
    """
    points, _ = frontier(behind.gains[0], behind.gains[1], sizes, np.zeros(len(sizes), np.int64))
    if len(points) > len(behind.frontier):
        raise ValueError("the frontier over all issues has more points than there is room for")
    for q in range(len(points)):
        behind.frontier[q, 0], behind.frontier[q, 1] = points[q, 0], points[q, 1]
    behind.reached[0] = len(points)
    return len(points)


@helper
def tally_distances(behind: Behind, case: Case, parties: Any, measures: Any) -> None:
    """Measure how far the parties' gains are from the frontier and the Nash point.

    Parameters
    ----------
    parties : array, shape (party, 2)
        Utility and gain.
    measures : array, shape (2,)
        Written, for two parties: distance of the gains to the Nash point (Nash 1950, Econometrica 18) and to the nearest
        point of the frontier of what no red line excludes, links apart; NaN otherwise.
    """
    measures[0], measures[1] = math.nan, math.nan
    if len(parties) != 2:
        return
    gained(behind, case)
    points = behind.frontier[: behind.reached[0]]
    nash, gap = -1, math.inf
    for q in range(len(points)):
        if (
            points[q, 0] >= 0.0
            and points[q, 1] >= 0.0
            and (nash < 0 or points[q, 0] * points[q, 1] > points[nash, 0] * points[nash, 1])
        ):
            nash = q
        gap = min(gap, _distance(points, q, parties))
    if nash >= 0:
        measures[0] = _distance(points, nash, parties)
        measures[1] = gap


@helper
def _distance(points: Any, q: int, parties: Any) -> float:
    x, y = float(points[q, 0]) - float(parties[0, 1]), float(points[q, 1]) - float(parties[1, 1])
    return math.sqrt(x * x + y * y)
