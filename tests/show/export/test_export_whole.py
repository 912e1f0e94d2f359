import os
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.show.export.whole import whole_file, whole_folder

SUFFIXES = frozenset({".txt"})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    with whole_file(tmp_path / "out") as stream:
        stream.write(b"all")
        assert "out" not in names(tmp_path)
    assert (tmp_path / "out").read_bytes() == b"all"
    assert names(tmp_path) == ["out"]


def test_a_file_that_is_there_stays_unless_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    with pytest.raises(InputError, match="is there already"), whole_file(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "old"
    with whole_file(tmp_path / "out", overwrite=True) as stream:
        stream.write(b"new")
    assert (tmp_path / "out").read_text() == "new"


def test_a_file_made_meanwhile_stays(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is there already"), whole_file(tmp_path / "out"):
        (tmp_path / "out").write_text("theirs")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_text() == "theirs"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with whole_file(tmp_path / "link", overwrite=True) as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_is_written_directly() -> None:
    reading, writing = os.pipe()
    with whole_file(Path(f"/dev/fd/{writing}")) as stream:
        stream.write(b"all")
    os.close(writing)
    with os.fdopen(reading, "rb") as end:
        assert end.read() == b"all"


def test_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    with whole_file(tmp_path / ("x" * 250)) as stream:
        stream.write(b"")
    assert names(tmp_path) == ["x" * 250]


@pytest.mark.parametrize(("name", "why"), [("", "is a folder: name a file"), ("missing/out", "make it first")])
def test_places_where_no_file_can_be(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(InputError, match=why), whole_file(tmp_path / name):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the user may write everywhere")
def test_a_folder_that_may_not_be_written_names_the_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError) as caught, whole_file(tmp_path / "out"):
        pass
    assert caught.value.filename == str(tmp_path / "out")


def test_an_odd_name_is_an_os_error_with_that_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="xxx") as caught, whole_folder(tmp_path / "f" / ".." / ("x" * 300), SUFFIXES):
        pass
    assert caught.value.errno is not None


def test_a_folder_is_there_when_it_is_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out", SUFFIXES) as folder:
        (folder / "a.txt").write_text("a")
        assert "out" not in names(tmp_path)
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["a.txt"]


def test_nothing_of_a_folder_stays_after_an_error(tmp_path: Path) -> None:
    def broken() -> None:
        with whole_folder(tmp_path / "out", SUFFIXES) as folder:
            (folder / "a.txt").write_text("a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert names(tmp_path) == []


def test_only_an_older_export_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with whole_folder(out, SUFFIXES) as folder:
        (folder / "a.txt").write_text("a")
    with pytest.raises(InputError, match="with files in it"), whole_folder(out, SUFFIXES):
        pass
    with whole_folder(out, SUFFIXES, overwrite=True) as folder:
        (folder / "b.txt").write_text("b")
    assert names(out) == ["b.txt"]
    (out / "thesis.docx").write_text("mine")
    with pytest.raises(InputError, match=r"thesis\.docx"), whole_folder(out, SUFFIXES, overwrite=True):
        pass
    assert names(tmp_path) == ["out"]
    assert names(out) == ["b.txt", "thesis.docx"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    with pytest.raises(InputError, match="is a file: name a folder"), whole_folder(tmp_path / "out", SUFFIXES):
        pass
