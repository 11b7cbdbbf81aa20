"""Who holds a folder, which program's rows lie in it, and what becomes of workers that end."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from running import negsim
from sweep.crashes import planned, sweep

from negsim.sweeps import pool
from negsim.sweeps.chunk import Segment
from negsim.sweeps.disk import locked, sealed, unsealed
from negsim.sweeps.parts import Piece, gaps
from negsim.sweeps.pool import play_by, processes
from negsim.sweeps.reading import read_results
from negsim.sweeps.source import Source
from negsim.sweeps.store import StoreError
from negsim.sweeps.sweep import run_sweep


def quiet(done, total):
    pass


def test_one_process_at_a_time(tmp_path):
    sweep(tmp_path / "out", 2)
    with locked(tmp_path / "out"), pytest.raises(StoreError, match=r"process \d+ on .* is working on it"):
        sweep(tmp_path / "out", 2)
    sweep(tmp_path / "out", 2)


def test_another_program_is_refused_unless_it_is_accepted(tmp_path, monkeypatch):
    sweep(tmp_path / "out", 2)
    monkeypatch.setattr("negsim.sweeps.plan.program_digest", lambda plugins: "another")
    with pytest.raises(StoreError, match=r"played by another program .* --accept-code"):
        sweep(tmp_path / "out", 4)
    run_sweep(planned(4), tmp_path / "out", 1, quiet, accept_code=True)
    manifest = read_results(tmp_path / "out")[1]
    assert len(manifest["programs"]) == 2 and manifest["programs"][1] == "another"


def test_what_a_plugin_brings_in_is_part_of_the_program(tmp_path, monkeypatch):
    from negsim.engine.program import brought_digest, files_of

    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "helper_of_mine.py").write_text("SHARE = 0.5\n")
    plugin = tmp_path / "rule_of_mine.py"
    plugin.write_text("import json\nimport numpy\nfrom negsim.core.menus import package_at\nfrom helper_of_mine import SHARE\n")
    assert {path.name for path in files_of(plugin)} == {"rule_of_mine.py", "helper_of_mine.py"}
    one = brought_digest(str(plugin))
    (tmp_path / "helper_of_mine.py").write_text("SHARE = 0.6\n")
    brought_digest.cache_clear()
    assert brought_digest(str(plugin)) != one


def test_an_unfinished_extension_leaves_what_was_finished(tmp_path):
    """The old table and its own size stay, until the new one is there."""
    sweep(tmp_path / "out", 2)
    table = read_results(tmp_path / "out")[0]

    def stop(done, total):
        if done > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(planned(4), tmp_path / "out", 1, stop)
    again, manifest = read_results(tmp_path / "out")
    assert again.equals(table) and manifest["runs"] == 2


def test_a_damaged_ledger_is_written_anew(tmp_path):
    sweep(tmp_path / "out", 2)
    (tmp_path / "out" / "ledger.sqlite").write_bytes(b"no ledger")
    said = []
    run_sweep(planned(2), tmp_path / "out", 1, quiet, said.append)
    assert said == [f"{tmp_path / 'out' / 'ledger.sqlite'}: was damaged, and is written anew from the parts"]


def test_a_part_copied_over_another_is_played_again(tmp_path):
    sweep(tmp_path / "out", 2)
    sweep(tmp_path / "out", 4)
    known = (tmp_path / "out" / "results.parquet").read_bytes()
    one, other = sorted((tmp_path / "out" / "parts").iterdir())
    other.write_bytes(one.read_bytes())
    said = []
    run_sweep(planned(4), tmp_path / "out", 1, quiet, said.append)
    assert said == [f"{other}: is damaged; its runs are played again"]
    assert (tmp_path / "out" / "results.parquet").read_bytes() == known


def test_gaps():
    pieces = [Piece(2, 4, "", 0), Piece(6, 7, "", 0)]
    assert list(gaps(pieces, 3, 8)) == [(4, 6), (7, 8)] and not list(gaps(pieces, 2, 4))


def test_a_seal_holds_for_what_was_written_alone(tmp_path):
    at = tmp_path / "m.json"
    at.write_bytes(sealed({"a": 1, "b": [0.1, "x"]}))
    assert unsealed(at) == {"a": 1, "b": [0.1, "x"]}
    at.write_bytes(at.read_bytes().replace(b"0.1", b"0.2"))
    assert unsealed(at) is None


RULE = """
import os, sys, time
from negsim.core.menus import no_package
from negsim.core.registry import strategy

@strategy("{name}")
def rule(view):
    if view.dice.replicate == 2:
        {does}
    return no_package(len(view.sizes))
