"""Tables with one report a row: CSV and Parquet."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.errors import InputError
from sayso.ingest.columns import columns_of, has_text, row_report
from sayso.ingest.decoding import decoded_lines
from sayso.ingest.records import BLANK, LARGEST, hash_of
from sayso.ingest.streams import peekable
from sayso.terms import Report, Skipped

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

Row = dict[str, Any]

DELIMITERS = ",;\t|"
SEPARATOR_LINE = re.compile(r"(?i)sep=.")
ROWS_AT_ONCE = 64
BUFFER = 1024 * 1024
ERRORS = {
    "field larger": f"has a cell of more than {LARGEST // 2**20} MiB: split it, or close its quotation marks",
    "unexpected end": "has a quotation mark that is never closed: what follows it is not read",
    "new-line character": "has a bare carriage return outside quotation marks: save the table anew",
    "expected after": "has a quotation mark within a cell: write it twice, as CSV wants",
}


class BadLineError(InputError):
    """A line that is no text; the next one may be."""


class Lines:
    """The lines of a stream, for csv to read, and those that it read since it was last asked."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = decoded_lines(peekable(stream))
        self._taken: list[str] = []
        self._again: list[str] = []

    def __iter__(self) -> "Lines":
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line; BadLineError if it is no text."""
        line = self._again.pop() if self._again else next(self._lines)
        if isinstance(line, InputError):
            raise BadLineError(str(line))
        self._taken.append(line)
        return line

    def taken(self) -> str:
        """What was read since the last call."""
        text = "".join(self._taken)
        self._taken.clear()
        return text

    def first(self) -> str:
        """The first line that is not blank, which is read again; InputError if there is none."""
        for line in self:
            if line.strip(BLANK) and not SEPARATOR_LINE.fullmatch(line.strip(BLANK)):
                self._again.append(line)
                return line
        raise InputError("is empty")


def csv_reports(stream: BinaryIO, where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each row; rows are counted as a spreadsheet does, the header being row 1.

    Commas, semicolons, tabs or bars part the columns. InputError if no column holds the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    for number, found in enumerate(_csv_rows(Lines(stream)), 2):
        if found is not None:
            yield _report_or_reason(found, f"{where}, row {number}")


def _csv_rows(lines: Lines) -> Iterator[tuple[Row, str | None] | InputError | None]:
    """Each row by field with its own characters, or what is wrong with it; None for a blank one."""
    rows = csv.reader(lines, delimiter=_delimiter(lines.first()), strict=True)
    names = _header(rows)
    places = {field: names.index(name) for field, name in columns_of(names).items()}
    while True:
        lines.taken()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield InputError(_why(error))
        except BadLineError as error:
            yield error
        else:
            yield _row(cells, places, len(names), lines.taken())


def _row(cells: list[str], places: dict[str, int], width: int, raw: str) -> tuple[Row, str | None] | InputError | None:
    if not any(cell.strip(BLANK) for cell in cells):
        return None
    if any(cell.strip(BLANK) for cell in cells[width:]):
        return InputError(f"has {len(cells)} cells where the header has {width}: put quotation marks around the text")
    row = {field: cells[place] for field, place in places.items() if place < len(cells)}
    return row, hash_of(raw.rstrip("\r\n"))


def _report_or_reason(found: tuple[Row, str | None] | InputError, where: str) -> Report | Skipped:
    try:
        if isinstance(found, InputError):
            raise found
        return row_report(*found)
    except InputError as error:
        return Skipped(where, str(error))


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        return next(rows)
    except csv.Error as error:
        raise InputError(f"has a first row that {_why(error)}") from error


def _delimiter(line: str) -> str:
    """What parts the columns of the header: what leaves one for the text, then what leaves the most."""

    def fit(delimiter: str) -> tuple[bool, int]:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            names = []
        return has_text(names), len(names)

    return max(DELIMITERS, key=fit)


def _why(error: csv.Error) -> str:
    known = next((reason for start, reason in ERRORS.items() if start in str(error)), None)
    return known or f"is no CSV ({error}): write the table anew"


def parquet_reports(path: Path, where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each row of a Parquet file, counted from 1.

    InputError if no column holds the text, if the file is damaged, or if pyarrow is not installed.
    """
    for number, row in enumerate(_parquet_rows(path), 1):
        yield _report_or_reason((row, None), f"{where}, row {number}")


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise InputError("is a Parquet file, which needs one more package: pip install 'sayso[parquet]'") from error
    try:
        with closing(ParquetFile(path, pre_buffer=False, buffer_size=BUFFER)) as file:
            yield from _rows_of(file)
    except (pa.ArrowException, ValueError, OverflowError, OSError) as error:
        if getattr(error, "errno", None) is not None:
            raise
        raise InputError("is damaged, or no Parquet file: fetch it again, or write it anew") from error


def _rows_of(file: "ParquetFile") -> Iterator[Row]:
    fields = columns_of(file.schema_arrow.names)
    for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(fields.values())):
        columns = {field: _values(batch.column(name)) for field, name in fields.items()}
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True))


def _values(column: "Array") -> list[Any]:
    """The column's values; times no finer than Python's."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values
