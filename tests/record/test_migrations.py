"""Ledgers of every released version open in this one; steps are taken whole or not at all."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from sayso.record import migrations, search
from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.record.schema import VERSION, about, reports
from sayso.record.search import Filters
from sayso.weighing import refresh
from tests.record.stories import reading
from tests.weighing.made import assert_whole

RELEASED = sorted((Path(__file__).parent / "released").glob("*.db.gz"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    where = tmp_path / "ledger.db"
    where.write_bytes(gzip.decompress(request.param.read_bytes()))
    with Ledger(str(where)) as ledger:
        yield ledger


def test_there_is_a_ledger_of_every_version() -> None:
    assert [path.name for path in RELEASED] == [f"{version}.db.gz" for version in range(1, VERSION + 1)]


def test_a_released_ledger_is_brought_forward(released: Ledger) -> None:
    assert list(released.readings()) == [reading(number) for number in range(3)]
    assert not [found for found in check(released) if isinstance(found, Problem)]
    assert len(released.judgements()) == 1
    with released.looking() as connection:
        assert len(search.statements(connection, "families", Filters(measure="displaced")).hits) == 3
    refresh(released)
    assert_whole(released)
    assert released.add(reading(7).report, reading(7), "r1").new


def widen(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE reports ADD COLUMN mood TEXT"))


def fail(connection: Connection) -> None:
    widen(connection)
    raise RuntimeError("half-way")


def version(ledger: Ledger) -> str | None:
    with ledger.looking() as connection:
        return connection.execute(select(about.c.value).where(about.c.name == "schema")).scalar()


def test_a_step_is_taken(where: str) -> None:
    with Ledger(where) as ledger:
        ledger.add(reading().report, reading(), "r1")
        with ledger.writing() as connection:
            migrations.bring_forward(connection, {VERSION: widen}, newest=VERSION + 1)
        assert version(ledger) == str(VERSION + 1)
        with ledger.looking() as connection:
            assert connection.execute(text("SELECT mood FROM reports")).scalar() is None
            assert connection.execute(text("SELECT count(*) FROM statements")).scalar() == 2


def test_a_step_that_fails_changes_nothing(where: str) -> None:
    with Ledger(where) as ledger:
        with pytest.raises(RuntimeError, match="half-way"), ledger.writing() as connection:
            migrations.bring_forward(connection, {VERSION: fail}, newest=VERSION + 1)
        assert version(ledger) == str(VERSION)
        with ledger.looking() as connection:
            assert "mood" not in connection.execute(select(reports)).keys()  # noqa: SIM118
            assert connection.execute(text("SELECT count(*) FROM statements")).scalar() == 0


def test_a_ledger_brought_forward_has_the_tables_of_a_new_one(released: Ledger, tmp_path: Path) -> None:
    def tables(ledger: Ledger) -> dict[str, str]:
        with ledger.looking() as connection:
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
            return {row.name: " ".join(row.sql.split()) for row in rows}

    with Ledger(str(tmp_path / "new.db")) as new:
        assert tables(released) == tables(new)
