"""The contract of the ledger, on every back end."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import literal_column, select, table, text

from sayso.errors import LedgerError
from sayso.record.ledger import Ledger
from sayso.terms import Attribution, Phrase, Reading, Report, Span, Speaker
from tests.strategies import readings

NUMBERS = itertools.count()
STORY = (
    "SARENNA — Two people were hurt when a roof fell in, the fire service said on Friday. “Nobody was inside,” "
    "Captain Ilva Dorn told Radio Orrin. The owner of the mill, who lives abroad, could not be reached for comment."
)


def phrase(words: str) -> Phrase:
    start = STORY.index(words)
    return Phrase.of(STORY, (Span(start, start + len(words)),))


SAID = Attribution(
    "a1", None, phrase("the fire service"), phrase("said"), phrase("Two people were hurt when a roof fell in"),
    speaker=Speaker("Fire Service", "named", "organization"), relays=("Radio Orrin",),
)  # fmt: skip


def story(name: str = "", **known: str) -> Reading:
    return Reading(Report(STORY, name, **known), (SAID,))  # type: ignore[arg-type]


def test_what_goes_in_comes_out(where: str) -> None:
    reading = story(
        "mill", outlet="Orrin Post", title="Roof falls in", published="2031-05", url="http://post.example/1"
    )
    with Ledger(where) as ledger:
        added = ledger.add(reading.report, reading, "r1")
        assert added.new
        assert ledger.report(added.id) == ledger.report("mill") == reading.report
        assert ledger.reading(added.id) == reading
        assert list(ledger.readings()) == [reading]
        assert ledger.count() == {"reports": 1, "read": 1}
    with Ledger(where) as again:
        assert again.reading("mill") == reading


def test_adding_twice_changes_nothing(where: str) -> None:
    reading = story("mill")
    with Ledger(where) as ledger:
        first = ledger.add(reading.report, reading, "r1")
        second = ledger.add(reading.report, reading, "r2")
        assert (second.id, second.new) == (first.id, False)
        assert ledger.find(reading.report) is not None
        assert ledger.count() == {"reports": 1, "read": 1}


def test_the_same_words_by_another_outlet_are_another_report_and_linked(where: str) -> None:
    with Ledger(where) as ledger:
        one, two = (story(outlet=outlet) for outlet in ("Orrin Post", "Vell Courier"))
        first = ledger.add(one.report, one, "r1")
        second = ledger.add(two.report, two, "r1")
        assert second.new
        assert second.copies == (first.id,)
        assert ledger.copies(first.id) == [(second.id, 1.0)]


def test_the_same_bytes_by_a_newer_extractor_are_no_new_report(where: str) -> None:
    report = Report(STORY, "page", raw_sha256="0" * 64, extractor="extractor 1")
    newer = replace(report, text=STORY.replace("—", "-"), extractor="extractor 2")
    with Ledger(where) as ledger:
        first = ledger.add(report, None, "r1")
        assert ledger.add(newer, None, "r1") == replace(first, new=False)


def test_a_report_without_a_reading_keeps_the_reason(where: str) -> None:
    with Ledger(where) as ledger:
        added = ledger.add(Report("Deux personnes ont été blessées."), None, "r1", "is in French (fr)")
        assert ledger.reading(added.id) is None
        assert ledger.count() == {"reports": 1, "read": 0}
        reading = Reading(Report("Deux personnes ont été blessées."))
        ledger.add(reading.report, reading, "r2")
        assert ledger.reading(added.id) == reading


def test_code_points_that_no_database_takes_are_replaced_one_for_one(where: str) -> None:
    with Ledger(where) as ledger:
        added = ledger.add(Report("a\x00b\ud800c", title="\x00"), None, "r1")
        report = ledger.report(added.id)
        assert report is not None
        assert (report.text, report.title) == ("a\ufffdb\ufffdc", "\ufffd")
        assert not ledger.add(Report("a\x00b\ud800c", title="\x00"), None, "r1").new


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(reading=readings())
def test_any_reading_comes_back_as_it_was(where: str, reading: Reading) -> None:
    with Ledger(where) as ledger:
        named = replace(reading, report=replace(reading.report, id=f"report {next(NUMBERS)}"))
        added = ledger.add(named.report, named, "r1")
        assert ledger.reading(added.id) == named


def test_a_newer_ledger_is_refused(where: str) -> None:
    with Ledger(where) as ledger, ledger.writing() as connection:
        connection.execute(text("UPDATE about SET value = '999' WHERE name = 'schema'"))
    with pytest.raises(LedgerError, match="newer Sayso"):
        Ledger(where)


def test_a_database_with_other_tables_is_refused(where: str) -> None:
    with Ledger(where) as ledger, ledger.writing() as connection:
        connection.execute(text("DELETE FROM about"))
    with pytest.raises(LedgerError, match="no ledger's"):
        Ledger(where)


def test_views_show_words(where: str) -> None:
    reading = story("mill", outlet="Orrin Post")
    with Ledger(where) as ledger:
        ledger.add(reading.report, reading, "r1")
        with ledger.looking() as connection:
            row = connection.execute(text("SELECT speaker, source, cue, content FROM statements")).one()
            assert tuple(row) == ("Fire Service", "the fire service", "said", SAID.content.text)
            for view in ("counted", "sources", "outlets", "withdrawn_judgements"):
                connection.execute(select(literal_column("1")).select_from(table(view)))


def test_looking_only_changes_nothing(tmp_path: Path) -> None:
    where = str(tmp_path / "ledger.db")
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger(where, readonly=True)
    Ledger(where).close()
    with Ledger(where, readonly=True) as ledger, pytest.raises(LedgerError, match="to look only"):
        ledger.add(Report(STORY), None, "r1")


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a ledger at all, only notes that somebody took\n" * 50)
    with pytest.raises(LedgerError, match="is no ledger"):
        Ledger(str(other))
    assert other.read_text().startswith("not a ledger")


@pytest.mark.parametrize("where", ["mysql://user:secret@host/x", "file:///etc/passwd"])
def test_other_databases_are_refused(where: str) -> None:
    with pytest.raises(LedgerError, match="is no ledger") as refused:
        Ledger(where)
    assert "secret" not in str(refused.value)
