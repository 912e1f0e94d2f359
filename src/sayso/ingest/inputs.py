"""What the command line's PATHs stand for."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.decoding import SAMPLE
from sayso.ingest.folders import files_in
from sayso.ingest.formats import Source, found_in
from sayso.ingest.streams import peekable, standard_input
from sayso.terms import Report, Skipped

Fetch = Callable[[str], Iterator[Report | Skipped]]

WEB = re.compile(r"(?i)https?://")
ADDRESS = re.compile(r"(?i)([a-z][a-z0-9+.-]+)://|(data|feed|file|ftp|javascript|mailto):")


@dataclass(frozen=True)
class Defaults:
    """What holds for each report whose own input does not say it."""

    outlet: str | None = None
    published: str | None = None
    title: str | None = None


def reports(
    paths: Iterable[str], defaults: Defaults | None = None, fetch: Fetch | None = None
) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each file, line, row, page and message that ``paths`` name.

    "-" is standard input; an http or https address is given to ``fetch``, and skipped if there is none.
    """
    given = defaults or Defaults()
    for path in paths:
        for item in _found(path, fetch):
            yield item if isinstance(item, Skipped) else completed(item, given)


def completed(report: Report, defaults: Defaults | None = None) -> Report:
    """The report with what its text says of itself, then with ``defaults``; what it was given already stays."""
    from sayso.ingest.details.details import detailed

    given = defaults or Defaults()
    known = {field.name: value for field in fields(report) if (value := getattr(report, field.name))}
    full = replace(detailed(report), **known)
    return replace(
        full,
        outlet=full.outlet or given.outlet,
        published=full.published or given.published,
        title=full.title or given.title,
    )


def _found(path: str, fetch: Fetch | None) -> Iterator[Report | Skipped]:
    if path == "-":
        return _safely(_standard_input(), "standard input")
    if WEB.match(path):
        return _safely(_fetched(path, fetch), path)
    if (address := ADDRESS.match(path)) is not None:
        scheme = (address[1] or address[2]).lower()
        hint = "name the file itself" if scheme == "file" else "fetch it yourself, and name the file"
        return iter([Skipped(path, f"is a {scheme}: address, and only http and https are fetched: {hint}")])
    return _path(Path(path))


def _fetched(address: str, fetch: Fetch | None) -> Iterator[Report | Skipped]:
    if fetch is None:
        raise InputError("is on the network, which may not be used here: save the page and name the file")
    yield from fetch(address)


def _standard_input() -> Iterator[Report | Skipped]:
    yield from found_in(Source(standard_input(sys.stdin), "standard input"))


def _path(path: Path) -> Iterator[Report | Skipped]:
    if path.is_dir():
        return _folder(path)
    return _safely(_file(path), str(path))


def _folder(path: Path) -> Iterator[Report | Skipped]:
    for item in files_in(path):
        if isinstance(item, OSError):
            yield Skipped(str(item.filename), _reason(item))
        elif isinstance(item, Skipped):
            yield item
        else:
            yield from _safely(_file(item), str(item))


def _file(path: Path) -> Iterator[Report | Skipped]:
    with path.open("rb", SAMPLE) as stream:
        yield from found_in(Source(peekable(stream), str(path), path, path))


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
