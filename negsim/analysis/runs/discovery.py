"""Under which inputs an outcome comes about: boxes of PRIM and leaves of CART, by the EMA workbench; and feature scores."""

import importlib.metadata
import importlib.util
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from negsim.engine.inputs import is_drawn

OLDEST = 3  # version of the workbench
FEWEST = 20  # runs with the outcome, and without it, that boxes can be looked for in
SURE = 0.05  # a restriction that chance would make more often is left out
MASS = 0.05  # of the runs that a box holds at least
DENSE = 0.8  # share of runs with the outcome that a box should have at least


class Bound(NamedTuple):
    """What a box says of one input: a range, or which words."""

    column: str
    low: float | None
    high: float | None
    words: tuple[str, ...]


class Box(NamedTuple):
    """Inputs under which the outcome is frequent.

    Attributes
    ----------
    bounds : tuple of Bound
    density, coverage, mass : float
        Share of the runs in it that have the outcome; of the runs with the outcome that lie in it; of all runs in it. Over the
        half of the runs that it was not fitted to.
    """

    bounds: tuple[Bound, ...]
    density: float
    coverage: float
    mass: float


class Discovery(NamedTuple):
    """What was found.

    Attributes
    ----------
    outcome : str
    runs, hits : int
    inputs : int
        Inputs that vary.
    prim, cart : list of Box
        Cart: its leaves in which the outcome is frequent, those with most of it first.
    scores : list of (str, float)
        Features by their importance in a forest of extra trees (Geurts and others 2006), which sum to 1.
    peels : list of (float, float, float)
        Coverage, density and mass of each box that PRIM peeled first, over the half that it was fitted to.
    """

    outcome: str
    runs: int
    hits: int
    inputs: int
    prim: list[Box]
    cart: list[Box]
    scores: list[tuple[str, float]]
    peels: list[tuple[float, float, float]]


def discover(table: pa.Table, flags: Any, outcome: str, varied: list[str], *, boxes: int = 2) -> Discovery:
    """Look for inputs under which an outcome comes about.

    Parameters
    ----------
    table : pyarrow.Table
        Of runs, with the varied inputs and what was drawn.
    flags : array of float, shape (run,)
        1 where the outcome holds, 0 where not, NaN where the run failed.
    outcome : str
    varied : list of str
        Columns of the varied inputs.
    boxes : int
        How many to look for.

    Raises
    ------
    ValueError
        If there is nothing to look for.
    ModuleNotFoundError
        Without the EMA workbench.

    Notes
    -----
    PRIM after Friedman and Fisher 1999 (Statistics and Computing 9), as used by Bryant and Lempert 2010. Boxes are fitted to the
    even replicates, or points where there are more of those, and judged by the odd ones; restrictions that chance would make are
    dropped (quasi-p values).
    """
    need_ema()
    fine = ~np.isnan(flags)
    held = inputs_of(table.filter(pa.array(fine)), varied)
    y = flags[fine] == 1.0
    halved = max(("replicate", "point"), key=lambda name: len(np.unique(table[name].to_numpy())))
    odd = np.unique(table[halved].to_numpy()[fine], return_inverse=True)[1] % 2 == 1  # every other one that there is
    fewest = min(int(y[~odd].sum()), int((~y[~odd]).sum()))
    if fewest < FEWEST:
        raise ValueError(f"{outcome}: holds in {int(y.sum())} of {len(y)} runs: too few with it, or without, to tell apart")
    if held.shape[1] == 0:
        raise ValueError("no input varies: sweep with --vary, or keep what runs were drawn to be (--inputs)")
    with _quiet():
        peels: list[tuple[float, float, float]] = []
        leaves = [_judged(one, held, y, odd) for one in _cart(held[~odd].reset_index(drop=True), y[~odd])]
        return Discovery(
            outcome,
            len(y),
            int(y.sum()),
            held.shape[1],
            [_judged(one, held, y, odd) for one in _prim(held[~odd].reset_index(drop=True), y[~odd], boxes, peels)],
            sorted(leaves, key=lambda one: -one.coverage),
            _scores(held, y),
            peels,
        )


def need_ema() -> None:
    """Say how to get the EMA workbench where it is missing."""
    there = importlib.util.find_spec("ema_workbench") is not None
    if not there or int(importlib.metadata.version("ema-workbench").split(".")[0]) < OLDEST:
        raise ModuleNotFoundError(
            f"boxes need the EMA workbench {OLDEST}, on Python 3.12 or later: pip install 'negsim[discover]'"
        )


def inputs_of(table: pa.Table, varied: list[str]) -> Any:
    """Return a DataFrame of the inputs that vary, words as categories."""
    import pandas as pd

    names = [name for name in table.column_names if name in varied or is_drawn(name)]
    held = table.select(names).to_pandas()
    held = held.loc[:, held.nunique() > 1].copy()
    for name in held.columns:
        if held[name].dtype == bool or not pd.api.types.is_numeric_dtype(held[name]):
            held[name] = pd.Categorical(held[name].fillna("").astype(str))
        else:
            held[name] = held[name].astype(float)
    return held.loc[:, ~held.isna().any()]


