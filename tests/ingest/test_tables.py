import builtins
import contextlib
import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import records
from sayso.ingest.columns import columns_of
from sayso.ingest.tables import csv_reports, parquet_reports
from sayso.terms import Report, Skipped

TEXT = "The mayor, Petra Lund, said that “the bridge” would be rebuilt."
cell = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def read(data: str | bytes) -> list[Report | Skipped]:
    return list(csv_reports(io.BytesIO(data.encode() if isinstance(data, str) else data), "table"))


def only(data: str | bytes) -> Report:
    (report,) = read(data)
    assert isinstance(report, Report), report
    return report


def reasons(items: list[Report | Skipped]) -> dict[str, str]:
    return {item.where: item.reason for item in items if isinstance(item, Skipped)}


def test_columns_by_the_names_of_the_contract() -> None:
    report = only(
        "id,text,outlet,title,url,published,language,byline,dateline,credit\n"
        f'7,"{TEXT}",Orrin Post,Bridge,https://orrin.example/b,2031-05-04,en,Jan Orr,"ORRIN, May 4",Meridian;Volta\n'
    )
    assert report == Report(
        TEXT, "7", "Orrin Post", "Bridge", "https://orrin.example/b", "2031-05-04", "en", "Jan Orr", "ORRIN, May 4",
        ("Meridian", "Volta"), report.raw_sha256,
    )  # fmt: skip


@pytest.mark.parametrize(
    "header", ["Headline,BODY,Source,Link,Date", "headline, Content ,publisher,permalink,Publish-Date"]
)
def test_columns_by_common_names(header: str) -> None:
    report = only(f"{header}\nBridge,It rained.,Orrin Post,https://o.example,2031-05-04T09:30:00Z\n")
    assert (report.title, report.text, report.outlet, report.url, report.published) == (
        "Bridge", "It rained.", "Orrin Post", "https://o.example", "2031-05-04T09:30:00+00:00",
    )  # fmt: skip


def test_the_contracts_own_name_comes_first() -> None:
    assert columns_of(["content", "Text", "source", "outlet"]) == {"text": "Text", "outlet": "outlet"}


def test_a_table_without_a_text_names_its_columns() -> None:
    with pytest.raises(InputError, match='no column with the text, only "id", "summary": name one of them "text"'):
        read("id,summary\n1,x\n")
    with pytest.raises(InputError, match="and 30 more"):
        read(",".join(f"c{n}" for n in range(50)))
    with pytest.raises(InputError, match="is empty"):
        read("\ufeff\n \n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    rows = f'"id"{delimiter}"text"\r\n1{delimiter}"One, two; three\tfour|five\r\n\r\n“six”"\r\n'
    assert only(rows.encode(encoding)).text == "One, two; three\tfour|five\r\n\r\n“six”"


def test_the_line_that_spreadsheets_write_about_the_delimiter() -> None:
    assert only("sep=;\r\ntitle;text\r\nBridge;It rained.\r\n").title == "Bridge"


def test_bad_rows_are_named_and_the_others_are_read() -> None:
    items = read('text,title\ngood,1\n,2\n"a "b",3\na,b,c,d\n\nlast,5\n"open,6\n')
    assert [item.text for item in items if isinstance(item, Report)] == ["good", "last"]
    found = reasons(items)
    assert list(found) == [f"table, row {n}" for n in (3, 4, 5, 8)]
    assert found["table, row 3"] == "has no text"
    assert "write it twice" in found["table, row 4"]
    assert "has 4 cells where the header has 2" in found["table, row 5"]
    assert "never closed" in found["table, row 8"]


def test_a_row_in_binary_is_named() -> None:
    items = read(b"text\ngood\n\x01\x02\x03\x04\nlast\n")
    assert list(reasons(items)) == ["table, row 3"]
    assert len(items) == 3


def test_huge_cells_are_read_and_too_huge_ones_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(only(f"text\n{'x' * 500_000}\n").text) == 500_000
    monkeypatch.setattr(records, "LARGEST", 1000)
    assert "split it into reports" in reasons(read(f"text\n{'x' * 1001}\n"))["table, row 2"]


def test_rows_have_hashes_of_their_own() -> None:
    first, second = read("text,title\nIt rained.,1\nIt rained.,2\n")
    again, _ = read("text,title\nIt rained.,1\nSo.,3\n")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert isinstance(again, Report)
    assert first.raw_sha256 == again.raw_sha256 != second.raw_sha256


@pytest.mark.parametrize(
    ("given_date", "expected"),
    [("May 4, 2031", "2031-05-04"), ("2031", "2031"), ("2031-05", "2031-05"), ("2031-05-04 00:00:00", "2031-05-04"),
     ("04/05/2031", None), ("yesterday", None), ("", None), ("1935824400", "2031-05-06T09:00:00+00:00")],
)  # fmt: skip
def test_dates_that_can_be_made_out(given_date: str, expected: str | None) -> None:
    assert only(f'text,date\nx,"{given_date}"\n').published == expected


def test_a_table_is_not_read_ahead() -> None:
    def lines() -> Iterator[bytes]:
        yield b"text\n"
        while True:
            yield b"It rained.\n" * 100

    class Endless(io.RawIOBase):
        source = lines()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            some = next(self.source)
            buffer[: len(some)] = some
            return len(some)

    assert isinstance(next(csv_reports(io.BufferedReader(Endless()), "table")), Report)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_csv_writes_comes_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("text", "title"), *rows])
    found = [item.text for item in read(out.getvalue()) if isinstance(item, Report)]
    assert found == [text for text, _ in rows if text.strip("\ufeff \t")]


