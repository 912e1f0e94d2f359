"""Backups hold everything, whichever kind of database they come from and go to."""

from pathlib import Path

import pytest

from sayso.errors import LedgerError
from sayso.record import search
from sayso.record.backup import backup
from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.record.search import Filters
from tests.record import postgres
from tests.record.stories import reading


def filled(where: str) -> Ledger:
    ledger = Ledger(where)
    for number in range(3):
        ledger.add(reading(number).report, reading(number), "r1")
    return ledger


def holds_all(where: str) -> None:
    with Ledger(where) as copy:
        assert list(copy.readings()) == [reading(number) for number in range(3)]
        assert not [found for found in check(copy) if isinstance(found, Problem)]
        with copy.looking() as connection:
            assert len(search.statements(connection, "families", Filters(measure="displaced")).hits) == 3
        assert copy.add(reading(7).report, reading(7), "r1").new


def test_into_a_file(where: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with filled(where) as ledger:
        backup(ledger, str(tmp_path / "new" / "copy.db"), lambda done, whole: told.append((done, whole)))
    holds_all(str(tmp_path / "new" / "copy.db"))
    assert told[-1][0] == told[-1][1]
    assert [path.name for path in (tmp_path / "new").iterdir() if ".part" in path.name] == []


def test_into_a_server(where: str, server: str) -> None:
    to = postgres.new_database(server)
    with filled(where) as ledger:
        backup(ledger, to)
    holds_all(to)
    postgres.drop_database(server, to)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with filled(str(tmp_path / "ledger.db")) as ledger:
        with pytest.raises(LedgerError, match="exists already"):
            backup(ledger, str(there))
        assert there.read_text() == "precious"


def test_a_backup_while_somebody_writes(tmp_path: Path) -> None:
    with (
        filled(str(tmp_path / "ledger.db")) as ledger,
        ledger.writing(),
        Ledger(ledger.where, readonly=True) as looking,
    ):
        backup(looking, str(tmp_path / "copy.db"))
    holds_all(str(tmp_path / "copy.db"))
