"""Stories weighed and kept: only those whose reports, readings or judgements have changed, or an older way weighed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from sayso.meaning import default_meaning
from sayso.record import grouped, rulings
from sayso.record import stories as kept
from sayso.record.dialect import keep_out
from sayso.record.ledger import Ledger
from sayso.record.packing import pack
from sayso.record.rows import report_id
from sayso.record.stories import Done, ListedClaim
from sayso.terms import Judgement, Reading
from sayso.terms.weighing import Story
from sayso.weigh.judged import calling
from sayso.weigh.weigh import Weighed, weigh
from sayso.weighing.taking import Progress, named
from sayso.weighing.versions import weigher_version

SECONDS = 1.0
MOST_PACKED = 2_000_000
MANY = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a story is weighed from: its reports' readings, the judgements about its claims, and a hash of all that.

    All call reports alike.
    """

    story: Story
    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...] = ()
    made_of: str = ""

    @property
    def outlets(self) -> int:
        """How many outlets tell the story; a report without one counts by itself."""
        return len({reading.report.outlet or reading.report.id for reading in self.readings})


def weigh_stale(ledger: Ledger, progress: Progress, jobs: int) -> int:
    """Weigh every story that is to be weighed, the latest first, and keep them a few at a time; how many there were."""
    version = weigher_version()
    with ledger.writing() as connection:
        keep_out(connection)
        rulings.mark(connection)
    with ledger.looking() as connection:
        waiting = kept.stale(connection, version)
    whole, done, begun = sum(waiting.values()), 0, time.monotonic()
    ready: list[Done] = []
    spread = jobs if whole >= MANY else 1
    for size, one in zip(waiting.values(), weigh_each(ledger, list(waiting), spread), strict=True):
        progress("weighing", done, whole)
        ready += [one] if one else []
        done += size
        if time.monotonic() - begun > SECONDS or sum(len(one.weighed) for one in ready) > MOST_PACKED:
            _keep(ledger, ready, version)
            ready, begun = [], time.monotonic()
    _keep(ledger, ready, version)
    return len(waiting)


def weigh_each(ledger: Ledger, some: Sequence[str], jobs: int) -> Iterator[Done | None]:
    """Stories weighed, in their order, on so many processes; None for one that is gone."""
    if jobs == 1:
        yield from (weigh_one(ledger, story) for story in some)
        return
    from sayso.weighing.spreading import spread

    yield from spread(ledger.where, some, jobs)


def weigh_one(ledger: Ledger, story: str) -> Done | None:
    """The story of that id weighed and packed, None if it is gone. The ledger is not kept busy meanwhile."""
    with ledger.looking() as connection:
        told = tell(connection, story)
    if told is None:
        return None
    done = weigh_told(told)
    return Done(story, told.made_of, told.outlets, tuple(map(ListedClaim.of, done.story.claims)), pack(done))


def _keep(ledger: Ledger, ready: Sequence[Done], version: str) -> None:
    """Keep stories, but for those that were changed while they were weighed: the next refresh weighs them."""
    if not ready:
        return
    with ledger.writing() as connection:
        keep_out(connection)
        for done in ready:
            if _made_of(connection, done.id) == done.made_of:
                kept.keep(connection, done, version)


def tell(connection: Connection, id: str) -> Told | None:
    """What the story of that id is weighed from; None if there is none."""
    made_of = _made_of(connection, id)  # first: what changes while the rest is looked up must not go unseen
    plain = kept.plain(connection, id)
    if plain is None:
        return None
    names = kept.members(connection, id)
    found = grouped.current(connection, list(names))
    own = {report: report_id(reading.report) for report, (_, reading) in found.items()}
    judgements = calling(rulings.of(connection, id), {own[report]: names[report] for report in found})
    readings = tuple(named(found[report][1], names[report]) for report in names if report in found)
    story = Story(plain.id, plain.title, tuple(r.report.id for r in readings), plain.first, plain.last)
    return Told(story, readings, judgements, made_of)


def _made_of(connection: Connection, id: str) -> str:
    return grouped.digest_of(kept.made_of(connection, id))


def weigh_told(told: Told) -> Weighed:
    """The one place where a story of the ledger is weighed."""
    return weigh(told.story, told.readings, vectors, told.judgements)


def vectors(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    """The vectors of texts, by the shipped model."""
    return default_meaning().vectors(texts)
