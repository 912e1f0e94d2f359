"""Near-copies: reports whose texts share most of their five-word runs, found by MinHash (Broder 1997) in bands.

Every report keeps ``BANDS`` hashes of parts of its signature. Reports that share one are compared by the very runs;
those that share at least ``LEAST`` of them are linked. All reports stay: a copy tells who repeats whom.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, insert, select

from sayso.record.schema import bands, near_copies, reports

RUN, BANDS, ROWS = 5, 10, 3
LEAST = 0.4
MOST_COMPARED = 20
WORD = re.compile(r"\w+")
_random = np.random.default_rng(20310504)
_FACTORS = _random.integers(1, 2**32, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _random.integers(0, 2**32, BANDS * ROWS, dtype=np.uint64)
LONGEST = 20_000


def runs(text: str) -> NDArray[np.uint64]:
    """Hashes of the text's runs of five words, each once, sorted; of its first ``LONGEST`` words."""
    words = [zlib.crc32(w.encode("utf-8", "replace")) for w in WORD.findall(text.lower())[:LONGEST]]
    hashes = np.array(words, dtype=np.uint64)
    if len(hashes) < RUN:
        return np.unique(hashes)
    mixed = np.zeros(len(hashes) - RUN + 1, dtype=np.uint64)
    for place in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[place : len(hashes) - RUN + 1 + place]
    return np.unique(mixed >> np.uint64(32))


def signature(found: NDArray[np.uint64]) -> list[int]:
    """One hash for each band of the runs' MinHash signature, as signed 64-bit integers. Empty without runs."""
    if not len(found):
        return []
    mixed = (found[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)
    least = mixed.min(axis=0).astype("<u4").reshape(BANDS, ROWS)
    return [_signed(zlib.crc32(row.tobytes()) << 4 | band) for band, row in enumerate(least)]


def _signed(value: int) -> int:
    return value - 2**63 if value >= 2**63 else value


def share(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """The runs that both have, of all that either has: 0 to 1."""
    both = len(np.intersect1d(a, b, assume_unique=True))
    return both / (len(a) + len(b) - both) if both else 0.0


def link(connection: Connection, key: int, text: str) -> list[tuple[int, float]]:
    """Link a report just added to the earlier ones that it nearly copies; their keys and shares, the nearest first."""
    own = runs(text)
    signed = signature(own)
    near = _candidates(connection, key, signed)
    if signed:
        connection.execute(insert(bands), [{"band": band, "report": key} for band in signed])
    texts = connection.execute(select(reports.c.key, reports.c.text).where(reports.c.key.in_(near))) if near else ()
    shares = [(other, round(share(own, runs(body)), 3)) for other, body in texts]
    linked = sorted(((o, s) for o, s in shares if s >= LEAST), key=lambda pair: (-pair[1], pair[0]))
    if linked:
        rows = [{"report": key, "earlier": other, "share": shared} for other, shared in linked]
        connection.execute(insert(near_copies), rows)
    return linked


def _candidates(connection: Connection, key: int, signed: Sequence[int]) -> list[int]:
    """The reports that share the most bands."""
    wanted = (
        select(bands.c.report)
        .where(bands.c.band.in_(signed), bands.c.report != key)
        .group_by(bands.c.report)
        .order_by(func.count().desc(), bands.c.report)
        .limit(MOST_COMPARED)
    )
    return list(connection.execute(wanted).scalars())


def copies_of(connection: Connection, key: int) -> list[tuple[int, float]]:
    """The near-copies of a report, earlier and later: keys and shares, the nearest first."""
    earlier = select(near_copies.c.earlier, near_copies.c.share).where(near_copies.c.report == key)
    later = select(near_copies.c.report, near_copies.c.share).where(near_copies.c.earlier == key)
    found = [(row[0], row[1]) for row in connection.execute(earlier.union_all(later))]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
