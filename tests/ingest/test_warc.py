import gzip
import io
import random
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import archived, warc
from sayso.ingest.archived import page_bytes
from sayso.ingest.warc import warc_reports
from sayso.terms import Report, Skipped
from tests.ingest.warcs import record, response

SENTENCES = [
    "The mayor of Orrin, Petra Lund, said on Friday that the bridge over the Vell would be rebuilt.",
    "“Nothing is lost,” she told Radio Orrin, adding that the council had found 40 million crowns for it.",
    "Jan Orr, who speaks for the fishermen, denied that anybody had asked them about the works.",
    "According to the regional council, at least 229 people have been living in tents since the flood of April.",
]


def page(name: str) -> bytes:
    text = "".join(f"<p>{sentence} ({name})</p>" for sentence in SENTENCES)
    article = f"<article><h1>Bridge {name}</h1>{text}</article>"
    return f"<html><head><title>Bridge {name}</title></head><body>{article}</body></html>".encode()


PAGES = [page(name) for name in ("one", "two", "three")]
RECORDS = [
    record(b"software: x", "warcinfo", content="application/warc-fields"),
    *(response(data, f"https://orrin.example/{n}") for n, data in enumerate(PAGES)),
]


def read(data: bytes) -> tuple[list[Report], list[Skipped]]:
    items = list(warc_reports(io.BytesIO(data), "crawl"))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Skipped)]


