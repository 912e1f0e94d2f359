"""What the commands that weigh share: which stories, brought up to date first, and the way there."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from sayso.cli.ledgers import LEDGER, opened
from sayso.cli.options import JSON
from sayso.cli.progress import Progress, Quiet, progress

if TYPE_CHECKING:
    from sayso.terms.weighing import Claim, Story
    from sayso.weigh.weigh import Weighed

STORY = click.option("--story", metavar="ID", help="Only this story (`sayso story` lists them). [default: the largest]")
ANY_STORY = click.option("--story", metavar="ID", help="Look in this story alone (`sayso story` lists them).")
MOST_JOBS = 8


class Told(Protocol):
    """The stories of a ledger."""

    def whole_stories(self) -> "tuple[Story, ...]":
        """All with their reports, the largest first; without their claims."""

    def story(self, id_prefix: str = "") -> "Weighed | None":
        """The story whose id begins so, the largest of several."""

    def claim(self, id_prefix: str, *, story: str = "") -> "tuple[Weighed, Claim] | None":
        """The claim whose id begins so, with its story."""

    def reports_in(self, story: str) -> tuple[str, ...]:
        """The ledger's ids of the reports of the story whose id begins so."""


def weighs(command: Callable[..., object]) -> Callable[..., object]:
    """--story, --json and --ledger."""
    return STORY(JSON(LEDGER(command)))


@contextmanager
def told(where: str | None) -> "Iterator[Told]":
    """The stories of the ledger, brought up to date; where they cannot be kept, they are weighed for this once."""
    with ExitStack() as stack:
        yield _stories(stack, where)


def _stories(stack: ExitStack, where: str | None) -> Told:
    from sayso.errors import LedgerError
    from sayso.weighing import Kept, Unkept, is_stale, refresh

    try:
        ledger = stack.enter_context(opened(where, readonly=False, create=False))
        with closing(_Bars()) as bars:
            refresh(ledger, bars, jobs=min(os.cpu_count() or 1, MOST_JOBS))
        return Kept(ledger)
    except LedgerError as error:
        ledger = stack.enter_context(opened(where))
        if not is_stale(ledger):
            return Kept(ledger)
        click.echo(f"{error}; until then stories are weighed anew each time, which takes longer", err=True)
        return Unkept(ledger)


class _Bars:
    """One bar after the other, each from when there is something to show."""

    def __init__(self) -> None:
        self._stack, self._what = ExitStack(), ""
        self._bar: Progress = Quiet()

    def __call__(self, what: str, done: int, whole: int) -> None:
        if what != self._what:
            self.close()
            self._what, self._bar = what, self._stack.enter_context(progress(what, whole))
        self._bar.at(done)

    def close(self) -> None:
        """Take the bar away."""
        self._stack.close()


def weighed(where: str | None, story: str | None) -> "Weighed":
    """The story that was asked for, weighed. UsageError if there is none."""
    with told(where) as stories:
        found = stories.story(story or "")
    if found is None:
        raise no_story(story)
    return found


def no_story(story: str | None) -> click.UsageError:
    """What to say where there is no such story, or none at all."""
    return click.UsageError(f"there is no story {story}: `sayso story` lists them" if story else "the ledger is empty")


def nothing(what: str, found: "Weighed") -> None:
    """Say that a story has none of what was asked for."""
    from sayso.show.printable import printable

    story = f"story {found.story.id} ({found.story.title})"
    click.echo(printable(f"{what} in {story}: `sayso story` lists others, --story chooses one"), err=True)
