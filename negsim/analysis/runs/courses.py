"""What moves from session to session: trust, what is expected to be delivered, and leverage left."""

from typing import Any

import numpy as np

from negsim.domain.scenario import Scenario
from negsim.engine.mesa_engine import Talks, set_stage


def courses(scenario: Scenario, seed: int, runs: int) -> dict[str, Any]:
    """Play runs and return what each came to after every session.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    runs : int
        Of the first replicates; those whose rules raise are left out.

    Returns
    -------
    dict of str to array of float, shape (run, session + 1)
        By name: trust in truces and share of swaps expected to be delivered, of each track with any; share of leverage left, of
        each mediator that had some. Sessions that were not held have what the last one left.

    Examples
    --------
    >>> from negsim import load_scenario
    >>> sorted(courses(load_scenario("two-issues"), seed=1, runs=2))
    ['Sale: trust']
    """
    stage, _ = set_stage(scenario, seed, runs, traced=False, drawn=False)
    names = _names(scenario)
    length = len(scenario.talks.sessions) + 1
    found = np.full((len(names), runs, length), np.nan)
    for row in range(runs):
        try:
            talks = Talks(scenario, seed, row, stage=stage)
            full = [_leverage(talks, m) for m in range(len(scenario.mediators))]
            session = talks.clock.session
            found[:, row, : session + 1] = _levels(talks, full)[:, None]
            while talks.running:
                talks.step()
                if talks.clock.session != session or talks.clock.over:
                    found[:, row, session + 1 :] = _levels(talks, full)[:, None]
                    session = talks.clock.session
        except Exception:  # a rule may raise anything; the sweep says what
            continue
    kept = [bool(np.isfinite(values).any()) for values in found]
    return {name: values[np.isfinite(values).all(axis=1)] for name, values, keep in zip(names, found, kept) if keep}


def _names(scenario: Scenario) -> list[str]:
    found = []
    for key, track in scenario.tracks.items():
        name = track.name or key
        swaps = any(issue.swap for issue in scenario.issues.values() if issue.track == key)
        found += [f"{name}: trust", f"{name}: delivery expected" if swaps else ""]
    return [*found, *(f"{one.name or key}: leverage left" for key, one in scenario.mediators.items())]


def _levels(talks: Talks, full: list[float]) -> Any:
    """Return the level of everything that is named, as it stands; nothing for what there is none of."""
    found = []
    for t, key in enumerate(talks.setting.tracks):
        known = talks.behind.tracks[t]
        swaps = any(issue.swap for issue in talks.setting.issues.values() if issue.track == key)
        found += [float(known["trust"]), float(known["expected"]) if swaps else np.nan]
    left = [_leverage(talks, m) / had if had > 0.0 else np.nan for m, had in enumerate(full)]
    return np.array([*found, *left])


def _leverage(talks: Talks, mediator: int) -> float:
    return float(sum(np.sum(talks.behind.leverage[kind][mediator]) for kind in ("carrot", "stick")))
