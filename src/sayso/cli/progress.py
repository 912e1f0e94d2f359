"""Progress on standard error: a bar where a person watches, nothing elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Shows how far a run is."""

    def at(self, done: int, note: str = "") -> None:
        """So much is done."""

    def say(self, line: str) -> None:
        """Print a line above the bar."""


class Quiet:
    """Shows no bar; lines are printed as they come."""

    def at(self, done: int, note: str = "") -> None:
        """Nothing."""

    def say(self, line: str) -> None:
        """Print the line on standard error."""
        import click

        click.echo(line, err=True)


class _Bar(Quiet):
    """A bar with rate and, where the whole is known, the time that remains."""

    def __init__(self, what: str, whole: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        ends = [TimeRemainingColumn(elapsed_when_finished=True)] if whole else [TimeElapsedColumn()]
        self.bars = Bars(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *ends,
            TextColumn("{task.fields[note]}"), console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.task = self.bars.add_task(what, total=whole, note="")

    def at(self, done: int, note: str = "") -> None:
        self.bars.update(self.task, completed=done, note=note)

    def say(self, line: str) -> None:
        self.bars.console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress(what: str, whole: int | None = None) -> Iterator[Progress]:
    """A bar while the work lasts, if standard error is a terminal. ``whole`` is how much there is to do, if known."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Quiet()
        return
    bar = _Bar(what, whole)
    with bar.bars:
        yield bar
