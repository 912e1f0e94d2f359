"""Where growing stories stand: what words each has, and which are nearest to a report.

All sums are of whole numbers, so that what was added can be taken away again without a trace.
"""

import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nsmallest

from sayso.weigh.digests import Gist

UNIT = 1000
PRIOR = 60
TOUCHED = 1500
BEST = 6


@dataclass(frozen=True, eq=False)
class Entry:
    """A report's words, each with how much it told when the report came: together a vector of length ``UNIT``."""

    gist: Gist
    words: tuple[str, ...]
    weights: "array[int]"

    @property
    def squares(self) -> int:
        """The square of the vector's length, which rounding has moved a little."""
        return sum([w * w for w in self.weights])

    def pairs(self) -> Iterable[tuple[str, int]]:
        """Word and weight."""
        return zip(self.words, self.weights, strict=True)


@dataclass(eq=False)
class Group:
    """A growing story.

    ``key`` is the order of the report that opened it.
    """

    key: str
    entries: list[Entry] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    squares: int = 0

    def dot(self, entry: Entry) -> int:
        """What a report and the story have in common, not yet set against their lengths."""
        get = self.sums.get
        return sum([weight * get(word, 0) for word, weight in entry.pairs()])

    @property
    def central(self) -> Gist:
        """The report that is most like all of them, of several the first."""
        return min(self.entries, key=lambda e: (-self.dot(e) / math.sqrt(e.squares or 1), e.gist.order)).gist


def entry(gist: Gist, weights: Iterable[int]) -> Entry:
    """A report's words with these weights; those that tell nothing are left out."""
    kept = {sys.intern(word): weight for word, weight in zip(gist.words, weights, strict=True) if weight > 0}
    return Entry(gist, tuple(kept), array("i", kept.values()))


class Shelf:
    """The stories so far, found by their words."""

    def __init__(self) -> None:
        """An empty shelf."""
        self._groups: set[Group] = set()
        self._with: defaultdict[str, set[Group]] = defaultdict(set)

    @property
    def groups(self) -> list[Group]:
        """All stories in the order in which they were opened."""
        return sorted(self._groups, key=lambda g: g.key)

    def weights(self, gist: Gist) -> tuple[int, ...]:
        """How much each of the report's words tells: the more, the fewer of the stories so far have it."""
        raw = [worth * self._telling(word) for word, worth in zip(gist.words, gist.worths, strict=True)]
        length = math.sqrt(sum(w * w for w in raw)) or 1.0
        return tuple(round(w / length * UNIT) for w in raw)

    def nearest(self, entry: Entry) -> list[tuple[Group, float]]:
        """Up to ``BEST`` stories that share telling words with the report, and how like it they are, best first.

        Words are taken from the rarest on, until ``TOUCHED`` stories have been met: that bounds the cost however many
        stories there are.
        """
        found: defaultdict[Group, int] = defaultdict(int)
        touched = 0
        for word, weight in sorted(entry.pairs(), key=lambda p: (len(self._with.get(p[0], ())), p[0])):
            if touched > TOUCHED:
                break
            groups = self._with.get(word, ())
            touched += len(groups)
            for group in groups:
                found[group] += weight * weight
        few = nsmallest(BEST, found, key=lambda g: (-found[g], g.key))
        return sorted(((g, _like(g, entry)) for g in few), key=lambda p: (-p[1], p[0].key))

    def put(self, entry: Entry, group: Group | None) -> Group:
        """Add a report to a story, or to a new one."""
        group = group or Group(entry.gist.order)
        self._groups.add(group)
        group.squares += 2 * group.dot(entry) + entry.squares
        for word, weight in entry.pairs():
            group.sums[word] = group.sums.get(word, 0) + weight
            self._with[word].add(group)
        group.entries.append(entry)
        return group

    def take(self, entry: Entry, group: Group) -> None:
        """Undo the last ``put``."""
        group.entries.pop()
        for word, weight in entry.pairs():
            group.sums[word] -= weight
            if not group.sums[word]:
                del group.sums[word]
                self._with[word].discard(group)
        group.squares -= 2 * group.dot(entry) + entry.squares
        if not group.entries:
            self._groups.discard(group)

    def merge(self, group: Group, other: Group) -> None:
        """Put all of ``other`` into ``group``. ``other`` stays as it is, so that ``part`` can bring it back."""
        self._groups.discard(other)
        group.squares += other.squares + 2 * common(group, other)
        for word, weight in other.sums.items():
            group.sums[word] = group.sums.get(word, 0) + weight
            self._with[word].discard(other)
            self._with[word].add(group)
        group.entries += other.entries

    def part(self, group: Group, other: Group) -> None:
        """Undo the last ``merge``."""
        self._groups.add(other)
        for word, weight in other.sums.items():
            group.sums[word] -= weight
            self._with[word].add(other)
            if not group.sums[word]:
                del group.sums[word]
                self._with[word].discard(group)
        del group.entries[len(group.entries) - len(other.entries) :]
        group.squares -= other.squares + 2 * common(group, other)

    def _telling(self, word: str) -> float:
        return math.log((len(self._groups) + PRIOR) / (len(self._with.get(word, ())) + 1))


def alike(one: Group, other: Group) -> float:
    """How like each other two stories are, 0 to 1, by their words."""
    return common(one, other) / math.sqrt((one.squares or 1) * (other.squares or 1))


def common(one: Group, other: Group) -> int:
    """What two stories have in common, not yet set against their lengths."""
    less, more = sorted((one.sums, other.sums), key=len)
    return sum(weight * more.get(word, 0) for word, weight in less.items())


def _like(group: Group, entry: Entry) -> float:
    return group.dot(entry) / math.sqrt((group.squares or 1) * (entry.squares or 1))
