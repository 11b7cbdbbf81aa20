"""What is wrong with a picture to the eye: letters that are cut off, and letters on top of each other."""

from itertools import combinations

import matplotlib as mpl

from negsim import plots
from negsim.plots.frame import WIDTHS, framed, style

SLACK = 1.0  # pixels by which letters may touch


def faults(name, subject, width="slide"):
    """Draw a picture and return what is wrong with it, one line a fault."""
    plots.discover()
    with mpl.rc_context(style(WIDTHS[width])):
        figure = framed(subject, plots.PLOTS[name], width)
        figure.draw_without_rendering()
        renderer = figure._get_renderer()
        hidden = unseen(figure)
        texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text().strip() and id(text) not in hidden]
        boxes = [(text, text.get_window_extent(renderer)) for text in texts if text.get_visible()]
        edge = figure.bbox
        found = [
            f"{name}, {width}: cut: {text.get_text()!r}"
            for text, box in boxes
            if box.x0 < edge.x0 - SLACK or box.y0 < edge.y0 - SLACK or box.x1 > edge.x1 + SLACK or box.y1 > edge.y1 + SLACK
        ]
        for (one, a), (other, b) in combinations(boxes, 2):
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            down = min(a.y1, b.y1) - max(a.y0, b.y0)
            if across > SLACK and down > 2 * SLACK:
                found.append(f"{name}, {width}: on top of each other: {one.get_text()!r} and {other.get_text()!r}")
        return found


def unseen(figure):
    """Return the labels of ticks that lie outside of an axis' limits, which are not drawn."""
    found = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            drawn = {id(tick) for tick in axis._update_ticks()}
            rest = [tick for tick in (*axis.majorTicks, *axis.minorTicks) if id(tick) not in drawn]
            found |= {id(label) for tick in rest for label in (tick.label1, tick.label2)}
    return found
