"""What a finished sweep left: its manifest, and its table or some columns of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from negsim.sweeps.chunk import POINT, REPLICATE
from negsim.sweeps.disk import StoreError, digest_of, told, unsealed
from negsim.sweeps.parts import ABOUT, read_rows
from negsim.sweeps.store import MANIFEST, TABLE


def read_results(folder: Path, names: list[str] | None = None) -> tuple[pa.Table, dict[str, Any]]:
    """Return the table, or some columns of it, and the manifest of a finished sweep, with the size that the table says it has.

    Of each point, the manifest's `runs` are kept in the table, of the `asked` ones.

    Raises
    ------
    StoreError
        If the folder holds none, or it is damaged.
    """
    manifest = read_manifest(folder)
    try:
        table = pq.read_table(folder / TABLE, columns=names, page_checksum_verification=True)
        about = json.loads(table.schema.metadata[ABOUT])
        return table.replace_schema_metadata(None), {
            **manifest,
            "points": about["points"],
            "runs": about["runs"],
            "asked": manifest["runs"],
        }
    except (OSError, ValueError, TypeError, KeyError, pa.ArrowException) as error:
        raise StoreError(f"{folder / TABLE}: cannot be read ({error}); {AGAIN}") from None


AGAIN = "the same negsim sweep command again writes it anew"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a finished sweep, once its table has been found to be the one it was written for.

    Raises
    ------
    StoreError
        If the folder holds no finished sweep, or a damaged one.
    """
    at = folder / MANIFEST
    if not at.is_file():
        raise StoreError(f"{folder}: holds no sweep")
    manifest = unsealed(at)
    if manifest is None:
        raise StoreError(f"{at}: is damaged; {AGAIN}")
    if "table" not in manifest or not (folder / TABLE).is_file():
        raise StoreError(f"{folder}: holds an unfinished sweep; run the same command again to finish it")
    with told(folder / TABLE):
        found = digest_of(folder / TABLE)
    if found != manifest["table"]["sha256"]:
        raise StoreError(f"{folder / TABLE}: is not the table that was written; {AGAIN}")
    return manifest


def read_columns(folder: Path, names: list[str]) -> pa.Table:
    """Return some columns of a finished sweep, and `failed`, over the runs that did not fail."""
    file = pq.ParquetFile(folder / TABLE)
    groups = (file.read_row_group(number, [*names, "failed"]) for number in range(file.num_row_groups))
    return pa.concat_tables([rows.filter(pc.invert(rows["failed"])) for rows in groups])


def read_so_far(folder: Path, told_of: Callable[[str], bool] = lambda _: True) -> tuple[pa.Table, dict[str, Any], int]:
    """Return what there is of a sweep, its manifest, and how many runs are still to be played; 0 if it is finished.

    Of each point, the manifest's `runs` are, or will be, kept in the table, of the `asked` ones.

    Parameters
    ----------
    folder : Path
    told_of : callable
        Which columns are wanted; the varied inputs are returned as well.

    Raises
    ------
    StoreError
        If the folder holds no sweep, a damaged one, or one of which nothing is played yet.
    """
    manifest = unsealed(folder / MANIFEST) if (folder / MANIFEST).is_file() else None
    if manifest is None or "table" in manifest:
        read_manifest(folder)  # the table is whole, or that is said
        varied = set((manifest or {}).get("identity", {}).get("inputs", ()))
        names = [name for name in pq.read_schema(folder / TABLE).names if told_of(name) or name in varied]
        return (*read_results(folder, names), 0)
    numbers = {key: at for at, key in enumerate(manifest.get("keys", ()))}
    rows = [part for path in sorted((folder / "parts").glob("*.parquet")) if (part := read_rows(path)) is not None]
    rows = [part.replace_schema_metadata(None) for part in rows if part.num_rows]
    if not rows or not numbers:
        raise StoreError(f"{folder}: holds an unfinished sweep of which nothing is played yet; run the same command again")
    table = pa.concat_tables(rows, promote_options="default")
    points = [numbers.get(key, -1) for key in table[POINT].to_pylist()]
    table = table.set_column(table.column_names.index(POINT), POINT, pa.array(points, pa.int64()))
    table = table.filter(pc.greater_equal(table[POINT], 0)).sort_by(
        [(POINT, "ascending"), (REPLICATE, "ascending"), ("failed", "ascending")]
    )
    places = pa.table({name: table[name] for name in (POINT, REPLICATE)})
    twice = [False, *(a == b for a, b in zip(places.to_pylist(), places.slice(1).to_pylist()))]
    table = table.filter(pc.invert(pa.array(twice[: table.num_rows], pa.bool_())))
    sample = sample_of(manifest)
    kept = -(-manifest["runs"] // sample)
    left = max(0, manifest["points"] * kept - table.num_rows) * sample
    return table, {**manifest, "runs": kept, "asked": manifest["runs"]}, left


def sample_of(manifest: dict[str, Any]) -> int:
    """Return of how many runs of a point the table keeps one."""
    return int(manifest["identity"].get("sample", 1))
