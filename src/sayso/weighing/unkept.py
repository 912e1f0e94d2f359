"""Stories of a ledger that cannot be written: grouped in memory, and only what is asked for is weighed."""

from collections import Counter

from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.terms import Reading
from sayso.terms.weighing import Claim, Story
from sayso.weigh.judged import calling
from sayso.weigh.weigh import Weighed, group_stories
from sayso.weighing.keeping import Told, weigh_told
from sayso.weighing.taking import named


class Unkept:
    """What ``refresh`` would keep, made anew from all readings, for as long as this lives."""

    def __init__(self, ledger: Ledger) -> None:
        """Reads every reading of ``ledger`` once."""
        self._filed = {reading.report.id: (own, reading) for own, reading in filed(ledger)}
        said = [one for one in ledger.judgements() if one.withdrawn_at is None]
        self._judgements = calling(said, {own: called for called, (own, _) in self._filed.items()})
        found = group_stories(reading for _, reading in self._filed.values())
        self._stories = tuple(sorted(found, key=lambda story: (-len(story.reports), story.id)))

    def whole_stories(self) -> tuple[Story, ...]:
        """All stories with their reports, the largest first; without their claims."""
        return self._stories

    def story(self, id_prefix: str = "") -> Weighed | None:
        """The story whose id begins so, the largest of several; None if there is none."""
        found = self._found(id_prefix)
        return None if found is None else self._weigh(found)

    def claim(self, id_prefix: str, *, story: str = "") -> tuple[Weighed, Claim] | None:
        """The claim whose id begins so, with its story; None if there is none."""
        for one in self._stories:
            if one.id.startswith(story):
                done = self._weigh(one)
                claim = next((claim for claim in done.story.claims if claim.id.startswith(id_prefix)), None)
                if claim is not None:
                    return done, claim
        return None

    def reports_in(self, story: str) -> tuple[str, ...]:
        """The ledger's ids of the reports of the story whose id begins so; none if there is no such story."""
        found = self._found(story)
        return tuple(self._filed[report][0] for report in found.reports) if found else ()

    def _found(self, prefix: str) -> Story | None:
        return next((story for story in self._stories if story.id.startswith(prefix)), None)

    def _weigh(self, story: Story) -> Weighed:
        readings = tuple(self._filed[report][1] for report in story.reports)
        return weigh_told(Told(story, readings, self._judgements))


def readings_of(ledger: Ledger) -> dict[str, Reading]:
    """Every reading that counts, by its report's name, or by the ledger's id where several reports share a name."""
    return {reading.report.id: reading for _, reading in filed(ledger)}


def filed(ledger: Ledger) -> list[tuple[str, Reading]]:
    """The ledger's id of each report, and its reading, whose report goes by a name of its own."""
    found = [(report_id(reading.report), reading) for reading in ledger.readings()]
    names = Counter(reading.report.id for _, reading in found)
    return [
        (own, named(reading, reading.report.id if names[reading.report.id] == 1 else own)) for own, reading in found
    ]
