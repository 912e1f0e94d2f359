"""The steps that find near-copies: bands into buckets, and what is together in some into comparisons."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.batch.weighing.copies import PAIR, Bucket, Compared, nearest
from sayso.batch.weighing.index import Index
from sayso.batch.weighing.keys import BAND
from sayso.batch.weighing.pile import Piles
from sayso.batch.weighing.place import Place
from sayso.batch.weighing.steps import Part, Steps

LARGEST = 2**36
UNKNOWN = 0
BUCKET, RANGE, PAIRS = 2**20, 50_000, 500
Pairs = list[tuple[int, int]]


def near_copies(steps: Steps, index: Index) -> None:
    """Find the near-copies among all reports."""
    place = steps.place
    whole = sum(place.path("bands", shard).stat().st_size // BAND.itemsize for shard in place.shards)
    count = -(-whole // BUCKET)
    steps.do("buckets", (partial(_bucket, place, index, number, count) for number in range(count)), count)
    with place.piles("texts") as texts:
        files = [mapped(place.path("pairs", number), PAIR) for number in range(count)]
        steps.do("copies", _comparisons(files, index, texts), UNKNOWN)


def mapped(path: Path, kind: np.dtype[np.void]) -> npt.NDArray[np.void]:
    """The rows of a file, without reading it."""
    return np.memmap(path, kind, "r") if path.stat().st_size else np.zeros(0, kind)


def _bucket(place: Place, index: Index, number: int, count: int) -> Sequence[Bucket]:
    low, high = (-(-LARGEST * at // count) for at in (number, number + 1))
    bands, reports = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for at, shard in enumerate(place.shards):
        rows = mapped(place.path("bands", shard), BAND)
        some = rows[bisect_left(rows["band"], low) : bisect_left(rows["band"], high)]
        numbers = some["row"] + index.starts[at]
        kept = index.parts[numbers] >= 0
        bands.append(some["band"][kept])
        reports.append(numbers[kept])
    return [Bucket(f"bucket {number + 1} of {count}", np.concatenate(bands), np.concatenate(reports))]


def _comparisons(files: Sequence[npt.NDArray[np.void]], index: Index, texts: Piles) -> Iterator[Part]:
    for start in range(0, len(index.ids), RANGE):
        for pairs in _cut(nearest(_candidates(files, start))):
            yield partial(_comparison, pairs, index, texts)


def _candidates(files: Sequence[npt.NDArray[np.void]], start: int) -> npt.NDArray[np.void]:
    """The pairs of the reports from ``start`` on, of all buckets."""
    some = [
        rows[bisect_left(rows["report"], start) : bisect_left(rows["report"], start + RANGE)] for rows in files
    ]  # fmt: skip
    return np.concatenate([np.zeros(0, PAIR), *some])


def _cut(pairs: Pairs) -> Iterator[Pairs]:
    """The pairs in lists of about ``PAIRS``; those of one report stay together."""
    held: Pairs = []
    for _, some in groupby(pairs, itemgetter(0)):
        held += some
        if len(held) >= PAIRS:
            yield held
            held = []
    if held:
        yield held


def _comparison(pairs: Pairs, index: Index, texts: Piles) -> Sequence[Compared]:
    found = {index.id(number): texts.get(*index.place(number)) for pair in pairs for number in pair}
    named = tuple((index.id(report), index.id(earlier)) for report, earlier in pairs)
    return [Compared(f"near-copies from report {named[0][0]} to {named[-1][0]}", named, found)]