def _prim(held: Any, y: Any, boxes: int, peels: list[tuple[float, float, float]]) -> Iterator[tuple[Bound, ...]]:
    """Yield the boxes of PRIM; notes how the first was peeled."""
    from ema_workbench.analysis import prim

    work = prim.Prim(held, y.astype(int), mass_min=MASS)
    for _ in range(boxes):
        found = work.find_box()
        if found is None:
            return
        path = found.peeling_trajectory
        peels += [] if peels else path[["coverage", "density", "mass"]].to_numpy().tolist()
        balance = (2.0 * path["density"] * path["coverage"]).div(path["density"] + path["coverage"]).fillna(0.0)
        dense = path["density"] >= _wanted(y)
        chosen = int((balance[dense] if dense.any() else balance).idxmax())
        found.select(chosen)
        while chosen:
            chances = found.qp[chosen] if hasattr(found, "qp") else {}
            weak = [name for name, values in chances.items() if max(values) > SURE]
            if not weak:
                break
            before = len(found.peeling_trajectory)
            found.drop_restriction(weak[0])
            chosen = len(found.peeling_trajectory) - 1
            if chosen < before:
                break
        bounds = tuple(_bounds(held, found.box_lims[found._cur_box]))
        if not bounds:
            return
        yield bounds


def _cart(held: Any, y: Any) -> Iterator[tuple[Bound, ...]]:
    """Yield leaves of a tree in which the outcome is frequent.

    Words are handed over as columns of 0 and 1: of categories the workbench (3.0) mixes up those of one leaf with the next.
    """
    import pandas as pd
    from ema_workbench.analysis import cart

    words = {name: list(map(str, held[name].cat.categories)) for name in held.columns if hasattr(held[name], "cat")}
    flags: dict[tuple[str, str | None], Any] = {
        (name, word): (held[name].astype(str) == word).astype(float) for name, among in words.items() for word in among
    }
    columns: dict[tuple[str, str | None], Any] = {(name, None): held[name] for name in held.columns if name not in words}
    columns |= flags
    names = list(columns)
    work = cart.CART(pd.DataFrame({str(at): columns[name] for at, name in enumerate(names)}), y.astype(int), mass_min=MASS)
    work.build_tree()
    for limits, stats in zip(work.boxes, work.stats):
        if stats["density"] >= _wanted(y):
            yield tuple(_leaf(held, words, names, limits))


def _leaf(held: Any, words: dict[str, list[str]], names: list[tuple[str, str | None]], limits: Any) -> Iterator[Bound]:
    """Yield what a leaf says of each input that it speaks of."""
    kept = {name: set(among) for name, among in words.items()}
    for at, (name, word) in enumerate(names):
        low, high = (float(end) for end in limits[str(at)])
        if word is None:
            yield from _range(held[name], low, high)
        elif low > 0.0:
            kept[name] &= {word}
        elif high < 1.0:
            kept[name].discard(word)
    for name, among in kept.items():
        if among != set(words[name]):
            yield Bound(name, None, None, tuple(sorted(among)))


def _wanted(y: Any) -> float:
    """Return how frequent the outcome is in a box that says something: half as rare not to have it as in all runs."""
    return max(DENSE, (1.0 + float(y.mean())) / 2.0)


def _bounds(held: Any, limits: Any) -> Iterator[Bound]:
    for name in held.columns:
        low, high = limits[name].iloc[0], limits[name].iloc[1]
        column = held[name]
        if hasattr(column, "cat"):
            if set(low) != set(column.cat.categories):
                yield Bound(name, None, None, tuple(sorted(map(str, low))))
        else:
            yield from _range(column, float(low), float(high))


def _range(column: Any, low: float, high: float) -> Iterator[Bound]:
    """Yield what limits say of numbers; nothing where they leave out none."""
    ends = low if low > column.min() else None, high if high < column.max() else None
    if ends != (None, None):
        yield Bound(str(column.name), *ends, ())


def _judged(bounds: tuple[Bound, ...], held: Any, y: Any, odd: Any) -> Box:
    inside = odd.copy()
    for column, low, high, words in bounds:
        values = held[column]
        if words:
            inside &= values.astype(str).isin(words).to_numpy()
        if low is not None:
            inside &= values.to_numpy() >= low
        if high is not None:
            inside &= values.to_numpy() <= high
    hits = int((y & inside).sum())
    return Box(bounds, hits / max(1, int(inside.sum())), hits / max(1, int((y & odd).sum())), int(inside.sum()) / int(odd.sum()))


def _scores(held: Any, y: Any) -> list[tuple[str, float]]:
    from ema_workbench.analysis import feature_scoring
    from ema_workbench.analysis.feature_scoring import RuleInductionType

    found, _ = feature_scoring.get_ex_feature_scores(held, y.astype(int), mode=RuleInductionType.CLASSIFICATION, random_state=0)
    scores: Mapping[str, float] = found.iloc[:, 0].to_dict()
    return sorted(((str(name), float(score)) for name, score in scores.items()), key=lambda one: (-one[1], one[0]))


@contextmanager
def _quiet() -> Iterator[None]:
    import logging

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(before)
