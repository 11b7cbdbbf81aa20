"""Whether a sweep's folder still holds what was played: checksums, labels, runs played again, and one hash over all of it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from negsim.domain.scenario import Scenario
from negsim.engine.program import program_digest
from negsim.sweeps.chunk import Engine, play
from negsim.sweeps.disk import StoreError, digest_of, locked, unsealed
from negsim.sweeps.parts import is_part, read_part
from negsim.sweeps.store import MANIFEST, TABLE, TALLIES

NOT_OF_A_RUN = {"run", "seed", "point", "replicate"}


class Verified(NamedTuple):
    """What was found.

    Attributes
    ----------
    faults : list of str
        What does not hold, one line each.
    rows, parts, replayed : int
    root : str
        SHA-256 over what the sweep is, which code played it, and every value of the table: the same for the same results,
        however they came about.
    """

    faults: list[str]
    rows: int
    parts: int
    replayed: int
    root: str


def verify(folder: Path, manifest: dict[str, Any], scenarios: Sequence[Scenario], runs: int, seed: int = 0) -> Verified:
    """Check a finished sweep.

    Parameters
    ----------
    folder : Path
    manifest : dict
        As `read_manifest` found it, which has held the table against it.
    scenarios : sequence of Scenario
        One a point; of none, nothing is played again.
    runs : int
        How many runs, drawn evenly, to play again in the other engine than the sweep was played by.
    seed : int
        Key of that draw.

    Raises
    ------
    StoreError
        If another process works on the folder, or has since that was read.
    """
    with locked(folder):
        if unsealed(folder / MANIFEST) != manifest:
            raise StoreError(f"{folder}: was changed while it was read; verify it again")
        faults = []
        parts = [path for path in sorted((folder / "parts").iterdir()) if is_part(path.name)]
        faults += [f"{path}: is damaged" for path in parts if read_part(path) is None]
        table = pq.ParquetFile(folder / TABLE, page_checksum_verification=True)
        hashed = hashlib.sha256(json.dumps([manifest["identity"], manifest["programs"]], sort_keys=True).encode())
        first = 0
        for group in range(table.num_row_groups):
            rows = table.read_row_group(group)
            if rows["run"].to_pylist() != [_label(number, manifest) for number in range(first, first + rows.num_rows)]:
                faults.append(f"{folder / TABLE}: runs {first} and following are not labelled as they should be")
            _hash_into(hashed, rows)
            first += rows.num_rows
        kept = -(-manifest["runs"] // manifest["identity"].get("sample", 1))
        if first != manifest["points"] * kept:
            faults.append(f"{folder / TABLE}: {first} rows, not {manifest['points']} x {kept}")
        if "tallies" in manifest and digest_of(folder / TALLIES) != manifest["tallies"]["sha256"]:
            faults.append(f"{folder / TALLIES}: is not what was written")
        replayed = 0
        if scenarios:
            faults += _other_program(manifest)
            chosen = np.random.default_rng(seed).choice(first, min(runs, first), replace=False).tolist()
            replayed = len(chosen)
            faults += _played_again(folder, manifest, scenarios, sorted(_label(number, manifest) for number in chosen))
        return Verified(faults, first, len(parts), replayed, hashed.hexdigest())


def _label(row: int, manifest: dict[str, Any]) -> int:
    """Return the number of the run in a row: of a sample of every so many replicates, or of all."""
    sample = manifest["identity"].get("sample", 1)
    point, number = divmod(row, -(-manifest["runs"] // sample))
    return int(point * manifest["runs"] + number * sample)


def _other_program(manifest: dict[str, Any]) -> list[str]:
    here = program_digest()
    if manifest["scenario"].get("plugins") or manifest["programs"] == [here]:
        return []
    return [f"played by another program (code {', '.join(manifest['programs'])}; this is {here}): runs may come out otherwise"]


def _played_again(folder: Path, manifest: dict[str, Any], scenarios: Sequence[Scenario], chosen: list[int]) -> list[str]:
    """Play runs again by the other engine, and say which of their values differ."""
    engine: Engine = "batch" if manifest["engine"] == "mesa" else "mesa"
    faults = []
    for row in pq.read_table(folder / TABLE, filters=[("run", "in", chosen)]).to_pylist():
        differ = differing(scenarios[row["run"] // manifest["runs"]], manifest, row, engine)
        if differ:
            faults.append(f"run {row['run']}: {', '.join(differ[:5])} differ when it is played again ({engine})")
    return faults


def row_of(folder: Path, run: int) -> dict[str, Any] | None:
    """Return a run's row of the table; nothing if that holds a sample without it."""
    found = pq.read_table(folder / TABLE, filters=[("run", "==", run)]).to_pylist()
    return found[0] if found else None


def differing(scenario: Scenario, manifest: dict[str, Any], row: dict[str, Any], engine: Engine) -> list[str]:
    """Return the columns in which a run differs from its row when it is played again."""
    drawn = bool(manifest["drawn"])
    again = play(scenario, 1, row["seed"], row["replicate"], engine, drawn=drawn).to_pylist()[0]
    return [name for name in again if name not in NOT_OF_A_RUN and repr(again[name]) != repr(row[name])]


def _hash_into(hashed: Any, rows: pa.Table) -> None:
    """Add names, types and values of every column: numbers by their bits, words by their letters, and where there is nothing."""
    for name in rows.column_names:
        column = rows[name].combine_chunks()
        hashed.update(f"{name} {column.type} {len(column)}".encode())
        hashed.update(np.packbits(column.is_null().to_numpy(zero_copy_only=False)).tobytes())
        if pa.types.is_string(column.type):
            hashed.update(json.dumps(column.to_pylist()).encode())
        else:
            numbers = column.cast(pa.int8()) if pa.types.is_boolean(column.type) else column
            hashed.update(np.ascontiguousarray(numbers.fill_null(0).to_numpy(zero_copy_only=False)).tobytes())
