"""One bad file of every kind in one folder: each is named with its reason, and the good ones are read."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.ingest import reports
from sayso.terms import Report, Skipped
from tests.ingest.pdf.pdfs import pdf
from tests.ingest.warcs import record, response

SENTENCES = [
    "The mayor of Orrin, Petra Lund, said on Friday that the bridge over the Vell would be rebuilt by the summer.",
    "“Nothing is lost,” she told Radio Orrin, adding that the council had found 40 million crowns for the works.",
    "Jan Orr, who speaks for the fishermen, denied that anybody had asked them about it before the vote was taken.",
    "According to the regional council, at least 229 people have been living in tents since the flood of April.",
]
TEXT = "\n\n".join(SENTENCES)
LINE = json.dumps({"text": TEXT})
PAGE = f"<html><body><article><h1>Bridge</h1>{''.join(f'<p>{s}</p>' for s in SENTENCES)}</article></body></html>"
MAIL = f"From: Petra Lund <p@orrin.example>\nSubject: Bridge\nDate: Sun, 04 May 2031 09:30:00 +0200\n\n{TEXT}\n"
POSTMARK = "From p@orrin.example Sun May  4 09:30:00 2031\n"
NINJS = {"uri": "urn:x:1", "versioncreated": "2031-05-04T09:30:00Z", "body_text": TEXT}
PRINTED = pdf([[(72, 700 - 14 * n, 9, sentence) for n, sentence in enumerate(SENTENCES)]])
WARC = response(PAGE.encode(), "https://orrin.example/a") + record(
    TEXT.encode(), "conversion", "https://orrin.example/b"
)


def parquet(columns: dict[str, list[str | None]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


GOOD: dict[str, bytes] = {
    "good.txt": TEXT.encode(), "good.jsonl": LINE.encode(), "good.json": json.dumps([NINJS]).encode(),
    "good.html": PAGE.encode(),
    "good.pdf": PRINTED, "good.eml": MAIL.encode(), "good.mbox": f"{POSTMARK}{MAIL}".encode(),
    "good.csv": f'text\n"{TEXT}"\n'.replace("“", "'").replace("”", "'").encode(),
    "good.parquet": parquet({"text": [TEXT]}),
    "good.warc": WARC, "good.warc.gz": gzip.compress(WARC), "good.txt.gz": gzip.compress(TEXT.encode()),
    "good": PAGE.encode(),
}  # fmt: skip
COUNTS = {"good.warc": 2, "good.warc.gz": 2}

BAD: dict[str, tuple[bytes, str]] = {
    "bad-binary.txt": (bytes(range(256)) * 9, "is binary"),
    "bad-blank.txt": (b" \n", "is empty"),
    "bad-huge.txt": (b"x" * (16 * 2**20 + 1), "larger than 16 MiB"),
    "bad-utf16.txt": (b"\xff\xfex", "not valid UTF-16"),
    "bad-picture.txt": (b"\x89PNG\r\n", "is a PNG picture"),
    "bad-archive": (b"PK\x03\x04xxxx", "is a ZIP or office file"),
    "bad-archive.zip": (b"PK\x03\x04xxxx", "unpack it, and name the folder"),
    "bad-office.docx": (b"PK\x03\x04xxxx", "save it as text, HTML or PDF"),
    "bad-feed.rss": (b"<rss/>", "sayso watch"),
    "bad-unknown.xyz": (b"x", "is a .xyz file, which is not read"),
    "bad-line.jsonl": (b'{"text": 3}', 'has no "text"'),
    "bad-field.jsonl": (b'{"text": "x", "credit": "Meridian"}', "no list of strings"),
    "bad-json.json": (b'{"foo": 1}', "holds no reports: expected"),
    "bad-broken.json": (b'[{"text": "x"', "is no JSON"),
    "bad-taken-back.json": (json.dumps(NINJS | {"pubstatus": "canceled"}).encode(), "taken back"),
    "bad-page.html": (b"<html><body><script>1</script></body></html>", ""),
    "bad-empty.html": (b"", ""),
    "bad-locked.pdf": (pdf([[(72, 700, 9, "x")]], lock="orrin"), "locked by a password"),
    "bad-scan.pdf": (pdf([[]]), "run text recognition"),
    "bad-cut.pdf": (PRINTED[:300], "is damaged, or no PDF"),
    "bad-mail.eml": (b"no header lines", "is no e-mail"),
    "bad-reply.eml": (b"From: x\nIn-Reply-To: <1>\n\n> all of it quoted", "none but what it quotes"),
    "bad-box.mbox": (f"{POSTMARK}Subject: x\n\n".encode(), "has no text to read"),
    "bad-columns.csv": (b"id,summary\n1,x\n", 'only "id", "summary"'),
    "bad-row.csv": (b'text\n"open\n', "never closed"),
    "bad-columns.parquet": (parquet({"summary": ["x"]}), "no column with the text"),
    "bad-row.parquet": (parquet({"text": [None]}), "has no text"),
    "bad-cut.parquet": (parquet({"text": ["x"]})[:-9], "is damaged, or no Parquet file"),
    "bad-nonsense.warc": (b"nonsense\n" * 9, "is damaged, or no web archive"),
    "bad-pictures.warc": (response(b"x", kind="image/png"), "holds no pages"),
    "bad-cut.warc": (record(b"x" * 900, "conversion")[:-500], "is cut off at record 1: fetch it again"),
    "bad-cut.warc.gz": (gzip.compress(WARC)[:300], "is cut off at record 1: fetch it again"),
    "bad-cut.txt.gz": (gzip.compress(TEXT.encode())[:-20], "is cut off"),
    "bad-damaged.jsonl.gz": (gzip.compress(b"")[:-1] + b"x", "damaged gzip file"),
    "bad-flood.txt.gz": (gzip.compress(b"x" * (17 * 2**20)), "larger than 16 MiB"),
    "bad-tar.tar.gz": (gzip.compress(b"x"), "is a .tar archive"),
    "bad-twice.gz": (gzip.compress(gzip.compress(b"x")), "packed twice"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Report | Skipped]:
    folder = tmp_path_factory.mktemp("all")
    for name, data in (GOOD | {name: data for name, (data, _) in BAD.items()}).items():
        (folder / name).write_bytes(data)
    return list(reports([str(folder)]))


def reasons(items: list[Report | Skipped], name: str) -> list[str]:
    """Why the file of that name, or something in it, was skipped."""
    skipped = [item for item in items if isinstance(item, Skipped)]
    return [item.reason for item in skipped if Path(item.where.partition(", ")[0]).name == name]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_once_with_its_reason(found: list[Report | Skipped], name: str) -> None:
    (reason,) = reasons(found, name)
    assert BAD[name][1] in reason
    assert len(reason) > 7


def test_the_good_ones_are_read(found: list[Report | Skipped]) -> None:
    read = [item for item in found if isinstance(item, Report)]
    assert len(read) == sum(COUNTS.get(name, 1) for name in GOOD)
    assert all("Petra Lund" in report.text and "229 people" in report.text for report in read)
    assert all(report.raw_sha256 for report in read)
    assert not [name for name in GOOD if reasons(found, name)]
    assert len(found) == len(read) + len(BAD)


def test_the_order_is_that_of_the_names(found: list[Report | Skipped]) -> None:
    kinds = [isinstance(item, Report) for item in found]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_named_by_itself_never_raises(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name][0])
    items = list(reports([str(tmp_path / name), str(tmp_path / "nowhere.txt")]))
    assert items[-1] == Skipped(str(tmp_path / "nowhere.txt"), "does not exist: check the path")
    assert len(items) == 2
