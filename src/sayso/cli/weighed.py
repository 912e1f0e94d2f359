"""What the commands that weigh share: which stories, and the way there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON

if TYPE_CHECKING:
    from sayso.terms import Reading
    from sayso.terms.weighing import Story
    from sayso.weigh.weigh import Weighed

STORY = click.option("--story", metavar="ID", help="Only this story (`sayso story` lists them). [default: the largest]")


def weighs(command: Callable[..., object]) -> Callable[..., object]:
    """--story, --json and --ledger."""
    return STORY(JSON(LEDGER(command)))


@contextmanager
def told(where: str | None) -> "Iterator[tuple[dict[str, Reading], tuple[Story, ...]]]":
    """The ledger's readings by report, and the stories that they tell, the largest first."""
    from sayso.cli.ledgers import opened
    from sayso.weighing import readings_of, stories_of

    with opened(where) as ledger:
        readings = readings_of(ledger)
    yield readings, stories_of(readings.values())


def weighed(where: str | None, story: str | None) -> "Weighed":
    """The story that was asked for, weighed. UsageError if there is none."""
    from sayso.weighing import weighed as weigh

    with told(where) as (readings, stories):
        chosen = [s for s in stories if story is None or s.id.startswith(story)][:1]
        if not chosen:
            raise click.UsageError(
                f"there is no story {story}: `sayso story` lists them" if story else "the ledger is empty"
            )
        return next(weigh(readings, chosen))
