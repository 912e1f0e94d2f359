"""A batch's folder holds a shard whole or not at all, and nothing is written over that is not a batch's own."""

import json
from pathlib import Path

import pytest

from sayso.batch.folder import Folder
from sayso.batch.reading import Job, Outcome, read_shard
from sayso.errors import InputError
from tests.batch.made import files, shards, texts
from tests.batch.works import FAULTY, Marked

SETTINGS = {"reader": "0.1.0-abc", "shard": 4}


def outcomes() -> list[Outcome]:
    return [read_shard(Job(shard), Marked(), lambda _: None) for shard in shards(texts(8, _5=FAULTY))]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "out")
    made.begin(SETTINGS, anew=False)
    return made


def test_what_is_kept_is_there(folder: Folder) -> None:
    kept = {outcome.bounds.number: folder.keep(outcome) for outcome in reversed(outcomes())}
    assert folder.shards() == kept
    assert kept[1].rows["skipped"] == sum(kept[1].reasons.values()) == 1
    for one in kept.values():
        folder.check(one)
    assert folder.table("figures", 1).name == "00000001.parquet"


def test_keeping_twice_changes_nothing(folder: Folder) -> None:
    for outcome in outcomes():
        folder.keep(outcome)
    once = files(folder.path)
    for outcome in outcomes():
        folder.keep(outcome)
    assert files(folder.path) == once


def test_a_file_that_was_changed_is_told(folder: Folder) -> None:
    kept = folder.keep(outcomes()[0])
    folder.table("figures", 0).write_bytes(b"")
    with pytest.raises(InputError, match=r"figures.*not as the batch wrote it: begin the batch anew"):
        folder.check(kept)
    folder.table("figures", 0).unlink()
    with pytest.raises(InputError, match="not as the batch wrote it"):
        folder.check(kept)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"bounds": {"number": 1}}', b"\xff"])
def test_a_damaged_record_is_told(folder: Folder, data: bytes) -> None:
    (folder.path / "shards/00000000.json").write_bytes(data)
    with pytest.raises(InputError, match=r"00000000\.json is damaged: begin the batch anew with --anew"):
        folder.shards()


def test_what_was_half_written_is_swept_away_and_never_seen(folder: Folder) -> None:
    folder.keep(outcomes()[0])
    for name in ("batch.json", "shards/00000001.json", "figures/00000001.parquet"):
        (folder.path / name).with_name(f".{Path(name).name}.part").write_bytes(b"half")
    assert list(folder.shards()) == [0]
    folder.begin(SETTINGS, anew=False)
    assert not list(folder.path.rglob(".*.part"))


def test_another_reader_or_size_is_told_and_begins_anew_if_asked_to(folder: Folder) -> None:
    folder.keep(outcomes()[0])
    (folder.path / "notes.txt").write_text("mine")
    for name, value in (("reader", "0.2.0-def"), ("shard", 8)):
        with pytest.raises(InputError, match=rf"another {name} .*, not {value}\): go on .*--anew"):
            folder.begin({**SETTINGS, name: value}, anew=False)
    (folder.path / "notes.txt").unlink()
    folder.begin({**SETTINGS, "reader": "0.2.0-def"}, anew=True)
    assert folder.shards() == {}
    assert json.loads((folder.path / "batch.json").read_bytes())["reader"] == "0.2.0-def"
    assert not list((folder.path / "figures").iterdir())


@pytest.mark.parametrize("anew", [False, True])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, *, anew: bool) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds what no batch has written \(notes.txt\): name another folder"):
        Folder(tmp_path).begin(SETTINGS, anew=anew)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("anew", [False, True])
def test_folders_that_are_only_called_so_are_left_alone(tmp_path: Path, *, anew: bool) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds what no batch has written"):
        Folder(tmp_path).begin(SETTINGS, anew=anew)
    assert (tmp_path / "reports/mine.txt").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="is a file"), Folder(tmp_path / "out").held():
        pass


def test_two_runs_do_not_write_at_once(folder: Folder) -> None:
    with folder.held(), pytest.raises(InputError, match="being written to by another run"), Folder(folder.path).held():
        pass
    with folder.held():
        pass