"""


def with_rule(folder, name, does):
    (folder / f"{name}_rule.py").write_text(RULE.format(name=name, does=does))
    at = folder / "own.toml"
    at.write_text(
        f'id = "own"\nextends = "two-issues"\nplugins = ["{name}_rule.py"]\n[parties.buyer]\nstrategy = "{name}"\ntraits = {{}}\n'
    )
    return at


def test_a_rule_that_exits_fails_its_run_alone(tmp_path):
    at = with_rule(tmp_path, "leaver", "sys.exit(0)")
    done = negsim("sweep", at, "--runs", 4, "--engine", "mesa", "--workers", 1, "--out", tmp_path / "out")
    assert "1 of 4 runs failed" in done.stderr and "SystemExit" in done.stderr
    assert pq.read_table(tmp_path / "out" / "results.parquet")["failed"].to_pylist() == [False, False, True, False]


@pytest.mark.full
def test_a_run_that_kills_its_worker_has_no_result_and_is_played_again(tmp_path):
    at = with_rule(tmp_path, "killer", "os._exit(3)")
    command = ("sweep", at, "--runs", 4, "--engine", "mesa", "--workers", 1, "--out", tmp_path / "out")
    for _ in range(2):
        done = negsim(*command, code=1)
        assert "1 of 4 runs have no result" in done.stderr and "the worker process died" in done.stderr
        assert pq.read_table(tmp_path / "out" / "results.parquet")["failed"].to_pylist() == [False, False, True, False]
    assert not read_results(tmp_path / "out")[0].num_rows - 4


@pytest.mark.full
def test_when_no_run_can_be_played_the_sweep_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "HOPELESS", 2)
    at = with_rule(tmp_path, "hopeless", "pass\n    os._exit(3)")
    done = negsim("sweep", at, "--runs", 4, "--engine", "mesa", "--workers", 1, "--out", tmp_path / "out", code=2)
    assert "2 runs in a row" in done.stderr


def test_failed_runs_are_played_again_when_asked(tmp_path):
    """The rule leaves a file behind when it first fails, and does not fail while that is there."""
    mark = tmp_path / "mark"
    at = with_rule(
        tmp_path,
        "moody",
        f"open({str(mark)!r}, 'x').close() if not os.path.exists({str(mark)!r}) else None; 1 / 0 if not os.path.exists({str(mark) + '2'!r}) else None",
    )
    command = ("sweep", at, "--runs", 4, "--engine", "mesa", "--workers", 1, "--out", tmp_path / "out")
    assert "1 of 4 runs failed" in negsim(*command).stderr
    Path(f"{mark}2").touch()
    assert "1 of 4 runs failed" in negsim(*command).stderr  # what failed is a result
    assert not negsim(*command, "--retry-failed").stderr
    assert not any(pq.read_table(tmp_path / "out" / "results.parquet")["failed"].to_pylist())


class Breaking:
    """A pool that is broken the first time something is handed to it."""

    broken = 0
    _processes = None

    def __init__(self, *_):
        pass

    def submit(self, function, job):
        from concurrent.futures import Future
        from concurrent.futures.process import BrokenProcessPool

        if Breaking.broken < 3:
            Breaking.broken += 1
            raise BrokenProcessPool("gone")
        future = Future()
        future.set_result(function(job))
        return future

    def shutdown(self, **_):
        pass


def test_a_job_that_no_pool_took_is_not_lost(monkeypatch):
    monkeypatch.setattr(pool.futures, "ProcessPoolExecutor", Breaking)
    rows = [
        number
        for done in play_by(processes(1), Source(planned(8), [Segment(0, 0, 8), Segment(1, 0, 8)], 1, "mesa"), 60.0)
        for number in done.table["replicate"].to_pylist()
    ]
    assert sorted(rows) == sorted([*range(8)] * 2) and Breaking.broken == 3


def test_verify(tmp_path):
    sweep(tmp_path / "out", 3)
    sweep(tmp_path / "other", 1)
    sweep(tmp_path / "other", 3)
    one, other = (negsim("verify", tmp_path / name, "--runs", 4).stdout for name in ("out", "other"))
    assert "4 runs were played again in the other engine, to the last bit" in one
    assert one.splitlines()[-1] == other.splitlines()[-1] and one.splitlines()[-1].startswith("root ")
    part = next((tmp_path / "out" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-9] + b"x" * 9)
    assert f"{part}: is damaged" in negsim("verify", tmp_path / "out", "--runs", 0, code=1).stderr
