"""What is written is what was found, and comes back as it was."""

import io
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from sayso.batch.tables import EXPORTED, TABLES, Read, Unread, found_in_shard, skipped_of, tables
from sayso.record.rows import report_id, storable_report
from sayso.show.export.parquet import schema
from sayso.terms import Reading, Report, Skipped
from tests.strategies import ANY_TEXT, readings, texts

REPORTS = st.builds(
    Report, texts(), texts(), outlet=st.none() | texts(), byline=st.none() | texts(), credit=st.tuples(texts(), texts())
)
FOUND = st.lists(
    readings() | st.builds(Unread, REPORTS, texts()) | st.builds(Skipped, texts(), texts()), max_size=5
)  # fmt: skip


def back(found: Sequence[Read], folder: Path) -> list[Read]:
    for table, data in tables(found).items():
        (folder / table).write_bytes(data)
    return list(found_in_shard(folder / "reports", folder / "readings", folder / "skipped"))


@given(FOUND)
def test_what_was_found_comes_back_in_order(tmp_path_factory: object, found: list[Read]) -> None:
    folder = tmp_path_factory.mktemp("shard")  # type: ignore[attr-defined]
    assert back(found, folder) == found


@given(FOUND)
def test_the_bytes_depend_on_nothing_but_what_was_found(found: list[Read]) -> None:
    assert tables(found) == tables(list(found))


def test_the_tables_are_those_of_export_and_two_more() -> None:
    empty = tables([])
    assert tuple(empty) == TABLES
    for table in EXPORTED:
        assert pq.read_schema(io.BytesIO(empty[table])).equals(schema(table), check_metadata=False)
    assert all(pq.read_table(io.BytesIO(data)).num_rows == 0 for data in empty.values())


def test_reports_go_by_the_ids_of_the_ledger_and_keep_their_names_in_the_reading(tmp_path: Path) -> None:
    report = Report("She said so.", "a", outlet="Vell Wire")
    (kept,) = back([Reading(report)], tmp_path)
    assert isinstance(kept, Reading)
    assert kept.report.id == "a"
    ids = {
        pq.read_table(tmp_path / "reports")["id"][0].as_py(),
        pq.read_table(tmp_path / "readings")["report"][0].as_py(),
    }
    assert ids == {report_id(report)}


@given(ANY_TEXT, ANY_TEXT)
def test_what_no_file_can_hold_is_replaced_as_the_ledger_does(tmp_path_factory: object, text: str, reason: str) -> None:
    folder = tmp_path_factory.mktemp("shard")  # type: ignore[attr-defined]
    report = Report(text, "a", outlet=text)
    found = back([Reading(report), Unread(report, reason), Skipped(text, reason)], folder)
    assert isinstance(found[0], Reading)
    assert found[0].report == storable_report(report)
    assert [type(one) for one in found] == [Reading, Unread, Skipped]


def test_an_unread_report_is_named_by_its_address_else_its_name() -> None:
    assert skipped_of(Unread(Report("Dit-il.", "a", url="https://orrin.example/a"), "is in French")).where.endswith(
        "/a"
    )
    assert skipped_of(Unread(Report("Dit-il.", "a"), "is in French")) == Skipped("a", "is in French")
