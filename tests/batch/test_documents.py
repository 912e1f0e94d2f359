"""A batch reads exactly what ``sayso read`` does, only cut differently."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.batch.documents import Whole, bytes_of, documents, files_of, refuse_streams, report_of
from sayso.errors import InputError
from sayso.ingest import Defaults, reports
from sayso.ingest.warc import Page
from sayso.terms import Report, Skipped
from tests.ingest.warcs import record, response

PARAGRAPH = "<p>The mayor of Orrin, Petra Lund, said on Friday that the bridge over the Vell would be rebuilt.</p>"
HTML = f"<html><head><title>The bridge</title></head><body><article>{PARAGRAPH * 6}</article></body></html>".encode()
LINE = json.dumps({"id": "a", "text": "Police in Lenn said two men were held.", "outlet": "Vell Wire"}).encode()
PAGES = response(HTML) + response(b"nothing here", url="https://orrin.example/empty") + record(b"as text", "conversion")


def warc(folder: Path) -> Path:
    return written(folder / "news.warc", PAGES)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def mixed(folder: Path) -> Path:
    inside = folder / "mixed"
    (inside / "deeper").mkdir(parents=True)
    written(inside / "a.html", HTML)
    written(inside / "b.pdf", b"%PDF-1.4 no more")
    written(inside / "c.docx", b"PK")
    written(inside / "deeper/d.txt", b"ORRIN, May 4 - The bridge is safe, officials said.")
    written(inside / "deeper/e.txt", b"")
    written(inside / "f.jsonl", LINE + b"\nnot a record\n")
    return inside


MADE: dict[str, Callable[[Path], Path]] = {
    "lines": lambda folder: written(folder / "some.jsonl", LINE + b"\n{}\n" + LINE),
    "packed lines": lambda folder: written(folder / "some.jsonl.gz", gzip.compress(LINE)),
    "table": lambda folder: written(folder / "some.csv", b"text,outlet\nShe said so.,Vell Wire\n,\n"),
    "archive": warc,
    "packed archive": lambda folder: written(folder / "news.warc.gz", gzip.compress(PAGES)),
    "archive without a name": lambda folder: written(folder / "news", PAGES),
    "archive that is cut off": lambda folder: written(folder / "news.warc", PAGES[:-60]),
    "archive that is damaged": lambda folder: written(
        folder / "news.warc.gz", gzip.compress(PAGES)[:80] + b"ruin" * 30
    ),
    "archive without pages": lambda folder: written(folder / "news.warc", record(b"x", "warcinfo")),
    "empty archive": lambda folder: written(folder / "news.warc", b""),
    "page": lambda folder: written(folder / "page.html", HTML),
    "no page": lambda folder: written(folder / "page.html", b"\x00\x01"),
    "folder": mixed,
    "empty folder": lambda folder: folder,
    "nothing": lambda folder: folder / "missing.jsonl",
}


@pytest.mark.parametrize("kind", MADE)
def test_the_reports_are_those_that_are_read_one_by_one(kind: str, tmp_path: Path) -> None:
    path, given = str(MADE[kind](tmp_path)), Defaults("Orrin Post", "2031-05-04")
    found = [report_of(document, given) for document in documents([path])]
    assert found == list(reports([path], given))
    assert found


def test_what_is_dear_is_left_for_later(tmp_path: Path) -> None:
    kinds = {type(document.of) for document in documents([str(warc(tmp_path)), str(mixed(tmp_path))])}
    assert kinds == {Page, Whole, Report, Skipped}


def test_each_document_tells_how_much_of_the_input_ends_with_it(tmp_path: Path) -> None:
    paths = [str(mixed(tmp_path)), str(MADE["lines"](tmp_path))]
    found = [document.upto for document in documents(paths)]
    assert found == sorted(found)
    assert found[-1] == bytes_of(paths) == sum(size for _, size, _ in files_of(paths))


def test_a_report_within_a_file_is_named_so_that_it_can_be_found(tmp_path: Path) -> None:
    path = str(MADE["lines"](tmp_path))
    assert [document.where for document in documents([path])] == [
        f"{path}, report a", f"{path}, line 2", f"{path}, report a",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["-", "https://orrin.example/bridge"])
def test_what_cannot_be_read_again_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="name the file"):
        refuse_streams(["reports.jsonl", path])
