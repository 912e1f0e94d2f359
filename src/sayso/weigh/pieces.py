"""Pieces: what reports of one part of time have in common, and which earlier piece each goes on from."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nlargest

UNDATED = "~"
ALIKE, CAREFUL, SAME, FEW = 0.3, 0.35, 0.4, 2
TELLING, PROMISING, WITHOUT_INDEX = 60, 0.15, 8


@dataclass(frozen=True)
class Piece:
    """Reports of one part that belong together, and the words that they have, with their weights.

    ``orders`` are those of its reports, sorted. ``part`` is the first day of the part; ``first`` and ``last`` are days
    too, None for reports without one. ``squares`` is the square of the weights' length.
    """

    part: str
    title: str
    orders: tuple[str, ...]
    first: str | None
    last: str | None
    words: tuple[str, ...]
    weights: tuple[int, ...]
    squares: int

    @property
    def id(self) -> str:
        """A piece goes by its first report's order."""
        return self.orders[0]

    @cached_property
    def length(self) -> float:
        """The weights' length."""
        return math.sqrt(self.squares or 1)

    @cached_property
    def telling(self) -> list[tuple[int, str]]:
        """The words that tell most, with their weights."""
        return nlargest(TELLING, zip(self.weights, self.words, strict=True))

    @cached_property
    def weight_of(self) -> dict[str, int]:
        """The weight of each word."""
        return dict(zip(self.words, self.weights, strict=True))


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Which piece goes on: ``unlike`` is how much less than 1 they are alike, so that the least link is the best."""

    unlike: float
    piece: str
    part: str


def part_of(day: str | None, window: int) -> str:
    """The part that a day lies in: its first day. Reports without a day have a part of their own."""
    if day is None:
        return UNDATED
    length = max(window // 2, 1)
    ordinal = date.fromisoformat(day).toordinal() - 1
    return date.fromordinal(ordinal - ordinal % length + 1).isoformat()


def is_near(part: str, other: str, window: int) -> bool:
    """Whether pieces of the part may go on from those of the other: any with a day, for reports without one."""
    if UNDATED in (part, other):
        return part == UNDATED != other
    return other < part and _days(other, part) < window + max(window // 2, 1)


def _days(one: str, other: str) -> int:
    return date.fromisoformat(other).toordinal() - date.fromisoformat(one).toordinal()


class Pieces:
    """Some pieces, found by their words. What is found among them and among others is found among all together."""

    def __init__(self, pieces: Iterable[Piece], window: int) -> None:
        """``window`` is in days."""
        self._window = window
        self._pieces = list(pieces)
        self._asked = 0

    def best(self, piece: Piece) -> Link | None:
        """The piece that this one goes on from: the one most like it, if any is like enough."""
        least = PROMISING * piece.length
        near = [
            other for other, common in zip(self._pieces, self._common(piece), strict=True)
            if common >= least * other.length
        ]  # fmt: skip
        return min(filter(None, (self._link(piece, other) for other in near)), default=None)

    def _common(self, piece: Piece) -> list[int]:
        """What each piece has in common with this one, by its most telling words."""
        self._asked += 1
        if self._asked <= WITHOUT_INDEX:
            telling = piece.telling
            return [sum([w * get(word, 0) for w, word in telling]) for get in (p.weight_of.get for p in self._pieces)]
        found = [0] * len(self._pieces)
        for weight, word in piece.telling:
            for number, other in self._index.get(word, ()):
                found[number] += weight * other
        return found

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int]]]:
        """For each word the pieces that have it, by number, and its weight there."""
        index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, piece in enumerate(self._pieces):
            for word, weight in zip(piece.words, piece.weights, strict=True):
                index[word].append((number, weight))
        return index

    def _link(self, piece: Piece, other: Piece) -> Link | None:
        if piece.first and other.last and _days(other.last, piece.first) > self._window:
            return None
        score = alike(piece, other)
        return Link(1 - score, other.id, other.part) if score >= _least(piece, other) else None


def _least(piece: Piece, other: Piece) -> float:
    if piece.first is None:
        return CAREFUL
    return ALIKE if min(len(piece.orders), len(other.orders)) <= FEW else SAME


def alike(one: Piece, other: Piece) -> float:
    """How like each other two pieces are, 0 to 1, by their words."""
    less, more = sorted((one, other), key=lambda piece: len(piece.words))
    get = more.weight_of.get
    return sum([weight * get(word, 0) for word, weight in less.weight_of.items()]) / (one.length * other.length)


def roots(links: Mapping[str, str | None]) -> dict[str, str]:
    """For each piece the one that the chain of pieces it goes on from begins with. ``links`` has every piece."""
    found: dict[str, str] = {}
    for piece in links:
        way, at = [], piece
        while at not in found and (earlier := links[at]) is not None:
            way.append(at)
            at = earlier
        root = found.get(at, at)
        found.update(dict.fromkeys([*way, at], root))
    return found


def title_of(sizes: Sequence[tuple[int, str, str]]) -> str:
    """The title of the largest of pieces, of several the first; each is given by size, id and title."""
    return min(sizes, key=lambda piece: (-piece[0], piece[1]))[2]
