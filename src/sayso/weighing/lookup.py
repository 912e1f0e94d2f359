"""What the ledger keeps of stories, as it is."""

from dataclasses import dataclass, replace

from sayso.record import stories as kept
from sayso.record.ledger import Ledger
from sayso.record.packing import PackingError, unpack
from sayso.record.stories import Listed, ListedClaim, Order, Packed
from sayso.terms.weighing import Claim, Story
from sayso.weigh.weigh import Weighed
from sayso.weighing.keeping import tell, weigh_told


@dataclass(frozen=True, slots=True)
class Kept:
    """The stories of a ledger as the last ``refresh`` left them."""

    ledger: Ledger

    def stories(self, *, offset: int = 0, limit: int | None = None, order: Order = "recent") -> tuple[Listed, ...]:
        """The stories without their claims: the ones with the latest report first, or with most reports."""
        with self.ledger.looking() as connection:
            return kept.listed(connection, offset, limit, order)

    def whole_stories(self) -> tuple[Story, ...]:
        """All stories with their reports, the largest first; without their claims."""
        with self.ledger.looking() as connection:
            return tuple(kept.whole(connection))

    def story(self, id_prefix: str = "") -> Weighed | None:
        """The story whose id begins so, the largest of several; None if there is none."""
        with self.ledger.looking() as connection:
            found = kept.story(connection, id_prefix)
        return None if found is None else self._opened(found)

    def claims(
        self, *, story: str = "", least: int = 1, offset: int = 0, limit: int | None = None
    ) -> tuple[ListedClaim, ...]:
        """The claims in so many reports, without their sayings, those in most reports first."""
        with self.ledger.looking() as connection:
            return kept.listed_claims(connection, story, least, offset, limit)

    def claim(self, id_prefix: str, *, story: str = "") -> tuple[Weighed, Claim] | None:
        """The claim whose id begins so, with its story, whose id begins as ``story``; None if there is none."""
        with self.ledger.looking() as connection:
            found = kept.with_claim(connection, id_prefix, story)
        whole = None if found is None else self._opened(found)
        claims = whole.story.claims if whole else ()
        chosen = next((claim for claim in claims if claim.id.startswith(id_prefix)), None)
        return (whole, chosen) if whole and chosen else None

    def reports_in(self, story: str) -> tuple[str, ...]:
        """The ledger's ids of the reports of the story whose id begins so; none if there is no such story."""
        with self.ledger.looking() as connection:
            found = kept.story(connection, story)
            return () if found is None else kept.ids_of_reports(connection, found.id)

    def _opened(self, found: Packed) -> Weighed | None:
        """What was kept, by its newest title; what nobody has weighed yet is weighed now, and not kept."""
        done = _unpacked(found)
        if done is not None:
            return replace(done, story=replace(done.story, title=found.title))
        with self.ledger.looking() as connection:
            told = tell(connection, found.id)
        return None if told is None else weigh_told(told)


def _unpacked(found: Packed) -> Weighed | None:
    """What was kept; None if there is nothing yet, or only what another version of Sayso understands."""
    if found.weighed is None:
        return None
    try:
        return unpack(Weighed, found.weighed)
    except PackingError:
        return None
