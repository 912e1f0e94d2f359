"""Vectors of all statements that count, for search by meaning: one row of the index and one vector each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, select

from sayso.record.schema import readings
from sayso.record.statements import SPREAD

PAGE, AT_ONCE = 10_000, 500
Rows = NDArray[np.int64]
Matrix = NDArray[np.int8]
NONE: Rows = np.zeros(0, dtype=np.int64)
COUNT = (readings.c.current == 1, readings.c.vectors.is_not(None))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows of the index of statements (N), and their vectors (N, width).

    ``judged`` are the keys of the readings among them that people's judgements made. They come and go, and SQLite gives
    the key of one that is gone to the next reading.
    """

    rows: Rows
    matrix: Matrix
    judged: Rows


def load(connection: Connection, size: int, *conditions: ColumnElement[bool]) -> Loaded:
    """All that counts, in vectors of ``size`` int8. ``conditions`` are on the columns of ``readings``."""
    chosen = select(readings.c.key, readings.c.vectors, readings.c.judged).where(*COUNT, *conditions)
    rows: list[Rows] = []
    found: list[bytes] = []
    judged: list[int] = []
    for page in connection.execute(chosen.order_by(readings.c.key)).partitions(PAGE):
        for key, blob, is_judged in page:
            rows.append(np.arange(len(blob) // size, dtype=np.int64) + key * SPREAD)
            found.append(blob)
            judged += [key] if is_judged else []
    matrix = np.frombuffer(b"".join(found), dtype=np.int8).reshape(-1, size)
    return Loaded(np.concatenate([NONE, *rows]), matrix, np.array(judged, dtype=np.int64))


def load_again(connection: Connection, size: int, before: Loaded) -> Loaded:
    """What counts by now: of ``before`` what still does, and what has come since."""
    now = np.fromiter(connection.execute(select(readings.c.key).where(*COUNT)).scalars(), dtype=np.int64)
    keys = before.rows // SPREAD
    kept = np.isin(keys, np.setdiff1d(now, before.judged))
    pieces = [Loaded(before.rows, before.matrix, NONE)]
    if not kept.all():
        pieces = [Loaded(before.rows[kept], before.matrix[kept], NONE)]
    new = np.setdiff1d(now, keys[kept]).tolist()
    parts = (new[start : start + AT_ONCE] for start in range(0, len(new), AT_ONCE))
    pieces += [load(connection, size, readings.c.key.in_(part)) for part in parts]
    if len(pieces) == 1:
        return pieces[0]
    columns = zip(*((one.rows, one.matrix, one.judged) for one in pieces), strict=True)
    return Loaded(*map(np.concatenate, columns))
