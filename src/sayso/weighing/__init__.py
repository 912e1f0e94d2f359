"""The workflow of weighing: from a ledger's readings to stories, claims, counts and disputes.

What was found is kept in the ledger. ``refresh`` brings it up to date: only stories whose reports, readings or
judgements have changed are weighed anew. ``stories``, ``story`` and ``claim`` give what is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.record import grouped, rulings
from sayso.record import stories as kept
from sayso.record.ledger import Ledger
from sayso.record.stories import Listed, ListedClaim, Order
from sayso.terms import Reading
from sayso.terms.weighing import Claim, Story
from sayso.weigh.weigh import Weighed, group_stories
from sayso.weighing.grouping import regroup
from sayso.weighing.keeping import Told, weigh_stale, weigh_told
from sayso.weighing.lookup import Kept
from sayso.weighing.taking import Progress, take_in
from sayso.weighing.unkept import Unkept, readings_of
from sayso.weighing.versions import grouping_version, weigher_version

__all__ = [
    "Kept", "Listed", "ListedClaim", "Order", "Progress", "Refreshed", "Unkept", "Weighed", "claim", "claims",
    "is_stale", "readings_of", "refresh", "reports_in", "stories", "stories_of", "story", "weighed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: how many readings it took in, how many reports are gone, how many stories it weighed."""

    reports: int = 0
    gone: int = 0
    stories: int = 0


def refresh(ledger: Ledger, progress: Progress = lambda _what, _done, _whole: None, *, jobs: int = 1) -> Refreshed:
    """Bring the stories up to date with readings and judgements. Stopped at any moment, the next one goes on.

    ``progress`` is told what is being done, how much of it is done, and how much there is. Where there is much to
    weigh, ``jobs`` processes do it. LedgerError if the ledger was opened to look only.
    """
    if not is_stale(ledger):
        return Refreshed()
    taken, gone = take_in(ledger, progress)
    regroup(ledger)
    return Refreshed(taken, gone, weigh_stale(ledger, progress, jobs))


def is_stale(ledger: Ledger) -> bool:
    """Whether ``refresh`` would have anything to do."""
    with ledger.looking() as connection:
        return bool(
            grouped.waiting(connection) or grouped.gone(connection) or grouped.stale_part(connection)
            or not (grouped.is_empty(connection) or grouped.is_of(connection, grouping_version()))
            or kept.stale(connection, weigher_version())
            or rulings.differ(connection)
        )  # fmt: skip


def stories(
    ledger: Ledger, *, offset: int = 0, limit: int | None = None, order: Order = "recent"
) -> tuple[Listed, ...]:
    """The stories as they are kept, without their claims: the ones with the latest report first, or with most."""
    return Kept(ledger).stories(offset=offset, limit=limit, order=order)


def story(ledger: Ledger, id_prefix: str = "") -> Weighed | None:
    """The story whose id begins so, as it is kept, the largest of several; None if there is none."""
    return Kept(ledger).story(id_prefix)


def claims(
    ledger: Ledger, *, story: str = "", least: int = 1, offset: int = 0, limit: int | None = None
) -> tuple[ListedClaim, ...]:
    """The claims in ``least`` reports or more, without their sayings, those in most reports first.

    ``story`` is the beginning of the ids of the stories to look in.
    """
    return Kept(ledger).claims(story=story, least=least, offset=offset, limit=limit)


def claim(ledger: Ledger, id_prefix: str, *, story: str = "") -> tuple[Weighed, Claim] | None:
    """The claim whose id begins so, with its story, whose id begins as ``story``, as kept; None if there is none."""
    return Kept(ledger).claim(id_prefix, story=story)


def reports_in(ledger: Ledger, story: str) -> tuple[str, ...]:
    """The ledger's ids of the reports of the story whose id begins so; none if there is no such story."""
    return Kept(ledger).reports_in(story)


def stories_of(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories that the reports tell, the one with most reports first."""
    return tuple(sorted(group_stories(readings), key=lambda story: (-len(story.reports), story.id)))


def weighed(readings: dict[str, Reading], wanted: Sequence[Story]) -> Iterator[Weighed]:
    """Each of the wanted stories, weighed."""
    for story in wanted:
        yield weigh_told(Told(story, tuple(readings[report] for report in story.reports)))
