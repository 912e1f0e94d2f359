"""What the command line's PATHs stand for."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.decoding import decode
from sayso.ingest.records import LARGEST, records
from sayso.terms import Report, Skipped

TEXT = frozenset({"", ".txt", ".text", ".md"})
LINES = frozenset({".jsonl", ".ndjson"})
KNOWN = TEXT | LINES


@dataclass(frozen=True)
class Defaults:
    """What holds for each report whose own input does not say it."""

    outlet: str | None = None
    published: str | None = None


def reports(paths: Iterable[str], defaults: Defaults | None = None) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each file, line and stream that ``paths`` name; "-" is standard input."""
    given = defaults or Defaults()
    for path in paths:
        found = _standard_input() if path == "-" else _path(Path(path))
        for item in found:
            yield item if isinstance(item, Skipped) else _with(item, given)


def _with(report: Report, given: Defaults) -> Report:
    return replace(report, outlet=report.outlet or given.outlet, published=report.published or given.published)


def _path(path: Path) -> Iterator[Report | Skipped]:
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.suffix.lower() in LINES:
            yield from _lines(path)
        else:
            yield _text(path)
    except InputError as error:
        yield Skipped(str(path), str(error))
    except OSError as error:
        yield Skipped(str(path), _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist: check the path"
    if isinstance(error, PermissionError):
        return "may not be read by this user: check its permissions"
    return f"cannot be read ({error.strerror or error})"


def _folder(path: Path) -> Iterator[Report | Skipped]:
    """Every file below ``path`` by name; hidden ones are passed over."""
    found = 0
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found += 1
            file = Path(folder) / name
            if file.suffix.lower() in KNOWN:
                yield from _path(file)
            else:
                yield Skipped(str(file), f"is a {file.suffix} file: only text and JSON lines are read")
    if not found:
        yield Skipped(str(path), "is a folder without files")


def _text(path: Path) -> Report | Skipped:
    size = path.stat().st_size
    if size > LARGEST:
        return Skipped(str(path), f"is larger than {LARGEST // 2**20} MiB: split it into reports")
    return _report(decode(path.read_bytes()), str(path), path.stem)


def _report(text: str, where: str, id: str) -> Report | Skipped:
    return Report(text, id) if text.strip("\ufeff\x00 \t\r\n") else Skipped(where, "is empty")


def _lines(path: Path) -> Iterator[Report | Skipped]:
    with path.open("rb") as file:
        yield from records(_decoded(file), str(path))


def _decoded(file: Iterable[bytes]) -> Iterator[str]:
    """Lines as UTF-8; a line in another encoding is decoded by itself, a broken one keeps its place."""
    for line in file:
        try:
            yield decode(line)
        except InputError:
            yield "\x00"


def _standard_input() -> Iterator[Report | Skipped]:
    stream = sys.stdin.buffer
    first = stream.readline()
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from records(_decoded(_chain(first, stream)), "standard input")
        return
    try:
        yield _report(decode(first + stream.read()), "standard input", "")
    except InputError as error:
        yield Skipped("standard input", str(error))


def _chain(first: bytes, stream: io.BufferedIOBase | Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from stream
