"""What pictures show is what was found; nothing is cut off, and nothing lies on top of another."""

import matplotlib as mpl
import numpy as np
import pyarrow as pa
import pytest
from looks import faults
from matplotlib import pyplot as plt

from negsim import plots
from negsim.analysis.draws.survey import survey
from negsim.analysis.runs.assumptions import Assumed
from negsim.analysis.runs.decided import Decided, Interval, Part
from negsim.analysis.runs.discovery import Bound, Box, Discovery
from negsim.analysis.runs.ensembles import option_shares, share
from negsim.analysis.runs.pivots import Move as Moved
from negsim.analysis.runs.pivots import Pivots, levers
from negsim.analysis.runs.robustness import Setting
from negsim.analysis.runs.sensitivity import Index, Input, Sensitivity
from negsim.analysis.runs.tournament import Score, standings
from negsim.engine.inputs import input_names
from negsim.plots.levers import Held
from negsim.plots.tournament import Ranked
from negsim.sweeps.chunk import play

mpl.use("Agg")
plots.discover()
THETA, CARROT = "parties.russia.theta", "mediators.united_states.carrot.russia"


@pytest.fixture(scope="module")
def table(repeated):
    return play(repeated, runs=30, engine="mesa")


@pytest.fixture(scope="module")
def found(repeated, table):
    """Return a subject for each kind that is drawn of what an analysis finds."""
    interval, index = Interval(0.4, 0.3, 0.5), Index(0.4, 0.3, 0.5)
    some = levers(repeated)[:6]
    moves = [
        Moved((lever,), (lever.settings[-1],), share(20 + at, 100), at / 100, at / 100 - 0.05, at / 100 + 0.05, False, None)
        for at, lever in enumerate(some)
    ]
    parts = [
        Part("readings", "how refusals are meant", (), interval, Interval(0.9, 0.8, 1.0)),
        Part("weights", "what issues weigh", (), interval, interval),
    ]
    one = Setting({CARROT: 0.1}, index, Index(0.2, 0.1, 0.3), {THETA: 0.1}, 0.7, share(1, 4), share(0, 4), 0.2)
    scores = [
        Score(a, b, 0.5 + 0.1 * (a < b), 1.0) for a in ("linear", "micro", "boulware") for b in ("linear", "micro", "boulware")
    ]
    box = Box(
        (
            Bound(THETA, 0.02, 0.1, ()),
            Bound(next(name for name in input_names(repeated) if name.startswith("reading.")), None, None, ("posture",)),
        ),
        0.9,
        0.5,
        0.2,
    )
    return {
        "acceptability": survey(repeated, 20, 1),
        "pivots": Pivots("agreed.ceasefire", share(20, 100), moves, []),
        "decided": [Decided("agreed.ceasefire", share(50, 100), parts, [])],
        "indices": Sensitivity("agreed.ceasefire", "saltelli", 64, 8, index, index, 0.5, [Input(THETA, {"first": index, "total": index}), Input(CARROT, {"first": index, "total": Index(0.0, -0.1, 0.1)})], []),
        "levers": Held([one, one._replace(levers={CARROT: 0.3})], "agreed.ceasefire", 0.5),
        "matches": Ranked(scores, standings(scores)),
        "boxes": Discovery("agreed.ceasefire", 200, 60, 5, [box], [box], [(THETA, 1.0)], [(1.0, 0.3, 1.0), (0.8, 0.5, 0.5), (0.5, 0.9, 0.2)]),
    }  # fmt: skip


