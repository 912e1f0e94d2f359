"""The steps that find stories and weigh them: parts of time into pieces, pieces into stories, stories one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sayso.batch.weighing.grouping import LINK, TAKEN, Facts, Near, Week, facts_of
from sayso.batch.weighing.index import Index, Ints
from sayso.batch.weighing.pile import Piles
from sayso.batch.weighing.place import Place
from sayso.batch.weighing.steps import Part, Steps
from sayso.batch.weighing.telling import Packed, Tells
from sayso.weigh.digests import id_in
from sayso.weigh.pieces import UNDATED, is_near, title_of
from sayso.weigh.stories import WINDOW, story_id

TOGETHER, LINKED = 128, 1000
Linked = tuple[int, int, int]
"""A part of time, one that its pieces may go on from, and the number of the first of these pieces."""
WITHOUT_DATE = "reports without a date"


def group(steps: Steps, index: Index) -> "Threads":
    """Group all reports into stories."""
    place = steps.place
    with place.piles("gists") as gists:
        order = np.argsort(index.parts, kind="stable")
        bounds = np.searchsorted(index.parts[order], np.arange(len(index.names) + 1))
        weeks = (
            partial(_week, name, order[start:end], index, gists)
            for name, (start, end) in zip(index.names, pairwise(bounds), strict=True)
        )
        steps.do("weeks", weeks, len(index.names))
    with place.piles("pieces") as pieces:
        counts = [pieces.count(part) for part in range(len(index.names))]
        near = [(*pair, start) for pair in _near(index.names) for start in range(0, counts[pair[0]], LINKED)]
        steps.do("links", (partial(_link, place, index.names, pieces, *some) for some in near), len(near))
    return _threads(place, len(index.ids), np.cumsum([0, *counts]), near)


def _week(name: str, numbers: Ints, index: Index, gists: Piles) -> Sequence[Week]:
    reports = [(at, index.other_name(at), gists.get(*index.place(at))) for at in numbers.tolist()]
    return [Week(_in_words(name), name, reports)]


def _in_words(part: str) -> str:
    return WITHOUT_DATE if part == UNDATED else f"reports of the week from {part}"


def _near(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The parts, by place, whose pieces may go on from those of another, in order."""
    for at, name in enumerate(names):
        first = at
        while first and is_near(name, names[first - 1], WINDOW):
            first -= 1
        yield from ((at, other) for other in range(first, at))


def _link(place: Place, names: Sequence[str], pieces: Piles, at: int, other: int, start: int) -> Sequence[Near]:
    some = [pieces.get(at, piece) for piece in range(start, min(start + LINKED, pieces.count(at)))]
    where = f"{_in_words(names[at])} beside {_in_words(names[other])}, from piece {start}"
    return [Near(where, start, some, place.path("pieces", other).read_bytes())]


@dataclass(frozen=True)
class Threads:
    """Stories: the reports of each in their order, and its pieces, as arrays that are cut at ``ends``.

    Pieces go by number over all parts; ``starts`` are those with which parts begin.
    """

    reports: Ints
    report_ends: Ints
    pieces: Ints
    piece_ends: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.report_ends) - 1

    def reports_of(self, story: int) -> list[int]:
        """The reports of a story, by number."""
        return [int(number) for number in self.reports[self.report_ends[story] : self.report_ends[story + 1]]]

    def facts_of(self, story: int, facts: Piles) -> list[Facts]:
        """The facts of a story's pieces."""
        numbers = self.pieces[self.piece_ends[story] : self.piece_ends[story + 1]]
        parts = np.searchsorted(self.starts, numbers, "right") - 1
        return [
            facts_of(facts.get(int(part), int(number - self.starts[part])))
            for part, number in zip(parts, numbers, strict=True)
        ]

    def together(self) -> Iterator[tuple[int, int]]:
        """Stories in ranges: so many that they have ``TOGETHER`` reports, or a single larger one."""
        start = 0
        while start < len(self):
            most = self.report_ends[start] + TOGETHER
            end = max(start + 1, int(np.searchsorted(self.report_ends, most, "right")) - 1)
            yield start, end
            start = end


def _threads(place: Place, reports: int, starts: Ints, near: Sequence[Linked]) -> Threads:
    roots = _roots(_linked(place, starts, near))
    taken = np.full((3, reports), -1, np.int64)
    for part in range(len(starts) - 1):
        rows = np.fromfile(place.path("taken", part), TAKEN)
        taken[:, rows["report"]] = roots[rows["piece"] + starts[part]], np.full(len(rows), part), rows["rank"]
    order = np.lexsort((taken[2], taken[1], taken[0]))
    order = order[np.searchsorted(taken[0][order], 0) :]
    by_root = np.argsort(roots, kind="stable")
    return Threads(order, _ends(taken[0][order]), by_root, _ends(roots[by_root]), starts)


def _linked(place: Place, starts: Ints, near: Sequence[Linked]) -> Ints:
    """For each piece the one that it goes on from, or itself."""
    found, unlike = np.arange(starts[-1]), np.full(starts[-1], np.inf)
    for number, (part, other, _) in enumerate(near):
        rows = np.fromfile(place.path("links", number), LINK)
        pieces = rows["piece"] + starts[part]
        better = rows["unlike"] < unlike[pieces]
        found[pieces[better]] = rows["earlier"][better] + starts[other]
        unlike[pieces[better]] = rows["unlike"][better]
    return found


def _roots(links: Ints) -> Ints:
    """For each piece the one that the chain of pieces it goes on from begins with."""
    while (further := links[links]).tobytes() != links.tobytes():
        links = further
    return links


def _ends(values: npt.NDArray[np.int64]) -> Ints:
    """Where runs of one value begin, and the last ends."""
    return np.concatenate((np.flatnonzero(np.diff(values, prepend=-1)), [len(values)]))


def weigh(steps: Steps, index: Index, threads: Threads) -> None:
    """Weigh each story by its reports."""
    place = steps.place
    with place.piles("facts") as facts, place.piles("readings") as readings, place.piles("texts") as texts:
        files = _Files(index, threads, facts, readings, texts)
        ranges = list(threads.together())
        parts: Iterator[Part] = (partial(files.tell, *some) for some in ranges)
        steps.do("stories", parts, len(ranges))


@dataclass(frozen=True)
class _Files:
    """What stories are told from."""

    index: Index
    threads: Threads
    facts: Piles
    readings: Piles
    texts: Piles

    def tell(self, start: int, end: int) -> list[Tells]:
        """Some stories."""
        return [self._told(story) for story in range(start, end)]

    def _told(self, story: int) -> Tells:
        facts = self.threads.facts_of(story, self.facts)
        days = [day for piece in facts for day in (piece.first, piece.last) if day]
        return Tells(
            story_id(id_in(min(piece.id for piece in facts))),
            title_of([(piece.reports, piece.id, piece.title) for piece in facts]),
            min(days, default=None),
            max(days, default=None),
            tuple(map(self._packed, self.threads.reports_of(story))),
        )

    def _packed(self, number: int) -> Packed:
        at, index = self.index.place(number), self.index
        return Packed(index.id(number), bool(index.by_id[number]), self.readings.get(*at), self.texts.get(*at))
