"""What a shard's documents gave ↔ Parquet: the tables of ``sayso export``, the readings whole, and what was skipped."""

import heapq
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.batch.weighing.tables import WEIGHED
from sayso.record.rows import report_id, storable_report
from sayso.show.export.files import report_object
from sayso.show.export.parquet import write_parquet
from sayso.show.export.rows import Column, Table
from sayso.show.export.utf8 import replaced
from sayso.show.json import reading_from_json, reading_to_json
from sayso.terms import Reading, Report, Skipped

if TYPE_CHECKING:
    import pyarrow as pa

EXPORTED: tuple[Table, ...] = ("reports", "attributions", "figures")
PLACE = Column[Any]("document", int, "the document's place in its shard, from 0", lambda row: row[0])
READ: dict[str, tuple[Column[Any], ...]] = {
    "readings": (
        PLACE,
        Column("report", str, "id of the report", lambda row: row[1]),
        Column("reading", str, "the reading as JSON by docs/cli.md, its report with all that is known of it",
               lambda row: row[2]),
    ),
    "skipped": (
        PLACE,
        Column("where", str, "the document, for a person", lambda row: row[1]),
        Column("reason", str, "why it has no reading; the words follow those for where", lambda row: row[2]),
        Column("report", str, "the report as a JSON line, where it was skipped for its language", lambda row: row[3]),
    ),
}  # fmt: skip
OWN = READ | WEIGHED
TABLES = (*EXPORTED, *READ)
ROWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that is left unread for its language."""

    report: Report
    reason: str


Read = Reading | Unread | Skipped
Cells = tuple[int | str | None, ...]
File = Path | BinaryIO


def prepare() -> None:
    """Load what writing needs."""
    import pyarrow.parquet  # noqa: F401


def tables(found: Sequence[Read]) -> dict[str, bytes]:
    """Each of ``TABLES`` as the bytes of a Parquet file; reports go by the ids that the ledger gives them."""
    kept = [(place, _storable(one)) for place, one in enumerate(found) if isinstance(one, Reading)]
    named = [replace(one, report=replace(one.report, id=report_id(one.report))) for _, one in kept]
    out: dict[str, bytes] = {table: _exported(named, table) for table in EXPORTED}
    whole = [_whole(place, one, by.report.id) for (place, one), by in zip(kept, named, strict=True)]
    out["readings"] = own_table("readings", whole)
    left_out = [_left_out(place, one) for place, one in enumerate(found) if not isinstance(one, Reading)]
    out["skipped"] = own_table("skipped", left_out)
    return out


def skipped_of(one: Unread | Skipped) -> Skipped:
    """The same, without the report."""
    return one if isinstance(one, Skipped) else Skipped(one.report.url or one.report.id, one.reason)


def _storable(reading: Reading) -> Reading:
    return Reading(storable_report(reading.report), reading.attributions, reading.figures)


def _exported(readings: Iterable[Reading], table: Table) -> bytes:
    out = io.BytesIO()
    write_parquet(readings, out, table)
    return out.getvalue()


def _whole(place: int, reading: Reading, id: str) -> Cells:
    report = report_object(reading.report)
    del report["text"]
    return place, id, _dumped(reading_to_json(reading) | {"report": report})


def _left_out(place: int, one: Unread | Skipped) -> Cells:
    told = skipped_of(one)
    report = _dumped(report_object(storable_report(one.report))) if isinstance(one, Unread) else None
    return place, replaced(told.where), replaced(told.reason), report


def _dumped(record: Mapping[str, Any]) -> str:
    return replaced(json.dumps(record, ensure_ascii=False, allow_nan=False))


def own_table(table: str, rows: Sequence[Any]) -> bytes:
    """Rows of one of ``OWN`` as the bytes of a Parquet file."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    columns, out = OWN[table], io.BytesIO()
    records = [{column.name: column.of(row) for column in columns} for row in rows]
    write_table(pa.Table.from_pylist(records, schema=_schema(columns)), out, compression="zstd")
    return out.getvalue()


def _schema(columns: Sequence[Column[Any]]) -> "pa.Schema":
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    return pa.schema([pa.field(c.name, kinds[c.type], metadata={"description": c.what}) for c in columns])


def read_rows(source: File, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, a few at a time."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(source, pre_buffer=False) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(columns)):
            yield from batch.to_pylist()


def found_in_shard(reports: File, readings: File, skipped: File) -> Iterator[Read]:
    """What the documents of a shard gave, in their order, from three of its files."""
    both = heapq.merge(_readings_in(reports, readings), _skipped_in(skipped), key=itemgetter(0))
    return (found for _, found in both)


def _readings_in(reports: File, readings: File) -> Iterator[tuple[int, Read]]:
    texts = read_rows(reports, ["text"])
    for text, row in zip(texts, read_rows(readings, ["document", "reading"]), strict=True):
        record = json.loads(row["reading"])
        record["report"]["credit"] = tuple(record["report"].get("credit", ()))
        yield row["document"], reading_from_json(record, text["text"])


def _skipped_in(path: File) -> Iterator[tuple[int, Read]]:
    for row in read_rows(path, ["document", "where", "reason", "report"]):
        line, reason = row["report"], row["reason"]
        yield row["document"], _unread(line, reason) if line else Skipped(row["where"], reason)


def _unread(line: str, reason: str) -> Unread:
    record = json.loads(line)
    return Unread(Report(**record | {"credit": tuple(record.get("credit", ()))}), reason)
