import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.ingest import Defaults, inputs, reports
from sayso.terms import Report, Skipped


def read(*paths: Path, defaults: Defaults | None = None) -> tuple[list[Report], list[Skipped]]:
    items = list(reports([str(p) for p in paths], defaults))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Skipped)]


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("One\r\ntwo “three”".encode())
    found, skipped = read(tmp_path / "a.txt", defaults=Defaults("Orrin Post", "2031-05-04"))
    assert [(r.text, r.id, r.outlet, r.published) for r in found] == [
        ("One\r\ntwo “three”", "a", "Orrin Post", "2031-05-04")
    ]
    assert not skipped


def test_a_json_line_keeps_its_own_words_and_text(tmp_path: Path) -> None:
    lines = [{"id": 7, "text": " kept \n", "outlet": "Own"}, {"text": "no id"}]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    found, skipped = read(tmp_path / "a.jsonl", defaults=Defaults(outlet="Given"))
    assert [(r.id, r.text, r.outlet) for r in found] == [
        ("7", " kept \n", "Own"),
        (found[1].text_sha256[:16], "no id", "Given"),
    ]
    assert not skipped


def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    bad = ["{", "[]", '{"id": 1}', '{"text": 3}', '{"text": "x", "outlet": 4}', "[" * 100_000]
    (tmp_path / "a.jsonl").write_text("\n".join(['{"text": "good"}', *bad, '{"text": "last"}']))
    found, skipped = read(tmp_path / "a.jsonl")
    assert [r.text for r in found] == ["good", "last"]
    assert [s.where.rsplit(" ", 1)[1] for s in skipped] == ["2", "3", "4", "5", "6", "7"]
    assert all(len(s.reason) > 10 for s in skipped)


def test_a_folder_is_read_in_order_and_strangers_are_named(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.xyz", ".hidden", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found, skipped = read(tmp_path)
    assert [r.id for r in found] == ["a", "b", "d"]
    assert [Path(s.where).name for s in skipped] == ["c.xyz"]


def test_what_cannot_be_read_is_skipped_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n")
    found, skipped = read(*(tmp_path / n for n in ("empty.txt", "empty-folder", "picture.txt", "nowhere.txt")))
    assert not found
    assert [s.reason.split(":")[0] for s in skipped] == [
        "is empty", "is a folder without files", "is a PNG picture, not text", "does not exist",
    ]  # fmt: skip


def test_a_text_keeps_every_character(tmp_path: Path) -> None:
    text = "\r\n One\r\n\r\n\u200f“two”\u00a0\u200b \n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8-sig"))
    assert read(tmp_path / "a.txt")[0][0].text == text


def test_what_the_command_line_says_fills_gaps_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x", "title": "Own"}\n{"text": "y"}')
    found, _ = read(tmp_path / "a.jsonl", defaults=Defaults("Orrin Post", "2031-05-04", "Given"))
    assert [(r.outlet, r.published, r.title) for r in found] == [
        ("Orrin Post", "2031-05-04", "Own"), ("Orrin Post", "2031-05-04", "Given"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["page.html", "scan.PDF", "mail.eml", "one.json", "crawl.warc.gz"])
def test_formats_not_read_are_refused_rather_than_read_as_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<p>The mayor said that it rained.</p>")
    found, skipped = read(tmp_path / name)
    assert not found
    assert "only text and JSON lines are read" in skipped[0].reason


def test_a_pipe_in_a_folder_is_passed_over_and_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "real.txt").write_text("text")
    found, skipped = read(tmp_path)
    assert [r.id for r in found] == ["real"]
    assert [s.reason.split(":")[0] for s in skipped] == ["does not exist", "is a pipe or a device"]


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path, *_: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.txt").write_text("text")
    monkeypatch.setattr(Path, "open", closed)
    assert "check its permissions" in read(tmp_path / "a.txt")[1][0].reason


def test_a_closed_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(path: Path, onerror: object) -> Iterator[tuple[str, list[str], list[str]]]:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", f"{path}/closed"))
        yield str(path), [], []

    monkeypatch.setattr(os, "walk", walk)
    _, (skipped,) = read(tmp_path)
    assert skipped.where.endswith("closed")
    assert "permissions" in skipped.reason


def test_long_json_lines_are_not_read_ahead(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n' * 200_000)
    stream = reports([str(tmp_path / "a.jsonl")])
    assert isinstance(next(iter(stream)), Report)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LARGEST", 2**20)
    (tmp_path / "a.txt").write_bytes(b"x" * (2**20 + 1))
    assert "larger than 1 MiB" in read(tmp_path / "a.txt")[1][0].reason
