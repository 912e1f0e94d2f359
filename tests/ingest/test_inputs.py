import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.ingest import Defaults, reports
from sayso.ingest.records import LARGEST
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


@pytest.mark.parametrize("name", ["report.docx", "scan.ZIP", "feed.xml", "sheet.xlsx", "book.epub"])
def test_formats_not_read_are_refused_rather_than_read_as_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<p>The mayor said that it rained.</p>")
    for path in (tmp_path / name, tmp_path):
        found, skipped = read(path)
        assert not found
        assert skipped[0].where == str(tmp_path / name)
        assert f"is a {Path(name).suffix.lower()} " in skipped[0].reason


def test_an_unknown_suffix_is_read_when_it_is_named_and_told_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("It rained.")
    (tmp_path / "download").write_text('{"text": "So"}\n{"text": "it did"}\n')
    found, skipped = read(tmp_path / "a.xyz", tmp_path / "download")
    assert [r.text for r in found] == ["It rained.", "So", "it did"]
    assert not skipped


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


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * (LARGEST + 1))
    assert "larger than 16 MiB" in read(tmp_path / "a.txt")[1][0].reason


def test_a_text_bears_the_hash_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Été”".encode("windows-1252"))
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress((tmp_path / "a.txt").read_bytes()))
    found, _ = read(tmp_path / "a.txt", tmp_path / "a.txt.gz")
    digest = hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    assert [(r.id, r.text, r.raw_sha256, r.extractor) for r in found] == [("a", "“Été”", digest, None)] * 2


def test_what_a_text_says_of_itself_is_filled_in_but_what_was_given_stays(tmp_path: Path) -> None:
    said = "The talks between the two delegations ended without a deal, Petra Lund said."
    text = f"By Jan Orr\n\nSARENNA, May 4 (Meridian) — {said}"
    (tmp_path / "a.txt").write_text(text)
    lines = [
        {"text": text},
        {"text": text, "dateline": "ORRIN", "byline": "Zoë Lund", "credit": ["Volta"], "language": "de"},
    ]
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (plain, bare, full), _ = read(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert [(r.dateline, r.byline) for r in (plain, bare)] == [("SARENNA, May 4", "Jan Orr")] * 2
    assert (full.dateline, full.byline, full.credit, full.language) == ("ORRIN", "Zoë Lund", ("Volta",), "de")
    assert {r.text for r in (plain, bare, full)} == {text}


def test_addresses_go_to_whoever_may_fetch_them() -> None:
    asked: list[str] = []

    def fetch(address: str) -> Iterator[Report | Skipped]:
        asked.append(address)
        if address.endswith("gone"):
            raise InputError("is gone: check the address")
        yield Report("It rained.", url=address)

    paths = ["https://orrin.example/a", "HTTP://orrin.example/gone"]
    report, skipped = reports(paths, Defaults(outlet="Orrin Post"), fetch)
    assert isinstance(report, Report)
    assert (report.url, report.outlet, asked) == (paths[0], "Orrin Post", paths)
    assert skipped == Skipped(paths[1], "is gone: check the address")
    assert list(reports(paths)) == [
        Skipped(path, "is on the network, which may not be used here: save the page and name the file")
        for path in paths
    ]


@pytest.mark.parametrize(
    "path", ["file:///etc/passwd", "ftp://orrin.example/a", "data:text/plain,x", "gopher://x", "FILE:a.txt"]
)
def test_other_addresses_are_never_fetched(path: str) -> None:
    def fetch(_: str) -> Iterator[Report | Skipped]:
        raise AssertionError

    (skipped,) = reports([path], fetch=fetch)
    assert isinstance(skipped, Skipped)
    assert skipped.where == path
    assert "only http and https are fetched" in skipped.reason


def test_a_file_with_a_colon_in_its_name_is_no_address(tmp_path: Path) -> None:
    (tmp_path / "a:b.txt").write_text("It rained.")
    assert len(read(tmp_path / "a:b.txt")[0]) == 1


def test_plain_text_and_lines_load_no_reader_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    (tmp_path / "b.jsonl").write_text('{"text": "It rained."}')
    code = (
        f"import sys; from sayso.ingest import reports; list(reports([{str(tmp_path)!r}])); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("trafilatura", "pypdfium2", "pyarrow", "fastwarc", "lxml", "email.message", "sqlalchemy", "httpx2"):
        assert f"'{heavy}'" not in done.stdout
