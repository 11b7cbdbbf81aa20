"""Some pictures, letter by letter: of data that is written down here, so that only a change of looks changes them.

`python -m pytest tests/plots/test_images.py --mpl-generate-path=tests/plots/images` draws them anew; look at them before you keep them.
"""

import matplotlib as mpl
import pyarrow as pa
import pytest

from negsim import plots
from negsim.edge.scenarios import load_scenario
from negsim.plots.frame import WIDTHS, framed, style

plots.discover()
LIKE = {
    "baseline_dir": "images",
    "style": "default",
    "tolerance": 12,
    "savefig_kwargs": {"dpi": 60, "metadata": {"Software": None}},
}


@pytest.fixture(autouse=True)
def of_no_version(monkeypatch):
    monkeypatch.setattr("negsim.__version__", "0")


def picture(kind, subject, width="page"):
    with mpl.rc_context(style(WIDTHS[width])):
        return framed(subject, plots.PLOTS[kind], width)


def sale(**columns):
    scenario = load_scenario("two-issues")
    fixed = {"replicate": list(range(20)), "failed": [False] * 20}
    return plots.Subject(scenario, 1, pa.table({**fixed, **columns}), 20)


@pytest.mark.mpl_image_compare(**LIKE)
def test_shares():
    ended = {"option.price": ["middle"] * 12 + ["high"] * 5 + ["none"] * 3, "option.delivery": ["soon"] * 17 + ["none"] * 3}
    return picture("shares", sale(**{**ended, "agreed.sale": [True] * 17 + [False] * 3}))


@pytest.mark.mpl_image_compare(**LIKE)
def test_timing():
    turns = pa.array([2] * 6 + [4] * 7 + [5] * 4 + [None] * 3, pa.int64())
    return picture("timing", sale(**{"turn.sale": turns, "agreed.sale": [True] * 17 + [False] * 3}))


@pytest.mark.mpl_image_compare(**LIKE)
def test_gains():
    return picture(
        "gains", sale(**{"gain.buyer": [0.3] * 10 + [0.1] * 7 + [0.0] * 3, "gain.seller": [0.3] * 10 + [0.5] * 7 + [0.0] * 3})
    )


@pytest.mark.mpl_image_compare(**LIKE)
def test_refusals():
    who = {
        "blocked_by.price": [""] * 12 + ["seller"] * 6 + ["buyer; seller"] * 2,
        "blocked_by.delivery": [""] * 15 + ["buyer"] * 5,
    }
    return picture("refusals", sale(**who), "column")
