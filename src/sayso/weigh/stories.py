"""Stories: reports about one matter, close in time.

Time is cut into parts of half a window. Within a part, reports are taken in one order (by date, then id), and each
joins the piece that it is most like, or opens one. A report that comes late is put in its place: what was taken after
it is undone and taken again. Then each piece goes on from the one before it that it is most like: together they are a
story. So the result does not depend on the order that reports came in, and a report never costs more than its own part.
"""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sayso.terms.weighing import Story
from sayso.weigh.digests import Digest, Gist, gist, id_in
from sayso.weigh.pieces import Link, Piece, Pieces, is_near, part_of, roots, title_of
from sayso.weigh.shelf import Entry, Group, Shelf, alike, entry

WINDOW = 14
ALIKE = 0.3
CAREFUL = 0.35
SAME = 0.4
ADOPTED, FEW = 0.2, 2
ORDER = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Step:
    """How a report was taken: the weights of its words, and which pieces it joined and brought into that one.

    Pieces go by the order of the report that opened them.
    """

    joined: str
    brought: str | None
    weights: tuple[int, ...]


def stories(digests: Iterable[Digest], window: int = WINDOW) -> tuple[Story, ...]:
    """The stories of the reports, by first date; the same in whatever order they come.

    A report joins a story while at most ``window`` days have passed since the story's last report.
    """
    grouping = Stories(window)
    grouping.add(digests)
    return grouping.stories()


class Stories:
    """Stories that grow. Adding in any order and in any portions gives what adding all at once gives."""

    def __init__(self, window: int = WINDOW) -> None:
        """``window`` is in days."""
        self._window = window
        self._parts: dict[str, Part] = {}

    def add(self, digests: Iterable[Digest]) -> None:
        """Put further reports into stories. A report that is there already is left as it is."""
        fresh: defaultdict[str, list[Gist]] = defaultdict(list)
        for one in digests:
            fresh[part_of(one.day, self._window)].append(gist(one))
        for name, some in fresh.items():
            self._parts.setdefault(name, Part(name)).add(some)

    def stories(self) -> tuple[Story, ...]:
        """The stories so far, by the order of their first reports."""
        pieces = {piece.id: piece for part in self._parts.values() for piece in part.pieces()}
        found = roots(links(pieces.values(), self._window))
        chains: defaultdict[str, list[Piece]] = defaultdict(list)
        for piece, root in found.items():
            chains[root].append(pieces[piece])
        return tuple(story_of(chains[root]) for root in sorted(chains))


def links(pieces: Iterable[Piece], window: int = WINDOW) -> dict[str, str | None]:
    """For each piece the one that it goes on from, if any."""
    parts: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        parts[piece.part].append(piece)
    shelves = {name: Pieces(some, window) for name, some in parts.items()}
    found = {piece.id: best_link(piece, shelves, window) for some in parts.values() for piece in some}
    return {piece: link.piece if link else None for piece, link in found.items()}


def best_link(piece: Piece, parts: Mapping[str, Pieces], window: int = WINDOW) -> Link | None:
    """The piece that this one goes on from, of all in the parts that are near."""
    found = (parts[name].best(piece) for name in parts if is_near(piece.part, name, window))
    return min(filter(None, found), default=None)


class Part:
    """The pieces of one part, growing.

    A report that is later than all so far costs what it takes to find its like; one that is earlier costs that for
    each report after it, too.
    """

    def __init__(self, name: str) -> None:
        """``name`` is the part's first day."""
        self._name = name
        self._shelf = Shelf()
        self._taken: list[Gist] = []
        self._ids: set[str] = set()
        self._steps: list[tuple[tuple[int, ...], Entry, Group, Group | None]] = []

    def resume(self, taken: Iterable[tuple[Gist, Step]]) -> None:
        """Take reports as they were taken before, in their order. There must be none in the part yet."""
        groups: dict[str, Group] = {}
        for report, step in taken:
            self._ids.add(report.id)
            words = entry(report, step.weights)
            group = groups[step.joined] = self._shelf.put(words, groups.get(step.joined))
            self._note(step.weights, words, group, None if step.brought is None else groups.pop(step.brought))

    def add(self, gists: Iterable[Gist]) -> None:
        """Put further reports into pieces. A report that is there already is left as it is."""
        fresh = sorted({one.id: one for one in gists if one.id not in self._ids}.values(), key=ORDER)
        if not fresh:
            return
        self._ids.update(one.id for one in fresh)
        place = bisect_left(self._taken, fresh[0].order, key=ORDER)
        again = self._taken[place:]
        self._rewind(place)
        for report in sorted(again + fresh, key=ORDER):
            self._take(report)

    def steps(self, since: int = 0) -> Iterator[tuple[str, Step]]:
        """The id of each report and how it was taken, but for so many first ones."""
        for report, (weights, _, group, other) in zip(self._taken[since:], self._steps[since:], strict=True):
            yield report.id, Step(group.key, other.key if other else None, weights)

    def pieces(self) -> list[Piece]:
        """The pieces so far, in the order in which they were opened."""
        return [self._piece(group) for group in self._shelf.groups]

    def _piece(self, group: Group) -> Piece:
        days = [e.gist.day for e in group.entries if e.gist.day]
        ends = min(days, default=None), max(days, default=None)
        orders = tuple(sorted(e.gist.order for e in group.entries))
        words = tuple(sorted(group.sums))
        weights = tuple(group.sums[word] for word in words)
        return Piece(self._name, group.central.headline, orders, *ends, words, weights, group.squares)

    def _take(self, report: Gist) -> None:
        weights = self._shelf.weights(report)
        words = entry(report, weights)
        least = ALIKE if report.day else CAREFUL
        near = [group for group, score in self._shelf.nearest(words) if score >= least]
        group = self._shelf.put(words, near[0] if near else None)
        self._note(weights, words, group, next((g for g in near[1:] if _one(group, g)), None))

    def _note(self, weights: tuple[int, ...], words: Entry, group: Group, other: Group | None) -> None:
        if other:
            self._shelf.merge(group, other)
        self._taken.append(words.gist)
        self._steps.append((weights, words, group, other))

    def _rewind(self, place: int) -> None:
        while len(self._taken) > place:
            self._taken.pop()
            _, words, group, other = self._steps.pop()
            if other:
                self._shelf.part(group, other)
            self._shelf.take(words, group)


def _one(group: Group, other: Group) -> bool:
    """Whether two stories that a report is like are one. A report or two that stood alone are taken in more readily."""
    lone = min(len(group.entries), len(other.entries)) <= FEW
    return alike(group, other) >= (ADOPTED if lone else SAME)


def story_of(pieces: Sequence[Piece]) -> Story:
    """The story of pieces that go on from one another."""
    days = [day for piece in pieces for day in (piece.first, piece.last) if day]
    reports = tuple(id_in(order) for order in sorted(order for piece in pieces for order in piece.orders))
    title = title_of([(len(piece.orders), piece.id, piece.title) for piece in pieces])
    return Story(story_id(reports[0]), title, reports, min(days, default=None), max(days, default=None))


def story_id(first: str) -> str:
    """A story goes by its first report."""
    return hashlib.sha256(f"story\n{first}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
