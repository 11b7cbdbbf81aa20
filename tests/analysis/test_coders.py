"""Cohen's kappa, by hand."""

import datetime

import pytest

from negsim.analysis.coders import kappa
from negsim.domain.statement import Source


def coded(*stances):
    """Return a source in which one actor takes a stance on each option of an issue; None is not coded."""
    day = datetime.date(2026, 1, 1)
    statements = {
        f"s{k}": {
            "actor": "a", "stance": stance, "options": [f"x.o{k}"], "made_on": day, "paragraph": 1, "paraphrase": "-",
        }
        for k, stance in enumerate(stances)
        if stance
    }  # fmt: skip
    options = [f"o{k}" for k in range(len(stances))]
    return Source(id="x", title="x", published_on=day, paragraphs=1, variables={"x": options}, statements=statements)


def test_agreement_beyond_chance():
    """4 of 5 alike; demands 3/5 and 2/5, rejects 2/5 and 3/5: chance 0.24 + 0.24; (0.8 - 0.48) / (1 - 0.48)."""
    one = coded("demands", "demands", "demands", "rejects", "rejects")
    other = coded("demands", "demands", "rejects", "rejects", "rejects")
    found = kappa(one, other)
    assert (found.units, found.agreed) == (5, 4)
    assert found.kappa == pytest.approx(0.32 / 0.52)


def test_what_one_left_out_is_a_category_of_its_own():
    """1 of 2 alike; chance: demands 1 * 1/2, not coded 0: (0.5 - 0.5) / 0.5."""
    found = kappa(coded("demands", "demands"), coded("demands", None))
    assert (found.units, found.agreed, found.kappa) == (2, 1, pytest.approx(0.0))


def test_coders_who_turn_everything_round_agree_less_than_by_chance():
    """0 of 2 alike, chance 1/4 + 1/4: (0 - 0.5) / 0.5."""
    assert kappa(coded("demands", "rejects"), coded("rejects", "demands")).kappa == pytest.approx(-1.0)
    assert kappa(coded("demands"), coded("demands")).kappa == 1.0
