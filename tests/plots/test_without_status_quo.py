"""Tracks that have no status quo, as domains of other tools: each option is drawn, and no agreement is none of them."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from negsim import plots
from negsim.analysis.draws.drafts import draft_of
from negsim.analysis.draws.survey import survey
from negsim.analysis.runs.ensembles import mean_by
from negsim.analysis.runs.offers import spoken
from negsim.analysis.runs.summary import left
from negsim.domain.scenario import Scenario
from negsim.edge.reports import gathered, told
from negsim.edge.reports.gathered import Order, gather
from negsim.sweeps.chunk import play

mpl.use("Agg")
plots.discover()
FILE = """
id = "sold"
title = "A sale"
[talks]
sessions = [2026-01-15]
rounds = [5, 5]
[tracks.sale]
name = "Sale"
status_quo = false
procedure = "package"
[issues.price]
name = "Price"
track = "sale"
options = [{ id = "high" }, { id = "low" }]
[issues.delivery]
name = "Delivery"
track = "sale"
options = [{ id = "late" }, { id = "soon" }]
[parties.buyer]
traits.beta = 1.0
utility.weights = { price = 0.3, delivery = 0.7 }
utility.values = { price = [0.0, 1.0], delivery = [0.0, 1.0] }
utility.reservation = 0.5
[parties.seller]
traits.beta = 1.0
utility.weights = { price = 0.7, delivery = 0.3 }
utility.values = { price = [1.0, 0.0], delivery = [1.0, 0.0] }
utility.reservation = 0.45
"""


@pytest.fixture(scope="module")
def sale():
    import tomllib

    return Scenario.model_validate(tomllib.loads(FILE))


@pytest.fixture
def drawn():
    figures = []

    def draw(name, subject):
        figure, axes = plt.subplots()
        figures.append(figure)
        return plots.PLOTS[name].draw(subject, axes)

    yield draw
    for figure in figures:
        plt.close(figure)


def test_the_first_option_has_a_bar_of_its_own(sale, drawn):
    axes = drawn("shares", plots.Subject(sale, 0, play(sale, runs=10, engine="mesa"), 10))
    words = [label.get_text() for label in axes.get_yticklabels()]
    assert words == ["Sale", "Price", "\N{EN DASH} high", "\N{EN DASH} low", "Delivery", "\N{EN DASH} late", "\N{EN DASH} soon"]
    assert [patch.get_width() for patch in axes.patches] == [1.0, 0.0, 0.0, 1.0]


def test_offers_are_worth_what_they_leave_over_the_reservation_value(sale, drawn):
    run = spoken(sale, 0)
    utilities = {(0, 0): (0.0, 1.0), (0, 1): (0.7, 0.7), (1, 0): (0.3, 0.3), (1, 1): (1.0, 0.0)}
    package = tuple(run.offers[0].package.tolist())
    assert np.allclose(run.offers[0].worths, np.subtract(utilities[package], (0.5, 0.45)))
    axes = drawn("concession", plots.Subject(sale, 0))
    assert axes.get_ylabel().replace("\n", " ") == "gain over no agreement on this deal"
    assert axes.lines[0].get_ydata()[0] == pytest.approx(run.offers[0].worths[run.offers[0].party])


def test_no_deal_lies_at_the_floors(sale, drawn):
    lines = {line.get_label(): line for line in drawn("space", plots.Subject(sale, 0)).lines}
    assert np.allclose(lines["no deal"].get_xydata(), [(0.5, 0.45)])
    assert len(lines["packages (4)"].get_xydata()) == 4


def test_a_briefing_counts_runs_without_agreement(tmp_path, monkeypatch):
    (tmp_path / "sold.toml").write_text(FILE.replace("reservation = 0.45", "reservation = 0.9"))
    monkeypatch.setattr(gathered, "DRAWS", 5)
    one = gather(str(tmp_path / "sold.toml"), Order(runs=10, brief=True))
    rows = [(row["option"], row["share"].partition(" ")[0]) for row in told.endings(one) if row["issue"] == "Price"]
    assert rows == [("high", "0%"), ("low", "0%"), ("no agreement", "100%")]


def test_an_issue_that_is_agreed_left_no_status_quo(sale, istanbul):
    assert left(sale, "price") == "closed_in.price >= 0" and left(istanbul, "ceasefire") == "option.ceasefire != none"


def test_packages_bring_what_they_leave_over_the_reservation_value(sale, drawn):
    found = survey(sale, 1, 1)
    gains = {entry.package: entry.gains[:, 0].round(3).tolist() for entry in found.deals[0].candidates}
    assert gains == {(0, 1): [0.2, 0.25]}
    (draft,) = draft_of(found.table, {"price": "high", "delivery": "soon"})
    assert draft.gains[:, 0].round(3).tolist() == [0.2, 0.25]
    axes = drawn("acceptability", plots.Subject(sale, 1, found=found))
    assert any("+0.20 / +0.25" in text.get_text() for text in axes.texts)


def test_a_number_of_zeros_is_no_share_of_runs():
    assert mean_by([0.0, 0.0], [0, 1], shares=False) == (0.0, 0.0, 0.0)
    assert mean_by([0.0, 0.0], [0, 1], shares=True)[2] > 0.5
