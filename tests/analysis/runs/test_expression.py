"""What an expression says of each run."""

import pyarrow as pa
import pytest

from negsim.analysis.runs.expression import check, holds

TABLE = pa.table(
    {
        "agreed.c": [True, False, None],
        "gain.u": [0.2, 0.3, None],
        "turn.c": pa.array([4, None, None]),
        "option.c": ["full", "none", None],
        "failed": [False, False, True],
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gain.u >= 0.2", [True, True, None]),
        ("gain.u > 0.2", [False, True, None]),
        ("gain.u <= 0.2", [True, False, None]),
        ("gain.u < 0.3", [True, False, None]),
        ("option.c != full", [False, True, None]),
        ("agreed.c == false", [False, True, None]),
        ("agreed.c == TRUE", [True, False, None]),
        ("turn.c < 9", [True, False, None]),  # a run without a deal has no turn, and so is not before any
        ("turn.c > 3", [True, False, None]),
    ],
)
def test_comparisons(text, found):
    assert holds(TABLE, text).to_pylist() == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gain.ukraine", "compare it with a number"),
        ("gain.ukraine > much", "compare it with a number"),
        ("option.ceasefire", "== VALUE"),
        ("agreed.ceasefire == yes", "is yes or no"),
        ("gain.nobody > 1", "no name"),
        ("turn.ceasefire > nan", "compare it with a number"),
    ],
)
def test_what_cannot_be_asked(istanbul, text, said):
    with pytest.raises(ValueError, match=said):
        check(text, istanbul)
