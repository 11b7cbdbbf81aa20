"""Where the points of a sampled design lie in the unit cube; SciPy and SALib draw them."""

import contextlib
import importlib.util
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

LEVELS = 4  # of a Morris design (Morris 1991, "Factorial sampling plans", Technometrics 33)
SAMPLED = ("random", "lhs", "sobol", "halton", "morris", "saltelli")
STRUCTURED = ("morris", "saltelli")  # whose points make sense only together
POWERS = ("sobol", "saltelli")  # balanced only for 1, 2, 4, 8, ... points


def shares_of(design: str, names: list[str], points: int, seed: int) -> Any:
    """Return points in the unit cube, shape (point, input).

    Parameters
    ----------
    design : str
        One of `SAMPLED`.
    names : list of str
        Of the inputs.
    points : int
        How many; of a Morris design, trajectories of one more than there are inputs; of Saltelli's, base points of two more.
    seed : int

    Raises
    ------
    ModuleNotFoundError
        If it takes SALib and there is none.

    Notes
    -----
    Random designs have a stream an input: another input leaves the others as they are. Latin hypercube (McKay and others 1979),
    Sobol' (1967, scrambled after Owen 1998) and Halton (1960) are those of `scipy.stats.qmc`, Morris' trajectories and Saltelli's
    cross-sampling (2010, without second-order rows) those of SALib.
    """
    width = len(names)
    if design == "random":
        columns = [np.random.default_rng([seed, *name.encode()]).random(points) for name in names]
        return np.column_stack(columns) if columns else np.zeros((points, 0))
    with quiet():
        if design in STRUCTURED:
            problem = problem_of(names)
            need_salib()
            if design == "morris":
                from SALib.sample import morris

                return morris.sample(problem, points, num_levels=LEVELS, seed=seed % 2**32)
            from SALib.sample import sobol

            return sobol.sample(problem, points, calc_second_order=False, seed=seed % 2**32)
        from scipy.stats import qmc

        kinds = {"lhs": qmc.LatinHypercube, "sobol": qmc.Sobol, "halton": qmc.Halton}
        return kinds[design](width, rng=np.random.default_rng(seed)).random(points)


def rows_of(design: str, inputs: int, points: int) -> int:
    """Return how many points a design has."""
    return {"morris": inputs + 1, "saltelli": inputs + 2}.get(design, 1) * points


def problem_of(names: list[str]) -> dict[str, Any]:
    """Return inputs in the unit cube as SALib describes them."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def need_salib() -> None:
    """Say how to get SALib where it is missing."""
    if importlib.util.find_spec("SALib") is None:
        raise ModuleNotFoundError("Morris' and Saltelli's designs need SALib: pip install 'negsim[sensitivity]'")


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what other packages warn of from users, who can do nothing about it; and their state of NumPy as it was."""
    state = np.random.get_state()  # noqa: NPY002
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            np.random.set_state(state)  # noqa: NPY002
