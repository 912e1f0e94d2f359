"""Stories weighed: each from its reports' readings alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sayso.batch.weighing.keys import reading_of
from sayso.batch.weighing.tables import (
    claim_row,
    count_rows,
    dispute_row,
    member_rows,
    relation_rows,
    saying_row,
    story_row,
)
from sayso.batch.weighing.tasks import Done
from sayso.terms.weighing import Story
from sayso.weigh.weigh import Weighed
from sayso.weighing.keeping import Told, weigh_told
from sayso.weighing.taking import named

TABLES = ("stories", "story_reports", "claims", "sayings", "counts", "relations", "disputes")


@dataclass(frozen=True, slots=True)
class Packed:
    """A report of a story: its id in the batch, whether weighing calls it by that, and its reading and text, packed."""

    id: str
    by_id: bool
    reading: bytes
    text: bytes


@dataclass(frozen=True, slots=True)
class Tells:
    """A story with its reports in their order."""

    id: str
    title: str
    first: str | None
    last: str | None
    reports: Sequence[Packed]
    tables: ClassVar[tuple[str, ...]] = TABLES

    @property
    def where(self) -> str:
        """The story in words."""
        return f"story {self.id} ({self.title})"

    def do(self) -> Done:
        """Rows of the story, its reports, its claims and their sayings, its counts and disputes."""
        told = self._told()
        done, own = weigh_told(told), [report.id for report in self.reports]
        ids = dict(zip(told.story.reports, own, strict=True))
        rows = {
            "stories": [story_row(done.story, told.outlets, len(done.story.claims))],
            "story_reports": member_rows(self.id, own),
            "claims": [claim_row(claim) for claim in done.story.claims],
            "sayings": [
                saying_row(saying, claim, ids[saying.report])
                for claim in done.story.claims for saying in claim.sayings
            ],
            "counts": [row for series in done.series for row in count_rows(series, self.id, ids)],
            "relations": [row for series in done.series for row in relation_rows(series, self.id)],
            "disputes": [dispute_row(dispute, self.id, ids) for dispute in done.disputes],
        }  # fmt: skip
        return Done(rows=rows)

    def weighed(self) -> Weighed:
        """The story with its claims."""
        return weigh_told(self._told())

    def _told(self) -> Told:
        readings = tuple(
            named(found, report.id if report.by_id else found.report.id)
            for report in self.reports for found in (reading_of(report.reading, report.text),)
        )  # fmt: skip
        story = Story(self.id, self.title, tuple(one.report.id for one in readings), self.first, self.last)
        return Told(story, readings)

    def undone(self) -> Done:
        """Rows of the story and its reports, without claims."""
        own = tuple(report.id for report in self.reports)
        story = Story(self.id, self.title, own, self.first, self.last)
        return Done(rows={"stories": [story_row(story, None, None)], "story_reports": member_rows(self.id, own)})
