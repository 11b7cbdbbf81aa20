"""`negsim analyze` and `negsim explain` as their users meet them, bad input included."""

import json
import random

import pytest
from running import negsim


def write(folder, issues=2, options=3, parties=2, status_quo=True, reservation=0.0, links=0, red=False, values=None):
    """Write a scenario with stated utilities; return its path."""
    rnd = random.Random(3)
    names = [f"i{i}" for i in range(issues)]
    lines = ['id = "made"', 'title = "made"', "[talks]", "sessions = [2026-01-15]", "rounds = [3, 3]", "[tracks.t]"]
    lines += ['procedure = "package"', f"status_quo = {str(status_quo).lower()}"]
    for name in names:
        lines += [
            f"[issues.{name}]",
            'track = "t"',
            "options = [" + ", ".join(f'{{ id = "o{k}" }}' for k in range(options)) + "]",
        ]
    for p in range(parties):
        table = {n: [values(p, k) if values else round(rnd.random(), 3) for k in range(options)] for n in names}
        lines += [f"[parties.p{p}]", "noise = 0.0", f"utility.reservation = {reservation}"]
        lines += ["utility.weights = { " + ", ".join(f"{n} = {1 / issues:.6f}" for n in names) + " }"]
        lines += ["utility.values = { " + ", ".join(f"{n} = {table[n]}" for n in names) + " }"]
    if red:
        named = ", ".join(f'"{n}.o{k}"' for n in names for k in range(1, options))
        lines += ["[statements.s1]", 'actor = "p0"', 'stance = "rejects"', f"options = [{named}]", "made_on = 2026-01-01"]
        lines += ["paragraph = 7", 'paraphrase = "no"', 'reading = "hard"']
    for k in range(links):
        lines += ["[[links]]", 'party = "p0"', f'options = ["i{k}.o1", "i{k + 1}.o1"]', "value = 0.1"]
    path = folder / "made.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


def analyzed(path):
    return json.loads(negsim("analyze", path, "--draws", 2, "--json").stdout)  # utilities are stated: all draws are alike


def test_one_side_accepts_nothing(tmp_path):
    path = write(tmp_path, values=lambda p, k: (1.0 if k == 0 else 0.0) if p == 0 else 0.1 * k)
    found = analyzed(path)
    assert found["acceptable"]["count"] == 0 and found["nash"] is None and found["pareto"]["size"] == 0
    assert {block["who"] for line in found["blockers"] for block in line["blocked_by"]} == {"p0"}
    assert found["deals"]["t"]["opens"][0]["constraints"] == [{"kind": "floor", "who": "p0", "statements": []}]
    assert found["deals"]["t"]["shuts"][0]["constraints"] == [{"kind": "floor", "who": "p0", "statements": []}]


def test_floors_above_every_package(tmp_path):
    path = write(tmp_path, status_quo=False, reservation=5.0)
    found = analyzed(path)
    assert found["acceptable"] == {"count": 0, "share": 0.0, "exact": True, "interval": [0.0, 0.0]}
    assert {step["who"] for step in found["deals"]["t"]["opens"][0]["constraints"]} == {"p0", "p1"}
    assert "no agreement" in negsim("run", path).stdout


def test_everything_red(tmp_path):
    found = analyzed(write(tmp_path, red=True))
    assert found["acceptable"]["count"] == 0
    causes = [line["blocked_by"][0] for line in found["blockers"]]
    assert len(causes) == 4
    assert all((c["kind"], c["who"], c["statement"], c["paragraph"]) == ("red line", "p0", "s1", 7) for c in causes)


@pytest.mark.parametrize(("status_quo", "count"), [(True, 0), (False, 1)])
def test_one_issue_with_one_option(tmp_path, status_quo, count):
    found = analyzed(write(tmp_path, issues=1, options=1, status_quo=status_quo))
    assert (found["outcomes"], found["acceptable"]["count"]) == (1, count)


def test_sixty_issues(tmp_path):
    path = write(tmp_path, issues=60, options=5)
    found = analyzed(path)
    assert found["outcomes"] == 5**60 and not found["acceptable"]["exact"]
    low, high = found["acceptable"]["interval"]
    assert low < found["acceptable"]["share"] < high
    assert found["pareto"]["size"] > 100 and len(found["nash"]["package"]) == 60
    negsim("run", path)


def test_linked_issues(tmp_path):
    assert analyzed(write(tmp_path, issues=12, options=2, links=11))["outcomes"] == 4096
    for command in ("analyze", "run", "check"):
        error = negsim(command, write(tmp_path, issues=13, options=2, links=12), code=2).stderr
        assert "at most 12 issues" in error and "untie some of" in error and error.count("\n") == 1


def test_base_case_in_words():
    shown = negsim("analyze", "istanbul-2025-06-02", "--draws", 50, "--package", "agreed").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "Ukraine: red line (s13, par. 15)" in shown and "no zone of agreement in" in shown
    assert "Adjusted Winner would give both" in shown and "Fair by every standard" in shown


def test_base_case_in_json():
    found = json.loads(negsim("analyze", "istanbul-2025-06-02", "--draws", 20, "--json").stdout)
    assert set(found) >= {
        "outcomes",
        "parties",
        "pareto",
        "nash",
        "kalai_smorodinsky",
        "egalitarian",
        "utilitarian",
        "acceptable",
    }
    assert found["outcomes"] == 134_784 and set(found["nash"]) == {"utilities", "package"}
    assert set(found["deals"]["ceasefire"]) >= {"zone", "opens", "packages", "pareto"}
    again = json.loads(negsim("analyze", "istanbul-2025-06-02", "--draws", 20, "--json").stdout)
    assert again == found


