"""Brier scores by hand, beside those of models that know nothing."""

import pyarrow as pa
import pytest

from negsim.analysis.runs.scores import brier


def scored(istanbul, share, changes=None):
    """Score an ensemble in which a share of eight runs leave the status quo."""
    scenario = istanbul.model_copy(update=changes or {})
    columns = {}
    for key, issue in scenario.issues.items():
        ids = issue.option_ids()
        left = int(8 * share)
        columns[f"option.{key}"] = [ids[-1]] * left + [ids[0]] * (8 - left)
    return {entry.issue: entry for entry in brier(pa.table(columns), scenario)}


def test_a_squared_miss(istanbul):
    """A quarter of runs exchange remains, and it came about: (0.25 - 1)^2; a quarter agree on a ceasefire, and there was none."""
    found = scored(istanbul, 0.25)
    assert (found["remains"].outcome, found["ceasefire"].outcome) == (True, False)
    assert found["remains"].probability == found["ceasefire"].probability == pytest.approx(0.25)
    assert found["remains"].model == pytest.approx(0.5625)
    assert found["ceasefire"].model == pytest.approx(0.0625)


def test_models_that_know_nothing(istanbul):
    """The last round exchanged the young but no remains, and had no ceasefire; this one exchanged both, and had none."""
    found = scored(istanbul, 0.5)
    assert [found[key].previous for key in ("prisoners", "remains", "ceasefire")] == [0.0, 1.0, 0.0]
    assert [found[key].status_quo for key in ("prisoners", "remains", "ceasefire")] == [1.0, 1.0, 0.0]
    assert {entry.half for entry in found.values()} == {0.25}
    assert scored(istanbul, 0.5, {"previous": {}})["ceasefire"].previous is None
