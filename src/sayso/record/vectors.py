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
COUNT = (readings.c.current == 1, readings.c.vectors.is_not(None))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows of the index of statements (N), and their vectors (N, width)."""

    rows: Rows
    matrix: Matrix


def load(connection: Connection, size: int, *conditions: ColumnElement[bool]) -> tuple[Rows, Matrix]:
    """The rows of the index of statements, and their vectors of ``size`` int8 as one matrix (rows × size).

    ``conditions`` are on the columns of ``readings``.
    """
    chosen = select(readings.c.key, readings.c.vectors).where(*COUNT, *conditions)
    rows: list[Rows] = []
    found: list[bytes] = []
    for page in connection.execute(chosen.order_by(readings.c.key)).partitions(PAGE):
        for key, blob in page:
            rows.append(np.arange(len(blob) // size, dtype=np.int64) + key * SPREAD)
            found.append(blob)
    matrix = np.frombuffer(b"".join(found), dtype=np.int8).reshape(-1, size)
    return np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), matrix


def load_again(connection: Connection, size: int, before: Loaded) -> Loaded:
    """What counts by now: of ``before`` what still does, and what has come since."""
    now = np.fromiter(connection.execute(select(readings.c.key).where(*COUNT)).scalars(), dtype=np.int64)
    keys = before.rows // SPREAD
    kept = np.isin(keys, now)
    pieces = [(before.rows, before.matrix) if kept.all() else (before.rows[kept], before.matrix[kept])]
    new = np.setdiff1d(now, keys).tolist()
    parts = (new[start : start + AT_ONCE] for start in range(0, len(new), AT_ONCE))
    pieces += [load(connection, size, readings.c.key.in_(part)) for part in parts]
    if len(pieces) == 1:
        return Loaded(*pieces[0])
    return Loaded(np.concatenate([rows for rows, _ in pieces]), np.concatenate([matrix for _, matrix in pieces]))
