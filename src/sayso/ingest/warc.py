"""Web archives (WARC) → reports: the pages in them, one by one."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sayso.errors import InputError
from sayso.ingest.archived import page_bytes
from sayso.ingest.content_types import charset_in
from sayso.ingest.gzips import MAGIC, CutOffError, unzipped
from sayso.ingest.records import BLANK, LARGEST
from sayso.ingest.streams import peekable
from sayso.ingest.web.charsets import text_of
from sayso.terms import Report, Skipped

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MARKUP = frozenset({"text/html", "application/xhtml+xml"})
KINDS = MARKUP | {"text/plain"}
OK = 200


@dataclass(frozen=True)
class Page:
    """A record's payload as it lies in the archive, None if it is too large, and what its headers say of it."""

    data: bytes | None
    kind: str
    charset: str | None
    url: str | None
    transfer: str | None
    content: str | None


class Archive:
    """A WARC stream, read record by record; ``number`` is the record at hand among those that may hold a page."""

    def __init__(self, stream: BinaryIO) -> None:
        plain = peekable(stream)
        self._stream = unzipped(plain) if plain.peek(len(MAGIC)).startswith(MAGIC) else plain
        self._place, self._last = 0, b"\n"
        self.number = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, for fastwarc."""
        data = self._stream.read1(size)  # no more at once, so as to lose nothing before a cut
        self._place += len(data)
        self._last = data[-1:] or self._last
        return data

    def tell(self) -> int:
        """How many bytes were read, for fastwarc."""
        return self._place

    def pages(self) -> Iterator[Page]:
        """The pages; CutOffError where the archive ends too early, InputError where it is damaged."""
        records = self._records()
        while True:
            self.number += 1
            try:
                record = next(records)
            except StopIteration:
                self._refuse_cut()
                return
            if (page := _page(record)) is not None:
                yield page

    def _records(self) -> Iterator["WarcRecord"]:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
        try:
            yield from ArchiveIterator(self, record_types=wanted, fsspec_args=False)  # type: ignore[arg-type]
        except OSError as error:
            if error.errno is not None:
                raise
            raise InputError("is damaged, or no web archive: fetch it again") from error

    def _refuse_cut(self) -> None:
        """CutOffError if the archive does not end with a line's end, as every record does."""
        if self._last != b"\n":
            raise CutOffError("is cut off")


def warc_reports(stream: BinaryIO, where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each page of a WARC or WARC.gz stream; ``where`` names it for a person.

    Pages are HTML, XHTML and plain text; whatever else was fetched is passed over.
    """
    archive = Archive(stream)
    found = False
    try:
        for page in archive.pages():
            found = True
            yield _report_or_reason(page, f"{where}, record {archive.number} ({page.url or 'without an address'})")
    except CutOffError:
        yield Skipped(where, f"is cut off at record {archive.number}: fetch it again")
    except InputError as error:
        what, _, hint = str(error).partition(": ")
        yield Skipped(where, f"{what} at record {archive.number}: {hint}")
    else:
        if not found:
            nothing = "holds no pages: only HTML and plain text are read from web archives"
            yield Skipped(where, nothing if archive.tell() else "is empty")


def _page(record: "WarcRecord") -> Page | None:
    """The record's page, None if it holds something else; CutOffError if it is not all there."""
    if "Content-Length" not in record.headers:
        raise CutOffError("is cut off")
    given = _headers(record)
    kind, _, rest = given.get("content-type", "").partition(";")
    if kind.strip().lower() not in KINDS:
        return None
    data = record.reader.read(LARGEST + 1) if record.content_length <= LARGEST else None
    if data is not None and len(data) < record.content_length:
        raise CutOffError("is cut off")
    return Page(
        data,
        kind.strip().lower(),
        charset_in(rest),
        record.headers.get("WARC-Target-URI"),
        given.get("transfer-encoding"),
        given.get("content-encoding"),
    )


def _headers(record: "WarcRecord") -> dict[str, str]:
    """The headers that say what the payload is, in small letters; none for what no server sent as a page."""
    from fastwarc.warc import WarcRecordType

    headers = record.headers
    if record.record_type == WarcRecordType.response:
        headers = record.http_headers
        if headers is None or headers.status_code != OK:
            return {}
    return {name.lower(): value for name, value in headers.items()}


def _report_or_reason(page: Page, where: str) -> Report | Skipped:
    try:
        if page.data is None:
            raise InputError(f"is larger than {LARGEST // 2**20} MiB: save it as text by itself")
        data = page_bytes(page.data, page.transfer, page.content)
        return _html(page, data, where) if page.kind in MARKUP else _text(page, data)
    except InputError as error:
        return Skipped(where, str(error))


def _html(page: Page, data: bytes, where: str) -> Report | Skipped:
    from sayso.ingest.html.page import html_report

    return html_report(data, where, page.url, page.charset)


def _text(page: Page, data: bytes) -> Report:
    text = text_of(data, page.charset)
    if not text.strip(BLANK):
        raise InputError("is empty")
    return Report(text, url=page.url, raw_sha256=hashlib.sha256(data).hexdigest())
