"""Pages of what people should look at. Each looks at no more of the ledger than it shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sayso.record import doubtful
from sayso.record.judging import Review
from sayso.record.latest import judged_lately, stamp
from sayso.show.views.judged import judged_view
from sayso.web.correcting.items import Item, claim_items, names_of, source_items, speaker_item, statement_item
from sayso.web.desk import Desk
from sayso.weigh.reviewing import WEIGHED, Remark, anchors_in
from sayso.weigh.reviewing import review as review_weighed
from sayso.weighing import Weighed, stories

What = Literal["judgements", "claims", "sources", "speakers", "statements"]
TITLES: dict[What, str] = {
    "judgements": "Disputed or lost judgements", "claims": "Claims that may be the same",
    "sources": "Sources that may be one", "speakers": "Speakers left open", "statements": "Unsure statements",
}  # fmt: skip
PROBLEMS = {
    "lost": "What this is about is no longer found", "ownerless": "The figure’s owner is no longer found",
    "disputed": "People differ here: the last word counts", "unusable": "This can’t be applied",
}  # fmt: skip
STORIES_AT_ONCE, REPORTS_AT_ONCE = 12, 12


@dataclass(frozen=True, slots=True)
class Page:
    """Items, and where the next page starts: how many stories, reports or statements on, and how many items in."""

    items: tuple[Item, ...]
    offset: int | None = None
    within: int = 0


@dataclass
class Reviewer:
    """What is to be looked at in a ledger."""

    desk: Desk
    remarks: tuple[tuple[int, int], tuple[Remark, ...]] | None = None

    def page(self, what: What, offset: int, within: int, limit: int) -> Page:
        """One page, the worst first."""
        if what == "statements":
            return self._doubts(doubtful.unsure, statement_item, offset, limit)
        if what == "speakers":
            return self._doubts(doubtful.unresolved, speaker_item, offset, limit)
        if what == "judgements":
            return self._judgements(offset, within, limit)
        return self._of_stories(claim_items if what == "claims" else source_items, offset, within, limit)

    def _doubts(
        self, look: Callable[..., list[doubtful.Doubt]], made: Callable[[doubtful.Doubt], Item], offset: int, limit: int
    ) -> Page:
        with self.desk.ledger.looking() as connection:
            found = look(connection, offset, limit + 1)
        return Page(tuple(map(made, found[:limit])), offset + limit if len(found) > limit else None)

    def _of_stories(self, made: Callable[..., Iterator[Item]], offset: int, within: int, limit: int) -> Page:
        """The largest stories first: what is wrong there counts most."""
        listed = stories(self.desk.ledger, offset=offset, limit=STORIES_AT_ONCE + 1, order="size")
        found: list[Item] = []
        for at, one in enumerate(listed[:STORIES_AT_ONCE], offset):
            whole = self.desk.story(one.id)
            left = limit - len(found)
            new = list(islice(self._items(made, whole), within, within + left + 1)) if whole else []
            found += new[:left]
            if len(new) > left:
                return Page(tuple(found), at, within + left)
            within = 0
        return Page(tuple(found), offset + STORIES_AT_ONCE if len(listed) > STORIES_AT_ONCE else None)

    def _items(self, made: Callable[..., Iterator[Item]], whole: Weighed) -> Iterator[Item]:
        unsure = [claim for claim in whole.story.claims if claim.unsure or claim.unsure_sources]
        others = {one.claim for claim in unsure for one in claim.unsure}
        wanted = [*unsure, *(claim for claim in whole.story.claims if claim.id in others)]
        return made(whole, self.desk.known(names_of(wanted))) if wanted else iter(())

    def _judgements(self, offset: int, within: int, limit: int) -> Page:
        """Those of claims, sayings and speakers first, then by report, the one that was judged last first."""
        found: list[Item] = []
        first = [self._remark(one) for one in self._remarks()] if offset == 0 else []
        with self.desk.ledger.looking() as connection:
            reports = judged_lately(connection, offset, REPORTS_AT_ONCE + 1)
        for at, report in enumerate(reports[:REPORTS_AT_ONCE], offset):
            new = [*(first if at == 0 else ()), *self._of_report(report)][within:]
            left = limit - len(found)
            found += new[:left]
            if len(new) > left:
                return Page(tuple(found), at, within + left)
            within = 0
        found += first if not reports else ()
        return Page(tuple(found), offset + REPORTS_AT_ONCE if len(reports) > REPORTS_AT_ONCE else None)

    def _of_report(self, report: str) -> Iterator[Item]:
        judged = self.desk.ledger.judged(report)
        for one in judged.review if judged else ():
            if one.problem in PROBLEMS:
                there = f"?statement={one.id}#card" if one.id and one.id[0] != "f" else ""
                yield self._remark(one, f"/reports/{report}{there}")

    def _remark(self, one: Review | Remark, edit: str = "") -> Item:
        said = tuple(judged_view(judgement, self.desk.ledger.report) for judgement in one.judgements)
        return Item(PROBLEMS[one.problem], (), one.reason, (), edit, said)

    def _remarks(self) -> tuple[Remark, ...]:
        """What is lost or disputed of claims, sayings and speakers; looked up once until somebody judges."""
        with self.desk.ledger.looking() as connection:
            now = stamp(connection)
        if self.remarks is None or self.remarks[0] != now:
            said = [one for one in self.desk.ledger.judgements() if one.target in WEIGHED]
            named = {anchor.report for one in said for anchor in anchors_in(one)}
            readings = {name: found for name in sorted(named) if (found := self.desk.ledger.reading(name))}
            self.remarks = now, review_weighed(said, readings)
        return self.remarks[1]
