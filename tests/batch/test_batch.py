"""A batch: the same rows however many read, going on where it stopped, and into a ledger."""

import json
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import cli
from sayso.record.ledger import Ledger

SAMPLE = str(resources.files("sayso.samples").joinpath("ceasefire.jsonl"))
TABLES = ("attributions", "figures", "readings", "reports", "skipped")


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, ["batch", *words])
    assert done.exit_code == code, done.output
    return done.output


def rows(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for name in TABLES for file in (folder / name).iterdir()}


def test_the_rows_are_the_same_however_many_read(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        run("--jobs", jobs, "--shard", "5", SAMPLE, str(tmp_path / jobs))
    assert rows(tmp_path / "1") == rows(tmp_path / "2")
    assert len(rows(tmp_path / "1")) == 3 * len(TABLES)


def test_what_is_missing_is_read_again_and_the_rest_left(tmp_path: Path) -> None:
    run("--shard", "5", SAMPLE, str(tmp_path))
    whole = rows(tmp_path)
    assert "0 shards read" in run("--shard", "5", SAMPLE, str(tmp_path))
    (tmp_path / "finished.json").unlink()
    lost = sorted((tmp_path / "shards").iterdir())[1]
    lost.unlink()
    assert "1 shards read" in run("--shard", "5", SAMPLE, str(tmp_path))
    assert rows(tmp_path) == whole


def test_bad_documents_are_named(tmp_path: Path) -> None:
    source = tmp_path / "some.jsonl"
    good = json.dumps({"id": "a", "text": "Police in Lenn said two men were held."})
    source.write_text(f"{good}\nnot a record\n")
    run(str(source), str(tmp_path / "out"), code=1)
    parquet = pytest.importorskip("pyarrow.parquet")
    skipped = parquet.read_table(tmp_path / "out/skipped").to_pylist()
    assert len(skipped) == 1


def test_a_batch_goes_into_a_ledger_as_the_reports_themselves_do(tmp_path: Path) -> None:
    run(SAMPLE, str(tmp_path / "out"))
    for name, source in (("batch", str(tmp_path / "out")), ("plain", SAMPLE)):
        for _ in range(2):
            done = CliRunner().invoke(cli, ["add", "--ledger", str(tmp_path / f"{name}.db"), source])
            assert done.exit_code == 0, done.output
    with Ledger(str(tmp_path / "batch.db")) as one, Ledger(str(tmp_path / "plain.db")) as other:
        assert list(one.readings()) == list(other.readings())
        assert one.count() == {"reports": 14, "read": 14}
