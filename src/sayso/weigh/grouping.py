"""Joins passages into groups by the mean score between them (average link), then groups that are about the same."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
SLACK = 0.01
SEVERAL = 3


Pair = tuple[int, int]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Held(Generic[Key]):
    """What people have said of pairs of passages, by row or id; the pairs of one kind never speak against another.

    The groups of ``same`` are joined, those of ``apart`` are not. Of ``moved`` the first goes into the second's group.
    """

    same: frozenset[tuple[Key, Key]] = frozenset()
    apart: frozenset[tuple[Key, Key]] = frozenset()
    moved: frozenset[tuple[Key, Key]] = frozenset()


class Groups:
    """Passages, each at first a group of its own. The mean score between two groups is kept as a product of sums."""

    def __init__(self, rows: Floats, apart: Iterable[Pair] = ()) -> None:
        """``rows`` (N, D) give the score of two passages as their product; pairs that are ``apart`` are kept so."""
        self._parted: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._parted[one].add(other)
            self._parted[other].add(one)
        self._moved: dict[int, int] = {}
        self._sums = rows.astype(np.float64)
        self._sizes = np.ones(len(rows), np.int64)
        self._above = list(range(len(rows)))

    def of(self, row: int) -> int:
        """The group of a passage: the row of one of its members."""
        row = self._moved.get(row, row)
        while self._above[row] != row:
            self._above[row] = self._above[self._above[row]]
            row = self._above[row]
        return row

    def score(self, first: int, second: int) -> float:
        """The mean score between the passages of two groups; -1 if people keep them apart."""
        if self.parted(first, second):
            return -1.0
        sizes = self._sizes[first] * self._sizes[second]
        return float(self._sums[first] @ self._sums[second] / sizes)

    def alike(self, first: int, second: int) -> float:
        """The cosine between the sums of two groups: 1 if they spread over the same features, -1 if kept apart."""
        if self.parted(first, second):
            return -1.0
        one, other = self._sums[first], self._sums[second]
        return float(one @ other / np.sqrt((one @ one) * (other @ other) or 1.0))

    def cosines(self, name: int, others: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The cosine between the sums of a group and of each of the others, whatever people say."""
        sums, own = self._sums[others], self._sums[name]
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums) * (own @ own))
        found: npt.NDArray[np.float64] = sums @ own / np.where(lengths > 0, lengths, 1.0)
        return found

    def size(self, row: int) -> int:
        """How many passages the group of that name holds."""
        return int(self._sizes[row])

    def parted(self, first: int, second: int) -> bool:
        """Whether people keep the two groups apart."""
        return any(self.of(row) == second for row in self._parted.get(first, ()))

    def move(self, row: int, other: int) -> None:
        """Put one passage into the group of another, once no groups are joined any more."""
        group = self.of(other)
        if all(self.of(one) != group for one in self._parted.get(row, ())):
            self._moved[row] = group

    def join(self, first: int, second: int) -> None:
        """Make the two groups one, named by the lower row."""
        kept, gone = sorted((first, second))
        self._above[gone] = kept
        self._sums[kept] += self._sums[gone]
        self._sizes[kept] += self._sizes[gone]
        if gone in self._parted:
            self._parted[kept] |= self._parted[gone]

    def members(self) -> list[list[int]]:
        """The rows of every group, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._above)):
            found[self.of(row)].append(row)
        return sorted(found.values())


def held_together(rows: Floats, pairs: dict[Pair, float], join: float, least: float, held: Held[int]) -> Groups:
    """``grouped`` and ``gather``, then as people have it.

    Whole groups are joined where two passages are the same; where that is in the way of what is apart, the two
    passages are joined before all others, and these go with the nearer one.
    """
    first: set[Pair] = set()
    while True:
        groups = grouped(rows, pairs, join, first, held.apart)
        gather(groups, least)
        blocked = {pair for pair in sorted(held.same) if not _united(groups, *pair)}
        if not blocked - first:
            break
        first |= blocked
    for one, other in sorted(held.moved):
        groups.move(one, other)
    return groups


def _united(groups: Groups, one: int, other: int) -> bool:
    first, second = groups.of(one), groups.of(other)
    if first != second and not groups.parted(first, second):
        groups.join(first, second)
    return groups.of(one) == groups.of(other)


def grouped(
    rows: Floats, pairs: dict[Pair, float], join: float, same: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> Groups:
    """Join the groups of the best pair, again and again, as long as the mean score between them is at least ``join``.

    Pairs that are the ``same`` are joined first, those ``apart`` never.

    A pair whose groups have moved apart since it was ranked is ranked again. Scores are rounded, so that equal ones
    are told apart by their rows alone.
    """
    groups = Groups(rows, apart)
    for one, other in sorted(same):
        _united(groups, one, other)
    queue = [(-round(score, 6), *pair) for pair, score in pairs.items() if score >= join]
    heapq.heapify(queue)
    while queue:
        rank, *pair = heapq.heappop(queue)
        first, second = map(groups.of, pair)
        score = round(groups.score(first, second), 6) if first != second else 0.0
        if first == second or score < join:
            continue
        if score < -rank - SLACK:
            heapq.heappush(queue, (-score, pair[0], pair[1]))
        else:
            groups.join(first, second)
    return groups


def gather(groups: Groups, least: float) -> None:
    """Join groups of several passages whose cosine is at least ``least``, the most alike first.

    Passages of one claim in quite different words have a low mean score, but groups of them have most words in common.
    """
    alive = np.array(
        [name for name in {groups.of(members[0]) for members in groups.members()} if groups.size(name) >= SEVERAL]
    )
    queue = [pair for name in alive.tolist() for pair in _near(groups, name, alive[alive > name], least)]
    heapq.heapify(queue)
    while queue:
        rank, first, second = heapq.heappop(queue)
        if groups.of(first) != first or groups.of(second) != second or -rank != round(groups.alike(first, second), 6):
            continue
        groups.join(first, second)
        alive = alive[alive != second]
        for pair in _near(groups, first, alive[alive != first], least):
            heapq.heappush(queue, pair)


def _near(groups: Groups, name: int, others: npt.NDArray[np.int64], least: float) -> Iterator[tuple[float, int, int]]:
    """The groups among ``others`` that are alike enough, ranked."""
    for other in others[groups.cosines(name, others) >= least - SLACK].tolist():
        score = round(groups.alike(name, other), 6)
        if score >= least:
            yield -score, min(name, other), max(name, other)
