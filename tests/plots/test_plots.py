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
    save_plot(name, table, istanbul, tmp_path / "plot.png", seed=0, experiment=experiment)
    image = Image.open(tmp_path / "plot.png")
    assert image.width >= 1200
    assert len(image.convert("RGB").getcolors(1 << 24)) > 50


@pytest.mark.parametrize(("suffix", "head"), [(".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_formats(suffix, head, table, istanbul, tmp_path):
    save_plot("shares", table, istanbul, tmp_path / f"plot{suffix}", seed=0)
    assert (tmp_path / f"plot{suffix}").read_bytes().startswith(head)


@pytest.mark.parametrize("name", ["tornado", "tournament"])
def test_pictures_of_other_commands_say_so(name, table, istanbul, tmp_path):
    with pytest.raises(ValueError, match="is drawn by `negsim"):
        save_plot(name, table, istanbul, tmp_path / "plot.png", seed=0)


def test_response_needs_a_varied_input(table, istanbul, tmp_path):
    with pytest.raises(ValueError, match="varies an input"):
        save_plot("response", table, istanbul, tmp_path / "plot.png", seed=0)
