"""Stories: reports about one matter, close in time.

Reports are taken in one order (by date, then id), so that the result does not depend on the order that they came in.
Each joins the story that it is most like, or opens one. A report that comes late is put in its place: what was taken
after it is undone and taken again.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from sayso.terms.weighing import Story
from sayso.weigh.digests import Digest
from sayso.weigh.shelf import Entry, Group, Shelf, alike

WINDOW = 14
ALIKE = 0.3
CAREFUL = 0.35
SAME = 0.4
ADOPTED, FEW = 0.2, 2
ORDER = attrgetter("order")


def stories(digests: Iterable[Digest], window: int = WINDOW) -> tuple[Story, ...]:
    """The stories of the reports, by first date; the same in whatever order they come.

    A report joins a story while at most ``window`` days have passed since the story's last report.
    """
    grouping = Stories(window)
    grouping.add(digests)
    return grouping.stories()


class Stories:
    """Stories that grow. Adding in any order and in any portions gives what adding all at once gives.

    A report that is later than all so far costs what it takes to find its like; one that is earlier costs that for
    each report after it, too. Reports without a date come after all others.
    """

    def __init__(self, window: int = WINDOW) -> None:
        """``window`` is in days."""
        self._window = window
        self._shelf = Shelf()
        self._taken: list[Digest] = []
        self._ids: set[str] = set()
        self._steps: list[tuple[Entry, Group, Group | None]] = []

    def add(self, digests: Iterable[Digest]) -> None:
        """Put further reports into stories. A report that is there already is left as it is."""
        fresh = sorted({d.id: d for d in digests if d.id not in self._ids}.values(), key=ORDER)
        if not fresh:
            return
        self._ids.update(d.id for d in fresh)
        place = bisect_left(self._taken, fresh[0].order, key=ORDER)
        again = self._taken[place:]
        self._rewind(place)
        for report in sorted(again + fresh, key=ORDER):
            self._take(report)

    def stories(self) -> tuple[Story, ...]:
        """The stories so far, by the order of their first reports."""
        found = [_story(group) for group in self._shelf.groups]
        return tuple(sorted(found, key=lambda s: (s.first or "~", s.reports)))

    def _take(self, report: Digest) -> None:
        entry = self._shelf.entry(report)
        least = ALIKE if report.day else CAREFUL
        near = [group for group, score in self._shelf.nearest(entry, self._since(report)) if score >= least]
        group = self._shelf.put(entry, near[0] if near else None)
        other = next((g for g in near[1:] if _one(group, g)), None)
        if other:
            self._shelf.merge(group, other)
        self._taken.append(report)
        self._steps.append((entry, group, other))

    def _since(self, report: Digest) -> str | None:
        """The earliest day on which a story may have had its last report for this one to join it."""
        if report.day is None:
            return None
        day = date.fromisoformat(report.day).toordinal() - self._window
        return date.fromordinal(max(day, 1)).isoformat()

    def _rewind(self, place: int) -> None:
        while len(self._taken) > place:
            self._taken.pop()
            entry, group, other = self._steps.pop()
            if other:
                self._shelf.part(group, other)
            self._shelf.take(entry, group)


def _one(group: Group, other: Group) -> bool:
    """Whether two stories that a report is like are one. A report or two that stood alone are taken in more readily."""
    lone = min(len(group.entries), len(other.entries)) <= FEW
    return alike(group, other) >= (ADOPTED if lone else SAME)


def _story(group: Group) -> Story:
    members = sorted((e.digest for e in group.entries), key=ORDER)
    days = [d.day for d in members if d.day]
    return Story(
        id=hashlib.sha256(f"story\n{members[0].id}".encode("utf-8", "surrogatepass")).hexdigest()[:16],
        title=group.central.headline,
        reports=tuple(d.id for d in members),
        first=min(days, default=None),
        last=max(days, default=None),
    )
