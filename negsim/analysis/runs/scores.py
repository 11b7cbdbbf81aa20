"""How well an ensemble foretold what came about, beside models that know nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from negsim.domain.outcomes import Happened, rounds_before
from negsim.domain.scenario import Scenario

NULLS = ("status quo", "uniform", "last round", "swaps only", "base rate")
RESAMPLED = 1000


class Score(NamedTuple):
    """The score of one issue: 0 is perfect, 1 the worst.

    Attributes
    ----------
    issue : str
    was : str
        The option that it ended at.
    event : str
        The statement that tells it: issues told in one are one event.
    weight : float
        Of the issue in the mean: an event counts once, however many issues it settles.
    probability : float
        Share of runs that end at what came about.
    model : float
        Ranked probability score over options in their order (Epstein 1969, Journal of Applied Meteorology 8; of two options the
        Brier score, 1950).
    nulls : dict of str to float
        Of models that know nothing; one that says nothing on the issue is missing.
    """

    issue: str
    was: str
    event: str
    weight: float
    probability: float
    model: float
    nulls: dict[str, float]


class Extra(NamedTuple):
    """A score of something else than the option: a size, a delivery, or when it closed; in its own unit."""

    issue: str
    what: str
    was: str
    model: float
    null: float


class Mean(NamedTuple):
    """A mean score over events, with the 95% interval of its sampling error."""

    name: str
    value: float
    low: float
    high: float


class Scores(NamedTuple):
    """All that is scored of an ensemble.

    Attributes
    ----------
    issues : list of Score
    extras : list of Extra
    means : list of Mean
        negsim's first, then that of each null that speaks of all issues scored. Nulls are not sampled: no width.
    worse : list of Mean
        How much worse than negsim each null is, over the events: difference of means with its interval over events resampled
        (one event: of runs resampled).
    left_out : list of str
        Issues whose outcome is known of an earlier session only.
    """

    issues: list[Score]
    extras: list[Extra]
    means: list[Mean]
    worse: list[Mean]
    left_out: list[str]


def rps(chances: Any, was: int) -> Any:
    """Return the ranked probability score of chances over ordered options, 0 to 1.

    Parameters
    ----------
    chances : array, shape (..., option)
    was : int

    Examples
    --------
    >>> rps(np.array([0.25, 0.75]), 1), float(rps(np.array([0.0, 0.5, 0.5]), 0))
    (0.0625, 0.625)
    """
    below = np.cumsum(np.asarray(chances, float), axis=-1)[..., :-1]
    steps = np.arange(below.shape[-1]) >= was
    found = ((below - steps) ** 2).mean(axis=-1)
    return float(found) if found.ndim == 0 else found


def crps(values: Any, was: float) -> float:
    """Return the continuous ranked probability score of a sample (Gneiting & Raftery 2007, JASA 102), in the unit of the values.

    Examples
    --------
    >>> crps(np.array([1.0, 1.0]), 0.0), crps(np.array([0.0, 1.0]), 0.0)
    (1.0, 0.25)
    """
    ordered = np.sort(values)
    n = len(ordered)
    spread = float((ordered * (2 * np.arange(n) - n + 1)).sum()) / n**2
    return float(np.abs(ordered - was).mean()) - spread


def scores(table: pa.Table, scenario: Scenario, seed: int = 0) -> Scores:
    """Score every issue whose outcome the sources know.

    Parameters
    ----------
    table : pyarrow.Table
        Runs that did not fail.
    scenario : Scenario
    seed : int
        Key of the resampling.
    """
    known, left_out = _final(scenario)
    found, resampled = [], []
    rng = np.random.default_rng([seed, 4])
    runs = table.num_rows
    counts = rng.multinomial(runs, np.full(runs, 1.0 / runs), size=RESAMPLED) if runs else np.zeros((1, 0))
    together = [one.event for one in known.values()]
    for key, one in known.items():
        ids = scenario.issues[key].option_ids()
        was = ids.index(one.option)
        options = np.array(table[f"option.{key}"].to_pylist(), object)
        held = (options[:, None] == np.array(ids, object)).astype(float)
        chances = held.mean(axis=0)
        nulls = {name: rps(null, was) for name, null in null_models(scenario, key).items() if null is not None}
        weight = 1.0 / together.count(one.event)
        found.append(Score(key, one.option, one.event, weight, float(chances[was]), rps(chances, was), nulls))
        resampled.append(rps(counts @ held / max(1, runs), was))
    return Scores(found, list(_extras(table, scenario, known)), *_means(found, np.array(resampled), rng), left_out)


def _final(scenario: Scenario) -> tuple[dict[str, Happened], list[str]]:
    """Return how each issue ended, and those of which that is not known: open at a session that was not the last."""
    last = len(scenario.talks.sessions) - 1
    known, left_out = {}, []
    for key, one in scenario.happened().items():
        is_open = one.option == scenario.issues[key].option_ids()[0]
        if is_open and one.session < last:
            left_out.append(key)
        else:
            known[key] = one
    return known, left_out


def null_models(scenario: Scenario, issue: str) -> dict[str, Any]:
    """Return the chances of an issue's options by models that know nothing; None from one that says nothing on it.

    Always the status quo; all options alike; what the last round did; exchanges and nothing else; and as often something else
    than the status quo as in the rounds on record, exchanges and other issues apart (Laplace's rule of succession).
    """
    entry = scenario.issues[issue]
    count = len(entry.options)
    quo, spread = np.eye(count)[0], np.full(count, 1.0 / (count - 1)) * (np.arange(count) > 0)
    before = scenario.previous.get(issue)
    rounds = [
        option != scenario.issues[key].option_ids()[0]
        for key, option in rounds_before(scenario.statements, scenario.talks.sessions[0])
        if key in scenario.issues and bool(scenario.issues[key].swap) == bool(entry.swap)
    ]
    rate = (sum(rounds) + 1.0) / (len(rounds) + 2.0)
    return {
        "status quo": quo,
        "uniform": np.full(count, 1.0 / count),
        "last round": None if before is None else np.eye(count)[entry.option_ids().index(before)],
        "swaps only": spread if entry.swap else quo,
        "base rate": rate * spread + (1.0 - rate) * quo if rounds else None,
    }


def _means(found: Sequence[Score], resampled: Any, rng: Any) -> tuple[list[Mean], list[Mean]]:
    """Return mean scores, and how much worse the nulls are, each event counted once."""
    if not found:
        return [], []
    weights = np.array([one.weight for one in found])
    weights = weights / weights.sum()
    model = np.array([one.model for one in found])
    over_runs = weights @ resampled
    means = [Mean("negsim", float(weights @ model), *np.percentile(over_runs, [2.5, 97.5]).tolist())]
    worse = []
    events = list(dict.fromkeys(one.event for one in found))
    picked = rng.integers(len(events), size=(RESAMPLED, len(events)))
    for name in NULLS:
        if any(name not in one.nulls for one in found):
            continue
        null = np.array([one.nulls[name] for one in found])
        value = float(weights @ null)
        means.append(Mean(name, value, value, value))
        each = [float(np.average((null - model)[[one.event == event for one in found]])) for event in events]
        spread = value - over_runs if len(events) == 1 else np.array(each)[picked].mean(axis=1)
        worse.append(Mean(name, value - means[0].value, *np.percentile(spread, [2.5, 97.5]).tolist()))
    return means, worse


def event_scores(rounds: Sequence[Scores]) -> dict[str, dict[str, float]]:
    """Return the score of negsim and of each null on every event of several rounds; of one told in several, the mean."""
    told: dict[str, list[dict[str, float]]] = {}
    for found in rounds:
        for event in dict.fromkeys(one.event for one in found.issues):
            own = [one for one in found.issues if one.event == event]
            means = {"negsim": float(np.mean([one.model for one in own]))}
            for name in NULLS:
                if all(name in one.nulls for one in own):
                    means[name] = float(np.mean([one.nulls[name] for one in own]))
            told.setdefault(event, []).append(means)
    return {
        event: {name: float(np.mean([one[name] for one in many])) for name in many[0] if all(name in one for one in many)}
        for event, many in told.items()
    }


def worse_by(name: str, events: Mapping[str, Mapping[str, float]], seed: int = 0) -> Mean:
    """Return how much worse than negsim a null is over the events that it speaks of, with its interval over events resampled."""
    each = np.array([told[name] - told["negsim"] for told in events.values() if name in told])
    picked = np.random.default_rng([seed, 5]).integers(len(each), size=(RESAMPLED, len(each)))
    return Mean(name, float(each.mean()), *np.percentile(each[picked].mean(axis=1), [2.5, 97.5]).tolist())


def as_well(found: Scores) -> list[str]:
    """Return the nulls that do as well as the ensemble or better: whose difference is not above 0 beyond its interval."""
    return [one.name for one in found.worse if one.low <= 0.0]


def _extras(table: pa.Table, scenario: Scenario, known: dict[str, Happened]) -> Iterable[Extra]:
    """Yield scores of sizes, deliveries and the session in which issues closed."""
    sessions = len(scenario.talks.sessions)
    for key, one in known.items():
        issue = scenario.issues[key]
        ids = issue.option_ids()
        options = table[f"option.{key}"].to_pylist()
        if issue.swap:
            size = {option.id: sum(option.received(side) for side in issue.swap) / 2.0 for option in issue.options}
            drawn = np.array([size[option] for option in options])
            uniform = np.array([size[name] for name in ids])
            yield Extra(key, "size", f"{size[one.option]:g}", crps(drawn, size[one.option]), crps(uniform, size[one.option]))
        if one.delivered is not None:
            reached = [table[f"received.{key}.{side}"].drop_null().to_numpy() for side in issue.swap]
            drawn = np.concatenate(reached)
            if len(drawn):
                flat = np.linspace(0.0, 1.0, 101)
                yield Extra(key, "delivered", f"{one.delivered:g}", crps(drawn, one.delivered), crps(flat, one.delivered))
        if sessions > 1:
            closed = table[f"closed_in.{key}"].fill_null(sessions).to_numpy()
            chances = np.bincount(closed, minlength=sessions + 1) / max(1, len(closed))
            was = sessions if one.option == ids[0] else one.session
            words = "never" if was == sessions else f"session {was + 1}"
            yield Extra(key, "when", words, rps(chances, was), rps(np.full(sessions + 1, 1.0 / (sessions + 1)), was))


def as_json(found: Scores) -> dict[str, Any]:
    """Return scores as the JSON that `negsim score --json` prints."""
    return {
        "issues": [one._asdict() for one in found.issues],
        "extras": [one._asdict() for one in found.extras],
        "means": [one._asdict() for one in found.means],
        "worse": [one._asdict() for one in found.worse],
        "as_well": as_well(found),
        "left_out": found.left_out,
    }
