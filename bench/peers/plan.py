"""What reading a day of the world's news would take, from figures measured here and assumptions stated here."""

import gzip
import html
import json
import math
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from statistics import mean

PAGES = 200
LINK = '<li><a href="/section/{0}">Section {0} of the paper, with what is new today</a></li>'
SCRIPT = "<script>" + "window.settings = window.settings || {}; " * 600 + "</script>"
FOREIGN = (
    "Der Bürgermeister von Orrin sagte am Freitag, die alte Brücke bleibe bis zum Frühjahr gesperrt. "
    "Man werde kein Menschenleben aufs Spiel setzen, fügte er hinzu, und die Prüfer hätten Rost gefunden. "
)
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
    "WARC-Date: 2031-05-04T00:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


@dataclass(frozen=True)
class Assumed:
    """What is assumed of a day and of the machines; each is said on the page."""

    articles: float = 1.35e9
    days: float = 3_500
    english: float = 0.4
    words: float = 500
    efficiency: float = 0.9
    cores: int = 16
    hours: float = 8


@dataclass(frozen=True)
class Measured:
    """On one core: CPU seconds a page with an English report, of which a word; a page in another language; bytes."""

    page_words: float
    seconds_a_page: float
    seconds_a_word: float
    seconds_unread: float
    bytes_a_word: float


@dataclass(frozen=True)
class Plan:
    """What a day needs."""

    pages: float
    read: float
    core_hours: float
    hours_on_one_node: float
    nodes: int
    gigabytes: float
    gigabytes_a_year: float


def plan(assumed: Assumed, measured: Measured) -> Plan:
    """The needs of one day's pages, read within ``assumed.hours`` of it."""
    pages = assumed.articles / assumed.days
    read = pages * assumed.english
    a_page = measured.seconds_a_page + (assumed.words - measured.page_words) * measured.seconds_a_word
    seconds = read * a_page + (pages - read) * measured.seconds_unread
    core_hours = seconds / assumed.efficiency / 3600
    gigabytes = read * assumed.words * measured.bytes_a_word / 1e9
    alone = core_hours / assumed.cores
    return Plan(pages, read, core_hours, alone, math.ceil(alone / assumed.hours), gigabytes, gigabytes * 365)


def measured(shared: Path) -> dict[str, float]:
    """The figures: pages made of real reports and of sentences in another language, from an archive to Parquet."""
    with (shared / "corpora/fnc1/reports.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, PAGES)]
    words = mean(len(text.split()) for text in texts)
    start, _ = batch([])
    seconds, size = batch(texts)
    unread, _ = batch([FOREIGN * 15] * PAGES)
    reading = _reading(texts)
    return {
        "page_words": words,
        "seconds_a_page": (seconds - start) / PAGES,
        "seconds_a_word": reading / (words * PAGES),
        "seconds_unread": (unread - start) / PAGES,
        "bytes_a_word": size / (words * PAGES),
    }


def from_results(results: Mapping[str, float]) -> Measured:
    """What ``measured`` gave, as it lies in the results."""
    return Measured(**{field.name: results[field.name] for field in fields(Measured)})


def batch(texts: Iterable[str]) -> tuple[float, int]:
    """CPU seconds of `sayso batch` on one process over an archive of pages, and the bytes of the folder it writes."""
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "pages.warc.gz", Path(folder) / "out"
        archive.write_bytes(b"".join(map(gzip.compress, records(texts))))
        before = _children()
        sayso = str(Path(sys.executable).with_name("sayso"))
        subprocess.run([sayso, "batch", "--jobs", "1", archive, out], capture_output=True, check=False)
        return _children() - before, sum(file.stat().st_size for file in out.rglob("*.parquet"))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reading(texts: list[str]) -> float:
    """CPU seconds of reading alone."""
    from bench.cost import cpu
    from sayso.reader.reader import Reader
    from sayso.terms import Report

    reader = Reader()
    reader.read(Report(texts[0]))
    return cpu(lambda: [reader.read(Report(text)) for text in texts])


def records(texts: Iterable[str]) -> Iterator[bytes]:
    """Web archive records of pages that hold the texts as articles, with the clutter that pages have."""
    for number, text in enumerate(texts):
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
        links = "".join(LINK.format(n) for n in range(150))
        page = (
            f"<!doctype html><html><head><title>Report {number}</title>{SCRIPT}</head><body><nav><ul>{links}</ul></nav>"
            f"<article><h1>Report {number} of the day</h1>{paragraphs}</article>"
            f"<footer><ul>{links}</ul></footer></body></html>"
        )
        body = HEAD + page.encode("utf-8", "replace")
        yield RECORD.format(number=number, length=len(body)).encode() + body + b"\r\n\r\n"
