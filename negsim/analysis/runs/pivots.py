"""What is pivotal: which statement or parameter, moved how far in its own units, makes an outcome likely that was not.

Each lever is moved alone to both ends of its range, then the strongest in pairs, all under the same draws; where an outcome
crosses even odds on the way, the place is found by halving. Differences are paired, with 95% intervals.
"""

import concurrent.futures
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from negsim.analysis.runs.arms import difference_of, share_of
from negsim.analysis.runs.ensembles import Share
from negsim.analysis.runs.members import Make, outcome_flags
from negsim.domain.scenario import Scenario
from negsim.engine.batch_engine import play_batch

READINGS = ("hard", "price", "posture")
EVEN = 0.5  # above it an outcome is likely
HALVINGS = 6
MOST_PAIRED = 5  # levers that are tried in pairs, and as many refusals that move nothing alone
SETTINGS = {
    "theta": (0.0, 0.2, "what talking itself pays it"),
    "war_cost": (0.0, 0.2, "its cost of fighting on"),
    "breach_loss": (0.0, 0.5, "its loss if a truce is broken"),
    "handover_cost": (0.0, 1.0, "its cost of handing over, to what it receives"),
    "noise": (0.0, 0.5, "how badly it misreads the others"),
    "ratify_low": (-0.1, 0.1, "the gain its principal asks for at least"),
}
"""Parameters of a party with the range of the model and what they are in words."""


class Lever(NamedTuple):
    """Something that can be moved.

    Attributes
    ----------
    path : str
        As in the scenario file.
    who : str
        Party or mediator it belongs to; empty for the talks as a whole.
    words : str
    now : str
        Where it stands.
    settings : tuple of str
        Values to try, as they are called.
    numbers : tuple of float
        The same as numbers, where the lever slides between two; empty otherwise.
    written : str
        How a number is written after the path, as a format of itself (x) and of what it leaves of 1 (y); empty: as it is.
    statements : tuple of str
        Those it rests on.
    """

    path: str
    who: str
    words: str
    now: str
    settings: tuple[str, ...]
    numbers: tuple[float, ...]
    written: str
    statements: tuple[str, ...]

    def change(self, value: str) -> str:
        """Return the change to the scenario that moves it."""
        if not self.numbers:
            return f'{self.path}="{value}"'
        return f"{self.path}={self.written.format(x=float(value), y=1.0 - float(value)) if self.written else value}"


class Move(NamedTuple):
    """One lever, or two, moved.

    Attributes
    ----------
    levers : tuple of Lever
    values : tuple of str
    share : Share
        Of runs with the outcome.
    difference, low, high : float
        Paired difference to the scenario as it stands, with its 95% interval.
    flips : bool
        Whether the outcome becomes likely that was not, or the other way round, beyond the interval of its share.
    flips_at : float or None
        Where on the way of a sliding lever.
    """

    levers: tuple[Lever, ...]
    values: tuple[str, ...]
    share: Share
    difference: float
    low: float
    high: float
    flips: bool
    flips_at: float | None


class Pivots(NamedTuple):
    """What moves an outcome: single moves and pairs, the strongest first."""

    outcome: str
    share: Share
    moves: list[Move]
    pairs: list[Move]


