"""The frame of a picture: sizes, the same bytes, letters as letters, and words for who cannot see it."""

import re
import warnings
from xml.etree import ElementTree

import pytest

from negsim.edge.pictures import drawn
from negsim.plots import Subject
from negsim.sweeps.chunk import play


@pytest.fixture(scope="module")
def subject(istanbul):
    return Subject(istanbul, 3, play(istanbul, runs=12, engine="mesa"), 12)


@pytest.mark.parametrize(("form", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_bytes_each_time(form, head, subject):
    one = drawn("shares", subject, form)
    assert one.startswith(head) and one == drawn("shares", subject, form)


@pytest.mark.parametrize(("width", "pixels"), [("slide", 1300), ("page", 1300), ("column", 1300)])
def test_a_png_is_1300_pixels_wide(width, pixels, subject, tmp_path):
    from PIL import Image

    (tmp_path / "one.png").write_bytes(drawn("timing", subject, "png", width))
    with Image.open(tmp_path / "one.png") as image:
        assert abs(image.width - pixels) <= 1


def test_an_svg_has_a_title_a_description_and_letters(subject):
    text = drawn("shares", subject, "svg").decode()
    assert 'role="img"' in text
    assert re.search(r"<title>Humanitarian agreed in .*</title>", text)
    assert "<desc>Share of runs that end at each option" in text and "12 runs; seed 3" in text
    assert ">Prisoners</text>" in text


def test_a_pdf_has_letters_that_can_be_searched(subject):
    data = drawn("shares", subject, "pdf")
    assert b"/Subtype /TrueType" in data or b"/Subtype /Type0" in data or b"/CIDFontType2" in data
    assert b"/Type3" not in data


def test_a_column_breaks_its_words(subject):
    text = drawn("shares", subject, "svg", "column").decode()
    assert text.count("<text") > drawn("shares", subject, "svg").decode().count("<text")


def test_dollars_are_dollars(istanbul, subject):
    track = istanbul.tracks["ceasefire"].model_copy(update={"name": "Aid of $5 or $9"})
    other = istanbul.model_copy(update={"tracks": {**istanbul.tracks, "ceasefire": track}})
    assert "Aid of $5 or $9" in drawn("timing", subject._replace(scenario=other), "svg").decode()


def test_letters_that_no_font_has_are_named_in_one_line(istanbul, capsys):
    odd = istanbul.model_copy(update={"title": "\U00012000 and \U00012001, \U00012000"})
    drawn("concession", Subject(odd, 1), "png")
    assert capsys.readouterr().err.count("no font on this machine has: \U00012000\U00012001;") == 1


def test_an_svg_is_well_formed_whatever_a_name_holds(istanbul):
    odd = istanbul.model_copy(update={"title": "bell \x07 <and> & a tab\t"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = drawn("concession", Subject(odd, 1), "svg").decode()
    ElementTree.fromstring(text)
    assert "bell  &lt;and&gt; &amp; a tab" in text
