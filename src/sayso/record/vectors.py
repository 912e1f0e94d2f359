"""Vectors of all statements that count, for search by meaning: one row of the index and one vector each."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from sayso.record.schema import readings
from sayso.record.statements import SPREAD

PAGE = 10_000


def load(connection: Connection, size: int) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The rows of the index of statements, and their vectors of ``size`` int8 as one matrix (rows × size)."""
    chosen = select(readings.c.key, readings.c.vectors).where(readings.c.current == 1, readings.c.vectors.is_not(None))
    rows: list[NDArray[np.int64]] = []
    found: list[bytes] = []
    for page in connection.execute(chosen.order_by(readings.c.key)).partitions(PAGE):
        for key, blob in page:
            rows.append(np.arange(len(blob) // size, dtype=np.int64) + key * SPREAD)
            found.append(blob)
    matrix = np.frombuffer(b"".join(found), dtype=np.int8).reshape(-1, size)
    return np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), matrix
