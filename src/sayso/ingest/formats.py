"""Which function reads which format, and what to do about the formats that none reads."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePath

from sayso.errors import InputError
from sayso.ingest.decoding import decode, decoded_lines
from sayso.ingest.gzips import MAGIC, unzipped
from sayso.ingest.records import BLANK, LARGEST, records
from sayso.ingest.signatures import suffix_of
from sayso.ingest.streams import looked_at
from sayso.terms import Report, Skipped

Found = Iterator[Report | Skipped]

LARGEST_JSON = 128 * 1024 * 1024
UNPACK = "is a {} archive: unpack it, and name the folder"
SAVE_AS = "is a {} file, which is not read: save it as text, HTML or PDF"
AS_TABLE = "is a {} file, which is not read: save its table as CSV"
NO_FEED = 'is a {} file, which is not read: for a feed there is "sayso watch", for another kind of XML save it as HTML'
UNREAD = (
    dict.fromkeys((".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst"), UNPACK)
    | dict.fromkeys((".docx", ".doc", ".rtf", ".odt", ".epub", ".pages", ".mht", ".mhtml", ".msg"), SAVE_AS)
    | dict.fromkeys((".xlsx", ".xls", ".ods"), AS_TABLE)
    | dict.fromkeys((".xml", ".rss", ".atom"), NO_FEED)
)


@dataclass(frozen=True)
class Source:
    """A file or stream: its bytes, how a person knows it, and its file name, which may be empty.

    ``path`` is where it lies, None if it is piped or packed; ``packed`` says whether it came out of a gzip file.
    """

    stream: io.BufferedReader
    where: str
    file: PurePath = field(default_factory=PurePath)
    path: Path | None = None
    packed: bool = False

    def whole(self, most: int = LARGEST) -> bytes:
        """All of its bytes; InputError if there are too many for one report."""
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise InputError(f"is larger than {most // 2**20} MiB: split it into reports")
        return data

    def named(self, item: Report | Skipped) -> Report | Skipped:
        """The only report in the file, called as the file is."""
        return replace(item, id=self.file.stem) if isinstance(item, Report) and self.file.stem else item


def found_in(source: Source) -> Found:
    """What the source holds, by its file's suffix, else by its first bytes. InputError if it cannot be read."""
    suffix = source.file.suffix.lower()
    if suffix in UNREAD:
        raise InputError(UNREAD[suffix].format(suffix))
    if suffix not in FORMATS:
        stream, head = looked_at(source.stream)
        source, suffix = replace(source, stream=stream), suffix_of(head)
    return FORMATS[suffix](source)


def why_not_read(file: PurePath) -> str | None:
    """Why a file of that name is passed over in a folder, None if it is read."""
    suffix = file.suffix.lower()
    if suffix == ".gz":
        return why_not_read(PurePath(file.stem))
    if suffix in FORMATS or not suffix:
        return None
    return UNREAD.get(suffix, SAVE_AS).format(suffix)


def _text(source: Source) -> Found:
    data = source.whole()
    text = decode(data)
    if not text.strip(BLANK):
        raise InputError("is empty")
    yield source.named(Report(text, raw_sha256=sha256(data).hexdigest()))


def _lines(source: Source) -> Found:
    return records(decoded_lines(source.stream), source.where)


def _json(source: Source) -> Found:
    """One JSON value, or JSON lines under a name that says otherwise."""
    from sayso.ingest.ninjs import json_reports

    stream, head = looked_at(source.stream)
    source = replace(source, stream=stream)
    if suffix_of(head) == ".jsonl" and b"\n" in head.strip():
        return _lines(source)
    return json_reports(source.whole(LARGEST_JSON), source.where)


def _html(source: Source) -> Found:
    from sayso.ingest.html.page import html_report

    yield source.named(html_report(source.whole(), source.where))


def _pdf(source: Source) -> Found:
    from sayso.ingest.pdf.document import LARGEST_PDF, pdf_report

    yield source.named(pdf_report(source.whole(LARGEST_PDF), source.where))


def _mail(source: Source) -> Found:
    from sayso.ingest.mail.messages import messages

    return messages(source.stream, source.where)


def _csv(source: Source) -> Found:
    from sayso.ingest.tables import csv_reports

    return csv_reports(source.stream, source.where)


def _parquet(source: Source) -> Found:
    from sayso.ingest.tables import parquet_reports

    if source.path is None:
        raise InputError("is a Parquet file that is piped or packed: save it, unpacked, and name it")
    return parquet_reports(source.path, source.where)


def _warc(source: Source) -> Found:
    from sayso.ingest.warc import warc_reports

    return warc_reports(source.stream, source.where)


def _gzip(source: Source) -> Found:
    """What is packed; a file that was unpacked and kept its name is read as it is."""
    start = source.stream.peek(len(MAGIC))
    if not start:
        raise InputError("is empty")
    if source.packed:
        raise InputError("is packed twice: unpack it first")
    stream = unzipped(source.stream) if start.startswith(MAGIC) else source.stream
    return found_in(Source(stream, source.where, PurePath(source.file.stem), packed=True))


FORMATS: dict[str, Callable[[Source], Found]] = {
    ".txt": _text, ".text": _text, ".md": _text,
    ".jsonl": _lines, ".ndjson": _lines, ".json": _json,
    ".html": _html, ".htm": _html, ".xhtml": _html,
    ".pdf": _pdf, ".eml": _mail, ".mbox": _mail,
    ".csv": _csv, ".tsv": _csv, ".parquet": _parquet,
    ".warc": _warc, ".wet": _warc, ".gz": _gzip,
}  # fmt: skip
