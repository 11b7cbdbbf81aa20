"""What a finished run came to: tracks, gains, and how far it fell short of what was possible."""

import math
from typing import Any

from negsim.core.frontier import merge_into
from negsim.core.registry import helper
from negsim.core.state import ALL_TRACKS, NO, NOT_KNOWN, YES, Behind, Case, Desk, record
from negsim.talks.appraise import track_weight

TRACK_RESULT = record(ints="zone table ratified agreed session turn refused_by bound_by", floats="delivered")
# a track, over its core issues, or whatever was agreed if it has none: whether there was a zone; 1 if agreed at the table,
# ratified, both; session and turn of the last; who refused and why; mean share delivered, or truce kept
PARTY_RESULT = record(floats="utility gain")
MEASURES = record(floats="nash_distance pareto_gap")


@helper
def quo_of(case: Case, j: int) -> int:
    """Return 1 if a position has a status quo."""
    return int(case.deals["quo"][case.issues["deal"][case.positions["issue"][j]]])


@helper
def unit(behind: Behind, case: Case, party: int) -> float:
    """Return what a party's gains are counted in: all its weights, or where some deal has no status quo, utility as stated."""
    for deal in range(len(behind.deals)):
        if case.deals["quo"][deal] == 0:
            return 1.0
    return track_weight(behind.weights[party], case, -1)


@helper
def rise(behind: Behind, party: int, j: int, option: int, quo: int) -> float:
    """Return what a position's option is worth to a party over its status quo, if it has one, times its weight."""
    before = float(behind.values[party, j, 0]) if quo == 1 else 0.0
    return float(behind.weights[party, j]) * (float(behind.values[party, j, option]) - before)


@helper
def overall_gain(behind: Behind, case: Case, party: int) -> float:
    """Return a party's gain from what is ratified.

    It is counted from the status quo, or where there is none from the reservation value.
    """
    gain, total = 0.0, unit(behind, case, party)
    for j in range(len(behind.positions)):
        option = int(behind.positions["ratified"][j])
        if option >= 0:
            gain += rise(behind, party, j, option, quo_of(case, j))
    gain += links_held(behind, case, party)
    for deal in range(len(behind.deals)):
        first = case.issues["first"][case.deals["first"][deal]]
        if case.deals["quo"][deal] == 0 and behind.positions["ratified"][first] >= 0:
            gain -= float(case.floors[party, deal])
    return gain / total if total > 0.0 else 0.0


@helper
def links_held(behind: Behind, case: Case, party: int) -> float:
    """Return what a party's links bring it whose both options are ratified, in the units of its weights.

    A link is in gains of the track that its first option belongs to.
    """
    gain, ratified = 0.0, behind.positions["ratified"]
    for row in range(len(behind.links)):
        link = case.links[row]
        held = ratified[link["position"]] == link["option"] and ratified[link["other"]] == link["other_option"]
        if link["party"] == party and held:
            track = int(case.deals["track"][case.issues["deal"][case.positions["issue"][link["position"]]]])
            gain += float(behind.links[row]) * track_weight(behind.weights[party], case, track)
    return gain


@helper
def session_gain(behind: Behind, party: int, session: int) -> float:
    """Return a party's gain from what was ratified in one session, in units of all its weights."""
    gain, total = 0.0, 0.0
    for j in range(len(behind.positions)):
        total += float(behind.weights[party, j])
        if behind.positions["ratified_in"][j] == session:
            gain += rise(behind, party, j, int(behind.positions["ratified"][j]), 1)
    return gain / total if total > 0.0 else 0.0


@helper
def tally_track(behind: Behind, case: Case, track: int, result: Any) -> None:
    """Sum up a track into a TRACK_RESULT: over its core issues, all of which count; without any, over whatever was agreed."""
    anything = case.tracks["cores"][track] == 0
    result["zone"] = NO if anything else YES
    result["table"], result["ratified"] = (0, 0) if anything else (1, 1)
    result["session"], result["turn"], result["refused_by"], result["bound_by"] = -1, -1, -1, 0
    count, delivered = 0, 0.0
    for j in range(len(behind.positions)):
        if case.positions["track"][j] != track:
            continue
        if anything:
            zone = zone_at(behind, case, track, j)
            if zone == YES or (zone == NOT_KNOWN and result["zone"] == NO):
                result["zone"] = zone
            if tally_any(behind, case, j, result):
                count += 1
                delivered += kept_share(behind, case, j)
        elif case.positions["core"][j] == 1:
            zone = zone_at(behind, case, track, j)
            if zone == NO or (zone == NOT_KNOWN and result["zone"] == YES):
                result["zone"] = zone
            count += 1
            delivered += tally_core(behind, case, j, result)
    if result["table"] == 0:
        result["session"], result["turn"] = -1, -1
    if result["ratified"] == 1:
        result["refused_by"], result["bound_by"] = -1, 0
    result["agreed"] = result["table"] * result["ratified"]
    result["delivered"] = delivered / count if count > 0 else 0.0


@helper
def zone_at(behind: Behind, case: Case, track: int, j: int) -> int:
    """Return whether there was a zone in the deal of a position of a track."""
    number = int(case.issues["deal"][case.positions["issue"][j]])
    in_package = case.deals["track"][number] == ALL_TRACKS
    return int(behind.tracks["zone"][track]) if in_package else int(behind.deals["zone"][number])


@helper
def note_when(outcome: Any, result: Any) -> None:
    """Note session and turn of a position in its track's result, if they are the latest."""
    later = outcome["session"] == result["session"] and outcome["turn"] > result["turn"]
    if outcome["session"] > result["session"] or later:
        result["session"], result["turn"] = outcome["session"], outcome["turn"]


