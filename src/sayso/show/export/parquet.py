"""Readings into a Parquet file; pyarrow is needed."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO

from sayso.errors import InputError
from sayso.show.export.rows import COLUMNS, Row, Table, rows
from sayso.terms import Reading

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 20_000
MOST_CHARACTERS = 32 * 2**20


def needed() -> None:
    """InputError where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise InputError("Parquet files need pyarrow: pip install 'sayso[parquet]', or choose csv or jsonl")


def schema(table: Table) -> "pa.Schema":
    """The table's columns as a schema; each field's metadata says what it is."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    return pa.schema([pa.field(c.name, kinds[c.type], metadata={"description": c.what}) for c in COLUMNS[table]])


def write_parquet(readings: Iterable[Reading], stream: BinaryIO, table: Table) -> int:
    """Write the table in row groups as it comes; returns how many rows."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    kind, count = schema(table), 0
    with ParquetWriter(stream, kind, compression="zstd") as out:
        for group in _groups(row for reading in readings for row in rows(reading, table)):
            out.write_table(pa.Table.from_pylist(group, schema=kind))
            count += len(group)
    return count


def _groups(found: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in lists that are neither too long nor too heavy to hold."""
    group, characters = list[Row](), 0
    for row in found:
        group.append(row)
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(group) == MOST_ROWS or characters > MOST_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group
