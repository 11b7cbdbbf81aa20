"""Every picture is drawn, in every format, and is not blank."""

import matplotlib as mpl
import pytest

from negsim import plots
from negsim.pictures import save_plot
from negsim.sweep.chunk import play

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
    save_plot(name, table, istanbul, tmp_path / "plot.png", seed=0, experiment=experiment)
    image = Image.open(tmp_path / "plot.png")
    assert image.width >= 1200
    assert len(image.convert("RGB").getcolors(1 << 24)) > 50


@pytest.mark.parametrize(("suffix", "head"), [(".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_formats(suffix, head, table, istanbul, tmp_path):
    save_plot("shares", table, istanbul, tmp_path / f"plot{suffix}", seed=0)
    assert (tmp_path / f"plot{suffix}").read_bytes().startswith(head)


def test_response_needs_a_varied_input(table, istanbul, tmp_path):
    with pytest.raises(ValueError, match="varies an input"):
        save_plot("response", table, istanbul, tmp_path / "plot.png", seed=0)
