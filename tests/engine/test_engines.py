"""One implementation, two speeds: the engines agree bit for bit."""

import importlib.util
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from negsim.edge.scenarios import load_scenario
from negsim.engine import batch_engine, compiler
from negsim.engine.mesa_engine import Delegation, Talks, play_mesa

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("equality", HERE / "equality.py")
equality = importlib.util.module_from_spec(spec)
spec.loader.exec_module(equality)

STRATEGIES = ("time_dependent", "micro", "frequency")


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("label", "scenario"), list(equality.scenarios(STRATEGIES, ("null", "facilitation", "manipulation"), ("alternating_offers",)))
)
def test_engines_agree(label, scenario):
    different, failed = equality.differences(scenario, seed=5, talks=12)
    assert (different, failed) == (0, 0)


@pytest.mark.full
def test_three_parties():
    base = load_scenario("istanbul-2025-06-02")
    third = base.parties["ukraine"].model_copy(update={"name": "Observer"})
    political = {
        key: issue.model_copy(update={"order": {**issue.order, "observer": issue.order.get("ukraine", issue.option_ids()[1:])}})
        for key, issue in base.issues.items()
    }
    scenario = base.model_copy(update={"parties": {**base.parties, "observer": third}, "issues": political})
    assert equality.differences(scenario, seed=5, talks=10) == (0, 0)


@pytest.mark.compiled
def test_a_run_does_not_depend_on_the_batch_it_is_in(istanbul):
    whole = batch_engine.play_batch(istanbul, 8, 0, 30, traced=True)
    part = batch_engine.play_batch(istanbul, 8, 17, 3, traced=True)
    for one, other in zip(whole, part):
        assert one[17:20].tobytes() == other.tobytes()


@pytest.mark.compiled
def test_a_rule_that_raises_fails_its_run_and_no_other(tmp_path):
    scenario = plugin_scenario(
        tmp_path,
        """
        from negsim.core.dice import uniform
        from negsim.core.menus import no_package, package_at
        from negsim.core.registry import strategy

        @strategy("fragile")
        def fragile(view):
            \"\"\"Break now and then.\"\"\"
            if uniform(view.dice, 0) < 0.1:
                raise ValueError("broken on purpose")
            return package_at(view.menu, 0) if len(view.menu) else no_package(len(view.sizes))
        """,
        "fragile",
    )
    results = batch_engine.play_batch(scenario, 1, 0, 40)
    again, errors = play_mesa(scenario, 1, 0, 40)
    assert 0 < results.failed.sum() < 40
    assert (results.failed == again.failed).all()
    assert len(errors) == results.failed.sum() and all(text.strip() for text in errors.values())


@pytest.mark.compiled
def test_an_offer_of_an_option_that_does_not_exist_fails_the_run(tmp_path):
    scenario = plugin_scenario(
        tmp_path,
        """
        import numpy as np
        from negsim.core.registry import strategy

        @strategy("lost")
        def lost(view):
            \"\"\"Name an option that is not there.\"\"\"
            return np.full(len(view.sizes), 99, np.int64)
        """,
        "lost",
    )
    assert batch_engine.play_batch(scenario, 1, 0, 5).failed.all()
    _, errors = play_mesa(scenario, 1, 0, 1)
    assert "option that does not exist" in errors[0]


def test_a_run_tells_how_it_read_each_refusal(istanbul):
    told = Talks(istanbul, seed=1).record().readings
    assert len(told) == sum(one.milder_than < 0 for one in istanbul.refusals())
    shares = {(one.statement, one.reading): one.share for one in told}
    assert {key: share for key, share in shares.items() if key[0] == "r36"} == {("r36", "posture"): 0.2}
    fixed = load_scenario("istanbul-2025-06-02", ["statements.r36.reading=hard", "readings=uniform"])
    told = {one.statement: one for one in Talks(fixed, seed=1).record().readings}
    assert (told["r36"].reading, told["r36"].share) == ("hard", None) and told["r17"].share == pytest.approx(1 / 3)


def test_a_person_can_play_a_delegation(istanbul):
    heard = []

    class Listener(Delegation):
        def accept(self, view, my_next):
            heard.append(view.elapsed)
            return super().accept(view, my_next)

    played = Talks(istanbul, seed=1, delegations={"russia": Listener})
    played.play()
    plain = Talks(istanbul, seed=1)
    plain.play()
    assert heard and (played.behind.positions == plain.behind.positions).all()


def test_a_delegation_of_ones_own_is_asked_before_it_accepts_and_again_before_it_offers(istanbul):
    """Who knows what it goes by: what it would say next is asked anew for each offer that it makes."""
    asked, answered = [], []

    class Curious(Delegation):
        def offer(self, view):
            asked.append(view.elapsed)
            return super().offer(view)

        def accept(self, view, my_next):
            answered.extend([view.elapsed] if view.closing == 0 else [])  # at last call there is no next offer
            return super().accept(view, my_next)

    talks = Talks(istanbul, seed=1, delegations={"russia": Curious})
    talks.play()
    made = [move for move in talks.record().moves if move.party == "russia" and move.move in ("offers", "walks out")]
    assert made and len(asked) == len(answered) + len(made)


def test_data_collector_follows_the_talks(repeated):
    talks = Talks(repeated, seed=1, watch=True)
    talks.play()
    frame = talks.datacollector.get_model_vars_dataframe()
    assert frame["trust.humanitarian"].between(0, 1).all() and len(frame) > 10