def over(table, scenario):
    """Return runs as if two inputs had been varied."""
    point = np.arange(len(table)) // (len(table) // 6)
    rows = table.set_column(table.column_names.index("point"), "point", pa.array(point))
    rows = rows.set_column(rows.column_names.index("replicate"), "replicate", pa.array(np.arange(len(table)) % (len(table) // 6)))
    rows = rows.append_column(THETA, pa.array((point // 2) * 0.1)).append_column(CARROT, pa.array((point % 2) * 0.2))
    return plots.Subject(scenario, 1, rows, len(rows), {"levers": {CARROT: [0.0, 0.2]}, "vary": {THETA: [0.0, 0.1, 0.2]}})


@pytest.fixture(scope="module")
def subject_of(table, repeated, found):
    one = plots.Subject(repeated, 0, table, len(table))

    def subject(kind):
        needs = plots.PLOTS[kind].needs
        if needs == plots.POINTS:
            return over(table, repeated)
        return one._replace(found=found.get(kind, found.get(needs)))

    return subject


def drawn(kind, subject):
    _, axes = plt.subplots()
    assert plots.PLOTS[kind].draw(subject, axes) is axes
    return axes


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("negsim.plots.fans.PLAYED", 12)
    yield
    plt.close("all")


@pytest.mark.parametrize("width", ["slide", "column"])
@pytest.mark.parametrize("kind", sorted(plots.PLOTS))
def test_nothing_is_cut_off_or_on_top_of_another(kind, width, subject_of):
    assert faults(kind, subject_of(kind), width) == []


@pytest.mark.parametrize("kind", sorted(plots.PLOTS))
def test_a_title_says_something(kind, subject_of):
    title = drawn(kind, subject_of(kind)).get_title(loc="left")
    assert (len(title) > 20 and title[0] == title[0].upper()) or title[0].isdigit() or title.startswith("boulware")


@pytest.mark.parametrize(
    "kind", [kind for kind in sorted(plots.PLOTS) if plots.PLOTS[kind].needs not in (plots.RUNS, plots.POINTS, plots.SCENARIO)]
)
def test_pictures_of_an_analysis_say_which(kind, table, repeated):
    with pytest.raises(ValueError, match="`negsim "):
        drawn(kind, plots.Subject(repeated, 0, table))


def test_bars_are_shares_and_what_happened_stands_beside(table, repeated):
    axes = drawn("shares", plots.Subject(repeated, 0, table, 30))
    told = [
        share
        for key, issue in repeated.issues.items()
        for share in list(option_shares(table, key, issue.option_ids()).values())[1:]
    ]
    assert sorted(bar.get_width() for bar in axes.patches if abs(bar.get_height() - 0.7) < 1e-9) == sorted(
        one.share for one in told
    )
    assert sum(text.get_text().endswith("so") for text in axes.texts) == 3
    assert sum(text.get_text() == "left as it was" for text in axes.texts) == 8


def test_what_is_assumed_is_hatched(table, istanbul, repeated):
    hatched = [bar for bar in drawn("shares", plots.Subject(repeated, 0, table)).patches if bar.get_hatch()]
    assert 0 < len(hatched) < 22


def test_ranges_over_what_is_assumed_are_drawn(table, repeated):
    ranges = {"option.ceasefire == full": Assumed("option.ceasefire == full", 2, 2, share(1, 10), share(9, 10), [], [])}
    axes = drawn("shares", plots.Subject(repeated, 0, table, found=ranges))
    ends = [segment[:, 0].tolist() for lines in axes.collections for segment in lines.get_segments() if len(segment) == 2]
    assert [0.1, 0.9] in [[round(end, 9) for end in pair] for pair in ends]


def test_several_sources_stand_side_by_side(table, repeated):
    one = plots.Subject(repeated, 0, table, 30, label="this")
    other = one._replace(
        table=table.set_column(
            table.column_names.index("option.crimea"), "option.crimea", [[repeated.issues["crimea"].options[1].id] * 30]
        ),
        label="that",
    )
    axes = drawn("shares", one._replace(beside=(other,)))
    assert axes.get_title(loc="left").startswith("They differ most on Crimea: annexation recognised: 100% with 'that'")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["this", "that"]


def test_who_does_not_know_an_option_has_a_legend_all_the_same(table, repeated):
    first = repeated.issues["prisoners"]
    fewer = repeated.model_copy(
        update={
            "issues": {
                **repeated.issues,
                "prisoners": first.model_copy(update={"options": [first.options[0], *first.options[2:]]}),
            }
        }
    )
    one = plots.Subject(repeated, 0, table, 30, label="all")
    axes = drawn("shares", one._replace(beside=(plots.Subject(fewer, 0, table, 30, label="fewer"),)))
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["all", "fewer"]


def test_rows_of_who_blocks_sum_to_100(table, repeated):
    axes = drawn("refusals", plots.Subject(repeated, 0, table))
    rows = {}
    for text in axes.texts:
        rows.setdefault(text.get_position()[1], []).append(0 if text.get_text() == "\N{MIDDLE DOT}" else int(text.get_text()))
    assert len(rows) == 12 and all(abs(sum(row) - 100) <= 3 for row in rows.values())


def test_one_place_where_all_runs_end_is_drawn(istanbul, table):
    flat = pa.table({f"gain.{party}": [0.25] * 10 for party in istanbul.parties})
    axes = drawn("gains", plots.Subject(istanbul, 0, flat))
    (dots,) = axes.collections
    assert dots.get_offsets().tolist() == [[0.25, 0.25]] and "Both Ukraine and Russia gain in 100%" in axes.get_title(loc="left")
    still = pa.table({f"gain.{party}": [0.0] * 10 for party in istanbul.parties})
    assert drawn("gains", plots.Subject(istanbul, 0, still)).get_title(loc="left").startswith("Nothing changes in any run")


def test_steps_end_at_the_share_that_agreed(table, repeated):
    axes = drawn("timing", plots.Subject(repeated, 0, table))
    ends = [line.get_ydata()[-1] for line in axes.lines]
    assert ends == pytest.approx([sum(table[f"agreed.{track}"].to_pylist()) / 30 for track in repeated.tracks])
    assert sum(text.get_text() == "30" for text in axes.texts) >= 3  # all open before the talks


def test_a_map_says_in_each_cell_the_share_of_its_runs(istanbul):
    outcomes = ["full", "none", "full", "full", "none", "none"]
    held = {"a": [0, 0, 1, 1, 0, 1], "b": ["x", "x", "x", "x", "y", "y"], "option.ceasefire": outcomes}
    rows = pa.table({**held, "replicate": [0, 1, 0, 1, 0, 0], "failed": [False] * 6})
    experiment = {"levers": {"a": [0, 1]}, "uncertainties": {"b": ["x", "y"]}, "outcome": "option.ceasefire == full"}
    axes = drawn("map", plots.Subject(istanbul, 0, rows, 6, experiment))
    told = {text.xy: text.get_text().split("\n")[0] for text in axes.texts}
    assert told == {(0, 0): "50.0%", (1, 0): "100.0%", (0, 1): "0.0%", (1, 1): "0.0%"}
    assert "from 0% (at 0 and y) to 100% (at 1 and x)" in axes.get_title(loc="left")
    with pytest.raises(ValueError, match="varies two inputs"):
        drawn("map", plots.Subject(istanbul, 0, rows, 6, {"vary": {"a": [0, 1]}}))


def test_a_response_has_a_band_of_intervals(table, repeated):
    axes = drawn("response", over(table, repeated)._replace(outcome="agreed.ceasefire"))
    (line,), (band,) = axes.lines, axes.collections
    assert line.get_xdata().tolist() == [0.0, 0.2]  # the lever comes first
    low, high = band.get_paths()[0].vertices[:, 1].min(), band.get_paths()[0].vertices[:, 1].max()
    assert low <= min(line.get_ydata()) and max(line.get_ydata()) <= high
    with pytest.raises(ValueError, match="varies an input"):
        drawn("response", plots.Subject(repeated, 0, table))


def test_differences_stand_beside_what_was_expected(table, repeated):
    arms = {"as it is": [], "other": ["x=1"]}
    rows = table.append_column("arm", [["as it is"] * 15 + ["other"] * 15])
    rows = rows.set_column(rows.column_names.index("replicate"), "replicate", [[*range(15), *range(15)]])
    rows = rows.set_column(rows.column_names.index("agreed.ceasefire"), "agreed.ceasefire", [[False] * 15 + [True] * 15])
    subject = plots.Subject(repeated, 0, rows, 30, {"arms": arms, "expected": {"other": "down"}, "outcome": "agreed.ceasefire"})
    axes = drawn("differences", subject)
    assert any(text.get_text() == "expected: down; against" for text in axes.texts)
    title = axes.get_title(loc="left")
    assert "'other' makes it 100 points more frequent" in title and "; 1 against what was expected" in title


def test_points_of_several_inputs_name_them(table, repeated):
    axes = drawn("differences", over(table, repeated))
    rows = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    assert rows[0] == "United States: carrot for Russia; Russia: what talking pays, in gains of a track"
    assert rows[1].startswith("0, 0 (") and len(rows) == 7
    assert "over all of: Russia: what talking pays" in drawn("response", over(table, repeated)).get_xlabel().replace("\n", " ")


def test_points_with_draws_of_their_own_are_two_samples(table, repeated):
    one = over(table, repeated)
    apart = one._replace(experiment={**one.experiment, "common": False})
    same, own = (drawn("differences", subject).get_xlabel().replace("\n", " ") for subject in (one, apart))
    assert "draws of its own" not in same and "each with draws of its own" in own


def test_a_number_that_happens_to_be_0_or_1_is_no_share(table, repeated):
    rows = table.set_column(table.column_names.index("session.humanitarian"), "session.humanitarian", pa.array([0.0, 1.0] * 15))
    number = over(rows, repeated)._replace(outcome="session.humanitarian")
    assert drawn("response", number).get_ylabel() == "mean"
    assert drawn("response", number._replace(outcome="session.humanitarian >= 0")).get_ylabel() == "share of runs"
    assert not any("%" in text.get_text() for text in drawn("map", number).texts)


def test_a_forest_of_moves_ends_at_their_shares(found, repeated):
    axes = drawn("tornado", plots.Subject(repeated, 0, found=found["pivots"]))
    ends = {round(bar.get_x() + bar.get_width(), 9) for bar in axes.patches}
    assert ends >= {round(0.2 + move.difference, 9) for move in found["pivots"].moves if move.difference}


def test_offers_of_one_run_lie_where_they_are_worth(istanbul):
    axes = drawn("space", plots.Subject(istanbul, 1, deal="political"))
    lines = {line.get_label(): line for line in axes.lines}
    packages = {
        tuple(np.round(point, 9))
        for name, line in lines.items()
        if "packages" in name or "ruled out" in name
        for point in line.get_xydata()
    }
    for party in ("Ukraine", "Russia"):
        assert {tuple(np.round(point, 9)) for point in lines[f"offers of {party}"].get_xydata()} <= packages
    with pytest.raises(ValueError, match="there is none; deals are"):
        drawn("space", plots.Subject(istanbul, 1, deal="nothing"))


def test_concessions_are_those_of_the_run(istanbul):
    from negsim.analysis.runs.offers import spoken

    run = spoken(istanbul, 1)
    number = list(run.talks.layout.deals).index("political")
    own = [one.worths[1] for one in run.offers if one.deal == number and one.party == 1]
    axes = drawn("concession", plots.Subject(istanbul, 1, deal="political"))
    line = next(line for line in axes.lines if line.get_label() == "offers of Russia, to itself")
    assert line.get_ydata().tolist() == own and len(own) > 1


def test_packages_have_their_share_of_draws(istanbul):
    asked = survey(istanbul, 50, 1)
    axes = drawn("acceptability", plots.Subject(istanbul, 1, found=asked))
    told = [entry.acceptable.share for one in asked.deals for entry in one.candidates[:5]]
    assert [bar.get_width() for bar in axes.patches] == told


def test_fans_begin_where_trust_does(repeated):
    axes = drawn("fans", plots.Subject(repeated, 0))
    first = {line.get_label(): line.get_ydata()[0] for line in axes.lines}
    assert first["Ceasefire: trust"] == pytest.approx(0.25, abs=0.01)
    assert all(len(line.get_ydata()) == len(repeated.talks.sessions) + 1 for line in axes.lines)


def test_fans_need_sessions(istanbul):
    with pytest.raises(ValueError, match="have one"):
        drawn("fans", plots.Subject(istanbul, 0))


@pytest.mark.parametrize("kind", ["scores", "calibration"])
def test_scores_need_to_know_what_came_about(kind):
    from negsim.edge.scenarios import load_scenario

    sale = load_scenario("two-issues")
    with pytest.raises(ValueError, match="says what came about"):
        drawn(kind, plots.Subject(sale, 0, play(sale, runs=5, engine="mesa")))


def test_calibration_counts_what_came_about(table, repeated):
    axes = drawn("calibration", plots.Subject(repeated, 0, table))
    told = [tuple(map(int, text.get_text().split("/"))) for text in axes.texts]
    assert sum(hits for hits, _ in told) == 3 and sum(of for _, of in told) == 10


def test_the_mean_column_of_a_tournament_is_that_of_its_rows(found):
    ranked = found["matches"]
    axes = drawn("tournament", plots.Subject(None, 0, found=ranked))
    means = [text.get_text() for text in axes.texts if text.get_position()[0] == 0]
    assert [int(text.split()[0]) for text in means] == [round(100 * one.score) for one in ranked.standings]


def test_letters_are_legible_on_white():
    from negsim.plots.marks import INK, LESS, MORE, PALETTE, SOFT

    for colour in (*PALETTE, INK, SOFT, MORE, LESS):
        assert contrast(colour) >= 4.5, colour


def contrast(colour):
    """Return the contrast of a colour with white, as WCAG 2.2 has it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in mpl.colors.to_rgb(colour)]
    return 1.05 / (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05)


def test_a_party_has_the_colour_of_its_scenario(istanbul):
    from negsim.engine.outcome import digest
    from negsim.plots.marks import colour_of

    side = istanbul.parties["russia"].model_copy(update={"colour": "#123456"})
    other = istanbul.model_copy(update={"parties": {**istanbul.parties, "russia": side}})
    assert colour_of(other, "russia") == "#123456" != colour_of(istanbul, "russia")
    assert digest(other) == digest(istanbul)  # it changes no run
    actors = [*istanbul.parties, *istanbul.mediators]
    assert len({colour_of(istanbul, actor) for actor in actors}) == len(actors)