@given(st.binary(max_size=200))
def test_any_bytes_give_reports_or_reasons(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert all(isinstance(item, Report | Skipped) for item in read(b"id,text\n" + data))


def parquet(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_parquet_rows(tmp_path: Path) -> None:
    columns = {
        "Content": [TEXT, None, "last"], "source": ["Orrin Post", "x", None], "id": [7, 8, 9],
        "date": [datetime.fromisoformat("2031-05-04"), None, datetime.fromisoformat("2031-05-04T09:30")],
        "authors": [["Jan Orr", "Zoë Lund"], [], None],
    }  # fmt: skip
    first, second, last = parquet_reports(parquet(tmp_path / "a.parquet", columns), "table")
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert (first.text, first.outlet, first.id, first.published, first.byline) == (
        TEXT, "Orrin Post", "7", "2031-05-04", "Jan Orr, Zoë Lund",
    )  # fmt: skip
    assert second == Skipped("table, row 2", "has no text")
    assert (last.published, last.outlet) == ("2031-05-04T09:30:00", None)
    assert first.raw_sha256 != last.raw_sha256


def test_parquet_in_many_groups_is_read_in_order(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"text": [str(n) for n in range(1000)], "x": [0] * 1000}, row_group_size=90)
    assert [item.text for item in parquet_reports(path, "t") if isinstance(item, Report)] == [
        str(n) for n in range(1000)
    ]


def test_parquet_of_other_kinds_of_columns(tmp_path: Path) -> None:
    fine = pa.array([1_936_000_000_000_000_001], pa.timestamp("ns", "UTC"))
    (report,) = parquet_reports(parquet(tmp_path / "c.parquet", {"text": ["a"], "timestamp": fine}), "t")
    assert isinstance(report, Report)
    assert report.published == "2031-05-08T09:46:40+00:00"
    columns = {"text": pa.array(["a", "b"]).dictionary_encode(), "published": [date(2031, 5, 4), date(2031, 5, 5)]}
    found = parquet_reports(parquet(tmp_path / "a.parquet", columns), "t")
    assert [item.published for item in found if isinstance(item, Report)] == ["2031-05-04", "2031-05-05"]
    (skipped,) = parquet_reports(parquet(tmp_path / "b.parquet", {"text": [b"bytes"]}), "t")
    assert isinstance(skipped, Skipped)
    assert "as strings" in skipped.reason


def test_parquet_that_cannot_be_read(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "a.parquet", {"text": ["It rained."] * 50}).read_bytes()
    for name, data in (
        ("cut", whole[:-20]),
        ("not", b"It rained."),
        ("damaged", whole[:10] + b"xxxx" * 9 + whole[46:]),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match="is damaged, or no Parquet file"):
            list(parquet_reports(tmp_path / name, "t"))
    with pytest.raises(InputError, match='only "summary"'):
        list(parquet_reports(parquet(tmp_path / "b.parquet", {"summary": ["x"]}), "t"))


def test_parquet_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    for name in [name for name in sys.modules if name.startswith("pyarrow")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(InputError, match=r"pip install 'sayso\[parquet\]'"):
        list(parquet_reports(tmp_path / "a.parquet", "t"))
