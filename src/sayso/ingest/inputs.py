"""What the command line's PATHs stand for."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.decoding import decode, decoded_lines
from sayso.ingest.records import BLANK, LARGEST, records
from sayso.ingest.streams import looks_like_records, standard_input
from sayso.terms import Report, Skipped

TEXT = frozenset({"", ".txt", ".text", ".md"})
LINES = frozenset({".jsonl", ".ndjson"})
KNOWN = TEXT | LINES
OTHER = frozenset({
    ".json", ".html", ".htm", ".xhtml", ".xml", ".pdf", ".eml", ".mbox", ".warc", ".csv", ".tsv", ".gz", ".zip",
    ".docx", ".doc", ".rtf", ".epub",
})  # fmt: skip


@dataclass(frozen=True)
class Defaults:
    """What holds for each report whose own input does not say it."""

    outlet: str | None = None
    published: str | None = None
    title: str | None = None


def reports(paths: Iterable[str], defaults: Defaults | None = None) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each file, line and stream that ``paths`` name; "-" is standard input."""
    given = defaults or Defaults()
    for path in paths:
        found = _safely(_standard_input(), "standard input") if path == "-" else _path(Path(path))
        for item in found:
            yield item if isinstance(item, Skipped) else _with(item, given)


def _with(report: Report, given: Defaults) -> Report:
    return replace(
        report,
        outlet=report.outlet or given.outlet,
        published=report.published or given.published,
        title=report.title or given.title,
    )


def _safely(items: Iterator[Report | Skipped], where: str) -> Iterator[Report | Skipped]:
    """The same items; what stops them from coming is the last one."""
    try:
        yield from items
    except InputError as error:
        yield Skipped(where, str(error))
    except OSError as error:
        yield Skipped(where, _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist: check the path"
    if isinstance(error, PermissionError):
        return "may not be read by this user: check its permissions"
    return f"cannot be read ({error.strerror or error})"


def _path(path: Path) -> Iterator[Report | Skipped]:
    return _safely(_opened(path), str(path))


def _opened(path: Path) -> Iterator[Report | Skipped]:
    suffix = path.suffix.lower()
    if path.is_dir():
        yield from _folder(path)
    elif suffix in OTHER:
        raise InputError(f"is a {suffix} file: only text and JSON lines are read, convert it first")
    elif suffix in LINES:
        with path.open("rb") as stream:
            yield from records(decoded_lines(stream), str(path))
    else:
        with path.open("rb") as stream:
            yield _text(stream, str(path), path.stem)


def _folder(path: Path) -> Iterator[Report | Skipped]:
    """Every file below ``path`` by name; hidden ones are passed over."""
    found = 0
    closed: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found += 1
            yield from _file_in_folder(Path(folder) / name)
    yield from (Skipped(str(error.filename), _reason(error)) for error in closed)
    if not found and not closed:
        yield Skipped(str(path), "is a folder without files")


def _file_in_folder(path: Path) -> Iterator[Report | Skipped]:
    if path.exists() and not path.is_file():
        yield Skipped(str(path), "is a pipe or a device: name it by itself to read it")
    elif path.suffix.lower() in KNOWN:
        yield from _path(path)
    else:
        yield Skipped(str(path), f"is a {path.suffix} file: only text and JSON lines are read")


def _text(stream: io.BufferedReader, where: str, id: str) -> Report | Skipped:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        return Skipped(where, f"is larger than {LARGEST // 2**20} MiB: split it into reports")
    text = decode(data)
    return Report(text, id) if text.strip(BLANK) else Skipped(where, "is empty")


def _standard_input() -> Iterator[Report | Skipped]:
    stream, head = standard_input(sys.stdin)
    if looks_like_records(head):
        yield from records(decoded_lines(stream), "standard input")
    else:
        yield _text(stream, "standard input", "")
