"""How well an ensemble foretold what came about, beside models that know nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
        Source and statement that tell it: issues told in one are one event.
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


def crps(values: Any, was: float, chances: Any = None) -> float:
    """Return the continuous ranked probability score of a sample (Gneiting & Raftery 2007, JASA 102), in the unit of the values.

    Parameters
    ----------
    values : array, shape (value,)
    was : float
    chances : array, shape (value,), optional
        How likely each is; all alike if not said.

    Examples
    --------
    >>> crps(np.array([1.0, 1.0]), 0.0), crps(np.array([0.0, 1.0]), 0.0), crps(np.array([0.0, 1.0]), 0.0, np.array([0.0, 1.0]))
    (1.0, 0.25, 1.0)
    """
    order = np.argsort(values)
    ordered = np.asarray(values, float)[order]
    p = np.full(len(ordered), 1.0 / len(ordered)) if chances is None else np.asarray(chances)[order]
    below = np.cumsum(p)[:-1]
    spread = float((below * (1.0 - below) * np.diff(ordered)).sum())  # half the mean difference of two draws
    return float((p * np.abs(ordered - was)).sum()) - spread


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
    rng = np.random.default_rng([seed, 4])
    known, left_out = final_outcomes(scenario)
    ends, numbers = _ends(table, scenario, list(known))
    runs = table.num_rows
    counts = rng.multinomial(runs, numbers / runs, size=RESAMPLED) if len(numbers) else np.zeros((1, 0))
    chances, resampled = {}, {}
    for at, key in enumerate(known):
        held = ends[:, at, None] == np.arange(len(scenario.issues[key].options))
        chances[key], resampled[key] = numbers @ held / max(1, runs), counts @ held / max(1, runs)
    models = {key: null_models(scenario, key) for key in known}
    extras = [*_sizes(scenario, known, chances), *_extras(table, scenario, known)]
    return _scored(known, scenario, chances, resampled, models, rng, extras, left_out)


def _ends(table: pa.Table, scenario: Scenario, issues: Sequence[str]) -> tuple[Any, Any]:
    """Return the ways in which runs end, as numbers of options of some issues, shape (way, issue), and how many end so."""
    columns = [
        pc.index_in(table[f"option.{key}"].combine_chunks(), pa.array(scenario.issues[key].option_ids())).to_numpy(
            zero_copy_only=False
        )
        for key in issues
    ]
    if not columns or not table.num_rows:
        return np.zeros((0, len(columns)), np.int64), np.zeros(0, np.int64)
    ways, numbers = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    return ways, numbers


def scores_of_forecast(counts: Mapping[str, Mapping[str, int]], models: Any, scenario: Scenario, seed: int = 0) -> Scores:
    """Score counts of runs that ended at each option, as a sealed forecast holds them.

    Parameters
    ----------
    counts : mapping of str to mapping of str to int
        Of each issue, by option.
    models : mapping of str to mapping of str to list of float
        The chances that each null gave to the options of each issue, or None.
    scenario : Scenario
        Whose sources say what came about.
    seed : int
        Key of the resampling.
    """
    rng = np.random.default_rng([seed, 4])
    known, left_out = final_outcomes(scenario)
    known = {key: one for key, one in known.items() if key in counts}
    chances, resampled = {}, {}
    for key in known:
        numbers = np.array([counts[key][option] for option in scenario.issues[key].option_ids()])
        chances[key] = numbers / numbers.sum()
        resampled[key] = rng.multinomial(numbers.sum(), chances[key], size=RESAMPLED) / numbers.sum()
    extras = list(_sizes(scenario, known, chances))
    return _scored(known, scenario, chances, resampled, models, rng, extras, left_out)


def _scored(
    known: dict[str, Happened],
    scenario: Scenario,
    chances: Mapping[str, Any],
    resampled: Mapping[str, Any],
    models: Mapping[str, Mapping[str, Any]],
    rng: Any,
    extras: list[Extra],
    left_out: list[str],
) -> Scores:
    together = [one.event for one in known.values()]
    found, over_runs = [], []
    for key, one in known.items():
        was = scenario.issues[key].option_ids().index(one.option)
        nulls = {name: rps(null, was) for name, null in models[key].items() if null is not None}
        own, chance = rps(chances[key], was), float(chances[key][was])
        found.append(Score(key, one.option, one.event, 1.0 / together.count(one.event), chance, own, nulls))
        over_runs.append(rps(resampled[key], was))
    return Scores(found, extras, *_means(found, np.array(over_runs), rng), left_out)


def final_outcomes(scenario: Scenario) -> tuple[dict[str, Happened], list[str]]:
    """Return how each issue ended, and those of which that is not known: open at a session that was not the last."""
    last = len(scenario.talks.sessions) - 1
    known, left_out = {}, []
    for key, one in scenario.happened().items():
        is_open = one.option == scenario.issues[key].option_ids()[0]
        if is_open and one.session < last:
            left_out.append(key)
        else:
            known[key] = one._replace(event=f"{scenario.source_of.get(one.event, scenario.id)}/{one.event}")
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


class Pooled(NamedTuple):
    """How much worse than negsim a null is over the events of several rounds, with its interval over events resampled."""

    name: str
    events: int
    value: float
    low: float
    high: float


def pooled(rounds: Sequence[Scores], seed: int = 0) -> list[Pooled]:
    """Compare negsim with each null over the events of several rounds.

    Cases of one round (a report alone, and with the record) tell of the same events: what they come to on one is averaged. Of one
    event alone there is no interval.
    """
    found = []
    for name in NULLS:
        told: dict[str, list[float]] = {}
        for one in rounds:
            for event in dict.fromkeys(issue.event for issue in one.issues):
                own = [issue for issue in one.issues if issue.event == event]
                if all(name in issue.nulls for issue in own):
                    told.setdefault(event, []).append(float(np.mean([issue.nulls[name] - issue.model for issue in own])))
        each = np.array([np.mean(values) for values in told.values()])
        if len(each):
            picked = np.random.default_rng([seed, 5]).integers(len(each), size=(RESAMPLED, len(each)))
            low, high = np.percentile(each[picked].mean(axis=1), [2.5, 97.5]).tolist() if len(each) > 1 else (-np.inf, np.inf)
            found.append(Pooled(name, len(each), float(each.mean()), low, high))
    return found


def as_well(found: Scores) -> list[str]:
    """Return the nulls that do as well as the ensemble or better: whose difference is not above 0 beyond its interval."""
    return [one.name for one in found.worse if one.low <= 0.0]


def _sizes(scenario: Scenario, known: dict[str, Happened], chances: Mapping[str, Any]) -> Iterator[Extra]:
    """Yield the score of the size agreed in each swap."""
    for key, one in known.items():
        issue = scenario.issues[key]
        if issue.swap:
            sizes = np.array([sum(option.received(side) for side in issue.swap) / 2.0 for option in issue.options])
            was = float(sizes[issue.option_ids().index(one.option)])
            alike = np.full(len(sizes), 1.0 / len(sizes))
            yield Extra(key, "size", f"{was:g}", crps(sizes, was, chances[key]), crps(sizes, was, alike))


def _extras(table: pa.Table, scenario: Scenario, known: dict[str, Happened]) -> Iterator[Extra]:
    """Yield scores of deliveries, and of the session in which issues closed."""
    sessions = len(scenario.talks.sessions)
    for key, one in known.items():
        issue = scenario.issues[key]
        if one.delivered is not None:
            reached = [table[f"received.{key}.{side}"].drop_null().to_numpy() for side in issue.swap]
            drawn = np.concatenate(reached)
            if len(drawn):
                flat = np.linspace(0.0, 1.0, 101)
                yield Extra(key, "delivered", f"{one.delivered:g}", crps(drawn, one.delivered), crps(flat, one.delivered))
        if sessions > 1:
            closed = table[f"closed_in.{key}"].fill_null(sessions).to_numpy()
            chances = np.bincount(closed, minlength=sessions + 1) / max(1, len(closed))
            was = sessions if one.option == issue.option_ids()[0] else one.session
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
