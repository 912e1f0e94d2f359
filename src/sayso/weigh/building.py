"""Groups of sayings → claims: what repeats what, on how many origins each rests, and what people should judge."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.terms import Reading
from sayso.terms.weighing import Alike, Claim, Growth, Reason, Saying, Unsure
from sayso.weigh.claims import Group, Match
from sayso.weigh.echoes import echoes
from sayso.weigh.identities import Apart, are_apart
from sayso.weigh.independence import weighed_origins
from sayso.weigh.judged import Judged, with_echoes

DAY, MOST_DAYS = 10, 20


@dataclass(frozen=True, slots=True)
class Builder:
    """What claims are made with: the story's id, its readings and their outlets by report, and what people judged."""

    story: str
    readings: Mapping[str, Reading]
    outlets: Mapping[str, str]
    judged: Judged
    apart: Apart

    def claims(self, groups: Sequence[Group]) -> tuple[Claim, ...]:
        """The claims of the groups, in their order."""
        ids = {group.middle: self._id(group) for group in groups}
        texts = {group.middle: group.text for group in groups}
        return tuple(self._claim(group, ids, texts) for group in groups)

    def _id(self, group: Group) -> str:
        first = min(saying.id for saying in group.sayings)
        return hashlib.sha256(f"{self.story} {first}".encode()).hexdigest()[:12]

    def _claim(self, group: Group, ids: Mapping[str, str], texts: Mapping[str, str]) -> Claim:
        said = self._said(group)
        sure = [saying for saying in said if saying.sure]
        carrying = {saying.report for saying in sure}
        independent, unsure_sources = weighed_origins(sure, self.apart)
        return Claim(
            ids[group.middle],
            group.text,
            self.story,
            independent,
            len({self.outlets[report] for report in carrying}),
            len(carrying),
            said,
            group.middle,
            tuple(_unsure(match, ids, texts) for match in group.unsure),
            unsure_sources,
            self._growth(sure),
        )

    def _growth(self, sure: Sequence[Saying]) -> tuple[Growth, ...]:
        """What there was of the claim at the end of each day; of many days, some evenly spread and the last."""
        days = {saying.report: (self.readings[saying.report].report.published or "")[:10] for saying in sure}
        known = sorted({day for day in days.values() if len(day) == DAY})
        step = -(-len(known) // MOST_DAYS)
        return tuple(self._by(day, sure, days) for day in reversed(known[::-1][:: step or 1]))

    def _by(self, day: str, sure: Sequence[Saying], days: Mapping[str, str]) -> Growth:
        there = [saying for saying in sure if len(days[saying.report]) == DAY and days[saying.report] <= day]
        count, _ = weighed_origins(there, self.apart)
        return Growth(day, count.low, count.high, len({saying.report for saying in there}))

    def _said(self, group: Group) -> tuple[Saying, ...]:
        """The sayings with what each repeats, and how each is like the middle one."""
        reports = sorted({saying.report for saying in group.sayings})
        found = echoes(group.sayings, [self.readings[report] for report in reports])
        origin = {saying.id: saying.origin for saying in group.sayings}
        fit = {one: echo for one, echo in found.items() if not are_apart([origin[one]], [origin[echo[0]]], self.apart)}
        matches = {match.second: match for match in group.matches}
        said = (self._matched(saying, matches.get(saying.id)) for saying in group.sayings)
        return with_echoes(tuple(said), fit, self.judged)

    def _matched(self, saying: Saying, match: Match | None) -> Saying:
        told = self.judged.reasons.get(saying.id, ())
        if match is None:
            return replace(saying, alike=Alike(1.0, told)) if told else saying
        return replace(saying, alike=Alike(match.score, (*told, *_telling(match))))


def _telling(match: Match) -> tuple[Reason, ...]:
    """The reasons that speak for it."""
    return tuple(reason for reason in match.reasons if reason.score > 0)


def _unsure(match: Match, ids: Mapping[str, str], texts: Mapping[str, str]) -> Unsure:
    return Unsure(ids[match.second], texts[match.second], match.score, _telling(match))
