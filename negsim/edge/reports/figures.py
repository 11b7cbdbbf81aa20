"""Pictures for a page: SVG that stands in it, with ids of its own and letters that a browser finds."""

import re

from negsim.edge.pictures import drawn
from negsim.plots import Subject


def inline(name: str, kind: str, subject: Subject) -> str:
    """Return a picture as SVG to stand in a page.

    Parameters
    ----------
    name : str
        Of the figure: its ids begin with it, so that no two figures of a page share one.
    kind : str
    subject : Subject

    Raises
    ------
    ValueError
        If the subject does not have what the picture shows.
    """
    text = drawn(kind, subject, "svg", "page").decode()
    text = text[text.index("<svg ") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', text)
    text = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{name}-\2"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    text = re.sub(r' (width|height)="[\d.]+pt"', "", text, count=2)
    return text.replace('role="img"', f'role="img" aria-labelledby="{name}-title {name}-desc"').replace(
        "<title>", f'<title id="{name}-title">', 1
    ).replace("<desc>", f'<desc id="{name}-desc">', 1)  # fmt: skip
