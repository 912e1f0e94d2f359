import csv
import dataclasses
import errno
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.records import report_of
from sayso.show.export import parquet, workbook
from sayso.show.export.files import Format, What, csv_cell, export
from sayso.show.export.rows import COLUMNS, Table, rows
from sayso.show.export.utf8 import sound
from sayso.show.export.workbook import CUT, LONGEST, MOST_NUMBER, sheet_text
from sayso.show.json import reading_from_json
from sayso.terms import Figure, Reading, Report, Span
from tests.show.export.examples import LETTERS, example, readings

TABLES: tuple[Table, ...] = ("reports", "attributions", "figures")
HOLDS: list[tuple[What, Format]] = [
    ("readings", "jsonl"), ("reports", "jsonl"), ("attributions", "jsonl"), ("figures", "jsonl"), ("reports", "csv"),
    ("attributions", "csv"), ("figures", "csv"), ("reports", "parquet"), ("attributions", "parquet"),
    ("figures", "parquet"), ("readings", "xlsx"), ("reports", "xlsx"), ("attributions", "xlsx"), ("figures", "xlsx"),
]  # fmt: skip
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def exported(found: list[Reading], what: What, format: Format, *, bom: bool = False) -> bytes:
    stream = io.BytesIO()
    export(found, stream, what, format, bom=bom)
    return stream.getvalue()