def test_bad_packages():
    for package, hint in (
        ("ceasefire=ful", "did you mean 'full'"),
        ("crime=none", "crimea"),
        ("ceasefire_conditions=monitored", "arises only"),
    ):
        error = negsim("analyze", "istanbul-2025-06-02", "--draws", 5, "--package", package, code=2).stderr
        assert hint in error and error.count("\n") == 1


@pytest.mark.compiled
def test_explain(tmp_path):
    picture = tmp_path / "tornado.png"
    shown = negsim(
        "explain", "istanbul-2025-06-02-article", "--outcome", "zone.ceasefire", "--runs", 200, "--pairs", 50, "-o", picture
    ).stdout
    assert max(map(len, shown.splitlines())) <= 80 + len(str(tmp_path))
    assert "Pivotal alone" in shown and "(s06, par. 5)" in shown
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.compiled
def test_explain_a_sweep_and_json(tmp_path):
    negsim("sweep", "istanbul-2025-06-02", "--set", "parties.russia.theta=0.2", "--runs", 20, "--out", tmp_path / "s")
    found = json.loads(
        negsim("explain", tmp_path / "s", "--outcome", "zone.ceasefire", "--runs", 40, "--pairs", 50, "--json").stdout
    )
    moves = {path: move for move in found["outcomes"][0]["moves"] for path in move["set"]}
    assert found["outcomes"][0]["moves"] == sorted(found["outcomes"][0]["moves"], key=lambda move: -abs(move["difference"]))
    assert moves["statements.r36.reading"]["statements"][0]["paragraph"] == 9
    assert "statements.s04.reading" not in moves  # superseded: it moves nothing
    theta = next(m for m in found["outcomes"][0]["moves"] if m["set"] == {"parties.russia.theta": "0"})
    assert theta["difference"] >= 0  # stalling pays nothing any more: the zone cannot shrink
    assert all(m["difference"] == 0 for m in found["outcomes"][0]["moves"] if m["set"] == {"parties.russia.theta": "0.2"})


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--outcome", "agreed.ceasfire"], "did you mean 'ceasefire'"),
        (["-o", "x.gif", "--outcome", "agreed.ceasefire"], "cannot draw"),
        (["-o", "x.png"], "--outcome"),
    ],
)
def test_explain_bad_input(arguments, hint):
    error = negsim("explain", "istanbul-2025-06-02", *arguments, code=2).stderr
    assert hint in error and error.count("\n") == 1


def test_two_refusals_that_move_nothing_alone_are_found_as_a_pair(tmp_path):
    lines = ['id = "made"', 'title = "made"', "[talks]", "sessions = [2026-01-15]", "rounds = [9, 9]", "[tracks.t]", "[issues.i]"]
    lines += ['track = "t"', 'options = [{ id = "no" }, { id = "yes" }]']
    for k in range(2):
        lines += [f"[parties.p{k}]", "noise = 0.0", "traits.beta = 1.0"]
        lines += [f"[statements.s{k}]", f'actor = "p{k}"', 'stance = "rejects"', 'options = ["i.yes"]', "made_on = 2026-01-01"]
        lines += [f"paragraph = {k + 1}", 'paraphrase = "no"', 'strength = "red line"', 'reading = "hard"']
    path = tmp_path / "made.toml"
    path.write_text("\n".join(lines) + "\n")
    shown = negsim("explain", path, "--outcome", "zone.t", "--runs", 50, "--pairs", 50).stdout
    assert "No lever" in shown and "Pivotal in pairs" in shown and "s0, par. 1" in shown and "s1, par. 2" in shown


def test_where_a_lever_flips(tmp_path):
    """One issue that stops all fighting, worth 0.5 to each: talking must pay one side 0.5 before it refuses."""
    path = write(tmp_path, issues=1, options=2, values=lambda p, k: 0.1 * k)
    text = path.read_text().replace('{ id = "o1" }', '{ id = "o1", stops = 1.0, guarantee = 1.0 }')
    path.write_text(text.replace("utility.reservation = 0.0", "breach_loss = 0.0"))
    found = json.loads(negsim("explain", path, "--outcome", "zone.t", "--runs", 20, "--pairs", 50, "--json").stdout)["outcomes"][
        0
    ]
    flips = {path: move["flips_at"] for move in found["moves"] for path in move["set"] if move["flips"]}
    assert flips == {"parties.p0.theta": pytest.approx(0.1, abs=0.005), "parties.p1.theta": pytest.approx(0.1, abs=0.005)}


def test_best_power_and_sample(tmp_path):
    path = write(tmp_path, issues=3, options=3, status_quo=False, reservation=0.2)
    plain = analyzed(path)
    found = json.loads(negsim("analyze", path, "--json", "--power", "p1=9", "--best", 4, "--sample", 6).stdout)
    assert found["nash"]["utilities"][1] >= plain["nash"]["utilities"][1]
    assert len(found["best"]["p0"]) == 4 and found["best"]["p0"][0]["utility"] == max(p[0] for p in found["pareto"]["points"])
    assert len(found["sample"]) == 6 and len(found["best_joint"]) == 4
    for wrong in ("p1=x", "p3=1", "p1=-2"):
        assert negsim("analyze", path, "--power", wrong, code=2).stderr.count("\n") == 1
