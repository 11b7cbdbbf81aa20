"""A briefing stands alone: it asks for nothing, every link has an end, and what it says is what was found."""

import re
from html.parser import HTMLParser

import pytest

from negsim.analysis.runs.ensembles import share
from negsim.edge.files import InputError
from negsim.edge.reports import gathered, possible, told
from negsim.edge.reports.gathered import Order, gather
from negsim.edge.reports.lines import interval
from negsim.edge.reports.page import page
from negsim.sweeps.disk import StoreError

DRAFT = "ceasefire=full,ceasefire_conditions=monitored,territory=withdrawal"
VOID = {"meta", "br", "link", "img", "use", "path", "rect", "image"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.asked, self.open, self.words = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "xlink:href") if name in found]
        self.asked += [found[name] for name in ("src", "srcset", "action", "data", "poster") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    monkeypatch.setattr(gathered, "DRAWS", 30)


@pytest.fixture(scope="module")
def briefing():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathered, "DRAWS", 30)
        patch.setattr("negsim.engine.batch_engine.compiled", lambda: False)
        return gather("istanbul-2025-06-02", Order(draft=DRAFT, runs=30, brief=True))


@pytest.fixture(scope="module")
def html(briefing):
    return page(briefing)


def test_it_asks_for_nothing(html):
    found = Page(html)
    assert found.asked == []
    assert not any(link.startswith(("http", "//", "file")) for link in found.links)
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) <= {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in html


def test_every_link_has_an_end_and_every_id_is_one(html):
    found = Page(html)
    assert len(set(found.ids)) == len(found.ids)
    assert {link.removeprefix("#") for link in found.links if link.startswith("#")} <= set(found.ids)
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(found.ids)
    assert found.open == []


def test_every_statement_that_is_cited_is_quoted_with_its_paragraph(html, briefing):
    found = Page(html)
    cited = {link.removeprefix("#s-") for link in found.links if link.startswith("#s-")}
    assert {"r36", "r23"} <= cited
    for key in cited:
        statement = briefing.scenario.statements[key]
        assert statement.paraphrase in found.text
        assert f"[{key}, par. {statement.paragraph}]" in found.text


def test_figures_have_a_title_and_words(html):
    for name in ("shares", "timing", "refusals", "acceptability", "scores"):
        assert re.search(rf'<title id="{name}-title">[^<]+</title>', html)
        assert f'aria-labelledby="{name}-title {name}-desc"' in html
    assert ">Prisoners</text>" in html  # letters, not outlines


def test_the_draft_is_judged(html, briefing):
    words = Page(html).text
    assert "The draft on the table" in words and "Who cannot live with it, on which words" in words
    for entry in possible.drafts(briefing):
        assert entry["acceptable"] in words
        for change in entry["changes"]:
            assert change["words"][0] in words
    assert "instead of full, 30 days, land, sea and air" in words


def test_shares_are_those_of_the_runs(html, briefing):
    ended = briefing.table["option.crimea"].to_pylist()
    row = next(row for row in told.endings(briefing) if row["issue"] == "Crimea" and row["option"] == "annexation recognised")
    assert row["share"].startswith(f"{100 * ended.count('recognised') / 30:.0f}%") or ended.count("recognised") == 0
    example = next(row for row in told.endings(briefing) if row["issue"] == "Crimea" and row["first"])["run"]
    assert ended[int(example)] == "none"


def test_it_says_what_it_left_out(html):
    assert "was not played: it was asked to be brief" in Page(html).text


def test_words_of_a_scenario_are_no_markup(briefing):
    odd = briefing.scenario.model_copy(update={"title": "<script>alert(1)</script>", "summary": 'a "quote" & <b>bold</b>'})
    text = page(briefing._replace(scenario=odd))
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text and "<b>bold" not in text
    assert Page(text).open == []


def test_an_example_run_is_played_again_by_the_command_beside_it(briefing):
    from negsim.engine.mesa_engine import Talks

    changed = briefing._replace(changes=["parties.russia.theta=0.1"])
    assert told.facts(changed)["case"] == "istanbul-2025-06-02 --set parties.russia.theta=0.1"
    row = next(row for row in told.endings(briefing) if row["issue"] == "Prisoners" and row["run"])
    talks = Talks(briefing.scenario, seed=briefing.seed, replicate=int(row["run"]))
    talks.play()
    ended = talks.record().issues["prisoners"].option
    assert briefing.scenario.issues["prisoners"].option(ended).label == row["option"]


def test_a_scenario_without_statements_has_a_briefing():
    text = page(gather("two-issues", Order(runs=10, brief=True)))
    assert "No statements: what the parties want is stated outright" in Page(text).text and Page(text).open == []


def test_an_unfinished_sweep_is_told_so(tmp_path):
    from tests_of_sweeps import unfinished

    found = Page(page(gather(str(unfinished(tmp_path / "out")), Order(brief=True))))
    assert re.search(r"Unfinished: \d+ runs are still to be played", found.text)


def test_a_sweep_of_several_points_compares_them(tmp_path):
    from negsim.edge.experiments import Request
    from negsim.edge.planning import plan_sweep
    from negsim.sweeps.sweep import run_sweep

    plan = plan_sweep("istanbul-2025-06-02", Request(vary=["parties.russia.theta=0,0.2"], runs=12), "mesa")
    run_sweep(plan, tmp_path / "out", 1, lambda done, total: None)
    one = gather(str(tmp_path / "out"), Order(brief=True, point=1))
    assert one.point == "1: Russia: what talking pays, in gains of a track = 0.2" and one.table.num_rows == 12
    assert 'id="fig-differences"' in page(one)
    with pytest.raises(InputError, match="has 2 points, counted from 0"):
        gather(str(tmp_path / "out"), Order(brief=True, point=2))


def test_the_command_of_a_briefing_has_its_draft(html):
    assert f"negsim report istanbul-2025-06-02 --runs 30 --seed 0 --draft {DRAFT}" in Page(html).text


def test_a_command_names_a_file_with_a_space_whole(briefing):
    odd = briefing._replace(named="my file.toml", changes=["talks.breakdown=0.1"])
    assert "negsim plot 'my file.toml' refusals --set talks.breakdown=0.1 --runs 30 --seed 0" in Page(page(odd)).text


def test_one_draw_is_no_sample():
    assert interval(share(1, 1)) == "100%" and interval(share(0, 0)) == "no such run"
    assert interval(share(1, 2)) == "50% (9-91)" and interval(share(0, 500)) == "0% (0.0-0.8)"


def test_what_does_not_fit_what_is_reported_is_refused(tmp_path):
    from tests_of_sweeps import unfinished

    with pytest.raises(InputError, match="--point 0: istanbul-2025-06-02 is a scenario"):
        gather("istanbul-2025-06-02", Order(point=0))
    with pytest.raises(InputError, match=r"--seed 1: .* is a sweep, played under its own"):
        gather(str(unfinished(tmp_path / "out")), Order(seed=1))


def test_a_sample_of_rows_says_so(tmp_path):
    from negsim.edge.experiments import Request
    from negsim.edge.planning import plan_sweep
    from negsim.sweeps.sweep import run_sweep

    plan = plan_sweep("istanbul-2025-06-02", Request(runs=20), "mesa", sample=3)
    run_sweep(plan, tmp_path / "out", 1, lambda done, total: None)
    one = gather(str(tmp_path / "out"), Order(brief=True))
    assert (one.table.num_rows, one.asked, one.left) == (7, 20, 0)
    text = Page(page(one)).text
    assert "Of 20 runs asked for, one in 3 is kept" in text and "--runs 20 --seed 0 --sample 3 --out DIR" in text


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        ("x=1", "no issue 'x'"),
        ("ceasefire=none", "changes nothing"),
        ("ceasefire_conditions=monitored", "arises only where"),
        ("ceasefire=full,", "'ceasefire=full,': has an empty part"),
        (" ", "' ': has an empty part"),
    ],
)
def test_a_draft_that_is_none_is_refused(draft, says):
    with pytest.raises(InputError, match=says):
        gather("istanbul-2025-06-02", Order(draft=draft, runs=10, brief=True))


def test_a_folder_without_a_sweep_is_refused(tmp_path):
    with pytest.raises(StoreError, match="holds no sweep"):
        gather(str(tmp_path), Order())
