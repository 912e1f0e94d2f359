"""A batch gives the ledger exactly what its inputs would have given it."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import MetaData, select

from sayso.adding import Tally, embed
from sayso.batch.folder import Folder
from sayso.batch.limits import Limits
from sayso.batch.loading import add_batch, documents_in, is_batch
from sayso.batch.pool import Pool
from sayso.batch.reading import Reads
from sayso.batch.run import Plan, run
from sayso.batch.run import Tally as BatchTally
from sayso.cli import cli
from sayso.errors import InputError
from sayso.record.ledger import Added, Ledger
from sayso.terms import Skipped
from tests.batch.made import texts, write_jsonl
from tests.batch.test_reading import FRENCH
from tests.batch.works import Marked

TIMES = {"added_at", "made_at"}
Made = Callable[..., Path]


def collection(folder: Path) -> str:
    """The sample story, one report of it twice, one with text that no file holds, one in French, one broken."""
    lines = resources.files("sayso.samples").joinpath("ceasefire.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    odd = {"id": "odd", "text": "Vell\x00 Wire \ud800 said: “Some 1,200 people fled”.", "credit": ["A; B", "C"]}
    french = {"id": "fr", "text": FRENCH, "byline": "Ilva Dorn"}
    path = folder / "some.jsonl"
    some = [*lines, lines[0], json.dumps(odd), json.dumps(french), "{}", json.dumps(odd | {"id": "even"})]
    path.write_text("\n".join(some) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A collection, and the folder of its batch."""
    folder = tmp_path_factory.mktemp("batch")
    source = collection(folder)
    plan = Plan((source,), folder / "out", {"reader": "0.1.0-abc"}, 3)
    run(plan, lambda: Pool(Reads(), 1, Limits()), BatchTally())
    return source, str(folder / "out")


def content(where: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, but for when they were written and by which reader."""
    with Ledger(where) as ledger, ledger.looking() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return {
            name: sorted(
                (
                    {key: value for key, value in row._mapping.items() if key not in TIMES | {"reader"}}
                    for row in connection.execute(select(table))
                ),
                key=repr,
            )
            for name, table in tables.tables.items()
            if "fts" not in name
        }


def added(source: str, ledger: Path) -> str:
    done = CliRunner().invoke(cli, ["add", "--ledger", str(ledger), source])
    assert done.exit_code == 1, done.output
    return done.output


def named(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("skipped")]


def test_the_ledger_is_the_one_that_the_inputs_give(batch: tuple[str, str], tmp_path: Path) -> None:
    plain, loaded = tmp_path / "plain.db", tmp_path / "loaded.db"
    told = [added(source, ledger) for source, ledger in zip(batch, (plain, loaded), strict=True)]
    first = content(str(loaded))
    assert first == content(str(plain))
    assert first["attributions"]
    assert named(told[0]) == named(told[1]) != []
    assert "0 added" in added(batch[1], loaded)
    assert content(str(loaded)) == first
    assert "0 added" in added(batch[0], loaded)


def test_readings_are_by_the_reader_that_made_them(batch: tuple[str, str], tmp_path: Path) -> None:
    tally, told = Tally(), list[Added | Skipped]()
    with Ledger(str(tmp_path / "ledger.db"), embed=embed) as ledger:
        add_batch(ledger, batch[1], tally, told.append)
        assert len(told) == documents_in(batch[1]) == 10
        assert (tally.added, tally.there, tally.skipped.total()) == (7, 1, 2)
        assert list(ledger.outdated("0.1.0-abc")) == [ledger.report("fr")]
        assert len(list(ledger.outdated("0.2.0"))) == 8


def test_a_folder_is_a_batch_only_if_one_was_written_there(batch: tuple[str, str], tmp_path: Path) -> None:
    assert is_batch(batch[1])
    assert not is_batch(batch[0])
    (tmp_path / "batch.json").write_text("{}")
    assert not is_batch(str(tmp_path))


def test_an_unfinished_or_changed_batch_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    source = write_jsonl(tmp_path / "some.jsonl", texts(4))
    run(Plan((source,), out, {"reader": "0.1.0-abc"}, 4), lambda: Pool(Marked(), 1, Limits()), BatchTally())
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        Folder(out).table("readings", 0).write_bytes(b"")
        with pytest.raises(InputError, match="not as the batch wrote it"):
            add_batch(ledger, str(out), Tally())
        Folder(out).unfinish()
        with pytest.raises(InputError, match="not finished: give the same `sayso batch` again first"):
            add_batch(ledger, str(out), Tally())
        assert ledger.count()["reports"] == 0
