"""Readings into one file: JSON lines, CSV, Parquet or a workbook."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from sayso.errors import InputError
from sayso.show.export.rows import COLUMNS, Row, Table, rows
from sayso.show.export.utf8 import sound, utf8
from sayso.show.export.whole import opened
from sayso.show.json import reading_to_json
from sayso.terms import Reading, Report

What = Literal["readings", "reports", "attributions", "figures"]
Format = Literal["jsonl", "csv", "parquet", "xlsx"]
Write = Callable[[Iterable[Reading], BinaryIO], int]
Object = dict[str, Any]
FORMATS = ("jsonl", "csv", "parquet", "xlsx")
MARK = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
PLAIN = 1e15


def export(
    readings: Iterable[Reading],
    to: Path | BinaryIO,
    what: What,
    format: Format,
    *,
    overwrite: bool = False,
    bom: bool = False,
) -> int:
    """Write one table of the readings, or the readings whole, and return how many rows or lines that were.

    ``readings`` whole are JSON lines by the contract in docs/cli.md with the report's text as "text", or a workbook
    with a sheet for each table (then the reports are counted). ``reports`` as JSON lines are what ``sayso add`` takes.
    A path is written beside itself and renamed when whole; ``bom`` puts an order mark before a CSV file, for
    spreadsheets that ask for one. InputError says why the file cannot be written so; OSError if the disk is full.
    """
    write = _writer(what, format, bom=bom)
    with opened(to, overwrite=overwrite) as stream:
        return write(readings, stream)


def _writer(what: str, format: str, *, bom: bool) -> Write:
    if format not in FORMATS:
        raise InputError(f"{format!r} is no format to export to: choose one of {', '.join(FORMATS)}")
    if what != "readings" and what not in COLUMNS:
        raise InputError(f"{what!r} cannot be exported: choose readings or one of {', '.join(COLUMNS)}")
    if format == "jsonl":
        return lambda readings, stream: write_lines(_objects(readings, cast("What", what)), stream)
    if format == "xlsx":
        return _sheets(list(COLUMNS) if what == "readings" else [cast("Table", what)])
    if what == "readings":
        raise InputError(f"a {format} file holds one table: choose one of {', '.join(COLUMNS)}, or the format jsonl")
    table = cast("Table", what)
    return _parquet(table) if format == "parquet" else lambda readings, stream: _csv(readings, stream, table, bom=bom)


def _sheets(tables: list[Table]) -> Write:
    from sayso.show.export.workbook import write_workbook

    return lambda readings, stream: write_workbook(readings, stream, tables)


def _parquet(table: Table) -> Write:
    from sayso.show.export.parquet import needed, write_parquet

    needed()
    return lambda readings, stream: write_parquet(readings, stream, table)


def write_lines(objects: Iterable[Object | Row], stream: BinaryIO) -> int:
    """One JSON object a line, in UTF-8; returns how many."""
    count = 0
    for record in objects:
        stream.write(utf8(json.dumps(record, ensure_ascii=False, allow_nan=False)) + b"\n")
        count += 1
    return count


def _objects(readings: Iterable[Reading], what: What) -> Iterator[Object | Row]:
    for reading in map(sound, readings):
        if what == "readings":
            yield reading_to_json(reading) | {"text": reading.report.text}
        elif what == "reports":
            yield report_object(reading.report)
        else:
            yield from rows(reading, what)


def report_object(report: Report) -> Object:
    """The report as the JSON line that ``sayso add`` takes, without what is not known of it."""
    names = ("id", "text", "outlet", "title", "url", "published", "language", "byline", "dateline")
    known = {name: getattr(report, name) for name in (*names, "raw_sha256", "extractor")}
    found = {name: value for name, value in known.items() if value is not None}
    return found | ({"credit": list(report.credit)} if report.credit else {})


class _Encoded:
    """What the csv module writes to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        """Write the line in UTF-8."""
        return self._stream.write(line.encode())


def _csv(readings: Iterable[Reading], stream: BinaryIO, table: Table, *, bom: bool) -> int:
    """RFC 4180: lines end in CR LF, cells with line ends, commas or quotation marks are quoted."""
    stream.write(MARK if bom else b"")
    out, count = csv.writer(_Encoded(stream), lineterminator="\r\n"), 0
    out.writerow(column.name for column in COLUMNS[table])
    for reading in readings:
        for row in rows(reading, table):
            out.writerow(map(csv_cell, row.values()))
            count += 1
    return count


def csv_cell(value: str | float | None) -> str | int | float:
    """The cell as CSV holds it: text that a spreadsheet might run as a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return GUARD + value if value.startswith(FORMULA) else value
    return int(value) if value == int(value) and abs(value) < PLAIN else value