def objects(data: bytes) -> list[Any]:
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def sheets(data: bytes) -> dict[str, list[dict[int, str | float]]]:
    """The sheets of a workbook by name: rows of cells by column, read as plain XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        names = [str(sheet.get("name")) for sheet in _xml(book, "workbook").iter(f"{MAIN}sheet")]
        parts = [_xml(book, f"worksheets/sheet{number}") for number in range(1, len(names) + 1)]
    return {
        name: [dict(map(_cell, row)) for row in part.iter(f"{MAIN}row")]
        for name, part in zip(names, parts, strict=True)
    }


def _xml(book: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(book.read(f"xl/{part}.xml"))  # noqa: S314 - it is our own


def _cell(cell: ET.Element) -> tuple[int, str | float]:
    letters = re.sub(r"\d", "", str(cell.get("r")))
    column = sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(letters))) - 1
    if cell.get("t") == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        return column, ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return column, float(str(cell.findtext(f"{MAIN}v")))


@given(st.lists(readings(), max_size=3))
def test_reports_come_back_as_input(found: list[Reading]) -> None:
    lines = exported(found, "reports", "jsonl").decode().split("\n")[:-1]
    fields = ("id", "text", "outlet", "title", "url", "published", "language", "byline", "dateline", "text_sha256")
    for line, reading in zip(lines, map(sound, found), strict=True):
        wanted = {name: getattr(reading.report, name) or None for name in fields}
        back = report_of(line)
        assert {name: getattr(back, name) or None for name in fields} == wanted
        assert back.credit == tuple(filter(None, reading.report.credit))


@given(st.lists(readings(), max_size=3))
def test_readings_come_back_whole(found: list[Reading]) -> None:
    for line, reading in zip(objects(exported(found, "readings", "jsonl")), map(sound, found), strict=True):
        back = reading_from_json(line, line["text"])
        assert (back.report.text, line["report"]["text_sha256"]) == (reading.report.text, reading.report.text_sha256)
        assert [a.content.spans for a in back.attributions] == [a.content.spans for a in reading.attributions]
        assert [f.span for f in back.figures] == [f.span for f in reading.figures]


def test_a_line_has_what_is_known() -> None:
    report = Report("It rained.", "r", credit=("Meridian",), byline="Ida Roth", extractor="plain 1")
    (line,) = objects(exported([Reading(report)], "reports", "jsonl"))
    assert line == {
        "id": "r", "text": "It rained.", "credit": ["Meridian"], "byline": "Ida Roth", "extractor": "plain 1",
    }  # fmt: skip


@given(readings(), st.sampled_from(TABLES))
def test_rows_as_lines(reading: Reading, table: Table) -> None:
    if table != "reports":
        assert objects(exported([reading], table, "jsonl")) == list(rows(reading, table))


@given(st.lists(readings(), max_size=2), st.sampled_from(TABLES))
def test_csv_comes_back_cell_by_cell(found: list[Reading], table: Table) -> None:
    data = exported(found, table, "csv")
    wanted = [row for reading in found for row in rows(reading, table)]
    header, *lines = cells(data)
    assert header == [column.name for column in COLUMNS[table]]
    assert lines == [[str(csv_cell(value)) for value in row.values()] for row in wanted]


def test_csv_lines_end_as_the_standard_says_and_the_order_mark_is_asked_for() -> None:
    data = exported([example()], "reports", "csv", bom=True)
    assert data.startswith(b"\xef\xbb\xbfid,")
    assert data.endswith(b"\r\n")
    assert not exported([example()], "reports", "csv").startswith(b"\xef")


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 degrees", "@import", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert csv_cell(text) == "'" + text
    row = cells(exported([Reading(Report(text, "r"))], "reports", "csv"))[1]
    assert row[-1] == "'" + text


def test_numbers_are_not_guarded() -> None:
    figure = Figure("f1", Span(0, 2), "-5", -5.0, -5.5, 1e300, "exact", "money")
    row = dict(zip(*cells(exported([Reading(Report("-5"), (), (figure,))], "figures", "csv")), strict=True))
    assert (row["value"], row["low"], row["high"], row["text"]) == ("-5", "-5.5", "1e+300", "'-5")


@given(st.lists(readings(), max_size=2), st.sampled_from(TABLES))
def test_parquet_comes_back(found: list[Reading], table: Table) -> None:
    back = pq.read_table(io.BytesIO(exported(found, table, "parquet")))
    assert back.to_pylist() == [row for reading in found for row in rows(reading, table)]
    assert back.schema.names == [column.name for column in COLUMNS[table]]


def test_parquet_is_written_in_groups_and_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MOST_ROWS", 2)
    file = pq.ParquetFile(io.BytesIO(exported([example()] * 3, "attributions", "parquet")))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2, 2, 2, 2, 1]
    assert file.schema_arrow.field("naming").metadata == {b"description": b"named, unnamed or unsourced"}


def test_heavy_rows_make_groups_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MOST_CHARACTERS", 1_000)
    found = [Reading(Report("x" * 600, str(n))) for n in range(4)]
    assert pq.ParquetFile(io.BytesIO(exported(found, "reports", "parquet"))).num_row_groups == 2


def test_without_pyarrow_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'sayso\[parquet\]'"):
        export([], tmp_path / "out.parquet", "reports", "parquet")
    assert not list(tmp_path.iterdir())


def _in_sheet(value: str | float | None) -> str | float | None:
    """A spreadsheet keeps sixteen digits, and nothing above 10^308."""
    if value is None or isinstance(value, str):
        return None if value is None else sheet_text(value)
    return float(f"{value:.16G}") if abs(value) <= MOST_NUMBER else None


@given(st.lists(readings(), max_size=2))
def test_a_workbook_comes_back_cell_by_cell(found: list[Reading]) -> None:
    back = sheets(exported(found, "readings", "xlsx"))
    assert list(back) == [*TABLES, "columns"]
    for table in TABLES:
        header, *lines = back[table] if back[table] else [{}]
        wanted = [list(row.values()) for reading in found for row in rows(reading, table)]
        assert list(header.values()) == [column.name for column in COLUMNS[table]]
        assert lines == [
            {at: as_sheet for at, value in enumerate(row) if (as_sheet := _in_sheet(value)) is not None}
            for row in wanted
        ]  # fmt: skip


def test_a_workbook_has_its_looks_and_no_links_or_formulas() -> None:
    data = exported([Reading(Report("=HYPERLINK(1)", "r", url="https://gazette.example/1"))], "reports", "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<autoFilter ref="A1:N2"/>' in sheet
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "<b/>" in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").decode()
    assert sheets(data)["reports"][1][13] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "😀" * 20_000, "<r>" + "x" * (LONGEST - 7) + "</r>", "x" + "😀" * 16_383, "a\x00_x0041_\r\n"]
)
def test_cells_that_are_too_long_are_cut_with_a_mark(text: str) -> None:
    cell = str(sheets(exported([Reading(Report(text))], "reports", "xlsx"))["reports"][1][13])
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    whole = len(text.encode("utf-16-le")) // 2 <= LONGEST and not text.startswith("<r>")
    assert cell == text if whole else cell.endswith(CUT) and text.startswith(cell.removesuffix(CUT))


def test_text_that_looks_like_the_file_s_own_markup_stays_text() -> None:
    text = "<r><t>x</t></r>"
    assert str(sheets(exported([Reading(Report(text))], "reports", "xlsx"))["reports"][1][13]).strip() == text


def test_too_many_rows_for_a_sheet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 61)
    assert export([example()] * 20, tmp_path / "a.xlsx", "attributions", "xlsx") == 60
    with pytest.raises(InputError, match="more attributions: choose csv or parquet"):
        export([example()] * 21, tmp_path / "b.xlsx", "attributions", "xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(("what", "format"), HOLDS)
def test_a_file_is_what_a_stream_gets(tmp_path: Path, what: What, format: Format) -> None:
    count = export([example()] * 2, tmp_path / "out", what, format)
    assert count == 2 * {"readings": 1, "reports": 1, "attributions": 3, "figures": 2}[what]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    if format != "xlsx":  # a workbook says when it was made
        assert (tmp_path / "out").read_bytes() == exported([example()] * 2, what, format)


@pytest.mark.parametrize(("what", "format"), HOLDS)
def test_nothing_half_written_stays(tmp_path: Path, what: What, format: Format) -> None:
    def failing() -> Iterator[Reading]:
        yield example()
        raise KeyboardInterrupt

    (tmp_path / "out").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        export(failing(), tmp_path / "out", what, format, overwrite=True)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


class Full(io.RawIOBase):
    """A disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(data)