def plugin_scenario(folder, source, name):
    (folder / f"{name}_plugin.py").write_text(textwrap.dedent(source))
    (folder / "own.toml").write_text(
        f'id = "own"\nextends = "istanbul-2025-06-02"\nplugins = ["{name}_plugin.py"]\n[parties.russia]\nstrategy = "{name}"\ntraits = {{}}\n'
    )
    return load_scenario(folder / "own.toml", [])


SNIPPET = """
from negsim.engine import batch_engine as b
from negsim.edge.scenarios import load_scenario
from numba.core import event
import sys
s = load_scenario("istanbul-2025-06-02", sys.argv[1:])
with event.install_recorder("numba:compile") as seen:
    r = b.play_batch(s, 1, 0, 50)
names = sorted({e.data["dispatcher"].py_func.__name__ for _, e in seen.buffer})
print(len(names), float(r.parties["gain"].sum()), "|".join(names), sep=";")
"""


@pytest.mark.full
@pytest.mark.skipif(not compiler.compiled(), reason="not compiled")
def test_cache_an_added_strategy_compiles_alone_and_an_edited_helper_recompiles_all(tmp_path):
    """Works on a copy of the package, so that its files can be edited."""
    import shutil

    import negsim

    package = Path(negsim.__file__).parent
    copy = tmp_path / "code"
    shutil.copytree(package, copy / "negsim", ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("scenarios", "seeds"):
        shutil.copytree(load_folder(kind), copy / kind)

    def played(*changes):
        environment = {**os.environ, "PYTHONPATH": str(copy), "NEGSIM_CACHE_DIR": str(tmp_path / "cache")}
        command = [sys.executable, "-c", SNIPPET, *changes]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
        count, gains, names = done.stdout.strip().split(";")
        return int(count), float(gains), names.strip().split("|")

    cold = played()
    warm = played()
    assert cold[0] > 50 and warm[0] == 0 and warm[1] == cold[1]
    other = played("parties.russia.strategy=micro", "parties.russia.traits={}")
    assert 0 < other[0] < 25 and "play" not in other[2] and "begin" not in other[2] and "advance" not in other[2]
    moves = copy / "negsim" / "core" / "concession.py"
    moves.write_text(moves.read_text().replace("return top - (top - floor) * alpha", "return top - (top - floor) * alpha * 0.5"))
    edited = played()
    assert edited[0] == cold[0] and edited[1] != cold[1]


def load_folder(kind):
    from negsim.edge.files import bundled

    return bundled(kind)


@pytest.mark.full
def test_without_the_jit_nothing_differs(tmp_path):
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, str(HERE / "equality.py"), "--talks", "10"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "uncompiled" in done.stdout


@pytest.mark.full
def test_every_strategy_and_mediator_in_both_engines(tmp_path):
    command = [sys.executable, str(HERE / "equality.py"), "--talks", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.compiled
def test_native_parts_of_mesa_runs_change_nothing(repeated):
    from negsim.engine import mesa_engine

    plain, _ = play_mesa(repeated, 3, 0, 5, traced=True)
    stage, take = mesa_engine.set_stage(repeated, 3, mesa_engine.WORTH_COMPILING, traced=True, drawn=False)
    assert take is not mesa_engine.take_down
    results = mesa_engine.empty_results(stage.prior, stage.case, 5)
    for row in range(5):
        talks = Talks(repeated, 3, row, stage=stage)
        talks.play()
        take(results, row, stage.prior, talks.desk, talks.behind, talks.case)
    assert all(one.tobytes() == other.tobytes() for one, other in zip(plain, results))


CACHED = """
import sys
from negsim import load_scenario
from negsim.engine.batch_engine import play_batch
from negsim.engine.cache import cache_folder
from numba.core import event
with event.install_recorder("numba:compile") as seen:
    gains = float(play_batch(load_scenario("two-issues"), 1, 0, 20).parties["gain"].sum())
print(len({e.data["dispatcher"].py_func.__name__ for _, e in seen.buffer}), gains, len(list(cache_folder().glob("*.bin"))))
"""


@pytest.mark.full
@pytest.mark.skipif(not compiler.compiled(), reason="not compiled")
def test_cache_that_is_damaged_or_cannot_be_written_is_compiled_anew(tmp_path):
    def played(folder):
        environment = {**os.environ, "NEGSIM_CACHE_DIR": str(folder)}
        done = subprocess.run([sys.executable, "-c", CACHED], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    compiled_cold, gains, kept = played(tmp_path)
    assert int(compiled_cold) > 50 and int(kept) >= 5
    assert played(tmp_path)[:2] == ["0", gains]
    whole = sorted(tmp_path.rglob("*.bin"), key=lambda path: path.stat().st_size)
    half, flipped = whole[1].read_bytes(), bytearray(whole[-1].read_bytes())
    flipped[len(flipped) // 2] ^= 1
    whole[0].write_bytes(b"")
    whole[1].write_bytes(half[: len(half) // 2])
    whole[-1].write_bytes(bytes(flipped))
    again = played(tmp_path)
    assert int(again[0]) > 0 and again[1:] == [gains, kept]
    assert played(tmp_path)[:2] == ["0", gains]  # what was damaged is whole again
    (tmp_path / "file").write_text("no folder can be made here")
    assert played(tmp_path / "file")[1:] == [gains, "0"]
