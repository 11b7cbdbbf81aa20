"""Parts of a sweep that are played apart, as by an array of jobs on a cluster, and how they are joined."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from negsim.sweeps.chunk import Segment
from negsim.sweeps.disk import StoreError, unsealed
from negsim.sweeps.store import MANIFEST, Store

BLOCK = 100  # replicates that stay together


class Shard(NamedTuple):
    """The number of a shard, counted from 1, and how many there are."""

    number: int
    of: int


def read_shard(text: str) -> Shard:
    """Read `k/n`.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> read_shard("2/3")
    Shard(number=2, of=3)
    """
    number, slash, of = text.partition("/")
    if not slash or not number.isdecimal() or not of.isdecimal() or not 1 <= int(number) <= int(of):
        raise ValueError(f"'{text}': write k/n, the number of the shard and how many there are, as 1/8 to 8/8")
    return Shard(int(number), int(of))


def of_shard(segments: Sequence[Segment], shard: Shard | None) -> list[Segment]:
    """Return what of some segments a shard plays: blocks of replicates in turn, the same whatever the sweep grows to.

    Examples
    --------
    >>> of_shard([Segment(0, 0, 250), Segment(1, 50, 10)], Shard(2, 2))
    [Segment(point=0, first=100, runs=100), Segment(point=1, first=50, runs=10)]
    """
    if shard is None:
        return list(segments)
    found = []
    for point, first, runs in segments:
        for block in range(first // BLOCK, -(-(first + runs) // BLOCK)):
            begin, end = max(first, block * BLOCK), min(first + runs, (block + 1) * BLOCK)
            if (point + block) % shard.of == shard.number - 1:
                found.append(Segment(point, begin, end - begin))
    return found


class Merged(NamedTuple):
    """What came of joining: rows of the table, none if runs are missing, and which are."""

    rows: int
    missing: list[Segment]


def merge(folders: Sequence[Path], out: Path) -> Merged:
    """Join the shards of a sweep into one folder, as if it had been played there; what is joined stays as it is.

    Raises
    ------
    StoreError
        If they are not of one sweep, or played by several programs.
    """
    manifests = {}
    for folder in folders:
        found = unsealed(folder / MANIFEST)
        if found is None:
            raise StoreError(f"{folder}: holds no sweep, or its {MANIFEST} is damaged; play that shard again")
        manifests[folder] = found
    whole = [found for found in manifests.values() if "keys" in found]
    if not whole:
        raise StoreError(f"{folders[0]}: no shard is finished; finish at least one, which says what the sweep is")
    first = max(whole, key=lambda found: len(found["keys"]) * found["runs"])
    for folder, found in manifests.items():
        if found["identity"] != first["identity"]:
            raise StoreError(f"{folder}: holds a sweep of another scenario or seed than {folders[0]}; join shards of one")
        if found["programs"] != first["programs"]:
            raise StoreError(f"{folder}: was played by another version of the code than {folders[0]}; play it again")
        if bool(found.get("drawn", first["drawn"])) != bool(first["drawn"]):
            raise StoreError(f"{folder}: keeps what runs were drawn to be, or {folders[0]} does, not both; say --inputs for all")
    about = {key: value for key, value in first.items() if key not in ("table", "tallies", "shard", "programs")}
    there = unsealed(out / MANIFEST) or {}
    if there.get("keys") == first["keys"]:  # what is there already may be larger
        about["runs"] = max(about["runs"], there["runs"])
    with Store(out, about, first["keys"]) as store:
        for folder in folders:
            for path in sorted((folder / "parts").glob("*.parquet")):
                store.adopt(path)
        missing = store.missing(about["runs"])
        return Merged(0 if missing else store.compact(about["runs"]), missing)