def levers(scenario: Scenario) -> list[Lever]:
    """Return all that can be moved in a scenario: readings of rejections, parameters, trust, guarantees, leverage, time.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> next(lever.path for lever in levers(load_scenario("istanbul-2025-06-02")))
    'statements.r09.reading'
    """
    leading = dict.fromkeys(refusal.statements[0] for refusal in scenario.refusals())
    found = [
        Lever(
            f"statements.{key}.reading",
            scenario.statements[key].actor,
            _refusal(scenario, key),
            scenario.statements[key].reading or "as coded",
            READINGS,
            (),
            "",
            (key,),
        )
        for key in leading
    ]
    claims = {s.about: key for key, s in scenario.statements.items() if s.stance == "claims"}

    def slide(path: str, who: str, words: str, now: Any, low: float, high: float, written: str = "") -> None:
        behind = (claims[path],) if path in claims else ()
        text = f"{now:g}" if isinstance(now, int | float) else f"{now[0]:g}" if now[0] == now[1] else f"{now[0]:g} to {now[1]:g}"
        found.append(Lever(path, who, words, text, (f"{low:g}", f"{high:g}"), (low, high), written, behind))

    for party, side in scenario.parties.items():
        for name, (low, high, words) in SETTINGS.items():
            if not name.startswith("ratify") or side.principal:
                slide(f"parties.{party}.{name}", party, words, getattr(side, name), low, high)
        if "beta" in side.traits:
            slide(f"parties.{party}.traits.beta", party, "how early it concedes (beta)", side.traits["beta"], 0.2, 5.0)
    for key, issue in scenario.issues.items():
        for option in issue.options:
            if option.guarantee:
                words = f"how far '{option.label}' makes a truce hold"
                slide(f"issues.{key}.options.{option.id}.guarantee", "", words, option.guarantee, 0.0, 1.0)
    for key, track in scenario.tracks.items():
        issues = [issue for issue in scenario.issues.values() if issue.track == key]
        if any(option.stops for issue in issues for option in issue.options):
            expected = track.trust[0] / (track.trust[0] + track.trust[1])
            words = f"trust in truces on the track '{track.name or key}'"
            slide(f"tracks.{key}.trust", "", words, expected, 0.1, 0.9, "[{x:g}e1, {y:g}e1]")  # as ten promises would leave it
        if any(issue.swap for issue in issues):
            known = track.delivery
            expected = (known.all + known.part / 2) / (known.all + known.part + known.none)
            words = f"delivery expected on the track '{track.name or key}'"
            slide(f"tracks.{key}.delivery", "", words, expected, 0.1, 0.9, "{{all={x:g}e1, part=1e-9, none={y:g}e1}}")
    for key, mediator in scenario.mediators.items():
        for kind in ("carrot", "stick") if mediator.target else ():
            for party in scenario.parties:
                slide(
                    f"mediators.{key}.{kind}.{party}",
                    key,
                    f"its {kind} for {party}",
                    getattr(mediator, kind).get(party, 0.0),
                    0.0,
                    0.3,
                )
    low, high = scenario.talks.rounds
    slide("talks.rounds", "", "rounds of a session", (low, high), max(1, low // 2), 2 * high, "[{x:.0f}, {x:.0f}]")
    return found


def _refusal(scenario: Scenario, key: str) -> str:
    """Name what a statement rejects."""
    issue, _, option = scenario.statements[key].options[0].partition(".")
    label = scenario.issues[issue].option(option).label
    more = len(scenario.statements[key].options) - 1
    return f"its no to '{label}'" + (f" and {more} more" if more else "")


def most_open(found: Sequence[Pivots]) -> Pivots:
    """Return what moves the outcome that is nearest to even odds."""
    return min(found, key=lambda one: abs(EVEN - one.share.share))


def pivots(
    make: Make,
    outcomes: Sequence[str],
    runs: int,
    seed: int,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Pivots]:
    """Find what moves some outcomes.

    Parameters
    ----------
    make : callable
        From changes, written `path=value`, to a scenario; raises a ValueError if they make none.
    outcomes : sequence of str
        Expressions on columns of the results, as `agreed.ceasefire`.
    runs : int
        Of each variant.
    seed : int
        The same for all: the same draws, so that differences are paired.
    workers : int
    progress : callable, optional
        Called with what is done and the total.
    """
    base = _outcomes(make(()), outcomes, runs, seed)
    known = levers(make(()))
    singles = [((lever,), (value,)) for lever in known for value in lever.settings]
    played = _play(make, singles, outcomes, runs, seed, workers, progress)
    found = []
    for k, outcome in enumerate(outcomes):
        before = float(np.nanmean(base[k]))
        moves = [_move(chosen, base[k], flags[k]) for chosen, flags in zip(singles, played) if flags is not None]
        moves = [move for move in moves if move.share.of > 0]
        moves.sort(key=lambda move: -abs(move.difference))
        moves = [_located(move, make, outcome, runs, seed) for move in moves]
        pairs = [
            ((*one.levers, *other.levers), (*one.values, *other.values))
            for one, other in itertools.combinations(_promising(moves, rare=before < EVEN), 2)
        ]
        together = [
            _move(chosen, base[k], flags[0])
            for chosen, flags in zip(pairs, _play(make, pairs, [outcome], runs, seed, workers, progress))
            if flags is not None
        ]
        together.sort(key=lambda move: -abs(move.difference))
        found.append(Pivots(outcome, share_of(base[k]), moves, together))
    return found


def _promising(moves: list[Move], *, rare: bool) -> list[Move]:
    """Return the moves to try in pairs: the strongest towards the other side of even odds, one a lever, and refusals given up.

    A refusal may move nothing as long as another one stands, so some are tried that do nothing alone.
    """
    towards: dict[Lever, Move] = {}
    for move in moves:
        if (move.difference > 0) == rare and (move.low > 0 or move.high < 0):
            towards.setdefault(move.levers[0], move)
    strong = list(towards.values())[:MOST_PAIRED]
    wanted = "posture" if rare else "hard"
    idle = [move for move in moves if move.values == (wanted,) and move.levers[0] not in towards]
    return strong + idle[:MOST_PAIRED]


def _play(
    make: Make,
    variants: Sequence[tuple[tuple[Lever, ...], tuple[str, ...]]],
    outcomes: Sequence[str],
    runs: int,
    seed: int,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> list[list[Any] | None]:
    """Play variants, several at a time: compiled runs let go of the interpreter."""

    def play(variant: tuple[tuple[Lever, ...], tuple[str, ...]]) -> list[Any] | None:
        try:
            return _outcomes(make(_changes(*variant)), outcomes, runs, seed)
        except ValueError:
            return None  # this scenario cannot be moved so far

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        done: list[list[Any] | None] = []
        for result in pool.map(play, variants):
            done.append(result)
            if progress is not None:
                progress(len(done), len(variants))
    return done


def _changes(chosen: Iterable[Lever], values: Iterable[str]) -> list[str]:
    return [lever.change(value) for lever, value in zip(chosen, values)]


def _outcomes(scenario: Scenario, outcomes: Sequence[str], runs: int, seed: int) -> list[Any]:
    """Return for each outcome in which runs it holds: 1, 0, or NaN where the run failed."""
    return list(outcome_flags(scenario, play_batch(scenario, seed, 0, runs), outcomes))


def _move(chosen: tuple[tuple[Lever, ...], tuple[str, ...]], base: Any, flags: Any) -> Move:
    found, before = difference_of(flags, base), share_of(base)
    after = share_of(flags)
    flips = (before.share <= EVEN and after.low > EVEN) or (before.share > EVEN and after.high < EVEN)
    difference, low, high = (0.0, 0.0, 0.0) if found.share.of == 0 else found[1:4]
    return Move(chosen[0], chosen[1], after, difference, low, high, flips, None)


def _located(move: Move, make: Make, outcome: str, runs: int, seed: int) -> Move:
    """Find where between the ends of a sliding lever the outcome crosses even odds."""
    lever = move.levers[0]
    if not move.flips or not lever.numbers:
        return move
    there = float(move.values[0])
    here = lever.numbers[0] if there == lever.numbers[1] else lever.numbers[1]
    likely = move.share.share > EVEN

    def is_likely(value: float) -> bool:
        return bool(np.nanmean(_outcomes(make([lever.change(f"{value:g}")]), [outcome], runs, seed)[0]) > EVEN)

    if is_likely(here) == likely:
        return move  # likely at both ends: it is the range that is left open which makes it otherwise
    for _ in range(HALVINGS):
        middle = (here + there) / 2
        if is_likely(middle) == likely:
            there = middle
        else:
            here = middle
    return move._replace(flips_at=there)


def as_json(found: list[Pivots], scenario: Scenario, runs: int, seed: int) -> dict[str, Any]:
    """Return pivots as the JSON that `negsim explain --json` prints."""
    return {
        "scenario": scenario.id,
        "runs": runs,
        "seed": seed,
        "outcomes": [
            {
                "outcome": one.outcome,
                "share": one.share.share,
                "interval": [one.share.low, one.share.high],
                "likely": one.share.share > EVEN,
                "moves": [_line(move, scenario) for move in one.moves],
                "pairs": [_line(move, scenario) for move in one.pairs],
            }
            for one in found
        ],
    }


def _line(move: Move, scenario: Scenario) -> dict[str, Any]:
    return {
        "set": {lever.path: value for lever, value in zip(move.levers, move.values)},
        "now": {lever.path: lever.now for lever in move.levers},
        "share": move.share.share,
        "interval": [move.share.low, move.share.high],
        "difference": move.difference,
        "difference_interval": [move.low, move.high],
        "flips": move.flips,
        "flips_at": move.flips_at,
        "statements": [
            {"statement": key, "source": scenario.source_of.get(key), "paragraph": scenario.statements[key].paragraph}
            for lever in move.levers
            for key in lever.statements
        ],
    }
