"""Near-copies: reports in one bucket are candidates, and these are compared by their runs of words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from sayso.batch.weighing.keys import text_of
from sayso.batch.weighing.tasks import Done
from sayso.record.copies import LEAST, MOST_COMPARED, runs, share

Ints = npt.NDArray[np.int64]
PAIR = np.dtype([("report", "<i8"), ("earlier", "<i8")])


@dataclass(frozen=True, slots=True)
class Bucket:
    """Bands, and the number of the report that has each."""

    where: str
    bands: Ints
    reports: Ints
    tables: ClassVar[tuple[str, ...]] = ()

    def do(self) -> Done:
        """File: ``pairs``, each report with the first earlier ones that have the same band, by report."""
        order = np.lexsort((self.reports, self.bands))
        bands, reports = self.bands[order], self.reports[order]
        begins = np.concatenate(([True], bands[1:] != bands[:-1])) if len(bands) else np.zeros(0, bool)
        first = np.maximum.accumulate(np.where(begins, np.arange(len(bands)), 0))
        before = np.minimum(np.arange(len(bands)) - first, MOST_COMPARED)
        later = np.repeat(np.arange(len(bands)), before)
        place = np.arange(len(later)) - np.repeat(np.cumsum(before) - before, before)
        pairs = np.empty(len(later), PAIR)
        pairs["report"], pairs["earlier"] = reports[later], reports[first[later] + place]
        return Done({"pairs": np.sort(pairs, order=("report", "earlier")).tobytes()})

    def undone(self) -> Done:
        """No pairs."""
        return Done({"pairs": b""})


def nearest(pairs: npt.NDArray[np.void]) -> list[tuple[int, int]]:
    """Of the candidates of each report those that share most bands with it, of several the earlier; by report."""
    found, bands = np.unique(pairs, return_counts=True)
    order = np.lexsort((found["earlier"], -bands, found["report"]))
    reports = found["report"][order]
    rank = np.arange(len(reports)) - np.searchsorted(reports, reports)
    chosen = np.sort(found[order][rank < MOST_COMPARED], order=("report", "earlier"))
    return [(int(report), int(earlier)) for report, earlier in chosen]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of reports, later and earlier, by their ids, and the packed texts of all of them."""

    where: str
    pairs: tuple[tuple[str, str], ...]
    texts: Mapping[str, bytes]
    tables: ClassVar[tuple[str, ...]] = ("near_copies",)

    def do(self) -> Done:
        """Rows of the pairs that are near-copies, the nearest of each report first."""
        own = {report: runs(text_of(text)) for report, text in self.texts.items()}
        shares = [(report, other, round(share(own[report], own[other]), 3)) for report, other in self.pairs]
        place = {report: number for number, report in enumerate(dict.fromkeys(report for report, _ in self.pairs))}
        near = sorted((one for one in shares if one[2] >= LEAST), key=lambda one: (place[one[0]], -one[2]))
        return Done(rows={"near_copies": [{"report": r, "earlier": e, "share": shared} for r, e, shared in near]})

    def undone(self) -> Done:
        """No rows."""
        return Done()
