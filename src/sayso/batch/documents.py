"""What a batch reads, document by document. What is dear or risky (HTML, PDF) is left to the processes that read."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.decoding import SAMPLE
from sayso.ingest.folders import files_in
from sayso.ingest.formats import Source, found_in
from sayso.ingest.gzips import MAGIC, CutOffError, unzipped
from sayso.ingest.inputs import Defaults, _reason, _safely, completed
from sayso.ingest.streams import peekable
from sayso.ingest.warc import Archive, Page, _report_or_reason
from sayso.terms import Report, Skipped

WHOLE = frozenset({".html", ".htm", ".xhtml", ".pdf", ".txt", ".text", ".md"})
ARCHIVES = (".warc", ".wet", ".warc.gz", ".wet.gz")


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that is one report: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to read. ``where`` names it for a person; ``upto`` is how many bytes of input end with it."""

    where: str
    of: Report | Page | Whole | Skipped
    upto: int = 0


def documents(paths: Iterable[str]) -> Iterator[Document]:
    """The documents in the files and folders that ``paths`` name, always in the same order."""
    before = 0
    for file in _files(paths):
        if isinstance(file, Skipped):
            yield Document(file.where, file, before)
            continue
        yield from _in_file(file, before)
        before += size_of(file)


def bytes_of(paths: Iterable[str]) -> int:
    """How many bytes the files have."""
    return sum(size_of(file) for file in _files(paths) if isinstance(file, Path))


def files_of(paths: Iterable[str]) -> list[tuple[str, int, int]]:
    """The path, size and time of change (ns) of every file: what shows at a glance that nothing has changed."""
    found = [file for file in _files(paths) if isinstance(file, Path) and file.exists()]
    return [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in found]


def report_of(document: Document, defaults: Defaults | None = None) -> Report | Skipped:
    """The document as a report with what its text and ``defaults`` say of it, or why it gives none."""
    found = _found(document)
    return found if isinstance(found, Skipped) else completed(found, defaults)


def _found(document: Document) -> Report | Skipped:
    of = document.of
    if isinstance(of, Page):
        return _report_or_reason(of, document.where)
    if not isinstance(of, Whole):
        return of
    source = Source(io.BufferedReader(io.BytesIO(of.data)), document.where, PurePath(of.name))
    return next(_safely(found_in(source), document.where))


def size_of(file: Path) -> int:
    """The file's size in bytes; 0 if it cannot be told."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _files(paths: Iterable[str]) -> Iterator[Path | Skipped]:
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        for item in files_in(path):
            yield Skipped(str(item.filename), _reason(item)) if isinstance(item, OSError) else item


def _in_file(path: Path, before: int) -> Iterator[Document]:
    where = str(path)
    try:
        with path.open("rb", SAMPLE) as stream:
            for name, of in _cut(stream, path, where):
                yield Document(name, of, before + stream.tell())
    except InputError as error:
        yield Document(where, Skipped(where, str(error)), before)
    except OSError as error:
        yield Document(where, Skipped(where, _reason(error)), before)


def _cut(stream: BinaryIO, path: Path, where: str) -> Iterator[tuple[str, Report | Page | Whole | Skipped]]:
    if path.suffix.lower() in WHOLE:
        yield where, Whole(path.name, Source(peekable(stream), where).whole(_most(path)))
    elif path.name.lower().endswith(ARCHIVES):
        start = peekable(stream).peek(len(MAGIC))
        yield from _pages(unzipped(stream) if start.startswith(MAGIC) else stream, where)
    else:
        for found in found_in(Source(peekable(stream), where, path, path)):
            named = found.where if isinstance(found, Skipped) else f"{where}, report {found.url or found.id}"
            yield named, found


def _most(path: Path) -> int:
    from sayso.ingest.pdf.document import LARGEST_PDF
    from sayso.ingest.records import LARGEST

    return LARGEST_PDF if path.suffix.lower() == ".pdf" else LARGEST


def _pages(stream: BinaryIO, where: str) -> Iterator[tuple[str, Page | Skipped]]:
    """The pages of an archive as they lie in it, and why there are no more; as ``warc_reports`` names them."""
    archive, found = Archive(stream), False
    try:
        for page in archive.pages():
            found = True
            yield f"{where}, record {archive.number} ({page.url or 'without an address'})", page
    except CutOffError:
        yield where, Skipped(where, f"is cut off at record {archive.number}: fetch it again")
    except InputError as error:
        what, _, hint = str(error).partition(": ")
        yield where, Skipped(where, f"{what} at record {archive.number}: {hint}")
    else:
        if not found:
            nothing = "holds no pages: only HTML and plain text are read from web archives"
            yield where, Skipped(where, nothing if archive.tell() else "is empty")


def refuse_streams(paths: Iterable[str]) -> None:
    """InputError if a path is none of a file or folder, which alone can be read again when a run goes on."""
    for path in paths:
        if path == "-" or "://" in path:
            raise InputError(f"{path} cannot be read again when a stopped run goes on: save it, and name the file")
