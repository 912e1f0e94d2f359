"""What databases say of themselves, in words that tell what to do."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.errors import LedgerError
from sayso.record import dialect
from sayso.record.dialect import named
from sayso.record.ledger import Ledger
from tests.record.stories import reading


def test_a_locked_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = str(tmp_path / "ledger.db")
    Ledger(where).close()
    monkeypatch.setattr(dialect, "WAIT_SECONDS", 0.1)
    with Ledger(where) as one, Ledger(where) as two, one.writing():
        with pytest.raises(LedgerError, match="is locked: another program"):
            two.add(reading().report, reading(), "r1")
        assert two.count() == {"reports": 0, "read": 0}, "looking needs no lock"


def fill(ledger: Ledger) -> None:
    for number in range(1, 500):
        ledger.add(reading(number).report, reading(number), "r1")


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        ledger.add(reading(0).report, reading(0), "r1")
        with ledger.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(LedgerError, match="the disk is full; make room"):
            fill(ledger)
        kept = ledger.count()
        assert kept["reports"] == kept["read"] >= 1


def test_a_damaged_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(str(path)) as ledger:
        for number in range(20):
            ledger.add(reading(number).report, reading(number), "r1")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError, match=r"is damaged|is no ledger"), Ledger(str(path)) as ledger:
        list(ledger.readings())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_ledger_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(str(path)).close()
    path.chmod(stat.S_IRUSR)
    with pytest.raises(LedgerError, match="may not be written"), Ledger(str(path)) as ledger:
        ledger.add(reading().report, reading(), "r1")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("attempt to write a readonly database", "may not be written"),
        ("database disk image is malformed", "is damaged"),
        ("file is not a database", "is no ledger"),
        ("unable to open database file", "check that its folder exists"),
        ('FATAL:  database "x" does not exist', "create it with"),
        ("connection failed: Connection refused", "check the address"),
        ('FATAL:  password authentication failed for user "x"', "refuses this user"),
        ("something new\nand more", "failed: something new"),
    ],
)
def test_what_errors_mean(said: str, meant: str) -> None:
    assert meant in dialect.reason(said)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match="cannot be reached"):
        Ledger("postgresql://me:secret@127.0.0.1:1/ledger")


def test_passwords_are_not_shown() -> None:
    assert named("postgresql://me:secret@db.example/ledger") == "postgresql://me:…@db.example/ledger"
