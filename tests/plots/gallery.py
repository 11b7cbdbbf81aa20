"""Draw every kind of picture of every bundled scenario into a folder, and say where letters are cut off or meet.

    python tests/plots/gallery.py FOLDER [--width slide|page|column] [--grey] [SCENARIO...]

Takes a few minutes: what an analysis finds is played. Contact sheets need Pillow, which Matplotlib brings.
"""

import argparse
import sys
from pathlib import Path

import pyarrow as pa
from looks import faults
from PIL import Image

from negsim import plots
from negsim.analysis.runs.decided import what_decided
from negsim.analysis.runs.discovery import discover
from negsim.analysis.runs.ensembles import played
from negsim.analysis.runs.pivots import pivots
from negsim.analysis.runs.robustness import robustness
from negsim.analysis.runs.sensitivity import sensitivity
from negsim.analysis.runs.summary import tracks_of
from negsim.analysis.runs.tournament import play as meet
from negsim.analysis.runs.tournament import scores, standings
from negsim.edge.files import bundled_ids
from negsim.edge.pictures import drawn
from negsim.edge.planning import variants
from negsim.edge.scenarios import load_scenario
from negsim.plots.levers import Held
from negsim.plots.tournament import Ranked
from negsim.sweeps.chunk import play
from negsim.sweeps.sampling import shares_of

RUNS, SEED = 300, 1


def subjects(name):
    """Return what each kind is drawn from, of one scenario."""
    scenario = load_scenario(name)
    runs = played(play(scenario, RUNS, SEED))
    outcome = min(tracks_of(scenario), key=lambda name: abs(0.5 - sum(runs[name].to_pylist()) / RUNS))  # the most open one
    make = variants(name, [])
    grid, points = grid_of(scenario, make)
    inputs = list(points[0])
    vary = {key: sorted({point[key] for point in points}) for key in inputs}
    over = plots.Subject(scenario, SEED, grid, grid.num_rows, {"vary": vary, "outcome": outcome})
    one = plots.Subject(scenario, SEED, runs, RUNS)
    values = grid[outcome].cast(pa.float64()).to_numpy().reshape(len(points), -1)
    found = {
        "pivots": pivots(make, [outcome], RUNS, SEED, 2)[0],
        "decided": what_decided(make, tracks_of(scenario), RUNS, SEED, 2),
        "levers": Held(robustness(values, points, inputs[:1], 0.5, common=True), outcome, 0.5),
    }
    shares = shares_of("saltelli", inputs, 8, SEED)
    some = values[[at % len(points) for at in range(len(shares))]]
    found["indices"] = sensitivity(some, inputs, outcome, "saltelli", shares, common=True)
    try:
        flags = runs[outcome].cast(pa.float64()).to_numpy()
        found["boxes"] = discover(runs, flags, outcome, [], boxes=2)
    except ValueError as error:
        sys.stdout.write(f"{name}: no boxes ({error})\n")
    if len(scenario.parties) == 2 and scenario.id == "two-issues":
        met = scores(meet([scenario], ["boulware", "linear", "conceder", "micro"], 5, SEED, 2))
        found["matches"] = Ranked(met, standings(met))
    return {kind: _subject(kind, one, over, found) for kind in plots.PLOTS}


def _subject(kind, one, over, found):
    needs = plots.PLOTS[kind].needs
    if needs == plots.POINTS:
        return over
    return one if needs in (plots.RUNS, plots.SCENARIO) else one._replace(found=found[needs]) if needs in found else None


def grid_of(scenario, make):
    """Play a grid over the patience of the first two parties; return its table and points."""
    first, second = list(scenario.parties)[:2]
    tables, points = [], []
    for theta in (0.0, 0.1, 0.2):
        for cost in (0.0, 0.1):
            point = {f"parties.{first}.theta": theta, f"parties.{second}.war_cost": cost}
            rows = played(play(make([f"{key}={value}" for key, value in point.items()]), 100, SEED, drawn=False))
            rows = rows.set_column(rows.column_names.index("point"), "point", pa.array([len(points)] * len(rows), pa.int64()))
            for key, value in point.items():
                rows = rows.append_column(key, pa.array([value] * len(rows)))
            tables.append(rows)
            points.append(point)
    return pa.concat_tables(tables), points


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--width", default="slide")
    parser.add_argument("--grey", action="store_true")
    asked = parser.parse_args()
    plots.discover()
    asked.folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for name in asked.scenarios or [key for key in bundled_ids("scenarios") if key != "what-if-posture"]:
        files = []
        for kind, subject in subjects(name).items():
            if subject is None:
                continue
            try:
                data = drawn(kind, subject, "png", asked.width)
            except ValueError as error:
                sys.stdout.write(f"{name}: {kind}: {error}\n")
                continue
            target = asked.folder / f"{name}-{kind}.png"
            target.write_bytes(data)
            files.append(target)
            told = faults(kind, subject, asked.width)
            wrong += len(told)
            sys.stdout.write("".join(f"{name}: {line}\n" for line in told))
        sheet(files, asked.folder / f"sheet-{name}.png", grey=asked.grey)
    sys.stdout.write(f"{wrong} faults\n")
    return wrong > 0


def sheet(files, target, *, grey, wide=900, columns=3):
    """Put pictures side by side on one sheet."""
    images = [Image.open(file).convert("L" if grey else "RGB").convert("RGB") for file in files]
    images = [image.resize((wide, round(image.height * wide / image.width))) for image in images]
    rows = [images[at : at + columns] for at in range(0, len(images), columns)]
    paper = Image.new("RGB", (wide * columns, sum(max(image.height for image in row) for row in rows)), "white")
    top = 0
    for row in rows:
        for column, image in enumerate(row):
            paper.paste(image, (column * wide, top))
        top += max(image.height for image in row)
    paper.save(target)


if __name__ == "__main__":
    sys.exit(main())
