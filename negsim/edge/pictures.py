"""Where pictures are drawn to files. Part of the edge."""

import contextlib
import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
import pyarrow as pa
import pyarrow.parquet as pq

from negsim.analysis.runs.tournament import Match, scores, standings
from negsim.domain.scenario import Scenario
from negsim.edge.files import InputError, check_writable, near, write_bytes
from negsim.edge.words.console import complain
from negsim.plots import PLOTS, Plot, Subject, discover
from negsim.plots.frame import PIXELS, WIDTHS, framed, in_words, style

GLYPH = r"Glyph (\d+) .*missing from"  # as Matplotlib warns
MOST_LETTERS = 20  # that are named
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
SUFFIXES = (".png", ".svg", ".pdf")


def check_target(target: Path) -> None:
    """Refuse a file that no picture can be drawn to."""
    if target.suffix.lower() not in SUFFIXES:
        raise InputError(f"{target}: cannot draw '{target.suffix}'; name a .png, .svg or .pdf")
    check_writable(target)


def kind_of(name: str) -> Plot:
    """Return a kind of picture by its name."""
    discover()
    if name not in PLOTS:
        raise InputError(f"{name}: no such plot{near(str(name), PLOTS)}")
    return PLOTS[name]


def save_plot(
    name: str,
    table: pa.Table,
    scenario: Scenario,
    target: Path,
    *,
    seed: int,
    experiment: dict[str, Any] | None = None,
    width: str = "slide",
) -> None:
    """Draw a kind of picture of a table of runs into a PNG (1,300 pixels wide), SVG or PDF file: the same bytes each time.

    Parameters
    ----------
    name : str
        Kind of picture; see `negsim list plots`.
    table : pyarrow.Table
    scenario : Scenario
    target : Path
    seed : int
        Said in the caption.
    experiment : dict, optional
        The experiment behind the table, for pictures over a varied input.
    width : str
        "column" of a journal, "page" or "slide".

    Raises
    ------
    ValueError
        If the table does not hold what the picture shows.
    """
    save(name, Subject(scenario, seed, table, table.num_rows, experiment or {}), target, width)


def save(name: str, subject: Subject, target: Path, width: str = "slide") -> None:
    """Draw a kind of picture of a subject into a file."""
    check_target(target)
    data = drawn(name, subject, target.suffix.lower().removeprefix("."), width)
    try:
        write_bytes(target, data)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); name another file with -o") from None


def drawn(name: str, subject: Subject, form: str, width: str = "slide") -> bytes:
    """Return a picture as the bytes of a "png", "svg" or "pdf" file."""
    kind = kind_of(name)
    with mpl.rc_context(style(WIDTHS[width])), _missing_letters():
        figure = framed(subject, kind, width)
        title, words = figure.get_suptitle().replace("\n", " "), in_words(subject, kind)
        about: dict[str, dict[str, Any]] = {
            "png": {"Software": None, "Title": title, "Description": words},
            "svg": {"Date": None, "Creator": None, "Type": None, "Format": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": title, "Subject": words},
        }
        sink = io.BytesIO()
        figure.savefig(sink, format=form, dpi=PIXELS / WIDTHS[width].inches, metadata=about[form])
    return _spoken(sink.getvalue(), title, words) if form == "svg" else sink.getvalue()


@contextlib.contextmanager
def _missing_letters() -> Iterator[None]:
    """Say in one line which letters no installed font has, instead of once for each."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.filterwarnings("always", message=GLYPH)
        yield
    found = {match[1] for one in caught if (match := re.match(GLYPH, str(one.message)))}
    if found:
        letters = "".join(sorted(chr(int(code)) for code in found))
        complain(f"no font on this machine has: {letters[:MOST_LETTERS]}; they are drawn as boxes; install one, as Noto Sans")
    for one in caught:
        if not re.match(GLYPH, str(one.message)):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def _spoken(data: bytes, title: str, words: str) -> bytes:
    """Give an SVG a title and a description that a screen reader reads."""
    text = CONTROL.sub("", data.decode())  # XML has no place for them
    title, words = CONTROL.sub("", title), CONTROL.sub("", words)
    at = text.index("<svg ")
    end = text.index(">", at)
    head = text[at:end] + ' role="img"'
    return (text[:at] + head + f">\n <title>{escape(title)}</title>\n <desc>{escape(words)}</desc>" + text[end + 1 :]).encode()


def save_tournament(matches: list[Match], scenarios: list[Scenario], folder: Path, *, seed: int, runs: int) -> None:
    """Write every match to a table, and the scores of all pairs to a picture, into a folder."""
    from negsim.plots.tournament import Ranked

    folder.mkdir(parents=True, exist_ok=True)
    rows = [match._asdict() | {"gains": list(match.gains)} for match in matches]
    pq.write_table(pa.Table.from_pylist(rows), folder / "tournament.parquet")
    found = scores(matches)
    title = "Tournament: " + ", ".join(scenario.id for scenario in scenarios)
    shown = scenarios[0].model_copy(update={"title": title})
    save("tournament", Subject(shown, seed, runs=runs, found=Ranked(found, standings(found))), folder / "tournament.png")
