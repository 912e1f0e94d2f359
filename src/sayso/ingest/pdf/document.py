"""PDF files → reports: the text in reading order, without what runs along the margins of its pages."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.ingest.pdf.layout import blocks
from sayso.ingest.pdf.margins import without_margins
from sayso.ingest.pdf.paragraphs import paragraphs
from sayso.ingest.pdf.pieces import Page, page_of
from sayso.ingest.records import LARGEST
from sayso.terms import Report, Skipped

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

LARGEST_PDF = 64 * 1024 * 1024
MOST_PAGES = 500
MOST_UNREADABLE = 0.3
ENGINE = threading.Lock()
NO_TITLE = re.compile(
    r"(?i)microsoft \w+ - |untitled|document ?\d*$|\(?anonymous|no title|print|layout|"
    r".*\.(?:docx?|indd|qxp|pdf|rtf|odt|tex|html?|pptx?|xlsx?|txt)\b|[\w.-]*[_\d][\w.-]*$"
)
NAME = r"[A-Z][\w’'-]*\.?(?: (?:de|da|van|von|der|den|al|bin|la|le|[A-Z][\w’'-]*\.?)){1,4}"
AUTHORS = re.compile(rf"{NAME}(?:(?:, | and | & ){NAME})*")
NO_AUTHOR = re.compile(r"(?i)\b(?:user|admin|administrator|owner|office|microsoft|unknown|author|default|desktop)\b")


def pdf_report(data: bytes, where: str) -> Report | Skipped:
    """The report in a PDF file; ``where`` names it for a person. One at a time: others wait."""
    try:
        if len(data) > LARGEST_PDF:
            raise InputError(f"is larger than {LARGEST_PDF // 2**20} MiB: save it without pictures, or in parts")
        with ENGINE, _opened(data) as document:
            return _report(document, data)
    except InputError as error:
        return Skipped(where, str(error))


@contextmanager
def _opened(data: bytes) -> Iterator["PdfDocument"]:
    """The document; InputError if it is locked or damaged."""
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise InputError("is a PDF that is locked by a password: save it unlocked first") from error
        raise InputError("is damaged, or no PDF: fetch it again, or save it anew") from error
    with closing(document):
        yield document


def _report(document: "PdfDocument", data: bytes) -> Report:
    from pypdfium2 import PYPDFIUM_INFO

    if len(document) > MOST_PAGES:
        raise InputError(f"has {len(document)} pages, more than {MOST_PAGES}: split it into reports")
    text = _text(_pages(document))
    metadata = document.get_metadata_dict()
    return Report(
        text,
        title=_title(metadata.get("Title", "")),
        byline=_byline(metadata.get("Author", "")),
        raw_sha256=hashlib.sha256(data).hexdigest(),
        extractor=f"pypdfium2 {PYPDFIUM_INFO.version}",
    )


def _pages(document: "PdfDocument") -> list[Page]:
    """The pages that can be read, one at least."""
    from pypdfium2 import PdfiumError

    found: list[Page] = []
    for number in range(len(document)):
        try:
            found.append(page_of(document, number))
        except PdfiumError:  # a damaged page: the others are read
            continue
    if not found:
        raise InputError("is a damaged PDF, no page of which can be read: fetch it again, or save it anew")
    return found


def _text(pages: list[Page]) -> str:
    """The text of the pages; InputError if there is none, or none that means anything."""
    text = "\n\n".join(paragraphs([blocks(pieces) for pieces in without_margins(pages)]))
    if not any(letter.isalnum() for letter in text):
        raise InputError("is a PDF without text, such as a scan: run text recognition (OCR) on it first")
    if sum(map(_unreadable, text)) > MOST_UNREADABLE * len(text):
        raise InputError("is a PDF whose letters have lost their meaning: run text recognition (OCR) on it first")
    if len(text) > LARGEST:
        raise InputError(f"has more than {LARGEST // 2**20} MiB of text: split it into reports")
    return text


def _unreadable(letter: str) -> bool:
    """Whether this stands for a letter that its font gives no meaning."""
    return letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or (letter < " " and letter != "\n")


def _title(given: str) -> str | None:
    """The title from the metadata unless it is a file's name or a program's word."""
    title = " ".join(given.split())
    return title if 0 < len(title) <= 300 and not NO_TITLE.match(title) else None


def _byline(given: str) -> str | None:
    """The author from the metadata if it looks like people's names."""
    author = " ".join(given.split())
    return author if AUTHORS.fullmatch(author) and not NO_AUTHOR.search(author) else None