@pytest.mark.parametrize("room", [0, 3, 700])
@pytest.mark.parametrize(("what", "format"), HOLDS)
def test_a_full_disk_is_an_os_error(what: What, format: Format, room: int) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        export([example()] * 40, cast("BinaryIO", Full(room)), what, format)
    assert caught.value.errno == errno.ENOSPC


def test_a_full_scratch_disk_is_an_os_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Broken(xlsxwriter.Workbook):  # type: ignore[misc]
        def _store_workbook(self) -> None:
            super()._store_workbook()
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workbook, "Workbook", Broken)
    with pytest.raises(OSError, match="No space left"):
        export([example()], tmp_path / "out.xlsx", "readings", "xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_is_written_directly() -> None:
    assert export([example()], Path(os.devnull), "figures", "csv") == 2
    with pytest.raises(OSError, match="No space left"):
        export([example()], Path("/dev/full"), "figures", "csv")


@pytest.mark.parametrize(
    ("what", "format"), [("readings", "csv"), ("readings", "parquet"), ("readings", "ods"), ("x", "csv")]
)
def test_what_no_file_holds_is_refused_before_anything_is_written(tmp_path: Path, what: str, format: str) -> None:
    with pytest.raises(InputError, match="choose"):
        export([example()], tmp_path / "out", cast("What", what), cast("Format", format))
    assert not list(tmp_path.iterdir())


def test_nothing_to_export_gives_an_empty_table() -> None:
    assert cells(exported([], "figures", "csv")) == [[column.name for column in COLUMNS["figures"]]]
    assert pq.read_table(io.BytesIO(exported([], "figures", "parquet"))).num_rows == 0
    assert len(sheets(exported([], "readings", "xlsx"))["figures"]) == 1
    assert exported([], "readings", "jsonl") == b""


@given(LETTERS)
def test_any_title_stays_one_cell(title: str) -> None:
    reading = dataclasses.replace(example(), report=Report("It rained.", "r", title=title))
    assert len(cells(exported([reading], "reports", "csv"))) == 2