def packed(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("data", [b"".join(RECORDS), packed(RECORDS), gzip.compress(b"".join(RECORDS))])
def test_pages_come_out_one_by_one(data: bytes) -> None:
    reports, skipped = read(data)
    assert not skipped
    assert [report.url for report in reports] == [f"https://orrin.example/{n}" for n in range(3)]
    assert [report.raw_sha256 for report in reports] == [sha256(data).hexdigest() for data in PAGES]
    assert all(SENTENCES[1] in report.text for report in reports)
    assert {report.published for report in reports} == {None}


def test_only_pages_that_were_found_count() -> None:
    others = [
        response(b"\x89PNG", kind="image/png"), response(PAGES[0], status="404 Not Found"),
        response(b"{}", kind="application/json"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"), record(b"x: y", "metadata"),
        response(PAGES[0], status="301 Moved"),
        record(PAGES[0], "revisit", content="text/html"),
    ]  # fmt: skip
    assert read(b"".join(others)) == ([], [
        Skipped("crawl", "holds no pages: only HTML and plain text are read from web archives"),
    ])  # fmt: skip
    reports, skipped = read(b"".join([*others, RECORDS[1]]))
    assert (len(reports), skipped) == (1, [])


def test_texts_and_resources_are_pages_too() -> None:
    text = "It rained,\nhe said: “so”.".encode()
    reports, _ = read(
        record(text, "conversion", "https://orrin.example/t", "text/plain; charset=utf-8")
        + record(PAGES[0], "resource", "https://orrin.example/r", "text/html")
        + response("“été”".encode("windows-1252"), kind="text/plain; charset=iso-8859-1")
    )
    assert [reports[0].text, reports[2].text] == [text.decode(), "“été”"]
    assert reports[0].raw_sha256 == sha256(text).hexdigest()
    assert (reports[0].url, reports[0].extractor) == ("https://orrin.example/t", None)
    assert SENTENCES[0] in reports[1].text


def test_a_page_without_an_article_is_named() -> None:
    reports, (skipped,) = read(response(b"", "https://orrin.example/empty") + RECORDS[1])
    assert skipped.where == "crawl, record 1 (https://orrin.example/empty)"
    assert len(reports) == 1


def test_large_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST", 5000)
    monkeypatch.setattr(archived, "LARGEST", 5000)
    bomb = response(gzip.compress(b"x" * 10**7), "https://orrin.example/bomb", Content_Encoding="gzip")
    bomb_small = gzip.compress(b"x" * 10**6)
    assert len(bomb_small) < 5000
    small = response(bomb_small, "https://orrin.example/bomb", Content_Encoding="gzip")
    reports, skipped = read(bomb + small + RECORDS[1])
    assert len(reports) == 1
    assert [s.reason for s in skipped] == ["is larger than 0 MiB: save it as text by itself"] * 2


@pytest.mark.parametrize("lost", [3, 400, 1500])
@pytest.mark.parametrize("is_packed", [False, True])
def test_an_archive_cut_off_gives_what_is_whole(lost: int, is_packed: bool) -> None:
    noise = [f"<!-- {random.Random(n).randbytes(4000).hex()} -->".encode() for n in range(3)]
    noise = [response(PAGES[n] + noise[n], f"https://orrin.example/{n}") for n in range(3)]
    whole = packed(noise) if is_packed else b"".join(noise)
    cut = whole[: -lost - (0 if is_packed else 4)]
    reports, (skipped,) = read(cut)
    assert [report.url for report in reports[:2]] == ["https://orrin.example/0", "https://orrin.example/1"]
    assert skipped.where == "crawl"
    assert skipped.reason in {f"is cut off at record {n}: fetch it again" for n in (3, 4)}


def test_damage_ends_an_archive_and_is_named() -> None:
    reports, (skipped,) = read(RECORDS[1] + b"nonsense\r\n" * 50 + RECORDS[2])
    assert len(reports) == 1
    assert skipped.reason == "is damaged, or no web archive at record 2: fetch it again"
    assert read(b"nonsense\n" * 50)[1][0].reason == "is damaged, or no web archive at record 1: fetch it again"
    assert read(b"")[1] == [Skipped("crawl", "is empty")]


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x;n=1\r\n%s\r\n" % (len(part), part) for part in (data[:9], data[9:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "transfer", "content"),
    [
        (gzip.compress(PAGES[0]), None, "gzip"), (chunked(PAGES[0]), "chunked", None),
        (chunked(gzip.compress(PAGES[0])), "chunked", "gzip"), (zlib.compress(PAGES[0]), None, "deflate"),
        (zlib.compress(PAGES[0], wbits=-15), None, "deflate"), (PAGES[0], "chunked", "gzip, br"),
        (PAGES[0], None, "identity"), (PAGES[0], None, "zstd"),
        (gzip.compress(zlib.compress(PAGES[0])), "", "deflate, gzip"),
    ],
)  # fmt: skip
def test_packings_are_undone_and_lies_about_them_found_out(
    data: bytes, transfer: str | None, content: str | None
) -> None:
    assert page_bytes(data, transfer, content) == PAGES[0]


def test_brotli() -> None:
    packed_by_brotli = b"\x0b\x02\x80hello\x03"
    assert page_bytes(packed_by_brotli, None, "br") == b"hello"


def test_an_unknown_packing_is_refused_and_a_cut_one_used() -> None:
    with pytest.raises(InputError, match="is packed as lzma"):
        page_bytes(PAGES[0], None, "lzma")
    assert PAGES[0].startswith(page_bytes(gzip.compress(PAGES[0])[:-40], None, "gzip")[:50])


@given(st.binary(max_size=300), st.sampled_from([None, "chunked"]), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_any_bytes_can_be_unpacked_or_are_left(data: bytes, transfer: str | None, content: str) -> None:
    assert isinstance(page_bytes(data, transfer, content), bytes)


@given(st.integers(0, 2**32), st.integers(1, 30), st.booleans())
def test_damage_never_raises(seed: int, changes: int, is_packed: bool) -> None:
    chance = random.Random(seed)
    records = [
        record(b"It rained.", "conversion"),
        response(b"It rained.", kind="text/plain", Transfer_Encoding="chunked"),
    ] * 3
    data = bytearray(packed(records) if is_packed else b"".join(records))
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    reports, skipped = read(bytes(data))
    assert reports or skipped
