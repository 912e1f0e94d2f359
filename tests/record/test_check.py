"""A whole ledger checks out; damage of every kind is named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.record.schema import attributions, figures, reports
from tests.record.stories import reading


def problems(ledger: Ledger) -> list[str]:
    return [f"{found.where} {found.what}" for found in check(ledger) if isinstance(found, Problem)]


def test_a_whole_ledger(where: str) -> None:
    with Ledger(where) as ledger:
        for number in range(3):
            ledger.add(reading(number).report, reading(number), "r1")
        assert problems(ledger) == []
        assert list(check(ledger))[-1] == 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (update(reports).values(text="other"), "does not fit its hash"),
        (update(reports).values(outlet="other"), "does not fit what it holds"),
        (update(attributions).where(attributions.c.id == "a2").values(within="a9"), "lies within a9"),
        (update(attributions).where(attributions.c.id == "a2").values(content="[[0,9999]]"), "beyond its text"),
        (update(attributions).where(attributions.c.id == "a2").values(cue="[[9,3]]"), "out of order"),
        (update(attributions).where(attributions.c.id == "a2").values(id="a1"), "two attributions of one id"),
        (update(figures).values(end=9999), "beyond its text"),
        (update(figures).values(by="a9"), "belongs to a9"),
        (delete(attributions).where(attributions.c.id == "a2"), "holds 2 statements, where"),
    ],
)
def test_damage_is_named(where: str, damage: object, said: str) -> None:
    with Ledger(where) as ledger:
        ledger.add(reading().report, reading(), "r1")
        with ledger.writing() as connection:
            connection.execute(damage)  # type: ignore[call-overload]
        assert any(said in problem for problem in problems(ledger))


def test_a_lost_reference_is_named(tmp_path: Path) -> None:
    where = str(tmp_path / "ledger.db")
    with Ledger(where) as ledger:
        ledger.add(reading().report, reading(), "r1")
    with closing(sqlite3.connect(where)) as careless:
        careless.execute("DELETE FROM speakers")
        careless.commit()
    with Ledger(where) as ledger:
        assert any("points at a row of speakers" in problem for problem in problems(ledger))
