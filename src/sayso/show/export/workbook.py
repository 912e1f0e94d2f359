"""Readings into a workbook for Excel and its likes: a sheet for each table, and one that explains the columns."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from sayso.errors import InputError
from sayso.show.export.rows import COLUMNS, Column, Table, rows
from sayso.terms import Reading

MOST_ROWS = 1_048_576
LONGEST = 32_767
MOST_NUMBER = 9.99e307
CUT = " … [cut]"
NO_XML = re.compile("[\ufffe\uffff]")
MARKUP = re.compile(r"<r>.*</r>\Z", re.DOTALL)
OPTIONS = {
    "constant_memory": True, "use_zip64": True,
    "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip
ABOUT = ("sheet", "column", "what it is")


class Sink:
    """A stream that, once it is stopped or has failed, swallows what else is written to it."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write to ``stream``."""
        self._stream: BinaryIO | None = stream
        self.failure: OSError | None = None

    def flush(self) -> None:
        """Do nothing: the stream's owner does it."""

    def write(self, data: Any) -> int:
        """Write all of ``data``."""
        try:
            if self._stream is not None:
                self._stream.write(data)
        except OSError as error:
            self.failure = error
            self.stop()
            raise
        return len(data)

    def stop(self) -> None:
        """Let go of the stream: an archive that was left open writes its end when it is thrown away."""
        self._stream = None


class Sheet:
    """A sheet that is filled row by row: bold frozen names of columns, a filter on each."""

    def __init__(self, book: Any, name: str, columns: Sequence[tuple[str, int]]) -> None:
        """Add the sheet to ``book``; ``columns`` are names and widths in characters."""
        self.name = name
        self.written = 0
        self._columns = len(columns)
        self._sheet = book.add_worksheet(name)
        for at, (_, width) in enumerate(columns):
            self._sheet.set_column(at, at, width)
        self._sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for at, (title, _) in enumerate(columns):
            self._sheet.write_string(0, at, title, bold)

    def add(self, values: Iterable[str | float | None]) -> None:
        """Append a row; InputError when the sheet is full."""
        self.written += 1
        if self.written >= MOST_ROWS:
            raise InputError(f"a sheet holds {MOST_ROWS:,} rows, and there are more {self.name}: choose csv or parquet")
        for at, value in enumerate(values):
            if isinstance(value, str):
                self._sheet.write_string(self.written, at, sheet_text(value))
            elif value is not None and abs(value) <= MOST_NUMBER:
                self._sheet.write_number(self.written, at, value)

    def finish(self) -> None:
        """Set the filter over all rows."""
        self._sheet.autofilter(0, 0, self.written, self._columns - 1)


def sheet_text(value: str) -> str:
    """The text as a cell can hold it: cut with a mark where it is too long, without what XML lacks.

    A text that looks like a rich string of the file format gets a blank, or it would be taken for one.
    """
    value = NO_XML.sub("\ufffd", value)
    value += " " if MARKUP.match(value) else ""
    if len(value) > LONGEST // 2 and len(value.encode("utf-16-le")) // 2 > LONGEST:
        room = 2 * (LONGEST - len(CUT))
        value = value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
    return value


def write_workbook(readings: Iterable[Reading], stream: BinaryIO, tables: Sequence[Table]) -> int:
    """Write a sheet for each of the tables; returns how many rows the first one has."""
    with _book(stream) as book:
        sheets = {table: Sheet(book, table, [(c.name, c.width) for c in COLUMNS[table]]) for table in tables}
        for reading in readings:
            for table, sheet in sheets.items():
                for row in rows(reading, table):
                    sheet.add(row.values())
        _explain(book, {table: COLUMNS[table] for table in tables})
        for sheet in sheets.values():
            sheet.finish()
    return sheets[tables[0]].written


def _explain(book: Any, tables: dict[Table, Sequence[Column[Any]]]) -> None:
    """The last sheet: what each column is."""
    sheet = Sheet(book, "columns", list(zip(ABOUT, (14, 18, 80), strict=True)))
    for table, columns in tables.items():
        for column in columns:
            sheet.add((table, column.name, column.what))


@contextmanager
def _book(stream: BinaryIO) -> Iterator[Any]:
    """A workbook that is written when the block ends; its scratch files are gone in any case."""
    sink = Sink(stream)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        book = Workbook(sink, OPTIONS | {"tmpdir": scratch})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise sink.failure or error.args[0] from error
        finally:
            sink.stop()
            book.fileclosed = True
            for sheet in book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
