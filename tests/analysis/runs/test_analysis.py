"""Shares, scores, expressions and paired arms against hand-made tables."""

import math

import pyarrow as pa
import pytest

from negsim.analysis.runs.arms import compare, verdict
from negsim.analysis.runs.ensembles import share, track_shares
from negsim.analysis.runs.expression import check, holds, parse


def test_wilson_interval():
    found = share(81, 263)  # Newcombe 1998, Statistics in Medicine 17, table I
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert math.isnan(share(0, 0).share)


def test_track_shares_are_conditional():
    table = pa.table(
        {"zone.t": [True, True, False, True], "table.t": [True, False, False, True], "ratified.t": [True, False, False, False]}
    )
    found = track_shares(table, "t")
    assert found.zone.share == 0.75
    assert found.table_given_zone.share == pytest.approx(2 / 3)
    assert found.ratified_given_table.share == 0.5
    assert found.agreed.share == 0.25


def test_expressions(istanbul):
    assert parse("gain.ukraine > 0.2") == ("gain.ukraine", ">", "0.2")
    table = pa.table({"agreed.c": [True, False, None], "option.c": ["full", "none", None], "gain.u": [0.1, 0.3, None]})
    assert holds(table, "agreed.c").to_pylist() == [True, False, None]
    assert holds(table, "option.c == full").to_pylist() == [True, False, None]
    assert holds(table, "gain.u > 0.2").to_pylist() == [False, True, None]
    check("option.ceasefire == full", istanbul)
    for wrong, hint in (
        ("option.ceasfire == full", "ceasefire"),
        ("option.ceasefire == ful", "full"),
        ("agred.ceasefire", "agreed"),
        ("a b c", "write"),
    ):
        with pytest.raises(ValueError, match=hint):
            check(wrong, istanbul)


def test_arms_are_paired():
    table = pa.table({"arm": ["a"] * 12 + ["b"] * 12, "agreed.t": [True, *[False] * 10, None, *[True] * 12]})
    first, second = compare(table, ["a", "b"], "agreed.t")
    assert first.difference == 0.0
    assert second.difference == pytest.approx(10 / 11) and (second.gained, second.lost) == (10, 0)
    assert verdict(second, "up") == "as expected" and verdict(second, "not up") == "against"
    assert verdict(first, "up") == "no effect" and verdict(first, "not down") == "holds"
