"""The list is well formed, and what it says holds; `negsim validate` is the command that measures all of it."""

import json

import pytest
from running import negsim

from negsim.validity.cases import MEASURES, scenario_of
from negsim.validity.judging import cases_of, coded_cases, judge, statements

ENTRIES = statements()


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_says_what_is_measured_where_and_on_whose_word(key):
    entry = ENTRIES[key]
    assert entry["words"].endswith((".", ":")) or ":" in entry["words"]
    assert entry["source"]
    assert entry["measure"] in MEASURES
    assert {"least", "most"} & set(entry)
    for case in cases_of(entry, coded_cases()):
        for arm in entry.get("arms", [[]]):
            try:
                assert scenario_of(case, *arm).parties
            except KeyError:
                assert entry["on"] == "every"


@pytest.mark.full
@pytest.mark.compiled
@pytest.mark.parametrize("key", ENTRIES)
def test_the_statement_holds(key):
    verdict = judge(key, 2000)
    if "explained" in ENTRIES[key]:
        assert not verdict.holds, "holds now: take away what explains why it does not"
    else:
        assert verdict.holds, verdict


def test_a_statement_that_fails_is_told_and_ends_in_exit_code_1(monkeypatch, tmp_path):
    entry = {**ENTRIES["opening_keeps_red_lines"], "most": -1.0}
    monkeypatch.setitem(ENTRIES, "opening_keeps_red_lines", entry)
    options = ("--only", "opening_keeps", "--runs", 50, "--page", tmp_path / "page.md")
    shown = negsim("validate", "wage-dispute", *options, code=1).stdout
    assert "FAILS" in shown and "0 of 1 statements hold" in shown and entry["words"] in " ".join(shown.split())
    page = (tmp_path / "page.md").read_text()
    assert "**fails**" in page and "Not explained." in page and "0 of 1 hold" in page


def test_what_holds_ends_in_exit_code_0_and_json():
    found = json.loads(negsim("validate", "wage-dispute", "--only", "opening_keeps", "--runs", 50, "--json").stdout)
    assert [one["id"] for one in found["statements"]] == ["opening_keeps_red_lines"] and found["statements"][0]["holds"]


def test_bad_input_to_validate():
    assert "no statement has that" in negsim("validate", "--only", "nonsense", code=2).stderr
    assert "no such scenario" in negsim("validate", "istanbul-2026", code=2).stderr
