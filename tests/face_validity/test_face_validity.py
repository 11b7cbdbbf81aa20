"""The list is well formed, and what it says holds; `check.py` is the command that measures all of it."""

import pytest
from face_validity.check import LIST, coded_cases, judge
from face_validity.measures import MEASURES, scenario_of

ENTRIES = LIST["statements"]


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_says_what_is_measured_where_and_on_whose_word(key):
    entry = ENTRIES[key]
    assert entry["words"].endswith((".", ":")) or ":" in entry["words"]
    assert entry["source"]
    assert entry["measure"] in MEASURES
    assert {"least", "most"} & set(entry)
    for case in coded_cases() if entry["on"] == "every" else (LIST["cases"][name] for name in entry["on"]):
        for arm in entry.get("arms", [[]]):
            try:
                assert scenario_of(case, *arm).parties
            except KeyError:
                assert entry["on"] == "every"


@pytest.mark.full
@pytest.mark.compiled
@pytest.mark.parametrize("key", ENTRIES)
def test_the_statement_holds(key):
    if "waits_for" in ENTRIES[key]:
        pytest.skip(f"waits for {ENTRIES[key]['waits_for']}")
    verdict = judge(key, 2000)
    if "explained" in ENTRIES[key]:
        assert not verdict.holds, "holds now: take away what explains why it does not"
    else:
        assert verdict.holds, verdict
