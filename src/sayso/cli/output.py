"""Readings to standard output, everything else to standard error."""

import json
import sys
from collections.abc import Iterable, Iterator

import click

from sayso.terms import Reading, Report, Skipped


class Tally:
    """Counts what was read and what was skipped, and says so on standard error."""

    def __init__(self) -> None:
        self.read = self.skipped = 0
        self._shows = sys.stderr.isatty()

    def reports(self, items: Iterable[Report | Skipped]) -> Iterator[Report]:
        """The reports among ``items``; each that was skipped is named with its reason."""
        for item in items:
            if isinstance(item, Skipped):
                self.skipped += 1
                click.echo(f"skipped {item.where}: {item.reason}", err=True)
            else:
                yield item

    def readings(self, items: Iterable[Reading]) -> Iterator[Reading]:
        """The same readings, counted on the terminal if they are many."""
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


def print_json(readings: Iterable[Reading]) -> None:
    """One JSON object a line."""
    from sayso.show.json import reading_to_json

    for reading in readings:
        write_line(json.dumps(reading_to_json(reading), ensure_ascii=False))
    sys.stdout.flush()


def write_line(line: str) -> None:
    """One line in UTF-8 on standard output; what UTF-8 cannot hold is escaped."""
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def print_views(readings: Iterable[Reading], view: str) -> None:
    """Each reading for a person."""
    from rich.console import Console

    from sayso.show.terminal import show

    console = Console(soft_wrap=False)
    for reading in readings:
        show(reading, console, view)
