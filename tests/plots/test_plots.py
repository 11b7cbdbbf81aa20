"""Every picture is drawn, in every format, and is not blank."""

import matplotlib as mpl
import pyarrow as pa
import pytest

from negsim import plots
from negsim.edge.pictures import save_plot
from negsim.sweeps.chunk import play

mpl.use("Agg")
plots.discover()


@pytest.fixture(scope="module")
def table(istanbul):
    return play(istanbul, runs=40, engine="mesa")


@pytest.mark.parametrize("name", sorted(plots.PLOTS))
def test_plot_draws_something(name, table, istanbul, tmp_path):
    from PIL import Image

    experiment = {}
    if name == "response":
        experiment = {"vary": {"parties.russia.theta": [0.0, 0.1]}}
        table = table.append_column("parties.russia.theta", [[0.0] * 20 + [0.1] * 20])
    if name == "tornado":
        rows = [{"lever": f"lever {k}", "value": str(v), "share": 0.3 + 0.1 * k * v} for k in range(4) for v in (-1, 1)]
        table, experiment = pa.Table.from_pylist(rows), {"outcome": "agreed.ceasefire", "share": 0.3, "played": 40}
    if name == "tournament":
        rows = [{"strategy": a, "against": b, "score": 0.5 + 0.1 * (a < b)} for a in "abc" for b in "abc"]
        table, experiment = pa.Table.from_pylist(rows), {"played": 40}
    if name == "map":
        experiment = {"levers": {"a": [0, 1]}, "vary": {"b": ["x", "y"]}, "outcome": "option.ceasefire != none"}
        table = table.append_column("a", [[0] * 20 + [1] * 20]).append_column("b", [["x", "y"] * 20])
    if name == "indices":
        index = {"value": 0.4, "low": 0.3, "high": 0.5}
        rows = [{"input": f"input {k}", "index": kind, **index} for k in range(4) for kind in ("alone", "with others")]
        table, experiment = pa.Table.from_pylist(rows), {"outcome": "agreed.ceasefire", "unit": "share", "played": 40}
    if name == "levers":
        rows = [{"setting": str(k), "worst": 0.1 * k, "mean": 0.2 + 0.1 * k, "best": 0.9, "enough": f"{k}/4"} for k in range(4)]
        table, experiment = pa.Table.from_pylist(rows), {"outcome": "share", "at_least": 0.5, "names": "lever", "played": 40}
    save_plot(name, table, istanbul, tmp_path / "plot.png", seed=0, experiment=experiment)
    image = Image.open(tmp_path / "plot.png")
    assert image.width >= 1200
    assert len(image.convert("RGB").getcolors(1 << 24)) > 50


@pytest.mark.parametrize(("suffix", "head"), [(".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_formats(suffix, head, table, istanbul, tmp_path):
    save_plot("shares", table, istanbul, tmp_path / f"plot{suffix}", seed=0)
    assert (tmp_path / f"plot{suffix}").read_bytes().startswith(head)


@pytest.mark.parametrize("name", ["tornado", "tournament", "indices", "levers"])
def test_pictures_of_other_commands_say_so(name, table, istanbul, tmp_path):
    with pytest.raises(ValueError, match="drawn by `negsim"):
        save_plot(name, table, istanbul, tmp_path / "plot.png", seed=0)


def test_response_needs_a_varied_input(table, istanbul, tmp_path):
    with pytest.raises(ValueError, match="varies an input"):
        save_plot("response", table, istanbul, tmp_path / "plot.png", seed=0)


def test_a_map_says_in_each_cell_the_share_of_its_runs(istanbul):
    from matplotlib import pyplot as plt

    outcomes = ["full", "none", "full", "full", "none", "none"]
    held = {"a": [0, 0, 1, 1, 0, 1], "b": ["x", "x", "x", "x", "y", "y"], "option.ceasefire": outcomes}
    table = pa.table({**held, "replicate": [0, 1, 0, 1, 0, 0], "failed": [False] * 6})
    experiment = {"levers": {"a": [0, 1]}, "uncertainties": {"b": ["x", "y"]}, "outcome": "option.ceasefire == full"}
    figure, axes = plt.subplots()
    plots.PLOTS["map"].draw(plots.Subject(table, istanbul, 0, experiment), axes)
    told = {text.xy: text.get_text().split("\n")[0] for text in axes.texts}
    assert told == {(0, 0): "50.0%", (1, 0): "100.0%", (0, 1): "0.0%", (1, 1): "0.0%"}
    plt.close(figure)
    with pytest.raises(ValueError, match="varies two inputs"):
        plots.PLOTS["map"].draw(plots.Subject(table, istanbul, 0, {"vary": {"a": [0, 1]}}), axes)
