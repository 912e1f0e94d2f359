"""All reports of a batch as arrays: which are there twice, which share a name, in which part of time they lie."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sayso.batch.weighing.keys import KEY, UNDATED
from sayso.batch.weighing.place import Place
from sayso.weigh.pieces import part_of
from sayso.weigh.stories import WINDOW

Array = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Index:
    """Reports go by number, in the order of reading.

    ``starts`` (S + 1) are the numbers with which shards begin, ``ids`` (N) those of the ledger. ``by_id`` (N) tells
    which are called by these, as they share their names; ``parts`` (N) is the place of a report's part of time among
    ``names``, -1 for reports that are there before.
    """

    shards: list[int]
    starts: Ints
    ids: npt.NDArray[np.uint64]
    by_id: npt.NDArray[np.bool_]
    parts: Ints
    names: list[str]

    def id(self, number: int) -> str:
        """The ledger's id of a report."""
        return f"{int(self.ids[number]):016x}"

    def other_name(self, number: int) -> str | None:
        """What a report is called by, if not by its own name."""
        return self.id(number) if self.by_id[number] else None

    def place(self, number: int) -> tuple[int, int]:
        """The shard of a report, and its place there."""
        at = int(np.searchsorted(self.starts, number, "right")) - 1
        return self.shards[at], number - int(self.starts[at])


def index(place: Place) -> Index:
    """The index of all shards."""
    some = [np.fromfile(place.path("keys", shard), KEY) for shard in place.shards]
    keys = np.concatenate([np.zeros(0, KEY), *some])
    read = keys["row"] >= 0
    starts = np.cumsum([0, *(int((one["row"] >= 0).sum()) for one in some)])
    kept = ~_repeated(keys)[read]
    keys = keys[read]
    names, parts = _parts(keys["day"], kept)
    return Index(place.shards, starts, keys["id"].copy(), _shared(keys["name"], kept), parts, names)


def _repeated(keys: Array) -> npt.NDArray[np.bool_]:
    """Which reports the ledger would take for ones that are there already."""
    raws = keys["raw"]
    found, ids, known = np.zeros(len(keys), bool), set[int](), set[bytes]()
    for at in np.flatnonzero(_several(keys["id"]) | (_several(raws) & (raws != b""))).tolist():
        own, raw = int(keys["id"][at]), bytes(raws[at])
        found[at] = own in ids or (raw != b"" and raw in known)
        if not found[at]:
            ids.add(own)
            known.add(raw)
    return found


def _several(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """For each value whether it is there more than once."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    several: npt.NDArray[np.bool_] = count[place] > 1
    return several


def _shared(names: npt.NDArray[np.bytes_], kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(names), bool)
    found[kept] = _several(names[kept])
    return found


def _parts(days: npt.NDArray[np.int32], kept: npt.NDArray[np.bool_]) -> tuple[list[str], Ints]:
    """The names of all parts in order, and for each report the place of its own; -1 for those not kept."""
    known, place = np.unique(days, return_inverse=True)
    part = [part_of(date.fromordinal(day).isoformat() if day != UNDATED else None, WINDOW) for day in known.tolist()]
    wanted = {part[at] for at in np.unique(place[kept]).tolist()}
    names = sorted(wanted)
    at = np.array([names.index(name) if name in wanted else -1 for name in part], np.int64)
    return names, np.where(kept, at[place] if len(at) else 0, -1)
