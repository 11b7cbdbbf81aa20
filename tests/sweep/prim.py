"""PRIM of the EMA workbench finds a box that was planted in what runs were drawn to be, from `results.parquet` alone.

    python tests/sweep/prim.py FOLDER      (a sweep with drawn inputs; needs ema-workbench and pandas)

The outcome is made here: 1 inside the box (and in 2% outside), so that what should be found is known: a statement read as a posture,
and talking that pays Russia little. All other readings and numbers are offered to PRIM as well.
"""

import sys
import warnings

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from negsim.engine.inputs import is_drawn

warnings.simplefilter("ignore")
from ema_workbench.analysis import prim  # noqa: E402

BOX = {"reading.r06": "posture", "theta.russia": 0.1}


def main():
    table = pq.read_table(f"{sys.argv[1]}/results.parquet").to_pandas()
    inputs = table[[name for name in table.columns if is_drawn(name)]]
    inputs = inputs.loc[:, inputs.nunique() > 1].copy()
    for name in inputs.columns:
        if inputs[name].dtype == object or str(inputs[name].dtype) in ("string", "str"):
            inputs[name] = pd.Categorical(inputs[name].astype(str))
    inside = (table["reading.r06"] == BOX["reading.r06"]) & (table["theta.russia"] < BOX["theta.russia"])
    planted = (inside | (np.random.default_rng(1).random(len(table)) < 0.02)).astype(int).to_numpy()
    found = prim.Prim(inputs.reset_index(drop=True), planted).find_box()
    stats = found.peeling_trajectory.iloc[-1] if hasattr(found, "peeling_trajectory") else found.stats
    limits = found.inspect(style="data")[0][1] if False else found.box_lims[-1]
    told = {}
    for name in inputs.columns:
        low, high = limits[name].iloc[0], limits[name].iloc[1]
        full = inputs[name]
        if isinstance(full.dtype, pd.CategoricalDtype):
            if set(low) != set(full.cat.categories):
                told[name] = sorted(low)
        elif low > full.min() or high < full.max():
            told[name] = (round(float(low), 3), round(float(high), 3))
    print(f"{len(table)} runs, {inputs.shape[1]} inputs; planted {BOX}, in {inside.mean():.1%} of runs")
    print(f"found: {told}; density {stats['density']:.2f}, coverage {stats['coverage']:.2f}")
    assert told.get("reading.r06") == ["posture"] and abs(told["theta.russia"][1] - BOX["theta.russia"]) < 0.02, told


if __name__ == "__main__":
    main()