@helper
def kept_share(behind: Behind, case: Case, j: int) -> float:
    """Return the share of what was ratified on a position that was delivered, or 1 if it is a truce that was kept."""
    deal = behind.deals[case.issues["deal"][case.positions["issue"][j]]]
    truce = case.effects["stops"][j, behind.positions["ratified"][j]] > 0.0
    return float(deal["truce_held"] if truce else deal["delivered"])


@helper
def tally_any(behind: Behind, case: Case, j: int, result: Any) -> bool:
    """Add a position to the result of a track without core issues; tell whether it is ratified."""
    outcome, quo = behind.positions[j], quo_of(case, j)
    if outcome["at_table"] >= quo:
        result["table"] = 1
        note_when(outcome, result)
    if outcome["ratified"] >= quo:
        result["ratified"] = 1
        return True
    if result["refused_by"] < 0:
        result["refused_by"], result["bound_by"] = outcome["refused_by"], outcome["bound_by"]
    return False


@helper
def tally_core(behind: Behind, case: Case, j: int, result: Any) -> float:
    """Add a core issue to a track's result; return the share of it that was delivered, or the truce that was kept."""
    outcome, quo = behind.positions[j], quo_of(case, j)
    if outcome["at_table"] < quo:
        result["table"] = 0
    else:
        note_when(outcome, result)
    if outcome["ratified"] >= quo:
        return kept_share(behind, case, j)
    if result["ratified"] == 1:
        result["refused_by"], result["bound_by"] = outcome["refused_by"], outcome["bound_by"]
    result["ratified"] = 0
    return 0.0


@helper
def tally_party(behind: Behind, case: Case, party: int, result: Any) -> None:
    """Sum up what a party got into a PARTY_RESULT.

    Utility (without agreement that of the status quo, or the reservation value) and gain over it, both in the party's unit.
    """
    result["gain"] = overall_gain(behind, case, party)
    before, total = 0.0, unit(behind, case, party)
    for j in range(len(behind.positions)):
        if quo_of(case, j) == 1:
            before += float(behind.weights[party, j]) * float(behind.values[party, j, 0])
    for deal in range(len(behind.deals)):
        if case.deals["quo"][deal] == 0:
            before += float(case.floors[party, deal])
    result["utility"] = before / total + float(result["gain"]) if total > 0.0 else 0.0


@helper
def package_gain(behind: Behind, case: Case, party: int, c: int, o: int, total: float) -> float:
    """Return a party's gain from an option of an issue, in a package of all issues; -inf behind a red line.

    Where there is no status quo, the reservation value is taken off on a deal's first issue.
    """
    if behind.barred[party, c, o] != 0 or total <= 0.0:
        return -math.inf
    issue = case.issues[c]
    quo = int(case.deals["quo"][issue["deal"]])
    at_first = quo == 0 and c == case.deals["first"][issue["deal"]]
    gain = -float(case.floors[party, issue["deal"]]) if at_first else -0.0
    for j in range(issue["first"], issue["after"]):
        gain += rise(behind, party, j, int(case.option_of[j, o]), quo)
    return gain / total


@helper
def reach_frontier(desk: Desk, behind: Behind, case: Case) -> None:
    """Merge the frontier of two parties' gains over all issues, unless it is that of these very gains already.

    Raises
    ------
    ValueError
        If it has more points than there is room for.
    """
    same = behind.reached[0] >= 0
    for p in range(2):
        total = unit(behind, case, p)
        for c in range(len(case.issues)):
            for o in range(case.issues["options"][c]):
                gain = package_gain(behind, case, p, c, o, total)
                same = same and behind.gains[p, c, o] == gain
                behind.gains[p, c, o] = gain
    if same:
        return
    now, kept = merge_into(behind.gains[0], behind.gains[1], case.issues["options"], desk.points, desk.trails[:0])
    if kept > len(behind.frontier):
        raise ValueError("the frontier over all issues has more points than there is room for")
    for q in range(kept):
        behind.frontier[q, 0], behind.frontier[q, 1] = desk.points["x"][now, q], desk.points["y"][now, q]
    behind.reached[0] = kept


@helper
def tally_distances(desk: Desk, behind: Behind, case: Case, parties: Any, measures: Any) -> None:
    """Measure how far the parties' gains are from the frontier and the Nash point.

    Parameters
    ----------
    parties : array of PARTY_RESULT, shape (party,)
    measures : MEASURES
        Written, for two parties: distance of the gains to the Nash point (Nash 1950, Econometrica 18) and to the nearest
        point of the frontier of what no red line excludes, links apart; NaN otherwise.
    """
    measures["nash_distance"], measures["pareto_gap"] = math.nan, math.nan
    if len(parties) != 2:
        return
    reach_frontier(desk, behind, case)
    x, y = float(parties["gain"][0]), float(parties["gain"][1])
    nash, best, gap = -1, 0.0, math.inf
    for q in range(behind.reached[0]):
        a, b = float(behind.frontier[q, 0]), float(behind.frontier[q, 1])
        if a >= 0.0 and b >= 0.0 and (nash < 0 or a * b > best):
            nash, best = q, a * b
        gap = min(gap, distance(a - x, b - y))
    if nash >= 0:
        measures["nash_distance"] = distance(float(behind.frontier[nash, 0]) - x, float(behind.frontier[nash, 1]) - y)
        measures["pareto_gap"] = gap


@helper
def distance(x: float, y: float) -> float:
    """Return the length of a step.

    Examples
    --------
    >>> distance(3.0, 4.0)
    5.0
    """
    return math.sqrt(x * x + y * y)
