import gzip
import io
import json
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.formats import FORMATS, Source, found_in, why_not_read
from sayso.ingest.signatures import suffix_of
from sayso.ingest.streams import peekable
from sayso.terms import Report, Skipped
from tests.ingest.pdf.pdfs import pdf
from tests.ingest.warcs import record

TEXT = "The mayor of Orrin, Petra Lund, said that the bridge would be rebuilt."
LINE = json.dumps({"text": TEXT})
NINJS = json.dumps({"uri": "urn:x:1", "versioncreated": "2031-05-04T09:30:00Z", "body_text": TEXT})
PAGE = f"<!DOCTYPE html>\n<html><body><article>{f'<p>{TEXT}</p>' * 5}</article></body></html>"
MAIL = f"From: a@orrin.example\nSubject: x\nDate: Sun, 04 May 2031 09:30:00 +0200\n\n{TEXT}"
FILES: dict[str, str | bytes] = {
    "txt": TEXT, "jsonl": LINE, "json": NINJS, "html": PAGE, "eml": MAIL, "csv": f'id,text\n1,"{TEXT}"\n',
    "tsv": f"id\ttext\n1\t{TEXT}\n", "mbox": f"From a@b Sun May  4 09:30:00 2031\n{MAIL}",
    "warc": record(TEXT.encode(), "conversion"), "pdf": pdf([[(72, 700, 8, TEXT)]]),
}  # fmt: skip


def data_of(suffix: str) -> bytes:
    data = FILES[suffix]
    return data.encode() if isinstance(data, str) else data


def read(data: bytes, name: str = "") -> list[Report | Skipped]:
    return list(found_in(Source(peekable(io.BytesIO(data)), "file", PurePath(name))))


@pytest.mark.parametrize("suffix", FILES)
def test_every_format_by_its_suffix_packed_or_not(suffix: str) -> None:
    for name, data in ((f"A.{suffix.upper()}", data_of(suffix)), (f"a.{suffix}.gz", gzip.compress(data_of(suffix)))):
        (report,) = read(data, name)
        assert isinstance(report, Report), report
        assert TEXT in report.text
        assert report.raw_sha256 is not None
        if suffix in {"txt", "html", "pdf"}:
            assert report.id.lower() == "a"


@pytest.mark.parametrize("suffix", [suffix for suffix in FILES if suffix not in {"csv", "tsv"}])
@pytest.mark.parametrize("is_packed", [False, True])
def test_formats_are_told_by_how_they_begin(suffix: str, is_packed: bool) -> None:
    data = data_of(suffix)
    assert suffix_of(data) == f".{suffix}"
    (report,) = read(gzip.compress(data) if is_packed else data, "download")
    assert isinstance(report, Report), report
    assert TEXT in report.text


@pytest.mark.parametrize(
    ("start", "suffix"),
    [
        ('{"id": 1', ".jsonl"), ("{\n", ".json"), ("{}", ".jsonl"), ('[{"id"', ".json"), ("[\n {", ".json"),
        ("  \n{ \n", ".json"),
        ('{"text": "x"\n{"text": "y"}\n', ".jsonl"), (NINJS[:60], ".json"), (f"{NINJS}\n{NINJS}\n", ".jsonl"),
        (f"{NINJS}\n", ".json"),
        ("{Orrin} It rained.", ".txt"), ("[Updated] It rained.", ".txt"),
        ("From Orrin, where it rained in 2031.\nIt", ".txt"),
        ("Subject: rain\n\nIt rained.", ".txt"), ("From: Jan\nDate: Sunday\n\nIt rained.", ".txt"),
        ("<p>It rained.</p>", ".txt"),
        ("\ufeff<!-- saved --><HTML>", ".html"), ('<?xml version="1.0"?>\n<!DOCTYPE html>', ".html"), ("", ".txt"),
        ("PAR1", ".parquet"),
    ],
)  # fmt: skip
def test_signatures(start: str, suffix: str) -> None:
    assert suffix_of(start.encode()) == suffix


@pytest.mark.parametrize("start", ["<rss version", '<?xml version="1.0"?>\n<feed xmlns', "<!-- x -->\n<rdf:RDF"])
def test_feeds_are_refused_with_a_way_to_watch_them(start: str) -> None:
    with pytest.raises(InputError, match="sayso watch"):
        suffix_of(start.encode())


@given(st.binary(max_size=200))
def test_any_start_has_a_suffix_that_is_read(head: bytes) -> None:
    assert suffix_of(head) in FORMATS


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.zip", "unpack it, and name the folder"), ("a.tar.gz", "is a .tar archive"),
        ("a.docx", "save it as text, HTML or PDF"),
        ("a.xlsx", "save its table as CSV"), ("a.rss", "sayso watch"), ("a.xml", "save it as HTML"),
        ("a.jsonl.gz.gz", "packed twice"),
        ("a.parquet", "piped or packed"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_a_way_out(name: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(gzip.compress(b"It rained.") if name.endswith(".gz") else b"It rained.", name)


@pytest.mark.parametrize(
    ("name", "is_read"),
    [("a.txt", True), ("A.WARC.GZ", True), ("README", True), ("download.gz", True), ("a.tar.gz", False),
    ("a.png", False),
     ("a.xyz", False), ("a.docx", False)],
)  # fmt: skip
def test_what_is_read_in_a_folder(name: str, is_read: bool) -> None:
    assert (why_not_read(Path(name)) is None) == is_read


def test_a_packed_file_that_was_unpacked_on_its_way_is_read() -> None:
    (report,) = read(LINE.encode(), "a.jsonl.gz")
    assert isinstance(report, Report)
    with pytest.raises(InputError, match="is empty"):
        read(b"", "a.jsonl.gz")
    with pytest.raises(InputError, match="packed twice"):
        read(gzip.compress(gzip.compress(TEXT.encode())), "download")


def test_json_lines_under_a_name_that_says_otherwise() -> None:
    first, second = read(f"{LINE}\n{{broken\n".encode(), "a.json")
    assert isinstance(first, Report)
    assert isinstance(second, Skipped)
    assert second.where == "file, line 2"


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "mbox"])
def test_a_file_cut_off_gives_what_is_whole(suffix: str) -> None:
    data = {
        "jsonl": "".join(json.dumps({"text": f"{TEXT} {n * 37 % 1009}"}) + "\n" for n in range(400)),
        "csv": "text\n" + "".join(f'"{TEXT}\n{n * 37 % 1009}"\n' for n in range(400)),
        "mbox": "".join(f"From a@b Sun May  4 09:30:00 2031\n{MAIL} {n * 37 % 1009}\n\n" for n in range(400)),
    }[suffix]
    found: list[Report] = []
    stream = found_in(
        Source(peekable(io.BytesIO(gzip.compress(data.encode())[:-50])), "file", PurePath(f"a.{suffix}.gz"))
    )
    with pytest.raises(InputError, match="is cut off: what came whole was read"):
        found.extend(item for item in stream if isinstance(item, Report))
    assert 300 < len(found) < 400
    assert all(item.text.rsplit(None, 1)[1] == str(n * 37 % 1009) for n, item in enumerate(found))
