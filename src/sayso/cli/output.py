"""Readings to standard output, everything else to standard error."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from sayso.cli.options import Asked
from sayso.show.printable import printable
from sayso.terms import Reading, Report, Skipped

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def inputs(asked: Asked) -> Iterator[Iterator[Report | Skipped]]:
    """What the paths that were asked for hold. The network is opened only if one of them is a URL."""
    from sayso.ingest import Defaults, reports

    given = Defaults(asked.outlet, asked.published, asked.title)
    if not any(path.startswith(("http://", "https://")) for path in asked.paths):
        yield reports(asked.paths, given)
        return
    from sayso.ingest.web.fetch import Fetcher, Limits, fetched_reports

    with Fetcher(Limits(private=asked.private)) as fetcher:
        yield reports(asked.paths, given, lambda url: fetched_reports(url, fetcher))


class Tally:
    """Reads, counts what was read and what was skipped, and says so on standard error."""

    def __init__(self) -> None:
        self.read = self.skipped = 0
        self._shows = _is_terminal(sys.stderr) and not _is_terminal(sys.stdout)

    @contextmanager
    def readings(self, asked: Asked) -> Iterator[Iterator[Reading]]:
        """The readings of what was asked for, in order."""
        from sayso.api import read_many

        with inputs(asked) as items:
            yield self._counted(read_many(self._reports(items), asked.jobs, asked.lexicon))

    def _reports(self, items: Iterable[Report | Skipped]) -> Iterator[Report]:
        from sayso.ingest.details.language import unread_language

        for item in items:
            if isinstance(item, Skipped):
                self._skip(item)
            elif (reason := unread_language(item)) is not None:
                self._skip(Skipped(item.url or item.id, reason))
            else:
                yield item

    def _skip(self, item: Skipped) -> None:
        self.skipped += 1
        click.echo(printable(f"skipped {item.where}: {item.reason}"), err=True)

    def _counted(self, items: Iterable[Reading]) -> Iterator[Reading]:
        for item in items:
            self.read += 1
            if self._shows and self.read % 20 == 0:
                click.echo(f"\r{self.read} reports read", nl=False, err=True)
            yield item
        if self._shows and self.read >= 20:
            click.echo(f"\r{self.read} reports read, {self.skipped} skipped", err=True)

    @property
    def status(self) -> int:
        """The exit status."""
        return 1 if self.skipped else 0


def _is_terminal(stream: Any) -> bool:
    return stream is not None and bool(stream.isatty())


def print_json(readings: Iterable[Reading]) -> None:
    """One JSON object a line."""
    from sayso.show.json import reading_to_json

    for reading in readings:
        write_object(reading_to_json(reading))


def write_object(record: dict[str, Any]) -> None:
    """One JSON object on a line, in UTF-8, on standard output at once; half a surrogate pair is escaped."""
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    output = standard_output().buffer
    output.write(line.encode("utf-8", "backslashreplace") + b"\n")
    output.flush()


def standard_output() -> TextIO:
    """Where results go; OSError if the caller closed it."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return sys.stdout


def print_views(readings: Iterable[Reading], view: str) -> None:
    """Each reading for a person."""
    from sayso.show.terminal import show

    screen = console()
    for reading in readings:
        show(reading, screen, view)


def console() -> "Console":
    """Standard output for a person; letters that the terminal's encoding lacks are escaped."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    output = standard_output()
    if isinstance(output, io.TextIOWrapper):
        output.reconfigure(errors="backslashreplace")
    return Screen(soft_wrap=False)
